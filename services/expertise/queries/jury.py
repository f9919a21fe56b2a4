"""The parts of a jury's analysis as views: criteria, works, experts, weights."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any
from uuid import UUID

from services.expertise.queries.views import Standing
from services.expertise.queries.views.analysis import (
    CriterionAgreement,
    ExpertReliability,
    WeightInterval,
    WorkLine,
)
from services.expertise.rules.rubrics import Rubric
from services.expertise.rules.statistics.terms import Scale


def criteria(
    sheets: Sequence[Any], scores: Sequence[Mapping[str, Decimal]], rubric: Rubric
) -> list[CriterionAgreement]:
    """Agreement on each criterion and how high it is marked."""
    from services.expertise.rules.statistics import reliability
    from services.expertise.rules.statistics.habits import difficulties

    hard = difficulties(scores)
    answer = []
    for criterion in rubric.criteria:
        if criterion.code not in hard:
            continue
        units: dict[UUID, list[Decimal]] = {}
        for sheet, given in zip(sheets, scores, strict=True):
            units.setdefault(sheet.entry_id, []).append(given[criterion.code])
        alpha = reliability.krippendorff(list(units.values()), Scale.ORDINAL)
        marks = [mark for unit in units.values() for mark in unit]
        answer.append(
            CriterionAgreement(
                code=criterion.code,
                title=criterion.title,
                alpha=alpha,
                light=reliability.light(alpha),
                mean=float(sum(marks) / len(marks)),
                difficulty=hard[criterion.code],
            )
        )
    return answer


def works(panel: Any, official: Sequence[Standing], labels: Mapping[UUID, str]) -> list[WorkLine]:
    """Works from the best, each part by itself, beside their official places."""
    standing = {one.entry_id: one for one in official}
    return [
        WorkLine(
            entry_id=line.work,
            label=labels[line.work],
            part=number,
            official_place=standing[line.work].place if line.work in standing else None,
            official=standing[line.work].final if line.work in standing else None,
            **{name: value for name, value in vars(line).items() if name != "work"},
        )
        for number, section in enumerate(panel.sections, 1)
        for line in section.lines
    ]


def experts(
    panel: Any,
    sheets: Sequence[Any],
    scores: Sequence[Mapping[str, Decimal]],
    rubric: Rubric,
    codes: Mapping[UUID, str],
    decisive: set[Any],
) -> list[ExpertReliability]:
    """The experts of the jury by their codes (BR-61)."""
    from services.expertise.rules.statistics.habits import habits

    own: dict[UUID, list[Mapping[str, Decimal]]] = {}
    hours: dict[UUID, list[float]] = {}
    for sheet, given in zip(sheets, scores, strict=True):
        own.setdefault(sheet.expert_id, []).append(given)
        hours.setdefault(sheet.expert_id, []).append(_hours(sheet.accepted_at, sheet.signed_at))
    severities = {key: one for section in panel.sections for key, one in section.severities.items()}
    residuals = {key: one for section in panel.sections for key, one in section.residuals.items()}
    apart = {key: one for section in panel.sections for key, one in section.deviations.items()}
    answer = []
    for one in habits(residuals, apart, own, rubric.values):
        severity = severities.get(one.expert)
        answer.append(
            ExpertReliability(
                code=codes[one.expert],
                severity=severity.value if severity else None,
                severity_error=severity.error if severity else None,
                fit=one.fit,
                hours=median(hours[one.expert]),
                decisive=one.expert in decisive,
                **{name: value for name, value in vars(one).items() if name != "expert"},
            )
        )
    return sorted(answer, key=lambda one: (len(one.code), one.code))


def _hours(accepted_at: datetime, signed_at: datetime) -> float:
    return (signed_at - accepted_at).total_seconds() / 3600


def weights(
    sheets: Sequence[Any],
    scores: Sequence[Mapping[str, Decimal]],
    rubric: Rubric,
    labels: Mapping[UUID, str],
) -> tuple[list[WeightInterval], list[Any]]:
    """The weights' intervals of the leader by mean scores; nothing while nothing is scored."""
    from services.expertise.rules.statistics import words
    from services.expertise.rules.statistics.weights import stability

    if not sheets:
        return [], []
    sums: dict[UUID, list[Decimal]] = {}
    counts: dict[UUID, int] = {}
    for sheet, given in zip(sheets, scores, strict=True):
        row = [given.get(criterion.code, Decimal(0)) for criterion in rubric.criteria]
        before = sums.get(sheet.entry_id)
        sums[sheet.entry_id] = [a + b for a, b in zip(before, row, strict=True)] if before else row
        counts[sheet.entry_id] = counts.get(sheet.entry_id, 0) + 1
    works = sorted(sums)
    means = [[float(total / counts[work]) for total in sums[work]] for work in works]
    found_stability = stability(means, [float(criterion.weight) for criterion in rubric.criteria])
    titles = tuple(criterion.title for criterion in rubric.criteria)
    said = words.of_weights(found_stability, titles, tuple(labels[work] for work in works))
    if found_stability is None:
        return [], said
    return [
        WeightInterval(code=criterion.code, title=criterion.title, share=share, low=low, high=high)
        for criterion, share, (low, high) in zip(
            rubric.criteria, found_stability.shares, found_stability.intervals, strict=True
        )
    ], said
