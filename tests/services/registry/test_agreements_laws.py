"""Whatever happens to an agreement, its facts tile the days, and past knowledge stays what it was (F7)."""

from datetime import date, timedelta
from itertools import count, pairwise
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.registry import actions, queries
from services.registry.rules.facts import FOREVER, AsOf
from services.registry.rules.kinds import FactKind
from shared import clock
from shared.refusal import Refused
from tests.services.registry.conftest import World

D = date
DRAFTED, LAST = D(2019, 3, 5), D(2020, 3, 4)
numbers = count(1)
gaps = st.integers(1, 60)
#: A move, how many days after the one before it is made, and a number that its dates are made of.
moves = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "send",
                "sign",
                "sign",
                "refuse",
                "force",
                "prolong",
                "terminate",
                "entry",
                "end",
                "daily",
                "daily",
            ]
        ),
        gaps,
        st.integers(-120, 400),
    ),
    max_size=8,
)
#: What mostly happens first, so that the later moves have something to do.
begun = st.just([("send", 1, 0), ("sign", 1, 0), ("sign", 1, 0), ("force", 2, 0)])


def make(world: World, key: Any, move: str, shift: int) -> None:
    """One move on the day on which the clock stands; a rule may refuse it."""
    today, who = clock.today(), world.operator
    on = today + timedelta(shift)
    row = queries.agreement(who, key).agreement
    match move:
        case "send":
            actions.send_agreement(who, agreement_id=key)
        case "sign":
            waiting = [party.organisation_id for party in row.parties if party.signed_on is None]
            party = waiting[0] if waiting else world.tms
            actions.sign_agreement(who, agreement_id=key, organisation_id=party, signed_on=min(on, today))
        case "refuse":
            actions.refuse_agreement(who, agreement_id=key, organisation_id=world.tms, reason="нет средств")
        case "force":
            actions.put_in_force(who, agreement_id=key, on=min(on, today), scan_waiver="нет")
        case "prolong":
            actions.prolong_agreement(
                who,
                agreement_id=key,
                number="1",
                date=today,
                valid_to=row.valid_to + timedelta(abs(shift) + 1),
            )
        case "terminate":
            actions.terminate_agreement(who, agreement_id=key, on=on, reason="решение сторон")
        case "entry" | "end":
            day = "ENTRY" if move == "entry" else "TERMINATION"
            actions.correct_agreement(who, agreement_id=key, day=day, on=on, reason="описка")
        case "daily":
            actions.expire_agreements(who, on=today)


def tiled(key: Any) -> None:
    """Every day from drafting on has exactly one state."""
    said = sorted((row.valid_from, row.valid_to) for row in queries.timeline(key, FactKind.AGREEMENT))
    assert said[0][0] == DRAFTED
    assert said[-1][1] == FOREVER
    assert all(one[1] == two[0] for one, two in pairwise(said)), said


def counted(known: date) -> dict[date, tuple[int, int]]:
    """Agreements and participants on some days, as known at the end of a day."""
    days = [DRAFTED + timedelta(150 * step) for step in range(8)]
    return {
        day: (
            queries.agreements_in_force(AsOf(day, known)),
            len(queries.participants_by_agreement(AsOf(day, known))),
        )
        for day in days
    }


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(begun | st.just([]), moves)
def test_facts_tile_the_days_and_past_knowledge_stays(
    inside: World, first: list[tuple[str, int, int]], rest: list[tuple[str, int, int]]
) -> None:
    number = str(next(numbers))
    # Every example goes on where the clock of the one before stood: knowledge only grows.
    today = max([DRAFTED, *inside.app.extensions.setdefault("days", [])])
    with clock.at(today):
        key = inside.agreement(number=number, subject=f"Предмет {number}", valid_to=LAST)
    seen = {today: counted(today)}
    for move, gap, shift in [*first, *rest]:
        today += timedelta(gap)
        with clock.at(today):
            try:
                make(inside, key, move, shift)
            except Refused as refusal:
                assert refusal.rule in {"AGREEMENT_STATE", "BR-16", "BR-14", "TERM", "F7"}
            tiled(key)
            seen[today] = counted(today)
    for known, counts in seen.items():
        assert counted(known) == counts, f"something later changed what was known on {known}"
    inside.app.extensions["days"].append(today + timedelta(1))
