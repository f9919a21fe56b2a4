"""Technical check, council decisions, stage guards, registration numbers (BR-38…BR-40, BR-54…BR-58)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.expertise.rules import decisions, guards, numbers, technical
from services.expertise.rules.scoring import StageScore
from services.expertise.rules.vocabulary import (
    CheckOutcome,
    EntryKind,
    EntryState,
    OrdinalStyle,
    Outcome,
    ResultTitle,
    StageKind,
)
from shared.refusal import Refused

NOW = datetime(2020, 9, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
GOOD = {"requirement": "Заявка", "ok": True, "remark": ""}
BAD = {"requirement": "Согласование учредителя", "ok": False, "remark": "Нет подписи"}


@pytest.mark.parametrize(
    ("outcome", "items", "until"),
    [
        (CheckOutcome.ADMITTED, [GOOD], None),
        (CheckOutcome.ADMITTED_WITH_REMARKS, [GOOD, BAD], None),
        (CheckOutcome.CONDITIONAL, [BAD], LATER),
        (CheckOutcome.REJECTED, [BAD], None),
    ],
)
def test_four_outcomes(outcome: CheckOutcome, items: list[dict[str, Any]], until: datetime | None) -> None:
    technical.check_outcome(outcome, items, until, NOW)


@pytest.mark.parametrize(
    ("outcome", "items", "until", "field"),
    [
        (CheckOutcome.ADMITTED, [BAD], None, "outcome"),
        (CheckOutcome.REJECTED, [GOOD], None, "items"),
        (CheckOutcome.REJECTED, [{**BAD, "remark": " "}], None, "items"),
        (CheckOutcome.CONDITIONAL, [BAD], None, "fix_until"),
        (CheckOutcome.CONDITIONAL, [BAD], NOW, "fix_until"),
        (CheckOutcome.ADMITTED, [GOOD], LATER, "fix_until"),
    ],
)
def test_outcome_disagrees_with_the_list(
    outcome: CheckOutcome, items: list[dict[str, Any]], until: datetime | None, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        technical.check_outcome(outcome, items, until, NOW)
    assert (refusal.value.rule, refusal.value.field) == ("BR-39", field)


def test_fixing_one_minute_before_the_deadline_is_in_time() -> None:
    technical.check_fix_in_time(LATER, LATER - timedelta(minutes=1))
    with pytest.raises(Refused):
        technical.check_fix_in_time(LATER, LATER)


@pytest.mark.parametrize(
    ("total", "present", "good"), [(11, 6, True), (11, 5, False), (10, 5, False), (3, 4, False)]
)
def test_quorum(total: int, present: int, good: bool) -> None:
    if good:
        decisions.check_quorum(total, present)
    else:
        with pytest.raises(Refused):
            decisions.check_quorum(total, present)


@pytest.mark.parametrize(
    ("votes", "good"),
    [((5, 2, 0), True), ((4, 3, 0), True), ((3, 0, 0), False), ((5, 2, 1), False), ((8, -1, 0), False)],
)
def test_majority_of_those_present(votes: tuple[int, int, int], good: bool) -> None:
    if good:
        decisions.check_votes("N1-001", decisions.Votes(*votes), 7)
    else:
        with pytest.raises(Refused) as refusal:
            decisions.check_votes("N1-001", decisions.Votes(*votes), 7)
        assert refusal.value.rule == "BR-57"


def test_outcomes_by_kind_and_passing() -> None:
    decisions.check_outcome("1", EntryKind.PROJECT, Outcome.AWARD_STATUS, True)
    decisions.check_outcome("1", EntryKind.PROJECT, Outcome.DECLINE, False)
    for kind, outcome, passing, rule in (
        (EntryKind.PROJECT, Outcome.EXTEND, True, "BR-55"),
        (EntryKind.REPORT, Outcome.AWARD_STATUS, True, "BR-55"),
        (EntryKind.PROJECT, Outcome.AWARD_STATUS, False, "BR-54"),
    ):
        with pytest.raises(Refused) as refusal:
            decisions.check_outcome("1", kind, outcome, passing)
        assert refusal.value.rule == rule


def test_final_states() -> None:
    assert decisions.final_state(Outcome.EXTEND, None) is EntryState.AWARDED
    assert decisions.final_state(Outcome.RECOMMEND, ResultTitle.LAUREATE) is EntryState.LAUREATE
    assert decisions.final_state(Outcome.RETURN, None) is EntryState.DECLINED


def test_snapshot_hash_does_not_depend_on_key_order() -> None:
    rows = [{"a": "1", "b": "2"}]
    assert decisions.snapshot_hash(rows) == decisions.snapshot_hash([{"b": "2", "a": "1"}])
    assert decisions.snapshot_hash(rows) != decisions.snapshot_hash([{"a": "1", "b": "3"}])


@pytest.mark.parametrize(("number", "text"), [(4, "IV"), (9, "IX"), (18, "XVIII"), (19, "XIX"), (44, "XLIV")])
def test_roman(number: int, text: str) -> None:
    assert numbers.roman(number) == text


def test_registration_numbers() -> None:
    assert numbers.ordinal_text(19, 2020, OrdinalStyle.ROMAN) == "XIX"
    assert numbers.ordinal_text(19, 2020, OrdinalStyle.ARABIC) == "19"
    assert numbers.ordinal_text(None, 2020, OrdinalStyle.ROMAN) == "2020"
    assert numbers.reg_no("CITY", "XIX", "N1", 7) == "CITY-XIX-N1-007"


def test_stages_of_an_edition() -> None:
    guards.check_stages([StageKind.SUBMISSION, StageKind.IN_PERSON, StageKind.DECISION], [3])
    for kinds, experts in (
        ([StageKind.SUBMISSION, StageKind.DECISION], []),
        ([StageKind.IN_PERSON, StageKind.DECISION], [3]),
        ([StageKind.SUBMISSION] * 2 + [StageKind.IN_PERSON, StageKind.DECISION], [3]),
        ([StageKind.SUBMISSION, StageKind.IN_PERSON, StageKind.DECISION], [1]),
    ):
        with pytest.raises(Refused):
            guards.check_stages(kinds, experts)


def result(sheets: int, lacks_extra: bool = False) -> StageScore:
    return StageScore(Decimal(80), Decimal(0), sheets, lacks_extra)


def test_guards_name_every_obstacle() -> None:
    assert guards.before_accepting(NOW, NOW) == []
    assert guards.before_accepting(LATER, NOW)
    assert guards.after_accepting(NOW, NOW) == []
    assert guards.after_accepting(LATER, NOW)
    assert [one.rule for one in guards.after_technical(["a"], ["b"], ["c"])] == ["BR-38", "BR-39", "BR-39"]
    assert guards.after_expertise([guards.Progress("a", result(3))], 3) == []
    found = guards.after_expertise(
        [
            guards.Progress("a", result(2)),
            guards.Progress("b", result(3, True)),
            guards.Progress("c", result(3), True),
        ],
        3,
    )
    assert [one.rule for one in found] == ["3.3 Entry", "BR-40", "BR-49"]
    assert [one.rule for one in guards.after_expertise([], 3)] == ["BR-40"]
    many = guards.after_expertise([guards.Progress(f"{n:02d}", result(0)) for n in range(20)], 3)
    assert "+8" in str(many[0].params["entries"])
