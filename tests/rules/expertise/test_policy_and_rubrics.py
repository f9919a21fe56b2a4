"""Settings and rubrics are data, checked when they come in (BR-36, BR-45, BR-47)."""

from decimal import Decimal
from typing import Any

import pytest

from services.expertise.rules.policy import Policy, read_policy
from services.expertise.rules.rubrics import read_rubric, read_scale
from services.expertise.rules.vocabulary import SameMunicipality, TieBreaker
from shared.refusal import Refused

ONE = [{"code": "C1", "title": "Критерий", "weight": 2}]
SET = {"type": "SET", "values": [0, 1, 2]}


def test_policy_of_the_city_contest() -> None:
    policy = read_policy(
        {
            "threshold": "60.00",
            "discrepancy": "20.00",
            "aggregate": "MEAN",
            "tie": ["PRIORITY", "IN_PERSON", "VOTE", "EARLIER"],
            "appeal_days": 3,
            "same_municipality": "AT_LEAST_ONE_OUTSIDE",
        }
    )
    assert policy == Policy()
    assert read_policy(policy.as_data()) == policy


def test_absent_settings_take_defaults() -> None:
    policy = read_policy({"same_municipality": "FORBID", "tie": ["EARLIER"]})
    assert policy.same_municipality is SameMunicipality.FORBID
    assert policy.tie == (TieBreaker.EARLIER,)
    assert policy.threshold == Decimal("60.00")


@pytest.mark.parametrize(
    "data",
    [
        {"treshold": 60},
        {"threshold": "много"},
        {"threshold": 101},
        {"discrepancy": "NaN"},
        {"aggregate": "BEST"},
        {"tie": ["LOT"]},
        {"tie": ["VOTE", "VOTE"]},
        {"comment_length": -1},
        {"appeal_days": "3"},
        {"comment_top": 1},
    ],
)
def test_wrong_settings_are_refused(data: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        read_policy(data)
    assert (refusal.value.rule, refusal.value.field) == ("BR-36", "policy")


def test_a_range_becomes_its_values() -> None:
    assert read_scale({"type": "RANGE", "min": 0, "max": 2, "step": "0.5"}) == tuple(
        Decimal(value) for value in ("0", "0.5", "1.0", "1.5", "2.0")
    )


def test_maximum_is_weights_times_top() -> None:
    assert read_rubric(ONE, SET).maximum == 4


@pytest.mark.parametrize(
    ("criteria", "scale"),
    [
        ([], SET),
        ([{"code": "", "title": "x", "weight": 1}], SET),
        (ONE * 2, SET),
        ([{"code": "C1", "title": "x", "weight": 0}], SET),
        ([{"code": "C1", "title": "x", "weight": "тяжёлый"}], SET),
        (ONE, {"type": "SET", "values": [1]}),
        (ONE, {"type": "SET", "values": [-1, 1]}),
        (ONE, {"type": "RANGE", "min": 0, "max": 10, "step": 3}),
        (ONE, {"type": "RANGE", "min": 0, "max": 1000, "step": 1}),
        (ONE, {"type": "GUESS"}),
    ],
)
def test_wrong_rubrics_are_refused(criteria: list[dict[str, Any]], scale: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        read_rubric(criteria, scale)
