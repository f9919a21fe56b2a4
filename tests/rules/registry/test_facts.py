"""F7: timelines of facts — changes, insertions, corrections."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules.facts import (
    ALWAYS,
    FOREVER,
    Basis,
    Statement,
    changed,
    check_change,
    check_span,
    corrected,
    on_day,
    placed,
)
from services.registry.rules.kinds import FactKind
from shared.refusal import Refused

START = date(2000, 1, 1)
ACT = Basis.source("акт")


def day(offset: int) -> date:
    return START + timedelta(days=offset)


def said(value: str, first: date = ALWAYS, end: date = FOREVER) -> Statement:
    return Statement(value, first, end, basis=ACT)


def words(held: list[Statement], *days: date) -> str:
    return "".join(one.value if (one := on_day(held, each)) else "-" for each in days)


spans = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda pair: (day(pair[0]), day(sum(pair))))
steps = st.lists(st.tuples(st.sampled_from("abcde"), spans), max_size=8)


def test_a_change_lasts_until_the_next_known_one() -> None:
    held = [said("a", ALWAYS, day(10)), said("b", day(10))]
    after = changed(held, said("c", day(5)))
    assert words(after, day(4), day(5), day(9), day(10)) == "accb"


def test_a_change_with_an_end_is_cut_out_of_what_was_held() -> None:
    after = changed([said("a")], said("b", day(1), day(3)))
    assert words(after, day(0), day(1), day(2), day(3)) == "abba"


@pytest.mark.parametrize(
    ("basis", "held", "refused"),
    [
        (None, [], True),
        (Basis.source("заявка"), [], False),
        (Basis.source("заявка"), [said("a")], True),
        (Basis.agreement(None), [said("a")], False),  # type: ignore[arg-type]  # only the kind counts here
    ],
)
def test_only_the_first_known_state_rests_on_a_source(
    basis: Basis | None, held: list[Statement], refused: bool
) -> None:
    if refused:
        with pytest.raises(Refused, match="F7"):
            check_change(FactKind.NAME, held, day(1), basis)
    else:
        check_change(FactKind.NAME, held, day(1), basis)


def test_two_changes_do_not_begin_on_one_day() -> None:
    with pytest.raises(Refused, match="F7"):
        check_change(FactKind.NAME, [said("a", day(1))], day(1), Basis.agreement(None))  # type: ignore[arg-type]  # only the kind counts here


def test_a_fact_ends_after_it_begins() -> None:
    with pytest.raises(Refused, match="F7"):
        check_span(day(1), day(1))


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        (said("B", day(10), day(20)), "aaBBcc"),  # another value
        (said("b", day(15), day(20)), "aaabcc"),  # begins later: the neighbour stretches
        (said("b", day(5), day(20)), "abbbcc"),  # begins earlier
        (said("b", day(10), day(15)), "aabccc"),  # ends earlier
        (said("b", day(10), FOREVER), "aabbbb"),  # lasts
    ],
)
def test_a_correction_takes_the_place_of_what_was_wrong(right: Statement, expected: str) -> None:
    wrong = said("b", day(10), day(20))
    held = [said("a", ALWAYS, day(10)), wrong, said("c", day(20))]
    after = corrected(held, wrong, right)
    days = (day(0), day(6), day(11), day(16), day(21), day(30))
    assert words(after, *days) == expected


@given(steps)
def test_a_timeline_has_one_statement_a_day_and_the_last_word_counts(
    inserted: list[tuple[str, tuple[date, date]]],
) -> None:
    """Whatever is placed, no two statements share a day, and every day says what was placed on it last."""
    held: list[Statement] = []
    model: dict[date, str] = {}
    for value, (first, end) in inserted:
        held = placed(held, said(value, first, end))
        model.update({first + timedelta(n): value for n in range((end - first).days)})
    for one in held:
        assert one.valid_from < one.valid_to
        assert not any(one.overlaps(other) for other in held if other is not one)
    for offset in range(121):
        found = on_day(held, day(offset))
        assert (found.value if found else None) == model.get(day(offset))


@given(steps, spans, st.sampled_from("xyz"))
def test_a_correction_leaves_other_days_to_their_neighbours(
    inserted: list[tuple[str, tuple[date, date]]], span: tuple[date, date], value: str
) -> None:
    """After a correction the right statement holds on all its days and no day says two things."""
    held: list[Statement] = [said("o")]
    for each, (first, end) in inserted:
        held = placed(held, said(each, first, end))
    wrong = held[len(held) // 2]
    right = replace(wrong, value=value, valid_from=span[0], valid_to=span[1])
    after = corrected(held, wrong, right)
    for offset in range(-5, 130):
        holding = [one for one in after if one.holds(day(offset))]
        assert len(holding) <= 1
        if right.holds(day(offset)):
            assert holding == [right]
