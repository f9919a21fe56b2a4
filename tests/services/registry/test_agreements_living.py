"""Agreements that live on: prolonged, corrected, ended; the register of any day; the resource centre (F7)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from services.registry import actions, model, queries
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import AgreementState, BasisKind
from shared import clock, ids
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import person, told
from shared.unit import read
from tests.services.registry.conftest import ABINSKY, SEVERSKY, TODAY, World

D = date
S = AgreementState
SUPPLEMENT = {"number": "1", "date": D(2020, 12, 1), "valid_to": D(2022, 12, 31)}


def states(world: World, key: object) -> list[tuple[str, date]]:
    """The states of an agreement, one after another."""
    return [(row.state.value, row.fact.valid_from) for row in queries.agreement(world.operator, key).history]


def grant(world: World, capacity: int, since: date = D(2019, 1, 31)) -> None:
    actions.grant_resource_centre(
        world.operator, organisation_id=world.knmc, act_id=world.order, valid_from=since, capacity=capacity
    )


def test_the_register_and_the_card_show_any_day_as_known_on_any_day(inside: World) -> None:
    with clock.at(D(2019, 3, 10)):
        key = inside.in_force()
    with clock.at(D(2020, 6, 1)):
        actions.terminate_agreement(
            inside.operator, agreement_id=key, on=D(2020, 6, 1), reason="новая редакция"
        )

    def shown(on: date | None, known: date | None = None) -> str | None:
        rows = queries.agreements(inside.operator, on=on, known=known).items
        card = queries.agreement(inside.operator, key, on, known)
        assert [row.state for row in rows] == ([card.state] if card.state else [])
        return card.state

    assert shown(None) is S.TERMINATED
    assert shown(D(2020, 5, 31)) is S.IN_FORCE
    assert shown(D(2020, 12, 1), D(2020, 5, 31)) is S.IN_FORCE, "nobody knew of the termination yet"
    assert shown(D(2022, 1, 1), D(2020, 5, 31)) is S.EXPIRED
    assert shown(D(2020, 1, 1), D(2019, 3, 9)) is None
    assert shown(D(2019, 3, 4)) is None
    found = queries.agreements(inside.operator, state=S.IN_FORCE, on=D(2020, 5, 31))
    assert [row.agreement.id for row in found.items] == [key]
    assert queries.agreements(inside.operator, state=S.IN_FORCE).total == 0
    card = queries.agreement(inside.operator, key, D(2020, 5, 31))
    assert (card.next_step, card.ended_on, card.end_reason) == (None, None, None)


def test_a_supplement_makes_the_term_longer_and_stays_as_it_is(inside: World) -> None:
    key = inside.in_force()
    change = actions.prolong_agreement(inside.operator, agreement_id=key, act_id=inside.order, **SUPPLEMENT)
    assert states(inside, key)[-2:] == [("IN_FORCE", D(2022, 1, 1)), ("EXPIRED", D(2023, 1, 1))]
    facts = queries.agreement(inside.operator, key).history
    assert (facts[-2].fact.basis_kind, facts[-2].fact.act_id) == (BasisKind.ACT, inside.order)
    assert told(inside.app)[-1][1]["valid_to"] == "2022-12-31"
    assert queries.participants_by_agreement(AsOf(D(2022, 6, 1))) == [inside.tms]
    assert queries.agreements_in_force(AsOf(D(2022, 6, 1), D(2020, 12, 30))) == 0
    card = queries.agreement(inside.operator, key, D(2020, 11, 30))
    assert card.valid_to == D(2021, 12, 31), "before the supplement the term was shorter"
    for statement in ("UPDATE agreement_change SET number = '2'", "DELETE FROM agreement_change"):
        with pytest.raises(DBAPIError, match="never rewritten"):
            read().execute(sa.text(statement))
        read().rollback()
    assert read().get(model.AgreementChange, change).was_to == D(2021, 12, 31)


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"number": " № "}, "BR-02", "number"),
        ({"date": D(2019, 3, 4)}, "TERM", "date"),
        ({"date": D(2021, 1, 1)}, "TERM", "date"),
        ({"valid_to": D(2021, 12, 31)}, "TERM", "valid_to"),
    ],
)
def test_wrong_supplements(inside: World, changes: dict, rule: str, field: str) -> None:
    key = inside.in_force()
    with pytest.raises(Refused, match=rule) as refused:
        actions.prolong_agreement(inside.operator, agreement_id=key, **{**SUPPLEMENT, **changes})
    assert refused.value.field == field


def test_only_what_is_in_force_is_prolonged(inside: World) -> None:
    draft, over = inside.agreement(number="9"), inside.in_force()
    actions.terminate_agreement(inside.operator, agreement_id=over, on=D(2020, 12, 30), act_id=inside.order)
    for key in (draft, over):
        with pytest.raises(Refused, match="AGREEMENT_STATE"):
            actions.prolong_agreement(inside.operator, agreement_id=key, **SUPPLEMENT)


def test_a_supplement_of_the_term_may_be_recorded_after_it_ran_out(inside: World) -> None:
    key = inside.in_force(valid_to=D(2020, 6, 30))
    actions.expire_agreements(inside.operator, on=TODAY)
    with pytest.raises(Refused, match="AGREEMENT_STATE"):
        actions.prolong_agreement(inside.operator, agreement_id=key, **SUPPLEMENT)
    late = {"number": "1", "date": D(2020, 6, 30), "valid_to": D(2020, 11, 30)}
    actions.prolong_agreement(inside.operator, agreement_id=key, **late)
    assert told(inside.app)[-1][1]["ended_on"] == "2020-12-01"
    actions.prolong_agreement(
        inside.operator, agreement_id=key, number="2", date=D(2020, 11, 30), valid_to=D(2021, 11, 30)
    )
    assert queries.agreement(inside.operator, key).state is S.IN_FORCE
    assert queries.agreements_in_force(AsOf(D(2020, 12, 15))) == 1


def test_a_prolongation_meets_rivals_and_the_capacity_again(inside: World) -> None:
    grant(inside, 1)
    first = inside.in_force(valid_to=D(2020, 6, 30))
    second = inside.signed(number="2")
    actions.put_in_force(inside.operator, agreement_id=second, on=D(2020, 7, 1), scan_waiver="нет")
    longer = {"agreement_id": first, "number": "1", "date": D(2020, 6, 1), "valid_to": D(2020, 12, 1)}
    with pytest.raises(Refused, match="BR-14"):
        actions.prolong_agreement(inside.operator, **longer)
    third = inside.signed(number="3", tms_id=inside.other_tms, valid_to=D(2020, 6, 30))
    with pytest.raises(Refused, match="BR-17"):
        actions.put_in_force(inside.operator, agreement_id=third, on=D(2019, 3, 5), scan_waiver="нет")


def test_the_fullest_day_of_the_term_counts(inside: World) -> None:
    grant(inside, 1)
    with clock.at(D(2020, 2, 1)):
        inside.in_force(date=D(2020, 2, 1), valid_from=D(2020, 2, 1))
    early = inside.signed(number="2", tms_id=inside.other_tms)
    with pytest.raises(Refused, match="BR-17"):
        actions.put_in_force(inside.operator, agreement_id=early, on=D(2019, 3, 5), scan_waiver="нет")
    assert queries.fullest_day(inside.knmc, D(2019, 3, 5), D(2021, 1, 1)) == (1, 1)
    assert queries.fullest_day(inside.knmc, D(2018, 1, 1), D(2018, 2, 1)) == (0, None)


def test_a_termination_rests_on_an_act_or_a_reason(inside: World) -> None:
    key = inside.in_force()
    with pytest.raises(Refused, match="TERM") as refused:
        actions.terminate_agreement(inside.operator, agreement_id=key, on=D(2020, 6, 1), reason="  ")
    assert refused.value.field == "reason"
    with pytest.raises(NotFound):
        actions.terminate_agreement(inside.operator, agreement_id=key, on=D(2020, 6, 1), act_id=ids.new_id())
    actions.terminate_agreement(inside.operator, agreement_id=key, on=D(2020, 6, 1), act_id=inside.order)
    last = queries.agreement(inside.operator, key).history[-1].fact
    assert (last.basis_kind, last.act_id) == (BasisKind.ACT, inside.order)


def test_a_termination_planned_for_a_later_day_leaves_today_as_it_is(inside: World) -> None:
    key = inside.in_force()
    actions.terminate_agreement(
        inside.operator, agreement_id=key, on=D(2021, 3, 1), reason="соглашение сторон"
    )
    assert queries.agreement(inside.operator, key).state is S.IN_FORCE
    assert [queries.agreements_in_force(AsOf(day)) for day in (D(2021, 2, 28), D(2021, 3, 1))] == [1, 0]


def test_a_wrong_entry_into_force_is_put_right_by_a_correction(inside: World) -> None:
    with clock.at(D(2019, 4, 1)):
        key = inside.in_force()
    given = {"agreement_id": key, "day": "ENTRY", "reason": "описка в журнале"}
    for on, rule in ((D(2019, 3, 4), "BR-16"), (D(2019, 3, 5), "F7"), (D(2022, 1, 1), "F7")):
        with pytest.raises(Refused, match=rule):
            actions.correct_agreement(inside.operator, **given, on=on)
    with pytest.raises(Refused, match="F7"):
        actions.correct_agreement(inside.operator, **{**given, "reason": " "}, on=D(2019, 3, 20))
    actions.correct_agreement(inside.operator, **given, on=D(2019, 3, 20), act_id=inside.order)
    assert ("SIGNED", D(2019, 3, 5)) in states(inside, key)
    assert ("IN_FORCE", D(2019, 3, 20)) in states(inside, key)
    counts = [queries.agreements_in_force(AsOf(day)) for day in (D(2019, 3, 19), D(2019, 3, 20))]
    assert counts == [0, 1]
    assert queries.agreements_in_force(AsOf(D(2019, 3, 19), D(2019, 5, 1))) == 1, "as it was known then"
    assert queries.participants_by_agreement(AsOf(D(2019, 3, 19))) == []
    closed = read().scalars(sa.select(model.Fact).where(model.Fact.closed_by_id.is_not(None))).all()
    assert {fact.subject_id for fact in closed} == {key, inside.tms}
    assert told(inside.app)[-1][1]["in_force_from"] == "2019-03-20"


def test_a_wrong_termination_is_put_right_and_keeps_to_rivals(inside: World) -> None:
    key = inside.in_force()
    given = {"agreement_id": key, "day": "TERMINATION", "reason": "описка"}
    with pytest.raises(Refused, match="AGREEMENT_STATE"):
        actions.correct_agreement(inside.operator, **given, on=D(2020, 6, 1))
    actions.terminate_agreement(inside.operator, agreement_id=key, on=D(2020, 6, 1), reason="новая редакция")
    second = inside.signed(number="2")
    actions.put_in_force(inside.operator, agreement_id=second, on=D(2020, 9, 1), scan_waiver="нет")
    with pytest.raises(Refused, match="BR-14"):
        actions.correct_agreement(inside.operator, **given, on=D(2020, 9, 2))
    actions.correct_agreement(inside.operator, **given, on=D(2020, 9, 1))
    assert [queries.agreements_in_force(AsOf(day)) for day in (D(2020, 8, 31), D(2020, 9, 1))] == [1, 1]
    actions.correct_agreement(inside.operator, **given, on=D(2020, 2, 1))
    assert [queries.agreements_in_force(AsOf(day)) for day in (D(2020, 1, 31), D(2020, 2, 1))] == [1, 0]


def test_further_parties_sign_too_and_acts_are_named(inside: World) -> None:
    school = inside.schools[2]
    key = inside.agreement(further_ids=[school], act_ids=[inside.order, inside.order])
    actions.send_agreement(inside.operator, agreement_id=key)
    for party in (inside.knmc, inside.tms, school):
        assert queries.agreement(inside.operator, key).state is S.ON_SIGNING
        actions.sign_agreement(
            inside.operator, agreement_id=key, organisation_id=party, signed_on=D(2019, 3, 5)
        )
    card = queries.agreement(person(Role.ORGANISATION, organisation_id=school), key)
    assert card.state is S.SIGNED
    assert [act.id for act in card.agreement.acts] == [inside.order]
    with pytest.raises(Refused, match="BR-02"):
        actions.refer_to_act(inside.operator, agreement_id=key, act_id=inside.order)
    for wrong in (inside.tms, inside.knmc):
        with pytest.raises(Refused, match="BR-16"):
            inside.agreement(number="2", further_ids=[wrong])


def test_only_the_operator_moves_an_agreement(inside: World) -> None:
    key = inside.in_force()
    strangers = [
        inside.tms_person,
        inside.stranger,
        PUBLIC,
        person(Role.IRO),
        person(Role.EDU_AUTHORITY, municipality_oktmo=SEVERSKY),
        person(Role.SYSTEM_ADMIN),
    ]
    for who in strangers:
        for attempt in (
            lambda who=who: actions.prolong_agreement(who, agreement_id=key, **SUPPLEMENT),
            lambda who=who: actions.terminate_agreement(who, agreement_id=key, on=D(2020, 6, 1), reason="x"),
            lambda who=who: actions.correct_agreement(
                who, agreement_id=key, day="ENTRY", on=D(2019, 4, 1), reason="x"
            ),
            lambda who=who: actions.refer_to_act(who, agreement_id=key, act_id=inside.order),
            lambda who=who: actions.issue_agreement(who, agreement_id=key),
            lambda who=who: actions.end_resource_centre(
                who, organisation_id=inside.knmc, act_id=inside.order, on=TODAY
            ),
        ):
            with pytest.raises(NotAllowed):
                attempt()
    assert queries.agreement(inside.operator, key).valid_to == D(2021, 12, 31)


def test_the_places_of_the_resource_centre_on_any_day(inside: World) -> None:
    with clock.at(D(2019, 2, 1)):
        grant(inside, 11)
    with clock.at(D(2020, 1, 10)):
        grant(inside, 12, D(2020, 1, 1))
    key = inside.in_force()

    def row(on: date, known: date | None = None) -> tuple[int, int]:
        card = queries.resource_centre(inside.operator, inside.knmc, on, known)
        assert [one.id for one in card.agreements] == ([key] if card.row.taken else [])
        return card.row.taken, card.row.capacity

    assert row(D(2019, 3, 4)) == (0, 11)
    assert row(D(2019, 3, 5)) == (1, 11)
    assert row(D(2020, 1, 1)) == (1, 12)
    assert row(D(2020, 1, 1), D(2020, 1, 9)) == (0, 11), "as it was known then"
    assert queries.resource_centre(PUBLIC, inside.knmc).agreements is None
    assert queries.resource_centre(inside.stranger, inside.knmc).agreements is None
    with pytest.raises(NotFound):
        queries.resource_centre(inside.operator, inside.ministry)


def test_the_status_of_a_resource_centre_ends_by_an_act(inside: World) -> None:
    grant(inside, 11)
    ending = {"organisation_id": inside.knmc, "act_id": inside.order}
    with pytest.raises(Refused, match="BR-17"):
        actions.end_resource_centre(inside.operator, **ending, on=D(2019, 1, 30))
    actions.end_resource_centre(inside.operator, **ending, on=D(2020, 6, 1))
    with pytest.raises(Refused, match="BR-17"):
        actions.end_resource_centre(inside.operator, **ending, on=D(2020, 7, 1))
    assert queries.resource_centres(AsOf(D(2020, 5, 31)))[0].capacity == 11
    assert queries.resource_centres(AsOf(D(2020, 6, 1)))[0].capacity == 0
    key = inside.signed()
    with pytest.raises(Refused, match="BR-17"):
        actions.put_in_force(inside.operator, agreement_id=key, on=D(2020, 7, 1), scan_waiver="нет")


def test_the_database_repeats_the_invariants(inside: World) -> None:
    key = inside.in_force()
    for change in (
        "in_force_from = '2019-03-04'",
        "in_force_from = '2022-01-01'",
        "state = 'TERMINATED', ended_on = '2020-01-01'",
        "state = 'EXPIRED', ended_on = '2019-03-05'",
        "auto_prolongation_months = 0",
    ):
        with pytest.raises(DBAPIError, match="CHECK"):
            read().execute(sa.text(f"UPDATE agreement SET {change}"))  # words of this test
        read().rollback()
    assert queries.agreement(inside.operator, key).state is S.IN_FORCE


def test_the_register_has_its_scope_on_past_days_too(inside: World) -> None:
    key = inside.in_force()
    assert queries.agreements(inside.stranger, on=D(2020, 1, 1)).total == 0
    with pytest.raises(NotFound):
        queries.agreement(inside.stranger, key, D(2020, 1, 1), TODAY - timedelta(1))
    assert queries.agreements(person(Role.EDU_AUTHORITY, municipality_oktmo=ABINSKY)).total == 0
