"""The main job, end to end by API, in one process."""

from pathlib import Path

from services.local import Local
from tests.suite.journey import Journey
from tests.suite.worlds import InProcess


def test_the_main_job_in_one_process(tmp_path: Path) -> None:
    """ТМС → agreement → webinar → contest → order → report, messages carried by the postman."""
    suite = Local(tmp_path)
    journey = Journey(InProcess(suite.apps, suite.postman.settle))
    journey.run()
    assert len(journey.log) == 6
    suite.close()
