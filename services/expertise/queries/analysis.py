"""The reliability of a jury: what its marks can and cannot prove (F2, F3, F4, F5, F20).

Everything here advises: the official place follows the regulations of the contest.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise import access
from services.expertise.model import Assignment, ContestEdition, Entry, Nomination, ScoreSheet, Stage
from services.expertise.queries import found, names
from services.expertise.queries.standings import standings
from services.expertise.queries.views import Standing
from services.expertise.queries.views.analysis import (
    Analysis,
    AskedWork,
    CriterionAgreement,
    ExpertReliability,
    PartView,
    WeightInterval,
    WorkLine,
)
from services.expertise.rules.rubrics import Rubric
from services.expertise.rules.scoring import passes
from services.expertise.rules.states import RANKED
from services.expertise.rules.statistics.terms import Light, Scale
from services.expertise.rules.vocabulary import SheetState, StageKind
from shared.person import Person
from shared.refusal import N_, NotAllowed, NotFound
from shared.unit import read


def analysis(
    who: Person,
    edition_id: UUID,
    nomination_id: UUID,
    *,
    stage: StageKind | None = None,
    first: int | None = None,
) -> Analysis:
    """The jury of a nomination at a stage (the last one that the reader may see, unless asked).

    ``first`` is the cut-off whose neighbourhood is judged: the quota or the number of those who pass, unless asked.
    """
    session = read()
    edition = found.edition(session, edition_id)
    nomination = next((one for one in edition.nominations if one.id == nomination_id), None)
    if nomination is None:
        raise NotFound(N_("номинация"))
    seen = [one for one in edition.expert_stages if access.may_see_rating(who, edition.state, [one.kind])]
    if not seen:
        raise NotAllowed(N_("Надёжность жюри открывается после закрытия этапа экспертизы"))
    chosen = next((one for one in seen if one.kind is stage), None) if stage else _latest(session, seen, nomination)
    if chosen is None:
        raise NotFound(N_("этап"))
    sheets = _sheets(session, chosen, nomination)
    official = standings(session, edition, nominations={nomination_id})
    codes = names.expert_codes(session, edition_id)
    cut = first or _usual_cut(official, edition, nomination)
    return _analysed(chosen.kind, [one.kind for one in seen], sheets, official, codes, nomination.rubric.rules, cut)


def _latest(session: Session, stages: Sequence[Stage], nomination: Nomination) -> Stage:
    """The last stage with signed sheets of the nomination; the first one when there are none."""
    signed = set(
        session.scalars(
            sa.select(ScoreSheet.stage_id)
            .join(Entry, Entry.id == ScoreSheet.entry_id)
            .where(Entry.nomination_id == nomination.id, ScoreSheet.state == SheetState.SIGNED)
            .distinct()
        )
    )
    return next((one for one in reversed(stages) if one.id in signed), stages[0])


def _sheets(session: Session, stage: Stage, nomination: Nomination) -> Sequence[Any]:
    return session.execute(
        sa.select(
            ScoreSheet.entry_id,
            ScoreSheet.expert_id,
            ScoreSheet.percent,
            ScoreSheet.scores,
            ScoreSheet.signed_at,
            Assignment.accepted_at,
            Entry.reg_no,
        )
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .join(Entry, Entry.id == ScoreSheet.entry_id)
        .where(
            ScoreSheet.stage_id == stage.id,
            ScoreSheet.state == SheetState.SIGNED,
            Entry.nomination_id == nomination.id,
            Entry.state.in_(RANKED),
        )
        .order_by(ScoreSheet.id)
    ).all()


def _usual_cut(official: Sequence[Standing], edition: ContestEdition, nomination: Nomination) -> int:
    if nomination.quota:
        return nomination.quota
    passing = sum(passes(one.final, one.place, edition.policy, None) for one in official)
    return passing if 0 < passing < len(official) else 1


def _analysed(
    stage: StageKind,
    stages: Sequence[StageKind],
    sheets: Sequence[Any],
    official: Sequence[Standing],
    codes: Mapping[UUID, str],
    rubric: Rubric,
    first: int,
) -> Analysis:
    # Linear algebra is loaded by the first who asks, not by everybody who starts the service.
    from services.expertise.rules.statistics import reliability, words
    from services.expertise.rules.statistics.icc import intraclass
    from services.expertise.rules.statistics.panel import panel

    rows = tuple((sheet.entry_id, sheet.expert_id, sheet.percent) for sheet in sheets)
    found_panel = panel(rows, first)
    scores = [{code: Decimal(value) for code, value in sheet.scores.items()} for sheet in sheets]
    percents: dict[UUID, dict[UUID, Decimal]] = {}
    for entry_id, expert_id, percent in rows:
        percents.setdefault(entry_id, {})[expert_id] = percent
    alpha = reliability.krippendorff([list(unit.values()) for unit in percents.values()], Scale.INTERVAL)
    light = reliability.light(alpha)
    crossed = len({frozenset(unit) for unit in percents.values()}) == 1
    table = [[unit[expert] for expert in sorted(unit)] for unit in percents.values()]
    labels = {sheet.entry_id: sheet.reg_no for sheet in sheets}
    weights, of_weights = _weights(sheets, scores, rubric, labels)
    decisive = {one.expert for section in found_panel.sections for one in section.influences}
    return Analysis(
        stage=stage,
        stages=stages,
        sheets=len(sheets),
        first=first,
        cut=found_panel.first,
        alpha=alpha,
        light=light,
        criteria=_criteria(sheets, scores, rubric),
        intraclass=intraclass(table, crossed=crossed),
        concordance=reliability.kendall(list(zip(*table, strict=True))) if crossed else None,
        parts=[
            PartView(
                number=number,
                works=len(section.lines),
                experts=len(section.deviations),
                method=section.method,
                guard=section.guard,
                severity_p=section.severity_p,
            )
            for number, section in enumerate(found_panel.sections, 1)
        ],
        works=_works(found_panel, official, labels),
        experts=_experts(found_panel, sheets, scores, rubric, codes, decisive),
        weights=weights,
        asked=[
            AskedWork(
                entry_id=one.work, label=labels[one.work], chance=one.chance, doubt=one.doubt, left=one.left
            )
            for section in found_panel.sections
            for one in section.asked
            if one.drop > 0.001
        ],
        remarks=[*words.remarks(found_panel, light, codes), *of_weights] if sheets else [],
    )


def _criteria(
    sheets: Sequence[Any], scores: Sequence[Mapping[str, Decimal]], rubric: Rubric
) -> list[CriterionAgreement]:
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
                light=reliability.light(alpha) if alpha is not None else Light.UNDEFINED,
                mean=float(sum(marks) / len(marks)),
                difficulty=hard[criterion.code],
            )
        )
    return answer


def _works(panel: Any, official: Sequence[Standing], labels: Mapping[UUID, str]) -> list[WorkLine]:
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


def _experts(
    panel: Any,
    sheets: Sequence[Any],
    scores: Sequence[Mapping[str, Decimal]],
    rubric: Rubric,
    codes: Mapping[UUID, str],
    decisive: set[Any],
) -> list[ExpertReliability]:
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


def _weights(
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
