"""The reliability of a jury: what its marks can and cannot prove (F2, F3, F4, F5, F20).

Everything here advises: the official place follows the regulations of the contest.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise import access
from services.expertise.model import Assignment, ContestEdition, Entry, Nomination, ScoreSheet, Stage
from services.expertise.queries import found, jury, names
from services.expertise.queries.standings import standings
from services.expertise.queries.views import Standing
from services.expertise.queries.views.analysis import (
    Analysis,
    AskedWork,
    PartView,
)
from services.expertise.rules.rubrics import Rubric
from services.expertise.rules.scoring import passes
from services.expertise.rules.states import RANKED
from services.expertise.rules.statistics.terms import Scale
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
    weights, of_weights = jury.weights(sheets, scores, rubric, labels)
    decisive = {one.expert for section in found_panel.sections for one in section.influences}
    return Analysis(
        stage=stage,
        stages=stages,
        sheets=len(sheets),
        first=first,
        cut=found_panel.first,
        alpha=alpha,
        light=light,
        criteria=jury.criteria(sheets, scores, rubric),
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
        works=jury.works(found_panel, official, labels),
        experts=jury.experts(found_panel, sheets, scores, rubric, codes, decisive),
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
