"""Platforms: status actions, counts on a date, decisions enacted by an order."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.registry import actions, queries
from services.registry.rules import platforms as rules
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import PlatformState, ProposalState
from shared import ids
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import deliver, person, told
from tests.services.registry.conftest import SEVERSKY, TODAY, World

D = date


def order(world: World, number: str, on: date) -> UUID:
    """Another order."""
    return world.do(
        actions.record_act, kind="ORDER", number=number, date=on, title="Приказ", level="MUNICIPAL"
    )


def test_an_award_is_told_with_its_period(inside: World) -> None:
    key = inside.active()
    name, data = told(inside.app)[-1]
    assert name == "registry.platform.changed.v1"
    assert data["platform_id"] == str(key)
    assert data["holder_ids"] == [str(inside.schools[0])]
    assert data["periods"] == [
        {"valid_from": "2019-01-01", "valid_to": "2021-12-31", "act_id": str(inside.order)}
    ]
    assert data["state"] == "ACTIVE"


def test_a_network_platform_has_a_hub_and_members(inside: World) -> None:
    hub, *members = inside.schools[:3]
    key = inside.platform(kind="MUNICIPAL_NETWORK", holder_ids=[hub], hub_id=hub, member_ids=members)
    data = told(inside.app)[-1][1]
    assert (data["hub_id"], data["member_ids"]) == (str(hub), [str(member) for member in members])
    with pytest.raises(Refused, match="BR-21"):
        inside.platform(kind="MUNICIPAL_NETWORK", holder_ids=[hub], hub_id=hub, member_ids=members[:1])
    actions.award_status(inside.operator, platform_id=key, act_id=inside.order, valid_from=D(2019, 1, 1))
    assert queries.innovation_organisations(AsOf(TODAY)) == 3


def test_counts_on_past_dates_are_reproducible(inside: World) -> None:
    first, second = inside.active("Первая"), inside.active("Вторая", 1)
    inside.active("Чужая", 2, counts_in_i02=False)
    days = [D(2018, 12, 31), D(2019, 1, 1), D(2020, 5, 31), D(2020, 6, 1), D(2021, 12, 31), D(2022, 1, 1)]
    before = [queries.platforms_active(AsOf(day)) for day in days]
    assert before == [0, 3, 3, 3, 3, 0]
    actions.suspend_status(inside.operator, platform_id=first, on=D(2020, 6, 1), reason="нет отчёта")
    actions.terminate_status(
        inside.operator, platform_id=second, on=D(2020, 6, 1), act_id=order(inside, "9", D(2020, 6, 1))
    )
    after = [queries.platforms_active(AsOf(day)) for day in days]
    assert after == [0, 3, 3, 1, 1, 0]
    assert queries.platforms_active(AsOf(TODAY), only_i02=True) == 0
    assert queries.platforms_active(AsOf(D(2020, 5, 31)), only_i02=True) == 2
    assert queries.innovation_organisations(AsOf(TODAY)) == 1
    assert queries.innovation_organisations(AsOf(TODAY), SEVERSKY) == 1


def test_an_extension_adds_a_period_of_its_own_act(inside: World) -> None:
    key = inside.active()
    act = order(inside, "19", D(2020, 11, 1))
    actions.extend_status(inside.operator, platform_id=key, act_id=act, valid_to=D(2023, 10, 31))
    periods = told(inside.app)[-1][1]["periods"]
    assert periods[1] == {"valid_from": "2022-01-01", "valid_to": "2023-10-31", "act_id": str(act)}
    assert queries.platforms_active(AsOf(D(2022, 6, 1))) == 1
    with pytest.raises(Refused, match="BR-23"):
        actions.extend_status(inside.operator, platform_id=key, act_id=act, valid_to=D(2023, 10, 31))


def test_one_organisation_does_not_hold_two_of_a_kind_and_topic(inside: World) -> None:
    inside.active("Арт-педагогика")
    inside.active("Арт-педагогика", 1)
    with pytest.raises(Refused, match="BR-20"):
        inside.active("«Арт  педагогика»")
    other = inside.platform("Арт-педагогика")
    late = order(inside, "77", D(2020, 1, 1))
    actions.award_status(inside.operator, platform_id=other, act_id=late, valid_from=D(2022, 1, 1))


def test_a_resumed_status_may_not_double_either(inside: World) -> None:
    first = inside.active()
    actions.suspend_status(inside.operator, platform_id=first, on=D(2020, 1, 1), reason="проверка")
    second = inside.platform()
    actions.award_status(
        inside.operator,
        platform_id=second,
        act_id=order(inside, "2", D(2020, 2, 1)),
        valid_from=D(2020, 2, 1),
    )
    with pytest.raises(Refused, match="BR-20"):
        actions.resume_status(inside.operator, platform_id=first, on=D(2020, 3, 1))


def test_what_each_kind_rests_on(inside: World) -> None:
    partner = inside.platform(kind="PARTNER")
    award = {"platform_id": partner, "act_id": None, "valid_from": D(2019, 1, 1)}
    with pytest.raises(Refused, match="BR-19"):
        actions.award_status(inside.operator, **award)
    actions.award_status(inside.operator, **award, basis="договор № 5 от 01.01.2019")
    assert told(inside.app)[-1][1]["periods"][0]["valid_to"] is None
    assert queries.platforms_active(AsOf(D(2099, 1, 1))) == 1
    with pytest.raises(Refused, match="BR-19"):
        actions.award_status(
            inside.operator, platform_id=inside.platform("Другая"), act_id=None, valid_from=TODAY
        )
    with pytest.raises(Refused, match="BR-56"):
        actions.award_status(
            inside.operator,
            platform_id=inside.platform("Третья"),
            act_id=inside.order,
            valid_from=D(2018, 1, 1),
        )


def test_grounds_are_asked_for(inside: World) -> None:
    key = inside.active()
    with pytest.raises(Refused, match="BR-24"):
        actions.terminate_status(inside.operator, platform_id=key, on=TODAY, reason="так решили")
    with pytest.raises(Refused, match="BR-26"):
        actions.suspend_status(inside.operator, platform_id=key, on=TODAY, reason="  ")
    with pytest.raises(Refused, match="PLATFORM_STATE"):
        actions.resume_status(inside.operator, platform_id=key, on=TODAY)


def test_statuses_run_out(inside: World) -> None:
    key, lasting = inside.active(), inside.platform("Бессрочная", kind="PARTNER")
    actions.award_status(
        inside.operator, platform_id=lasting, act_id=None, valid_from=D(2019, 1, 1), basis="договор"
    )
    assert actions.expire_statuses(inside.operator, on=D(2021, 12, 31)) == []
    assert actions.expire_statuses(inside.operator, on=D(2022, 1, 1)) == [key]
    assert told(inside.app)[-1][1]["state"] == "EXPIRED"


def test_an_application_is_declined(inside: World) -> None:
    key = inside.platform()
    actions.decline_platform(inside.operator, platform_id=key, reason="не по теме")
    assert queries.platform(PUBLIC, key).state is PlatformState.DECLINED


def test_who_applies_and_who_awards(inside: World) -> None:
    school = inside.schools[2]
    own = person(Role.ORGANISATION, organisation_id=school)
    given = {"kind": "MUNICIPAL", "topic": "Заявка", "holder_ids": [school]}
    key = actions.apply_for_platform(own, **given)
    actions.apply_for_platform(inside.tms_person, **{**given, "topic": "От ТМС"})
    for who in (inside.stranger, PUBLIC, person(Role.ORGANISATION, organisation_id=inside.schools[0])):
        with pytest.raises(NotAllowed):
            actions.apply_for_platform(who, **{**given, "topic": "Чужая"})
    for who in (own, inside.tms_person, PUBLIC):
        with pytest.raises(NotAllowed):
            actions.award_status(who, platform_id=key, act_id=inside.order, valid_from=TODAY)


def test_the_history_is_inner_and_the_rest_is_open(inside: World) -> None:
    key = inside.active(school=2)
    for who in (
        inside.operator,
        inside.tms_person,
        person(Role.ORGANISATION, organisation_id=inside.schools[2]),
    ):
        assert len(queries.platform(who, key).history) == 1
    for who in (PUBLIC, inside.stranger):
        card = queries.platform(who, key)
        assert (card.history, card.inner, card.actions) == ((), False, [])
        assert card.platform.topic == "Тема"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(["suspend", "resume", "complete"]), st.integers(0, 200)), max_size=5)
)
def test_the_register_on_a_date_agrees_with_the_rule(inside: World, moves: list[tuple[str, int]]) -> None:
    key = inside.active(f"Тема {ids.new_id()}")
    day = D(2019, 1, 1)
    for move, later in moves:
        day += timedelta(days=later)
        action = getattr(actions, f"{move}_status")
        try:
            action(inside.operator, platform_id=key, on=day, reason="проверка")
        except Refused:
            continue
    for on in (
        D(2018, 1, 1),
        D(2019, 1, 1),
        D(2019, 6, 1),
        D(2020, 1, 1),
        day,
        D(2021, 12, 31),
        D(2022, 1, 1),
    ):
        listed = [row for row in queries.platforms(on=on, size=500).items if row.platform.id == key]
        card = queries.platform(inside.operator, key, on)
        expected = rules.state_on(card.platform.steps, on) if on >= D(2019, 1, 1) else None
        assert card.state is expected
        assert [row.state for row in listed] == ([expected] if expected else [])


def decided(world: World, outcome: str, **more: Any) -> UUID:
    """Bring a decision of the council; gives the entry."""
    entry = ids.new_id()
    data = {
        "entry_id": entry,
        "edition_id": ids.new_id(),
        "edition_title": "XIX конкурс",
        "nomination_code": "N1",
        "kind": "PROJECT",
        "applicant_id": world.schools[1],
        "co_applicant_ids": [],
        "platform_id": None,
        "platform_kind": "MUNICIPAL",
        "topic": f"Тема заявки {entry}",
        "outcome": outcome,
        "protocol_number": "3",
        "protocol_date": D(2020, 10, 30),
        "rank": 1,
        "final_score": "88.00",
        **more,
    }
    deliver(world.app, "expertise.entry.decided.v1", data)
    return entry


def waiting(world: World) -> dict[UUID, UUID]:
    """Waiting proposals by entry."""
    rows = world.do(queries.proposals).items
    return {row.proposal.entry_id: row.proposal.id for row in rows}


def test_a_decision_taken_back_after_an_appeal(world: World) -> None:
    """BR-60: a waiting proposal is replaced, an enacted one becomes a task of the operator and is not undone."""
    entry, other = decided(world, "AWARD_STATUS"), decided(world, "AWARD_STATUS")
    again = {"protocol_number": "4", "protocol_date": D(2020, 11, 9)}
    decided(world, "DECLINE", entry_id=other, **again)
    assert set(waiting(world)) == {entry}
    key = waiting(world)[entry]
    act = order(world, "100", D(2020, 11, 20))
    world.do(actions.enact_decisions, act_id=act, proposal_ids=[key], valid_from=D(2020, 12, 1))
    decided(world, "AWARD_STATUS", entry_id=entry)
    assert world.do(queries.overtaken_proposals) == []
    for _ in range(2):
        decided(world, "DECLINE", entry_id=entry, **again)
    (row,) = world.do(queries.overtaken_proposals)
    assert (row.proposal.state, row.proposal.outcome, row.later) == ("ENACTED", "AWARD_STATUS", None)
    assert (row.proposal.later_outcome, row.proposal.later_protocol_number) == ("DECLINE", "4")
    # The council returns to its first decision before anybody has done anything.
    decided(world, "AWARD_STATUS", entry_id=entry, protocol_number="5", protocol_date=D(2020, 11, 10))
    assert world.do(queries.overtaken_proposals) == []
    decided(world, "DECLINE", entry_id=entry, **again)
    with pytest.raises(Refused, match="BR-60"):
        world.do(actions.settle_later_decision, proposal_id=key, reason=" ")
    world.do(actions.settle_later_decision, proposal_id=key, reason="Статус прекращён приказом № 101")
    assert world.do(queries.overtaken_proposals) == []
    with pytest.raises(Refused, match="BR-60"):
        world.do(actions.settle_later_decision, proposal_id=key, reason="Ещё раз")


def test_decisions_wait_and_are_enacted_by_one_order(world: World) -> None:
    lasting = {name: world.active(name, 0) for name in ("продлить", "завершить", "прекратить")}
    entries = [
        decided(world, "AWARD_STATUS"),
        decided(
            world,
            "AWARD_STATUS",
            platform_kind="MUNICIPAL_NETWORK",
            co_applicant_ids=[world.schools[2], world.schools[3]],
        ),
        decided(world, "EXTEND", platform_id=lasting["продлить"]),
        decided(world, "COMPLETE", platform_id=lasting["завершить"]),
        decided(world, "TERMINATE", platform_id=lasting["прекратить"]),
    ]
    decided(world, "DIPLOMA")
    proposals = waiting(world)
    assert set(proposals) == set(entries)
    act = order(world, "100", D(2020, 11, 20))
    made = world.do(
        actions.enact_decisions,
        act_id=act,
        proposal_ids=[proposals[entry] for entry in entries],
        valid_from=D(2020, 12, 1),
    )
    assert made[2:] == list(lasting.values())
    states = {key: world.do(lambda who, key: queries.platform(who, key).state.value, key=key) for key in made}
    assert list(states.values()) == ["ACTIVE", "ACTIVE", "ACTIVE", "COMPLETED", "TERMINATED"]
    data = {
        item["platform_id"]: item for name, item in told(world.app) if name == "registry.platform.changed.v1"
    }
    assert data[str(made[0])]["curator_id"] == str(world.knmc)
    assert data[str(made[0])]["periods"][0]["valid_to"] == "2023-11-30"
    assert data[str(made[1])]["hub_id"] == str(world.schools[1])
    assert data[str(made[2])]["periods"][-1]["valid_to"] == "2023-11-30"
    assert waiting(world) == {}
    assert world.do(queries.proposals, state=ProposalState.ENACTED).total == 5


def test_enacting_is_all_or_nothing_and_once(world: World) -> None:
    good, bad = decided(world, "AWARD_STATUS"), decided(world, "EXTEND", platform_id=None)
    proposals = waiting(world)
    step = {"act_id": world.order, "valid_from": D(2020, 12, 1)}
    with pytest.raises(Refused, match="BR-55"):
        world.do(actions.enact_decisions, proposal_ids=[proposals[good], proposals[bad]], **step)
    assert len(waiting(world)) == 2
    world.do(actions.enact_decisions, proposal_ids=[proposals[good]], **step)
    with pytest.raises(Refused, match="BR-56"):
        world.do(actions.enact_decisions, proposal_ids=[proposals[good]], **step)
    with pytest.raises(NotFound):
        world.do(actions.enact_decisions, proposal_ids=[ids.new_id()], **step)
    with pytest.raises(Refused, match="BR-56"):
        world.do(actions.enact_decisions, proposal_ids=[], **step)
    with pytest.raises(NotAllowed):
        world.do(actions.enact_decisions, world.tms_person, proposal_ids=[proposals[bad]], **step)
    world.do(actions.decline_proposal, proposal_id=proposals[bad], reason="нет площадки")
    assert waiting(world) == {}


def test_a_newer_decision_replaces_a_waiting_one_and_not_an_enacted_one(world: World) -> None:
    entry = decided(world, "AWARD_STATUS", topic="Первая редакция")
    again = {"entry_id": entry, "topic": "Вторая редакция"}
    decided(world, "AWARD_STATUS", **again)
    assert [row.proposal.topic for row in world.do(queries.proposals).items] == ["Вторая редакция"]
    world.do(
        actions.enact_decisions,
        act_id=world.order,
        proposal_ids=list(waiting(world).values()),
        valid_from=TODAY,
    )
    decided(world, "DECLINE", **again)
    assert world.do(queries.proposals, state=ProposalState.ENACTED).total == 1
    other = decided(world, "AWARD_STATUS")
    decided(world, "DECLINE", entry_id=other)
    assert waiting(world) == {}
