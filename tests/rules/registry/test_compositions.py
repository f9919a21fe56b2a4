"""BR-21 on every day: changes of a composition by an act."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules import compositions
from services.registry.rules.facts import ALWAYS, Basis, Statement
from services.registry.rules.kinds import PartyRole, PlatformKind
from shared.refusal import Refused

D = date
A, B, C, E, F = (UUID(int=number) for number in range(1, 6))
HUB, HOLDER, MEMBER = PartyRole.HUB, PartyRole.HOLDER, PartyRole.MEMBER
NETWORK, MUNICIPAL = PlatformKind.MUNICIPAL_NETWORK, PlatformKind.MUNICIPAL
NET = {A: HUB, B: MEMBER, C: MEMBER}
DAY = D(2020, 3, 1)


@pytest.mark.parametrize(
    ("kind", "before", "asked", "after"),
    [
        (MUNICIPAL, {A: HOLDER}, {"holders": [B]}, {A: HOLDER, B: HOLDER}),
        (MUNICIPAL, {A: HOLDER}, {"holders": [B], "leaving": [A]}, {B: HOLDER}),
        (MUNICIPAL, {A: HOLDER}, {"leaving": [A]}, "holder_ids"),
        (MUNICIPAL, {A: HOLDER}, {"members": [B]}, "hub_id"),
        (MUNICIPAL, {A: HOLDER}, {"hub": A}, "hub_id"),
        (MUNICIPAL, {A: HOLDER}, {"holders": [A]}, "holder_ids"),
        (MUNICIPAL, {A: HOLDER}, {}, "holder_ids"),
        (MUNICIPAL, {A: HOLDER, B: HOLDER}, {"leaving": [E]}, "leaving_ids"),
        (NETWORK, NET, {"members": [E]}, {**NET, E: MEMBER}),
        (NETWORK, NET, {"leaving": [B]}, "member_ids"),
        (NETWORK, NET, {"leaving": [B], "members": [E]}, {A: HUB, C: MEMBER, E: MEMBER}),
        (NETWORK, NET, {"hub": E}, {A: HOLDER, B: MEMBER, C: MEMBER, E: HUB}),
        (NETWORK, NET, {"hub": E, "leaving": [A]}, {B: MEMBER, C: MEMBER, E: HUB}),
        (NETWORK, NET, {"hub": B}, "member_ids"),
        (NETWORK, NET, {"hub": B, "members": [E]}, {A: HOLDER, B: HUB, C: MEMBER, E: MEMBER}),
        (NETWORK, NET, {"leaving": [A]}, "holder_ids"),
        (NETWORK, NET, {"hub": E, "members": [E]}, "leaving_ids"),
        (NETWORK, NET, {"holders": [E], "leaving": [E]}, "leaving_ids"),
    ],
)
def test_changes(kind: PlatformKind, before: Any, asked: Any, after: Any) -> None:
    if isinstance(after, str):
        with pytest.raises(Refused, match="BR-21") as refused:
            compositions.change_of(kind, before, DAY, **asked)
        assert refused.value.field == after
        return
    change = compositions.change_of(kind, before, DAY, **asked)
    held = [Statement(role, item=str(key), ref_id=key) for key, role in before.items()]
    told = compositions.changed(held, change, Basis.source("акт"))
    assert compositions.parts_on(told, DAY) == after
    assert compositions.parts_on(told, DAY - timedelta(days=1)) == before


def test_two_hubs_are_one_too_many() -> None:
    with pytest.raises(Refused, match="BR-21"):
        compositions.check_parts(NETWORK, {A: HUB, B: HUB, C: MEMBER, E: MEMBER})


def test_changes_follow_each_other() -> None:
    held = [Statement(HOLDER, ALWAYS, DAY, str(A), ref_id=A), Statement(HOLDER, DAY, item=str(B), ref_id=B)]
    compositions.check_order(held, DAY + timedelta(days=1))
    compositions.check_order(held[:0], DAY)
    for day in (DAY, DAY - timedelta(days=1)):
        with pytest.raises(Refused, match="BR-21"):
            compositions.check_order(held, day)


@given(st.lists(st.sets(st.sampled_from([B, C, E, F]), max_size=4), max_size=6))
def test_every_earlier_day_keeps_its_composition(targets: list[set[UUID]]) -> None:
    held = [Statement(HOLDER, item=str(A), ref_id=A)]
    kept = {DAY - timedelta(days=1): {A: HOLDER}}
    day = DAY
    for target in targets:
        before = compositions.parts_on(held, day)
        now = {key for key in before if key != A}
        try:
            change = compositions.change_of(
                MUNICIPAL, before, day, holders=sorted(target - now), leaving=sorted(now - target)
            )
        except Refused:
            assert target == now
            continue
        held = compositions.changed(held, change, Basis.source("акт"))
        kept[day] = {A: HOLDER, **dict.fromkeys(target, HOLDER)}
        day += timedelta(days=10)
    for when, parts in kept.items():
        assert compositions.parts_on(held, when) == parts
