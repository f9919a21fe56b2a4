"""A worker killed with -9 in the middle of an application: after a restart it is all there, once, or not at all."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from services.registry import actions, model
from services.registry.rules.importing.kinds import BatchState
from shared import clock
from shared.jobs import LEASE, JobState, run_due
from shared.person import Person, Role
from shared.testing.suite import let_go, make_app, person
from shared.unit import read
from tests.services.registry.dying import PLACES
from tests.services.registry.importing import school, table

ROOT = Path(__file__).resolve().parents[3]
ROWS = 500


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = make_app("registry", tmp_path)
    yield made
    let_go(made)


@contextmanager
def killed(folder: Path, place: str) -> Iterator[None]:
    """A worker process that has come to the place and is killed there."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.services.registry.dying", str(folder), place], cwd=ROOT
    )
    try:
        for _ in range(600):
            if (folder / "here").exists():
                break
            assert worker.poll() is None, "the worker ended by itself"
            time.sleep(0.1)
        else:
            raise AssertionError("the worker never came to the place")
        yield
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
    assert worker.returncode == -signal.SIGKILL


def counts() -> tuple[int, int, int]:
    """Organisations, their spellings and messages about them, as everybody sees them now."""
    session = read()
    session.rollback()
    found = [
        session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0
        for kind in (model.Organisation, model.OrganisationAlias, model.Outbox)
    ]
    return found[0], found[1], found[2]


@pytest.mark.parametrize("place", PLACES)
def test_a_killed_application_is_all_or_nothing(app: Flask, tmp_path: Path, place: str) -> None:
    operator: Person = person(Role.OPERATOR)
    rows = [school(f"МБОУ CОШ № {number}") for number in range(1, ROWS + 1)]
    with app.app_context():
        actions.add_municipality(operator, oktmo="03701000", short_name="город Краснодар")
        batch = actions.upload_import(
            operator, kind="ORGANISATIONS", filename="x.csv", content=table(*rows)
        )
        run_due()
        actions.apply_import(operator, batch_id=batch)
        before = counts()
    with killed(tmp_path, place):
        pass
    with app.app_context():
        whole = (before[0] + ROWS, before[1] + ROWS, before[2] + ROWS)
        committed = place == PLACES[1]
        assert counts() == (whole if committed else before)
        state = read().get(model.ImportBatch, batch).state
        assert state is (BatchState.APPLIED if committed else BatchState.APPLYING)
        assert run_due() == 0, "the dead worker's lease has not run out"
        with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
            assert run_due() == 1
            assert run_due() == 0
        assert counts() == whole
        read().expire_all()
        assert read().get(model.ImportBatch, batch).state is BatchState.APPLIED
        assert set(read().scalars(sa.select(model.Job.state))) == {JobState.DONE}
