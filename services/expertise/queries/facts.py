"""Facts about experts and entries for the rules of conflicts and assignment."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.model import (
    Assignment,
    CoApplicant,
    ContestEdition,
    Entry,
    EntryAuthor,
    ExpertProfile,
    Stage,
)
from services.expertise.readmodel import Organisation, PersonCopy
from services.expertise.rules.conflicts import Contestants, EntryFact, ExpertFact
from services.expertise.rules.states import OUT_OF_CONTEST
from services.expertise.rules.vocabulary import AssignmentState


def expert_facts(session: Session, edition: ContestEdition) -> dict[UUID, ExpertFact]:
    """All enrolled experts with their present organisation and municipality.

    A speciality that is the code of a nomination of the edition binds the expert to such nominations (BR-43).
    """
    codes = {nomination.code for nomination in edition.nominations}
    rows = session.execute(
        sa.select(
            ExpertProfile.id,
            ExpertProfile.person_id,
            ExpertProfile.max_load,
            ExpertProfile.specialities,
            PersonCopy.organisation_id,
            Organisation.municipality_oktmo,
        )
        .outerjoin(PersonCopy, PersonCopy.id == ExpertProfile.person_id)
        .outerjoin(Organisation, Organisation.id == PersonCopy.organisation_id)
        .order_by(ExpertProfile.id)
    )
    return {
        row.id: ExpertFact(
            expert_id=row.id,
            person_id=row.person_id,
            organisation_id=row.organisation_id,
            municipality_oktmo=row.municipality_oktmo,
            max_load=row.max_load,
            nominations=frozenset(row.specialities) & codes,
        )
        for row in rows
    }


def entry_facts(session: Session, edition: ContestEdition, entries: Collection[Entry]) -> list[EntryFact]:
    """Entries with their parties, authors and the experts who stepped back from them at any stage."""
    recused: dict[UUID, set[UUID]] = {}
    rows = session.execute(
        sa.select(Assignment.entry_id, Assignment.expert_id)
        .join(Stage, Stage.id == Assignment.stage_id)
        .where(Stage.edition_id == edition.id, Assignment.state == AssignmentState.RECUSED)
    )
    for entry_id, expert_id in rows:
        recused.setdefault(entry_id, set()).add(expert_id)
    authors: dict[UUID, set[UUID]] = {}
    named = sa.select(EntryAuthor.entry_id, EntryAuthor.person_id).join(Entry, Entry.id == EntryAuthor.entry_id)
    for entry_id, person_id in session.execute(
        named.where(Entry.edition_id == edition.id, EntryAuthor.person_id.is_not(None))
    ):
        authors.setdefault(entry_id, set()).add(person_id)
    codes = {nomination.id: nomination.code for nomination in edition.nominations}
    return [
        EntryFact(
            entry_id=entry.id,
            label=entry.label,
            nomination_id=entry.nomination_id,
            nomination_code=codes[entry.nomination_id],
            organisation_ids=frozenset(entry.parties),
            municipality_oktmo=entry.municipality_oktmo,
            author_ids=frozenset({entry.contact_person_id, *authors.get(entry.id, ())} - {None}),
            recused=frozenset(recused.get(entry.id, ())),
        )
        for entry in entries
    ]


def contestants(session: Session, edition_id: UUID) -> Contestants:
    """Organisations with a filed entry in the edition, by nomination (BR-41)."""
    filed = sa.and_(Entry.edition_id == edition_id, Entry.state.not_in(OUT_OF_CONTEST))
    alone = sa.select(Entry.nomination_id, Entry.applicant_id).where(filed)
    together = (
        sa.select(Entry.nomination_id, CoApplicant.organisation_id)
        .join(CoApplicant, CoApplicant.entry_id == Entry.id)
        .where(filed)
    )
    return Contestants((row[0], row[1]) for row in session.execute(sa.union_all(alone, together)))
