"""Technical check: requirements, the queue, the job of a missed deadline; bulk registration (BR-38, BR-39)."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
import sqlalchemy as sa

from services.expertise import actions, queries
from services.expertise.model import Job, LedgerLine
from services.expertise.rules.vocabulary import LedgerKind
from shared import clock, jobs
from shared.jobs import JobState, run_due
from shared.person import Role
from shared.refusal import NotAllowed
from shared.testing.suite import person, told
from shared.unit import Unit, read

from .conftest import BAD, moment
from .forms import enclose, open_with_form

DEADLINE = moment(9, 23, 18)


class Killed(BaseException):
    """The worker dies here."""


@pytest.fixture
def conditional(world: Any) -> Any:
    """An entry that has until 23 September, 18:00, to be fixed."""
    world.open()
    entry_id = world.file(org := world.organisation())
    with world.at(9, 21):
        world.advance()
        actions.check_entry(
            world.secretary, entry_id=entry_id, outcome="CONDITIONAL", items=BAD, fix_until=DEADLINE
        )
    return entry_id, world.applicant(org)


def state(world: Any, entry_id: Any) -> str:
    return queries.entry(world.secretary, entry_id).state.value


def rejected(world: Any, entry_id: Any) -> int:
    """How many times the rejection was told."""
    read().rollback()
    return sum(
        data["state"] == "REJECTED"
        for name, data in told(world.app)
        if name == "expertise.entry.changed.v1" and data["entry_id"] == str(entry_id)
    )


def test_a_missed_deadline_rejects_by_itself_at_its_minute(world: Any, conditional: Any) -> None:
    entry_id, _ = conditional
    with clock.at(DEADLINE - timedelta(seconds=1)):
        assert run_due() == 0
    with clock.at(DEADLINE):
        assert run_due() == 1
    assert state(world, entry_id) == "REJECTED"
    assert rejected(world, entry_id) == 1


def test_who_fixed_in_time_stays_admitted(world: Any, conditional: Any) -> None:
    entry_id, applicant = conditional
    with clock.at(DEADLINE - timedelta(minutes=1)):
        actions.fix_entry(applicant, entry_id=entry_id, note="Подписано")
    with clock.at(DEADLINE + timedelta(days=1)):
        assert run_due() == 1
    assert state(world, entry_id) == "ADMITTED"


def test_the_button_and_the_job_reject_once(world: Any, conditional: Any) -> None:
    entry_id, _ = conditional
    with clock.at(DEADLINE):
        assert actions.expire_fixes(world.secretary, edition_id=world.edition_id) == 1
        run_due()
    assert rejected(world, entry_id) == 1


@pytest.mark.parametrize("place", ["before the commit", "after the commit"])
def test_a_killed_worker_converges(world: Any, conditional: Any, place: str) -> None:
    """Killed with everything written and nothing committed, or committed and the job not ended: once either way."""
    entry_id, _ = conditional

    def die(*_: Any, **more: Any) -> None:
        if place == "before the commit" or more.get("state") is JobState.DONE:
            raise Killed

    where = (
        mock.patch.object(Unit, "seal", die)
        if place == "before the commit"
        else mock.patch.object(jobs, "_set", die)
    )
    with clock.at(DEADLINE), where, pytest.raises(Killed):
        run_due()
    with clock.at(DEADLINE + jobs.LEASE):
        run_due()
    assert state(world, entry_id) == "REJECTED"
    assert rejected(world, entry_id) == 1
    lines = read().scalars(sa.select(LedgerLine).where(LedgerLine.kind == LedgerKind.ENTRY_CHANGED)).all()
    assert sum(b"EXPIRED" in one.line for one in lines) == 1
    assert read().scalars(sa.select(Job.state)).all() == [JobState.DONE]


def test_a_refused_check_leaves_no_job(world: Any) -> None:
    world.open()
    entry_id = world.file()
    with world.at(9, 21):
        world.advance()
        with pytest.raises(Exception, match="BR-39"):
            actions.check_entry(world.secretary, entry_id=entry_id, outcome="CONDITIONAL", items=BAD)
    assert read().scalar(sa.select(sa.func.count()).select_from(Job)) == 0


def test_all_submitted_are_registered_in_the_order_of_submission(world: Any) -> None:
    """BR-38: numbers follow the moment of submission, not the order of drafting."""
    world.open()
    entries: dict[int, Any] = {}
    for day in (13, 11, 12):
        school = world.organisation()
        with world.at(9, day):
            entries[day] = world.draft(school)
            actions.submit_entry(world.applicant(school), entry_id=entries[day])
    with world.at(9, 14):
        assert actions.register_submitted(world.secretary, edition_id=world.edition_id) == [
            "CITY-XIX-N1-001",
            "CITY-XIX-N1-002",
            "CITY-XIX-N1-003",
        ]
        assert actions.register_submitted(world.secretary, edition_id=world.edition_id) == []
        for who in (world.operator, world.council, person(Role.EXPERT)):
            with pytest.raises(NotAllowed):
                actions.register_submitted(who, edition_id=world.edition_id)
    numbers = [queries.entry(world.secretary, entries[day]).reg_no for day in (11, 12, 13)]
    assert numbers == ["CITY-XIX-N1-001", "CITY-XIX-N1-002", "CITY-XIX-N1-003"]


def test_the_queue_is_by_age_and_says_how_near_a_term_is(world: Any) -> None:
    world.open()
    old, new = world.file(day=10), world.file(day=12)
    with world.at(9, 21):
        world.advance()
        actions.check_entry(
            world.secretary, entry_id=new, outcome="CONDITIONAL", items=BAD, fix_until=DEADLINE
        )
        lines = queries.technical_queue(world.secretary, world.edition_id)
        assert [(one.entry.entry_id, one.urgency.value) for one in lines] == [(old, "NONE"), (new, "LATER")]
        with pytest.raises(NotAllowed):
            queries.technical_queue(world.council, world.edition_id)
    for shift, word in ((-timedelta(hours=3), "меньше суток"), (timedelta(), "срок истёк")):
        with clock.at(DEADLINE + shift):
            assert word in world.page(world.secretary, f"/editions/{world.edition_id}/technical")


def test_the_check_shows_the_files_of_each_requirement(world: Any) -> None:
    """BR-39: what is checked comes from the form of the nomination, beside what is enclosed."""
    open_with_form(world, attachments=("PROGRAMME",))
    school = world.organisation()
    who = world.applicant(school)
    with world.at(9, 10):
        entry_id = world.draft(school)
        for code in ("1.1", "1.2"):
            actions.write_section(who, entry_id=entry_id, code=code, text="Текст")
        enclose(world, who, entry_id)
        actions.submit_entry(who, entry_id=entry_id)
        actions.register_entry(world.secretary, entry_id=entry_id)
    found = queries.check_list(world.secretary, entry_id)
    assert [(one.text, len(one.files), one.looks_met) for one in found] == [
        ("Разделы заявки заполнены по форме", 0, True),
        ("программа", 1, True),
        ("Оформление по требованиям", 0, True),
    ]
    with world.at(9, 21):
        world.advance()
        html = world.page(world.secretary, f"/entries/{entry_id}/check")
    assert "Программа.pdf" in html and "Оформление по требованиям" in html
