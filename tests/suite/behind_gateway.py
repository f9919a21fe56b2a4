"""The main job against a running installation: ``python -m tests.suite.behind_gateway http://127.0.0.1:8080``.

For an empty trial installation only: it makes organisations, a contest and a report. The first account
is made before: ``flask create-admin journey-admin`` in the registry's container, password as in ADMIN.
"""

import sys
import time
from datetime import UTC, datetime
from typing import Any

import requests

from tests.suite.journey import Journey


class BehindGateway:
    """A world reached over HTTP; its time is real, its messages come to rest by themselves."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.session = requests.Session()

    def request(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        for _filename, stream in (options.get("files") or {}).values():
            stream.seek(0)
        answer = self.session.request(method, self.url + path, timeout=30, **options)
        is_json = "json" in answer.headers.get("Content-Type", "")
        return answer.status_code, answer.json() if is_json and answer.content else answer.content

    def settle(self) -> None:
        time.sleep(3)

    def now(self) -> datetime:
        return datetime.now(UTC)

    def pass_time(self, until: datetime) -> None:
        time.sleep(max(0.0, (until - self.now()).total_seconds() + 0.5))


if __name__ == "__main__":
    journey = Journey(BehindGateway(sys.argv[1]))
    begun = time.monotonic()
    try:
        journey.run()
    finally:
        print("\n".join(journey.log))
    print(f"{time.monotonic() - begun:.1f} s")
