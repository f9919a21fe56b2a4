"""What agreements need every day: reminders, prolongation, expiry; killed and repeated (BR-15)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from services.registry import actions, model, queries
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import AgreementState
from shared import clock, duties
from shared.person import PUBLIC, Role
from shared.refusal import NotFound
from shared.testing.suite import person
from shared.unit import read, work
from tests.services.registry.conftest import SEVERSKY, World

D = date
END = D(2021, 12, 31)


def run(*days: date) -> None:
    """The daily duty on these days."""
    for day in days:
        with clock.at(day):
            assert duties.run_daily(day) == []


def thresholds() -> list[int]:
    return list(
        read().scalars(sa.select(model.Reminder.threshold).order_by(model.Reminder.due_on, model.Reminder.id))
    )


def state(world: World, key: object, on: date) -> AgreementState | None:
    return queries.agreement(world.operator, key, on).state


def test_both_parties_are_reminded_60_30_and_7_days_before_the_end(inside: World) -> None:
    key = inside.in_force()
    for day in range(80):
        run(END - timedelta(80 - day))
    assert thresholds() == [60, 30, 7]
    with clock.at(END - timedelta(3)):
        for who in (inside.operator, inside.tms_person):
            rows = queries.cabinet(who).reminders
            assert [(row.reminder.threshold, row.days_left) for row in rows] == [(7, 3)]
            assert rows[0].reminder.agreement_id == key
        assert queries.cabinet(inside.stranger).reminders == []


def test_repeating_a_day_changes_nothing(inside: World) -> None:
    inside.in_force()
    with clock.at(END):
        for _ in range(3):
            with work(inside.operator) as u:
                actions.keep_agreements(u, END)
    assert thresholds() == [7]


def test_after_days_without_work_only_the_nearest_reminder_is_made(inside: World) -> None:
    inside.in_force()
    run(END - timedelta(90), END - timedelta(20))
    assert thresholds() == [30]


def test_a_reminder_leaves_the_cabinet_of_the_party_that_read_it(inside: World) -> None:
    key = inside.in_force()
    day = END - timedelta(60)
    run(day)
    with clock.at(day):
        reminder = queries.unread_reminders(inside.operator)[0].reminder.id
        for who in (inside.stranger, PUBLIC, person(Role.EDU_AUTHORITY, municipality_oktmo=SEVERSKY)):
            with pytest.raises(NotFound):
                actions.read_reminder(who, reminder_id=reminder)
        actions.read_reminder(inside.tms_person, reminder_id=reminder)
        actions.read_reminder(inside.tms_person, reminder_id=reminder)
        assert queries.unread_reminders(inside.tms_person) == []
        assert len(queries.unread_reminders(inside.operator)) == 1
        readings = queries.agreement(inside.operator, key).reminders[0].readings
        assert [reading.organisation_id for reading in readings] == [inside.tms]


def test_a_longer_term_silences_its_reminders_and_gets_new_ones(inside: World) -> None:
    key = inside.in_force()
    day = END - timedelta(60)
    run(day)
    with clock.at(day):
        actions.prolong_agreement(
            inside.operator, agreement_id=key, number="1", date=day, valid_to=D(2022, 12, 31)
        )
        assert queries.unread_reminders(inside.operator) == []
    run(D(2022, 12, 31) - timedelta(60))
    assert thresholds() == [60, 60]


def test_a_term_that_is_over_is_closed_and_the_counts_stay(inside: World) -> None:
    key = inside.in_force()
    before = queries.agreements_in_force(AsOf(END)), queries.agreements_in_force(AsOf(END + timedelta(1)))
    run(END, END + timedelta(1))
    assert read().get(model.Agreement, key).state is AgreementState.EXPIRED
    assert before == (1, 0)
    assert queries.agreements_in_force(AsOf(END + timedelta(1))) == 0


def test_an_agreement_prolongs_itself_on_its_last_day(inside: World) -> None:
    key = inside.in_force(auto_prolongation_months=12)
    run(END - timedelta(1))
    assert state(inside, key, END + timedelta(1)) is AgreementState.EXPIRED
    run(END)
    assert state(inside, key, END + timedelta(1)) is AgreementState.IN_FORCE
    run(END + timedelta(1), D(2024, 3, 1))
    changes = read().get(model.Agreement, key).changes
    assert [change.now_to for change in changes] == [D(2022, 12, 31), D(2023, 12, 31), D(2024, 12, 31)]
    assert state(inside, key, D(2023, 6, 1)) is AgreementState.IN_FORCE


def test_what_a_rule_forbids_does_not_prolong_itself(inside: World) -> None:
    actions.grant_resource_centre(
        inside.operator,
        organisation_id=inside.knmc,
        act_id=inside.order,
        valid_from=D(2019, 1, 1),
        capacity=2,
    )
    actions.grant_resource_centre(
        inside.operator,
        organisation_id=inside.knmc,
        act_id=inside.order,
        valid_from=D(2022, 1, 1),
        capacity=1,
    )
    inside.in_force(number="2", tms_id=inside.other_tms, valid_to=D(2022, 1, 1))
    key = inside.in_force(auto_prolongation_months=12)
    run(END, END + timedelta(1))
    assert read().get(model.Agreement, key).state is AgreementState.EXPIRED
    notes = read().scalars(sa.select(model.Audit.note).where(model.Audit.what == "agreement.not_prolonged"))
    assert {note["rule"] for note in notes} == {"BR-17"}


def test_killed_in_the_middle_the_day_is_done_whole_the_next_time(
    inside: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process ends here."""

    ending = inside.in_force(valid_to=D(2021, 6, 1))
    going_on = inside.in_force(
        number="2", tms_id=inside.other_tms, valid_to=D(2021, 6, 1), auto_prolongation_months=6
    )

    def die(*_: object) -> list:
        raise Killed

    day = D(2021, 6, 2)
    with clock.at(day):
        with monkeypatch.context() as patch:
            patch.setattr("services.registry.actions.agreement_days.remind", die)
            with pytest.raises(Killed):
                duties.run_daily(day)
        read().rollback()
        assert read().get(model.Agreement, ending).state is AgreementState.IN_FORCE, (
            "nothing was done by half"
        )
        assert read().get(model.Agreement, going_on).changes == []
    run(day, day)
    read().expire_all()
    assert read().get(model.Agreement, ending).state is AgreementState.EXPIRED
    assert len(read().get(model.Agreement, going_on).changes) == 1
