"""Entries within the scope of the one who asks (model 3.5)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.expertise import access
from services.expertise.model import (
    Assignment,
    BlindWork,
    CoApplicant,
    ContestEdition,
    Decision,
    Entry,
    ExpertProfile,
    Nomination,
    Stage,
    TechnicalCheck,
)
from services.expertise.queries import blind, found, names
from services.expertise.queries.views import (
    EntryLine,
)
from services.expertise.readmodel import Organisation
from services.expertise.rules.states import MAY_READ, OUT_OF_CONTEST
from services.expertise.rules.vocabulary import EntryState, StageKind
from shared.person import Person, Role
from shared.unit import read
from shared.web.paging import Page, paged

_FIX_UNTIL = (
    sa.select(sa.func.max(TechnicalCheck.fix_until))
    .where(TechnicalCheck.entry_id == Entry.id, Entry.state == EntryState.CONDITIONAL)
    .correlate(Entry)
    .scalar_subquery()
)


_CLOSES_AT = (
    sa.select(Stage.closes_at)
    .where(Stage.edition_id == Entry.edition_id, Stage.kind == StageKind.SUBMISSION, Entry.state == EntryState.DRAFT)
    .correlate(Entry)
    .scalar_subquery()
)


def entries(
    who: Person, edition_id: UUID, *, state: EntryState | None = None, nomination_id: UUID | None = None
) -> list[EntryLine]:
    """The entries of an edition that this person may see, by registration number."""
    statement = _lines(who, edition_id, state, nomination_id)
    return _views(who, read().execute(statement).all())


def entries_page(
    who: Person,
    edition_id: UUID,
    *,
    state: EntryState | None = None,
    nomination_id: UUID | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[EntryLine]:
    """The same list in portions."""
    portion = paged(_lines(who, edition_id, state, nomination_id), page, size, scalars=False)
    return Page(_views(who, portion.items), portion.total, portion.page, portion.pages)


def entry_counts(who: Person, edition_id: UUID) -> dict[EntryState, int]:
    """How many entries of the edition are in each state, in the order of their road."""
    access.require_contest_keeper(who)
    rows = read().execute(
        sa.select(Entry.state, sa.func.count()).where(Entry.edition_id == edition_id).group_by(Entry.state)
    )
    counted = {row[0]: row[1] for row in rows}
    return {state: counted[state] for state in EntryState if state in counted}


def own_entries(who: Person) -> list[EntryLine]:
    """The entries of the organisations for which the person acts, the newest first."""
    own = who.organisations(*access.APPLICANTS)
    if not own:
        return []
    statement = _select().where(_of_parties(own)).order_by(Entry.created_at.desc())
    return _views(who, read().execute(statement).all())


def room_left(who: Person, edition_id: UUID) -> dict[UUID, int]:
    """How many entries more the person's organisations may file in each nomination, where there is a limit (BR-37).

    For several organisations it is the most that any of them may file.
    """
    edition = found.edition(read(), edition_id)
    own, limit = who.organisations(*access.APPLICANTS), edition.policy.entries_per_nomination
    if not own or not limit:
        return {}
    rows = read().execute(
        sa.select(Entry.nomination_id, Entry.applicant_id, sa.func.count())
        .where(
            Entry.edition_id == edition_id,
            Entry.applicant_id.in_(own),
            Entry.state.not_in(OUT_OF_CONTEST),
        )
        .group_by(Entry.nomination_id, Entry.applicant_id)
    )
    filed = {(row[0], row[1]): row[2] for row in rows}
    return {
        one.id: max(max(limit - filed.get((one.id, key), 0), 0) for key in own) for one in edition.nominations
    }


def _select() -> sa.Select[Any]:
    return (
        sa.select(
            Entry,
            ContestEdition.title,
            ContestEdition.published_at,
            Nomination.code,
            Organisation,
            _FIX_UNTIL,
            _CLOSES_AT,
        )
        .join(ContestEdition, ContestEdition.id == Entry.edition_id)
        .join(Nomination, Nomination.id == Entry.nomination_id)
        .outerjoin(Organisation, Organisation.id == Entry.applicant_id)
        .options(joinedload(Entry.edition))
    )


def _lines(
    who: Person, edition_id: UUID, state: EntryState | None, nomination_id: UUID | None
) -> sa.Select[Any]:
    statement = _select().where(Entry.edition_id == edition_id, _in_scope(who), _not_foreign_draft(who))
    if state is not None:
        statement = statement.where(Entry.state == state)
        if not who.has(*access.ALL_ENTRIES):
            # Filtering by a state that is still inside would tell it (BR-59).
            statement = statement.where(sa.or_(ContestEdition.published_at.is_not(None), _undecided()))
    if nomination_id is not None:
        statement = statement.where(Entry.nomination_id == nomination_id)
    by_lot = sa.select(BlindWork.code).where(BlindWork.entry_id == Entry.id, _judged_by(who)).scalar_subquery()
    return statement.order_by(Nomination.code, by_lot, Entry.reg_no, Entry.created_at)


def _judged_by(who: Person) -> sa.ColumnElement[bool]:
    """Blind works stand in the order of their codes for whoever judges: the order of numbers would tell (F18)."""
    if who.person_id is None or not who.has(Role.EXPERT):
        return sa.false()
    return ContestEdition.published_at.is_(None)


def _undecided() -> sa.ColumnElement[bool]:
    return ~sa.exists().where(Decision.entry_id == Entry.id)


def _of_parties(organisations: Any) -> sa.ColumnElement[bool]:
    together = sa.exists().where(
        CoApplicant.entry_id == Entry.id, CoApplicant.organisation_id.in_(organisations)
    )
    return sa.or_(Entry.applicant_id.in_(organisations), together)


def _in_scope(who: Person) -> sa.ColumnElement[bool]:
    scope = access.entry_scope(who)
    if scope.everything:
        return sa.true()
    parts: list[sa.ColumnElement[bool]] = []
    if scope.organisations:
        parts.append(_of_parties(scope.organisations))
    if scope.municipalities:
        parts.append(Entry.municipality_oktmo.in_(scope.municipalities))
    if scope.person_id is not None:
        parts.append(
            sa.exists().where(
                Assignment.entry_id == Entry.id,
                Assignment.state.in_(MAY_READ),
                ExpertProfile.id == Assignment.expert_id,
                ExpertProfile.person_id == scope.person_id,
            )
        )
    if scope.published:
        parts.append(ContestEdition.published_at.is_not(None))
    return sa.or_(sa.false(), *parts)


def _not_foreign_draft(who: Person) -> sa.ColumnElement[bool]:
    if access.is_secretary(who):
        return sa.true()
    return sa.or_(
        Entry.state != EntryState.DRAFT, Entry.applicant_id.in_(who.organisations(*access.APPLICANTS))
    )


def _views(who: Person, rows: Sequence[Any]) -> list[EntryLine]:
    hidden = blind.hidden_among(who, [row[0] for row in rows])
    return [blind.line_of(_line(who, row), hidden.get(row[0].id)) for row in rows]


def _line(who: Person, row: Any) -> EntryLine:
    one: Entry = row[0]
    return EntryLine(
        entry_id=one.id,
        edition_id=one.edition_id,
        edition_title=row.title,
        reg_no=one.reg_no,
        topic=one.topic,
        nomination_id=one.nomination_id,
        nomination_code=row.code,
        kind=one.kind,
        applicant_id=one.applicant_id,
        applicant_name=names.called(row.Organisation, one.submitted_at),
        municipality_oktmo=one.municipality_oktmo,
        state=one.state if who.has(*access.ALL_ENTRIES) else one.public_state,
        submitted_at=one.submitted_at,
        fix_until=row[5],
        closes_at=row[6],
    )
