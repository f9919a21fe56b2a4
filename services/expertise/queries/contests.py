"""Contests for everybody: series, rubrics, editions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from services.expertise import access
from services.expertise.model import (
    ContestEdition,
    ContestSeries,
    EditionRules,
    Entry,
    Nomination,
    Rubric,
)
from services.expertise.queries import found, sheet_papers
from services.expertise.queries.obstacles import obstacles
from services.expertise.queries.views import (
    EditionCard,
    EditionLine,
    NominationView,
    RubricView,
    RulesView,
    StageView,
)
from services.expertise.rules.numbers import ordinal_text
from services.expertise.rules.states import EDITABLE, OUT_OF_CONTEST
from services.expertise.rules.vocabulary import ApplicantCategory, EditionState, StageKind
from shared.documents import Document
from shared.person import Person, Role
from shared.refusal import N_, NotAllowed, NotFound, Refused
from shared.unit import read
from shared.web.paging import Page, paged


def series(who: Person) -> Sequence[ContestSeries]:
    """All contest series, by name."""
    return read().scalars(sa.select(ContestSeries).order_by(ContestSeries.name)).all()


def rubrics(who: Person) -> list[RubricView]:
    """All versions of all rubrics, the newest of each code first."""
    rows = read().scalars(sa.select(Rubric).order_by(Rubric.code, Rubric.number.desc()))
    return [
        RubricView(
            rubric_id=row.id,
            code=row.code,
            number=row.number,
            title=row.title,
            frozen_at=row.frozen_at,
            rules=row.rules,
        )
        for row in rows
    ]


def editions(who: Person, *, page: int = 1, size: int = 50) -> Page[EditionLine]:
    """Editions, the newest first; drafts are seen only by those who keep contests."""
    statement = (
        sa.select(ContestEdition)
        .options(joinedload(ContestEdition.series))
        .order_by(ContestEdition.opens_on.desc(), ContestEdition.id.desc())
    )
    if not access.may_keep_contests(who):
        statement = statement.where(ContestEdition.state != EditionState.DRAFT)
    portion = paged(statement, page, size)
    return Page([line(row) for row in portion.items], portion.total, portion.page, portion.pages)


def open_editions(who: Person) -> list[EditionLine]:
    """Editions that accept entries now."""
    rows = read().scalars(
        sa.select(ContestEdition)
        .where(ContestEdition.state == EditionState.ACCEPTING)
        .options(joinedload(ContestEdition.series))
        .order_by(ContestEdition.closes_on)
    )
    return [line(row) for row in rows]


def edition(who: Person, edition_id: UUID) -> EditionCard:
    """The public card of an edition; a draft only for those who keep contests."""
    session = read()
    row = session.scalar(
        sa.select(ContestEdition)
        .where(ContestEdition.id == edition_id)
        .options(
            joinedload(ContestEdition.series),
            selectinload(ContestEdition.stages),
            selectinload(ContestEdition.nominations).joinedload(Nomination.rubric),
        )
    )
    if row is None or (row.state is EditionState.DRAFT and not access.may_keep_contests(who)):
        raise NotFound(N_("выпуск конкурса"))
    counts = session.execute(
        sa.select(Entry.nomination_id, sa.func.count())
        .where(Entry.edition_id == edition_id, Entry.state.not_in(OUT_OF_CONTEST))
        .group_by(Entry.nomination_id)
    )
    entries = Counter({row[0]: row[1] for row in counts})
    newest = _newest(session, row) if row.state in EDITABLE else {}
    return EditionCard(
        **vars(line(row)),
        series_id=row.series_id,
        ordinal=row.ordinal,
        cancel_reason=row.cancel_reason,
        rules=_rules(session, edition_id),
        act_ref=row.act_ref,
        published_at=row.published_at,
        appeals_until=row.appeals_until,
        policy=row.policy,
        stages=[
            StageView(
                stage_id=stage.id,
                kind=stage.kind,
                position=stage.position,
                opens_at=stage.opens_at,
                closes_at=stage.closes_at,
                weight=stage.weight,
                min_experts=stage.min_experts,
            )
            for stage in row.stages
        ],
        nominations=[
            NominationView(
                nomination_id=nomination.id,
                code=nomination.code,
                title=nomination.title,
                entry_kind=nomination.entry_kind,
                platform_kind=nomination.platform_kind,
                quota=nomination.quota,
                rubric_id=nomination.rubric_id,
                rubric_code=nomination.rubric.code,
                rubric_title=nomination.rubric.title,
                rubric_number=nomination.rubric.number,
                rubric=nomination.rubric.rules,
                act_ref=nomination.act_ref,
                applicants=[ApplicantCategory(one) for one in nomination.applicants],
                newer_rubric_id=_newer(nomination, newest),
                entries=entries[nomination.id],
                template_id=nomination.template_id,
                template_title=nomination.template.title if nomination.template else None,
            )
            for nomination in row.nominations
        ],
    )


def _rules(session: Session, edition_id: UUID) -> list[RulesView]:
    rows = session.scalars(
        sa.select(EditionRules).where(EditionRules.edition_id == edition_id).order_by(EditionRules.number)
    )
    return [
        RulesView(
            number=row.number,
            sha256=row.sha256,
            at=row.at,
            act_ref=row.act_ref,
            reason=row.reason,
            changed=row.changed,
        )
        for row in rows
    ]


def frozen_rules(who: Person, edition_id: UUID, number: int) -> EditionRules:
    """The content of a version of the rules, for everybody: what the hash is of (BR-36)."""
    row = read().scalar(
        sa.select(EditionRules).where(EditionRules.edition_id == edition_id, EditionRules.number == number)
    )
    if row is None:
        raise NotFound(N_("правила выпуска"))
    return row


def _newest(session: Session, row: ContestEdition) -> dict[str, Rubric]:
    """The newest version of each rubric that the edition uses."""
    codes = {nomination.rubric.code for nomination in row.nominations}
    rows = session.scalars(sa.select(Rubric).where(Rubric.code.in_(codes)).order_by(Rubric.number))
    return {rubric.code: rubric for rubric in rows}


def _newer(nomination: Nomination, newest: Mapping[str, Rubric]) -> UUID | None:
    """A version newer than the one that the nomination uses, while it may still be taken."""
    rubric = newest.get(nomination.rubric.code)
    return rubric.id if rubric and rubric.number > nomination.rubric.number else None


def rubric(who: Person, rubric_id: UUID) -> tuple[RubricView, list[RubricView]]:
    """A version of a rubric and all versions of its code, the newest first."""
    versions = rubrics(who)
    wanted = next((one for one in versions if one.rubric_id == rubric_id), None)
    if wanted is None:
        raise NotFound(N_("рубрика"))
    return wanted, [one for one in versions if one.code == wanted.code]


def edition_of_nomination(who: Person, nomination_id: UUID) -> UUID:
    """The edition that a nomination belongs to."""
    return found.nomination(read(), nomination_id).edition_id


def one_series(who: Person, series_id: UUID) -> ContestSeries:
    """A contest series."""
    row = read().get(ContestSeries, series_id)
    if row is None:
        raise NotFound(N_("серия конкурсов"))
    return row


def reasons_why_not(who: Person, edition_id: UUID) -> list[Refused]:
    """What keeps the edition from its next stage, for the desk of the secretary."""
    access.require_contest_keeper(who)
    session = read()
    return obstacles(session, found.edition(session, edition_id))


def line(row: ContestEdition) -> EditionLine:
    """An edition as a line of a list."""
    return EditionLine(
        edition_id=row.id,
        series_name=row.series.name,
        ordinal_text=ordinal_text(row.ordinal, row.year, row.series.ordinal_style),
        title=row.title,
        year=row.year,
        state=row.state,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
    )


def blank_sheet(who: Person, nomination_id: UUID) -> Document:
    """A blank sheet of a nomination, for the in-person stage when there is one (D-03)."""
    session = read()
    nomination = found.nomination(session, nomination_id)
    if not who.has(*access.ALL_ENTRIES, Role.EXPERT):
        raise NotAllowed()
    in_person = nomination.edition.stage(StageKind.IN_PERSON)
    stages = nomination.edition.expert_stages
    stage = in_person or (stages[-1] if stages else None)
    return sheet_papers.blank_sheet(session, nomination, stage and stage.kind)
