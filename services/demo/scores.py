"""What the experts of the demonstration write on their sheets: pure arithmetic, the same in every load.

A sheet starts from full marks and loses one point on some criteria. Experts of one entry differ by one
criterion at most from the first of them, so that spreads stay below the 20 points that would call for an
extra expert (BR-49), and no two entries of a nomination get the same score — except where ``cases`` say so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.demo.outline import chance, outline

EXPERTS = 3
STAGES = ("CORRESPONDENCE", "IN_PERSON")
TOP = 2
#: How many points of a hundred the first expert may take off: every entry stays far above the threshold.
MOST_LOST = 24

_PRAISE = (
    "Раскрыто полностью, подтверждено примерами и документами работы.",
    "Замечаний нет: материал проработан глубоко и последовательно.",
    "Сильная сторона работы, опыт готов к распространению в сети.",
    "Полное соответствие требованиям, выводы подкреплены данными.",
)
_ADVICE = (
    "Раскрыто частично: не хватает измеримых показателей.",
    "Стоит уточнить сроки и ответственных за этапы работы.",
    "Описано общими словами, нужны конкретные примеры.",
)
_CONCLUSION = "Работа выполнена на хорошем уровне, рекомендуется к положительному решению совета."

Vector = tuple[int, ...]


@dataclass(frozen=True)
class Sheet:
    """Scores and comments by criterion, and the conclusion."""

    scores: Mapping[str, int]
    comments: Mapping[str, str]
    conclusion: str


def sheet(rubric: str, vector: Sequence[int]) -> Sheet:
    """A sheet with these scores; extreme ones are explained (BR-45)."""
    codes = [criterion["code"] for criterion in outline()["rubrics"][rubric]["criteria"]]
    comments = {
        code: _PRAISE[(place + sum(vector)) % len(_PRAISE)] if score == TOP else _ADVICE[place % len(_ADVICE)]
        for place, (code, score) in enumerate(zip(codes, vector, strict=True))
    }
    return Sheet(dict(zip(codes, vector, strict=True)), comments, _CONCLUSION)


def vectors(nomination: Mapping[str, Any]) -> list[dict[str, list[Vector]]]:
    """For every entry of a nomination, in the order of registration: the sheets of each stage."""
    weights = [criterion["weight"] for criterion in outline()["rubrics"][nomination["rubric"]]["criteria"]]
    dice = chance(f"scores of {nomination['key']}")
    given = _of_cases(nomination["key"])
    taken = {_points(sheets, weights) for sheets in given.values()}
    found = []
    for number in range(1, nomination["entries"] + 1):
        if number in given:
            found.append(given[number])
            continue
        while _points(sheets := {stage: _stage(weights, dice) for stage in STAGES}, weights) in taken:
            continue
        taken.add(_points(sheets, weights))
        found.append(sheets)
    return found


def number_of(entry: str) -> tuple[str, int]:
    """``N1-007`` is entry 7 of nomination N1."""
    nomination, _, number = entry.partition("-")
    return nomination, int(number)


def _stage(weights: Sequence[int], dice: Any) -> list[Vector]:
    """Three sheets: the first loses some points, each of the others differs from it in one criterion."""
    lost: set[int] = set()
    for place in dice.sample(range(len(weights)), len(weights)):
        if sum(weights[one] for one in lost) + weights[place] <= dice.randint(0, MOST_LOST):
            lost.add(place)
    sheets = [lost, *(lost ^ {dice.randrange(len(weights))} for _ in range(EXPERTS - 1))]
    return [_vector(weights, one) for one in sheets]


def _vector(weights: Sequence[int], lost: set[int]) -> Vector:
    return tuple(TOP - (place in lost) for place in range(len(weights)))


def _points(sheets: Mapping[str, Sequence[Vector]], weights: Sequence[int]) -> int:
    """All points of all sheets: with equal numbers of sheets it orders entries as the final score does."""
    return sum(
        weight * score
        for stage in sheets.values()
        for vector in stage
        for weight, score in zip(weights, vector, strict=True)
    )


def _of_cases(nomination: str) -> dict[int, dict[str, list[Vector]]]:
    """Sheets of the entries that the cases speak of: ``cases`` SC-01, SC-02, SC-03."""
    cases = outline()["cases"]
    given: dict[int, dict[str, list[Vector]]] = {}
    for case in ("SC-02", "SC-03"):
        for entry, vector in cases[case]["vectors"].items():
            given[number_of(entry)[1]] = {stage: [tuple(vector)] * EXPERTS for stage in STAGES}
    disputed = cases["SC-01"]
    given[number_of(disputed["entry"])[1]] = {
        "CORRESPONDENCE": [tuple(disputed[name]) for name in ("B1", "B2", "B3")],
        "IN_PERSON": [tuple(disputed["B3"])] * EXPERTS,
    }
    return given if nomination == "N1" else {}
