"""A worker that stops where it is told, so that a test can kill it there: ``python -m … FOLDER PLACE``."""

import sys
import time
from pathlib import Path
from typing import Any
from unittest import mock

from services.registry import create_app
from shared import jobs
from shared.settings import Settings
from shared.testing.suite import SECRET
from shared.unit import Unit

#: Where the worker stops: everything is written and nothing committed; or committed and the job not yet ended.
PLACES = ("before the commit", "after the commit")


def main(folder: Path, place: str) -> None:
    """Do what is due, and stand still for ever at the place."""
    app = create_app(
        Settings(
            service="registry",
            database_url=f"sqlite:///{folder / 'registry'}.db",
            secret_key=SECRET,
            cookie_secure=False,
            log_level="ERROR",
        )
    )

    def stand_still() -> None:
        (folder / "here").touch()
        time.sleep(600)

    seal, end = Unit.seal, jobs._set

    def sealed(unit: Unit) -> None:
        written = bool(unit._bulk)
        seal(unit)
        if written:
            stand_still()

    def ended(job_id: Any, **values: Any) -> None:
        if values.get("state") is jobs.JobState.DONE:
            stand_still()
        end(job_id, **values)

    places: dict[str, Any] = {
        PLACES[0]: mock.patch.object(Unit, "seal", sealed),
        PLACES[1]: mock.patch.object(jobs, "_set", ended),
    }
    with places[place], app.app_context():
        jobs.run_due()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
