"""Appeals as those who may know of them see them (BR-59, BR-61)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from services.expertise import access
from services.expertise.model import (
    Appeal,
    Assignment,
    ContestEdition,
    Council,
    Entry,
    ScoreSheet,
)
from services.expertise.queries import found, names
from services.expertise.queries.appeal_bars import appeal_bars, commission_of, member_of
from services.expertise.queries.appeal_effect import appeal_obstacles, effect_of, undecided
from services.expertise.queries.corrections import plain
from services.expertise.queries.councils import ORDER
from services.expertise.queries.sheets import sheet_view
from services.expertise.queries.views.appeals import (
    AppealCard,
    AppealChance,
    AppealDuties,
    AppealEffect,
    AppealLine,
    AppealQueue,
    HearerView,
    MarkRow,
)
from services.expertise.queries.views.entries import SheetView
from services.expertise.rules import appeals as rules
from services.expertise.rules.rubrics import Rubric
from services.expertise.rules.states import APPEAL_IS_OPEN, DECIDED
from services.expertise.rules.vocabulary import AppealBar, AppealState, EditionState, SheetState, StageKind
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotAllowed, NotFound
from shared.unit import read


def appeal_queue(who: Person, edition_id: UUID) -> AppealQueue:
    """Appeals of an edition: for secretary, operator, council and the commission."""
    session = read()
    edition = found.edition(session, edition_id)
    commission = commission_of(session, edition_id)
    staff = who.has(*access.ALL_ENTRIES)
    if not staff and member_of(commission, who.person_id) is None:
        raise NotAllowed()
    until = edition.appeals_until
    is_open = staff and edition.state is EditionState.APPEALS
    return AppealQueue(
        edition_id=edition_id,
        until=until,
        is_in_term=until is not None and rules.is_in_term(until, clock.now()),
        appeals=_lines(session, Entry.edition_id == edition_id),
        has_commission=commission is not None,
        undecided=undecided(session, edition) if is_open else [],
        obstacles=appeal_obstacles(session, edition) if is_open else [],
    )


def appeal(who: Person, appeal_id: UUID) -> AppealCard:
    """An appeal for its applicant, for the staff of the contest and for those who hear it."""
    session = read()
    row, commission, bars = _of(session, who, appeal_id)
    return card_of(session, who, row, commission, bars)


def card_of(
    session: Session,
    who: Person,
    row: Appeal,
    commission: Council | None,
    bars: dict[UUID, AppealBar],
) -> AppealCard:
    """The card of an appeal; the caller has asked who may see it."""
    entry, edition = row.entry, row.entry.edition
    rubric = entry.nomination.rubric.rules
    sheets = entry_sheets(session, entry)
    titles = {criterion.code: criterion.title for criterion in rubric.criteria}
    open_here = edition.state is EditionState.APPEALS
    in_review = open_here and row.state is AppealState.IN_REVIEW
    filed = open_here and row.state is AppealState.FILED
    decides = access.may_decide_appeal(who, _able(commission, bars))
    (line,) = _lines(session, Appeal.id == row.id)
    return AppealCard(
        **vars(line),
        grounds=row.grounds,
        criteria=[(code, titles.get(code, "")) for code in row.criteria],
        refusal=row.refusal,
        reason=row.reason,
        accepted_at=row.accepted_at,
        text=row.text,
        delta=row.delta,
        votes_for=row.votes_for,
        votes_against=row.votes_against,
        abstained=row.abstained,
        commission_title=commission.title if commission else "",
        members=_members(session, row, commission, bars),
        marks=_marks(row, rubric, sheets),
        rubric=rubric,
        sheets=sheets,
        may_withdraw=filed and access.may_file_for(who, entry.applicant_id),
        may_accept=filed and access.is_secretary(who),
        may_decide=in_review and commission is not None and decides,
        may_print=row.decided_at is not None and decides,
    )


def appeal_effect(who: Person, appeal_id: UUID, *, corrections: Sequence[Mapping[str, Any]]) -> AppealEffect:
    """What these values would change, before anything is decided: for whoever decides (BR-59, BR-60)."""
    session = read()
    row, commission, bars = _of(session, who, appeal_id)
    access.require_appeal_decider(who, _able(commission, bars))
    entry = row.entry
    values = rules.read_corrections(
        entry.nomination.rubric.rules,
        [(StageKind(one["stage_kind"]), one["criterion"], one.get("value")) for one in corrections],
        row.criteria,
    )
    for kind in values:
        found.stage(entry.edition, kind)
    return effect_of(session, entry.edition, entry, values)


def appeal_of_entry(who: Person, entry_id: UUID) -> AppealLine | None:
    """The appeal of an entry for its applicant and for the staff."""
    session = read()
    entry = found.entry(session, entry_id)
    if not who.has(*access.ALL_ENTRIES) and entry.applicant_id not in who.organisations(*access.APPLICANTS):
        return None
    return next(iter(_lines(session, Appeal.entry_id == entry_id)), None)


def appeal_chance(who: Person, entry_id: UUID) -> AppealChance | None:
    """Whether this person may appeal against the result of an entry now, and until when (BR-59)."""
    session = read()
    entry = found.entry(session, entry_id)
    if not access.may_file_for(who, entry.applicant_id):
        return None
    return _chance(entry) if _has_none(session, entry_id) else None


def own_sheets(who: Person, entry_id: UUID) -> list[SheetView]:
    """The applicant first sees the checked work: own sheets without names (F-23, BR-61)."""
    session = read()
    entry = found.entry(session, entry_id)
    access.require_applicant(who, entry.applicant_id)
    return entry_sheets(session, entry) if entry.edition.published_at else []


def contested_choices(who: Person, entry_id: UUID) -> list[tuple[str, str]]:
    """Criteria of the entry's rubric, for the form of an appeal."""
    entry = found.entry(read(), entry_id)
    access.require_applicant(who, entry.applicant_id)
    return [(one.code, f"{one.code}. {one.title}") for one in entry.nomination.rubric.rules.criteria]


def appeal_duties(who: Person) -> AppealDuties:
    """What appeals ask of a person today (model 3.6)."""
    session = read()
    editions = session.scalars(
        sa.select(ContestEdition)
        .where(ContestEdition.state == EditionState.APPEALS)
        .options(joinedload(ContestEdition.series))
    ).all()
    if not editions:
        return AppealDuties()
    by_id = {edition.id: edition for edition in editions}
    secretary = access.is_secretary(who)
    waiting = [
        line
        for line in _lines(session, sa.and_(Entry.edition_id.in_(by_id), Appeal.state.in_(APPEAL_IS_OPEN)))
        if secretary or (line.state is AppealState.IN_REVIEW and _hears(session, who, line))
    ]
    again = [(one.id, one.title, len(undecided(session, one))) for one in editions] if secretary else []
    return AppealDuties(
        chances=_chances(session, who, by_id.values()),
        waiting=waiting,
        undecided=[one for one in again if one[2]],
    )


def entry_sheets(session: Session, entry: Entry) -> list[SheetView]:
    """The signed sheets of an entry, their experts coded (BR-61)."""
    rows = session.scalars(
        sa.select(ScoreSheet)
        .where(ScoreSheet.entry_id == entry.id, ScoreSheet.state == SheetState.SIGNED)
        .options(joinedload(ScoreSheet.assignment).joinedload(Assignment.stage))
        .order_by(ScoreSheet.signed_at)
    ).all()
    codes = names.expert_codes(session, entry.edition_id)
    return [sheet_view(sheet, codes[sheet.expert_id], None) for sheet in rows]


def _of(session: Session, who: Person, appeal_id: UUID) -> tuple[Appeal, Council | None, dict[UUID, AppealBar]]:
    row = found.appeal(session, appeal_id)
    commission = commission_of(session, row.entry.edition_id)
    bars = appeal_bars(session, row.entry.edition, row.entry, commission) if commission else {}
    own = row.entry.applicant_id in who.organisations(*access.APPLICANTS)
    if not (own or who.has(*access.ALL_ENTRIES) or who.person_id in _able(commission, bars)):
        raise NotFound(N_("апелляция"))
    return row, commission, bars


def _able(commission: Council | None, bars: dict[UUID, AppealBar]) -> set[UUID]:
    """Members of the commission who may hear the appeal."""
    return {one.person_id for one in commission.members} - set(bars) if commission else set()


def _hears(session: Session, who: Person, line: AppealLine) -> bool:
    commission = commission_of(session, line.edition_id)
    if commission is None or member_of(commission, who.person_id) is None:
        return False
    entry = found.entry(session, line.entry_id)
    return who.person_id not in appeal_bars(session, entry.edition, entry, commission)


def _has_none(session: Session, entry_id: UUID) -> bool:
    return session.scalar(sa.select(Appeal.id).where(Appeal.entry_id == entry_id)) is None


def _chance(entry: Entry) -> AppealChance | None:
    edition = entry.edition
    until = edition.appeals_until
    if edition.state is not EditionState.APPEALS or until is None or entry.state not in DECIDED:
        return None
    if not rules.is_in_term(until, clock.now()):
        return None
    return AppealChance(
        entry_id=entry.id, label=entry.label, edition_title=edition.title, until=until
    )


def _chances(session: Session, who: Person, editions: Iterable[ContestEdition]) -> list[AppealChance]:
    own = who.organisations(*access.APPLICANTS)
    if not own:
        return []
    entries = session.scalars(
        sa.select(Entry)
        .outerjoin(Appeal, Appeal.entry_id == Entry.id)
        .where(
            Entry.edition_id.in_([edition.id for edition in editions]),
            Entry.applicant_id.in_(own),
            Appeal.id.is_(None),
        )
        .options(joinedload(Entry.edition))
        .order_by(Entry.reg_no)
    )
    return [chance for entry in entries if (chance := _chance(entry))]


def _lines(session: Session, which: sa.ColumnElement[bool]) -> list[AppealLine]:
    rows = session.scalars(
        sa.select(Appeal)
        .join(Entry, Entry.id == Appeal.entry_id)
        .where(which)
        .options(
            joinedload(Appeal.entry).joinedload(Entry.edition),
            joinedload(Appeal.entry).joinedload(Entry.nomination),
        )
        .order_by(Entry.reg_no)
    ).all()
    organisations = names.organisations_called(session, {row.entry.applicant_id for row in rows})
    return [
        AppealLine(
            appeal_id=row.id,
            entry_id=row.entry_id,
            edition_id=row.entry.edition_id,
            edition_title=row.entry.edition.title,
            label=row.entry.label,
            topic=row.entry.topic,
            applicant_name=organisations(row.entry.applicant_id, row.filed_at),
            nomination_code=row.entry.nomination.code,
            state=row.state,
            filed_at=row.filed_at,
            decided_at=row.decided_at,
            score_before=row.score_before,
            score_after=row.score_after,
            place_before=row.place_before,
            place_after=row.place_after,
        )
        for row in rows
    ]


def _members(
    session: Session, row: Appeal, commission: Council | None, bars: dict[UUID, AppealBar]
) -> list[HearerView]:
    """Who heard the appeal; before the decision, who may."""
    seats: Sequence[Any] = row.members or (commission.members if commission else ())
    people = names.person_names(session, [one.person_id for one in seats])
    organisations = names.organisations_called(
        session, {one.organisation_id for one in seats if one.organisation_id}
    )
    views = [
        HearerView(
            person_id=one.person_id,
            name=one.name if row.members else people.get(one.person_id, names.UNKNOWN),
            organisation_name=organisations(one.organisation_id, row.decided_at)
            if one.organisation_id
            else "",
            role=one.role,
            presence=one.presence if row.members else None,
            bar=one.bar if row.members else bars.get(one.person_id),
            note=one.note if row.members else "",
            choice=one.choice if row.members else None,
        )
        for one in seats
    ]
    return sorted(views, key=lambda one: (ORDER[one.role], one.name))


def _marks(row: Appeal, rubric: Rubric, sheets: Sequence[SheetView]) -> list[MarkRow]:
    """Contested criteria at every stage with sheets, in the order of stages and rubric."""
    values: dict[tuple[StageKind, str], Decimal] = {
        (one.stage.kind, one.criterion): Decimal(plain(one.value)) for one in row.corrections
    }
    rows: list[MarkRow] = []
    for stage in row.entry.edition.expert_stages:
        mine = [sheet for sheet in sheets if sheet.stage_kind is stage.kind]
        rows += [
            MarkRow(
                stage_kind=stage.kind,
                code=criterion.code,
                title=criterion.title,
                scale=rubric.scale(criterion),
                marks=[(one.expert_code, one.scores[criterion.code]) for one in mine],
                value=values.get((stage.kind, criterion.code)),
            )
            for criterion in rubric.criteria
            if criterion.code in row.criteria and mine
        ]
    return rows
