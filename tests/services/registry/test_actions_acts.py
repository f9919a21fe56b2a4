"""Acts: uniqueness, relations, the chain of the seed."""

from datetime import date
from uuid import UUID

import pytest

from services.registry import actions, queries
from services.registry.rules.kinds import ActState
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, Refused
from shared.testing.suite import person, told
from tests.services.registry.conftest import World

D = date


def act(world: World, number: str | None, on: date, **more: object) -> UUID:
    """An order of the ministry."""
    given = {"kind": "ORDER", "title": f"О деле {number}", "level": "REGIONAL", "issuer_id": world.ministry}
    return actions.record_act(world.operator, number=number, date=on, **{**given, **more})


def test_equal_numbers_of_different_years_are_legal(inside: World) -> None:
    act(inside, "4719", D(2015, 9, 16))
    act(inside, "4719", D(2016, 3, 25))
    for number in ("4719", "№ 4719", " 47 19"):
        with pytest.raises(Refused, match="BR-01"):
            act(inside, number, D(2016, 3, 25), title="Другое название")
    act(inside, "4719", D(2016, 3, 25), kind="LETTER")
    act(inside, "4719", D(2016, 3, 25), issuer_id=None, issuer_name="Другой орган")


def test_acts_without_number_differ_by_title(inside: World) -> None:
    for title in ("Резолюция одна", "Резолюция другая"):
        act(inside, None, D(2016, 6, 8), kind="RESOLUTION", title=title)
    with pytest.raises(Refused, match="BR-01"):
        act(inside, None, D(2016, 6, 8), kind="RESOLUTION", title="резолюция «одна»")


def test_the_chain_of_amendments(inside: World) -> None:
    a06, a07 = act(inside, "4049", D(2014, 9, 17)), act(inside, "563", D(2015, 2, 13))
    a10, a11 = act(inside, "2603", D(2015, 6, 3)), act(inside, "4718", D(2015, 9, 16))
    for source, target in ((a10, a06), (a10, a07), (a11, a10)):
        actions.relate_acts(inside.operator, source_id=source, type="AMENDS", target_id=target)
    assert [row.id for row in queries.amend_chain(a11)] == [a11, a10, a07]
    assert len(queries.act(PUBLIC, a11).chains) == 2
    assert [relation.type for relation in queries.act(PUBLIC, a07).incoming] == ["AMENDS"]


def test_a_circle_and_a_doubled_relation_are_refused(inside: World) -> None:
    first, second, third = (act(inside, str(n), D(2015, 1, 1)) for n in range(3))
    actions.relate_acts(inside.operator, source_id=first, type="AMENDS", target_id=second)
    actions.relate_acts(inside.operator, source_id=second, type="REPLACES", target_id=third)
    for source, target in ((third, first), (first, first), (first, second)):
        with pytest.raises(Refused, match="BR-03"):
            actions.relate_acts(inside.operator, source_id=source, type="AMENDS", target_id=target)
    with pytest.raises(Refused, match="BR-03"):
        actions.relate_acts(inside.operator, source_id=first, type="AMENDS")


def test_a_replacing_act_ends_the_old_one_and_citing_it_gives_a_warning(inside: World) -> None:
    old = act(inside, "611", D(2013, 7, 23), in_force_from=D(2013, 9, 1))
    new = act(inside, "21н", D(2019, 3, 22))
    actions.relate_acts(inside.operator, source_id=new, type="REPLACES", target_id=old)
    assert queries.act(PUBLIC, old, D(2019, 3, 21)).state is ActState.IN_FORCE
    card = queries.act(PUBLIC, old, D(2020, 11, 1))
    assert (card.state, card.stale) == (ActState.REPEALED, True)
    assert [row.act.id for row in queries.acts(state=ActState.REPEALED, on=D(2020, 1, 1)).items] == [old]
    data = [data for name, data in told(inside.app) if name == "registry.act.changed.v1"]
    assert {item["act_id"]: item["in_force_to"] for item in data}[str(old)] == "2019-03-22"


def test_an_act_may_launch_what_is_no_act(inside: World) -> None:
    key = act(inside, "153", D(2020, 5, 18))
    actions.relate_acts(inside.operator, source_id=key, type="LAUNCHES", target_ref="KRAI-IP-2020")
    assert queries.act(PUBLIC, key).outgoing[0].target_ref == "KRAI-IP-2020"


def test_a_tms_enters_local_acts_only_and_relates_its_own(inside: World) -> None:
    who = inside.tms_person
    with pytest.raises(NotAllowed):
        actions.record_act(who, kind="ORDER", number="1", date=D(2020, 1, 1), title="X", level="REGIONAL")
    own = actions.record_act(
        who, kind="ORDER", number="1", date=D(2020, 1, 1), title="X", level="LOCAL", issuer_id=inside.tms
    )
    actions.relate_acts(who, source_id=own, type="BASED_ON", target_id=inside.order)
    with pytest.raises(NotAllowed):
        actions.relate_acts(who, source_id=inside.order, type="BASED_ON", target_id=own)
    with pytest.raises(NotAllowed):
        actions.record_act(
            person(Role.EXPERT), kind="ORDER", number="2", date=D(2020, 1, 1), title="X", level="LOCAL"
        )
