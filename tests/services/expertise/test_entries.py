"""Entries: limits, numbers, technical check, revision (BR-36…BR-39); SC-06, SC-07, SC-08 of the demo."""

import contextvars
import threading
from datetime import timedelta
from typing import Any

import pytest

from services.expertise import actions, queries
from services.expertise.rules.vocabulary import EntryState
from shared import clock
from shared.person import Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import person, told

from .conftest import BAD, GOOD, moment


def state(world: Any, entry_id: Any) -> EntryState:
    return queries.entry(world.secretary, entry_id).state


def test_registration_numbers_have_no_gaps(world: Any) -> None:
    world.open()
    one, two = world.file(), world.file()
    three = world.file(
        nomination="N2", organisation_id=(org := world.organisation()), platform_id=world.platform(org)
    )
    numbers = [queries.entry(world.secretary, key).reg_no for key in (one, two, three)]
    assert numbers == ["CITY-XIX-N1-001", "CITY-XIX-N1-002", "CITY-XIX-N2-001"]


def test_a_refused_registration_takes_no_number(world: Any) -> None:
    world.open()
    one = world.file()
    with world.at(9, 10), pytest.raises(Refused):
        actions.register_entry(world.secretary, entry_id=one)
    assert queries.entry(world.secretary, world.file()).reg_no == "CITY-XIX-N1-002"


def test_concurrent_registrations_stay_gap_free(world: Any) -> None:
    world.open()
    entries = []
    with world.at(9, 10):
        for _ in range(8):
            organisation_id = world.organisation()
            entries.append(world.draft(organisation_id))
            actions.submit_entry(world.applicant(organisation_id), entry_id=entries[-1])
    numbers: list[str] = []

    def register(entry_id: Any) -> None:
        with clock.at(moment(9, 11)), world.app.app_context():
            numbers.append(actions.register_entry(world.secretary, entry_id=entry_id))

    threads = [
        threading.Thread(target=contextvars.Context().run, args=(register, entry_id)) for entry_id in entries
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [f"CITY-XIX-N1-{n:03d}" for n in range(1, 9)]


def test_one_entry_per_nomination(world: Any) -> None:
    world.open()
    school = world.organisation()
    first = world.file(school)
    with world.at(9, 11):
        second = world.draft(school)
        with pytest.raises(Refused, match="BR-37") as refusal:
            actions.submit_entry(world.applicant(school), entry_id=second)
        assert refusal.value.field == "nomination_id"
        actions.withdraw_entry(world.applicant(school), entry_id=first, reason="Замена")
        actions.submit_entry(world.applicant(school), entry_id=second)


def test_after_the_deadline_a_draft_stays_a_draft(world: Any) -> None:
    world.open()
    school = world.organisation()
    with world.at(9, 18, 17, 59):
        in_time, late = world.draft(school), world.draft(other := world.organisation())
        actions.submit_entry(world.applicant(school), entry_id=in_time)
    with world.at(9, 18, 18, 0), pytest.raises(Refused, match="BR-37"):
        actions.submit_entry(world.applicant(other), entry_id=late)
    assert state(world, late) == "DRAFT"
    assert [name for name, _ in told(world.app)].count("expertise.entry.changed.v1") == 1


def test_a_report_needs_its_own_platform(world: Any) -> None:
    world.open()
    school, stranger = world.organisation(), world.organisation()
    with world.at(9, 10):
        without = world.draft(school, "N2")
        with pytest.raises(Refused, match="BR-55") as refusal:
            actions.submit_entry(world.applicant(school), entry_id=without)
        assert refusal.value.field == "platform_id"
        with pytest.raises(Refused) as refusal:
            world.draft(school, "N2", platform_id=world.platform(stranger))
        assert refusal.value.field == "platform_id"


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"topic": "  "}, "topic"),
        ({"co_applicant_ids": "self"}, "co_applicant_ids"),
        ({"co_applicant_ids": "unknown"}, "co_applicant_ids"),
        ({"contact_person_id": "unknown"}, "contact_person_id"),
    ],
)
def test_wrong_content_names_its_field(world: Any, content: dict[str, Any], field: str) -> None:
    world.open()
    school = world.organisation()
    values: dict[str, Any] = {"self": [school], "unknown": [world.edition_id]}
    for key, value in list(content.items()):
        if value in values:
            content[key] = values[value] if key.endswith("ids") else values[value][0]
    with world.at(9, 10), pytest.raises(Refused) as refusal:
        world.draft(school, **content)
    assert refusal.value.field == field


def test_a_draft_is_edited_with_its_partners(world: Any) -> None:
    world.open()
    school, partner, another = (world.organisation() for _ in range(3))
    with world.at(9, 10):
        entry_id = world.draft(school, co_applicant_ids=[partner])
        who = world.applicant(school)
        actions.edit_entry(who, entry_id=entry_id, topic="Иная тема", co_applicant_ids=[another])
        card = queries.entry(who, entry_id)
        assert (card.topic, card.co_applicant_ids) == ("Иная тема", [another])
        actions.submit_entry(who, entry_id=entry_id)
        with pytest.raises(Refused, match="BR-37"):
            actions.edit_entry(who, entry_id=entry_id, topic="Поздно")
        assert queries.own_entries(world.applicant(another))[0].entry_id == entry_id


def test_conditional_admission_fixed_one_minute_before_the_deadline(world: Any) -> None:
    world.open()
    fixed, missed = (world.organisation(), world.organisation())
    in_time, late = world.file(fixed), world.file(missed)
    deadline = moment(9, 23, 18)
    with world.at(9, 21):
        world.advance()
        for entry_id in (in_time, late):
            actions.check_entry(
                world.secretary, entry_id=entry_id, outcome="CONDITIONAL", items=BAD, fix_until=deadline
            )
        assert queries.own_entries(world.applicant(fixed))[0].fix_until == deadline
    with clock.at(deadline - timedelta(minutes=1)):
        actions.fix_entry(world.applicant(fixed), entry_id=in_time, note="Подпись получена")
    assert state(world, in_time) == "ADMITTED"
    with clock.at(deadline):
        with pytest.raises(Refused, match="BR-39"):
            actions.fix_entry(world.applicant(missed), entry_id=late, note="Поздно")
        with pytest.raises(Refused, match="BR-39"):
            world.advance()
        assert actions.expire_fixes(world.secretary, edition_id=world.edition_id) == 1
        assert actions.expire_fixes(world.secretary, edition_id=world.edition_id) == 0
        world.advance()
    assert state(world, late) == "REJECTED"
    assert state(world, in_time) == "IN_EXPERTISE"


def test_check_belongs_to_its_stage(world: Any) -> None:
    world.open()
    entry_id = world.file()
    with world.at(9, 12), pytest.raises(Refused, match="BR-39"):
        actions.check_entry(world.secretary, entry_id=entry_id, outcome="ADMITTED", items=GOOD)


def test_returned_for_revision_and_resubmitted(world: Any) -> None:
    for _ in range(3):
        world.expert()
    world.open()
    school = world.organisation()
    entry_id = world.file(school)
    world.admit(entry_id)
    with world.at(9, 29):
        world.assign()
        who, task = world.tasks()[0]
        actions.accept_assignment(who, assignment_id=task)
        actions.return_for_revision(world.secretary, entry_id=entry_id, remarks="Уточните тему")
        with pytest.raises(Refused, match="не на экспертизе"):
            actions.save_sheet(who, assignment_id=task, scores={"C1": 1}, comments={})
        with pytest.raises(NotAllowed):
            actions.resubmit_entry(world.applicant(world.organisation()), entry_id=entry_id, topic="Чужая")
        actions.resubmit_entry(world.applicant(school), entry_id=entry_id, topic="Уточнённая тема")
        world.score(who, task, 1)
    card = queries.entry(world.secretary, entry_id)
    assert card.topic == "Уточнённая тема"
    assert (card.revisions[0].old_topic, card.revisions[0].new_topic) == ("Новая школа", "Уточнённая тема")


def test_entries_are_seen_by_scope(world: Any) -> None:
    world.open()
    school, partner = world.organisation(), world.organisation()
    entry_id = world.file(school, co_applicant_ids=[partner])
    with world.at(9, 10):
        draft = world.draft(partner)
    seen = {
        "secretary": world.secretary,
        "council": world.council,
        "applicant": world.applicant(school),
        "partner": world.applicant(partner),
        "authority": person(Role.EDU_AUTHORITY, municipality_oktmo="03701000"),
        "other authority": person(Role.EDU_AUTHORITY, municipality_oktmo="03625000"),
        "expert": person(Role.EXPERT),
        "institute": person(Role.IRO),
        "stranger": world.applicant(world.organisation()),
    }
    lists = {name: len(queries.entries(who, world.edition_id)) for name, who in seen.items()}
    assert lists == {
        "secretary": 2,
        "council": 1,
        "applicant": 1,
        "partner": 2,
        "authority": 1,
        "other authority": 0,
        "expert": 0,
        "institute": 0,
        "stranger": 0,
    }
    for name, who in seen.items():
        if name in ("other authority", "expert", "institute", "stranger"):
            with pytest.raises(NotAllowed):
                queries.entry(who, entry_id)
        else:
            assert queries.entry(who, entry_id).entry_id == entry_id
    with pytest.raises(NotFound):
        queries.entry(world.council, draft)
