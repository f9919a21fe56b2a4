"""The entry that a person may see, with what its card, its papers and its files need (model 3.5)."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from services.expertise import access
from services.expertise.model import Assignment, ContestEdition, Entry, ExpertProfile, Nomination
from services.expertise.queries.appeal_bars import hearers_of
from services.expertise.rules.states import MAY_READ
from services.expertise.rules.vocabulary import EntryState
from shared.person import Person
from shared.refusal import N_, NotAllowed, NotFound
from shared.unit import read


def readers_of(session: Session, entry_id: UUID) -> Sequence[UUID]:
    """Persons of the experts who declared their independence (BR-42)."""
    return session.scalars(
        sa.select(ExpertProfile.person_id)
        .join(Assignment, Assignment.expert_id == ExpertProfile.id)
        .where(Assignment.entry_id == entry_id, Assignment.state.in_(MAY_READ))
    ).all()


def readable_entry(who: Person, entry_id: UUID) -> Entry:
    """The entry, if it is in this person's scope; a draft exists only for whoever acts for its applicant."""
    session = read()
    row = session.scalar(
        sa.select(Entry)
        .where(Entry.id == entry_id)
        .options(
            joinedload(Entry.edition).joinedload(ContestEdition.series),
            joinedload(Entry.nomination).joinedload(Nomination.rubric),
            joinedload(Entry.nomination).joinedload(Nomination.template),
            selectinload(Entry.authors),
            selectinload(Entry.checks),
            selectinload(Entry.revisions),
        )
    )
    if row is None:
        raise NotFound(N_("заявка"))
    published = row.edition.published_at is not None
    hears = published and who.person_id in hearers_of(session, row)
    if not hears and not access.may_see_entry(
        who, row.parties, row.municipality_oktmo, published, readers_of(session, entry_id)
    ):
        raise NotAllowed(N_("Эта заявка вам не видна"))
    if row.state is EntryState.DRAFT and not access.may_file_for(who, row.applicant_id):
        raise NotFound(N_("заявка"))
    return row
