"""Facts about experts and entries for the rules of conflicts and assignment."""

from collections.abc import Collection, Mapping
from itertools import combinations
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.model import (
    Assignment,
    CoApplicant,
    ConflictOfInterest,
    ConflictWaiver,
    ContestEdition,
    Entry,
    EntryAuthor,
    ExpertProfile,
    PersonRelation,
    Stage,
)
from services.expertise.readmodel import Employment, Organisation, PersonCopy
from services.expertise.rules.conflicts import (
    Conflicts,
    Contestants,
    EntryFact,
    ExpertFact,
    History,
    Job,
    Relation,
)
from services.expertise.rules.states import OUT_OF_CONTEST
from services.expertise.rules.vocabulary import LIVE_ASSIGNMENTS, AssignmentState
from shared import clock


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
            ExpertProfile.level,
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
            level=row.level,
            specialities=tuple(one for one in row.specialities if one not in codes),
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
    codes = {nomination.id: nomination.code for nomination in edition.nominations}
    authors = authors_of(session, {entry.id for entry in entries})
    return [
        EntryFact(
            entry_id=entry.id,
            label=entry.label,
            nomination_id=entry.nomination_id,
            nomination_code=codes[entry.nomination_id],
            organisation_ids=frozenset(entry.parties),
            municipality_oktmo=entry.municipality_oktmo,
            author_ids=frozenset(authors.get(entry.id, ())),
            recused=frozenset(recused.get(entry.id, ())),
            text=f"{entry.topic} {entry.summary}",
        )
        for entry in entries
    ]


def authors_of(session: Session, entry_ids: Collection[UUID] | None = None) -> dict[UUID, set[UUID]]:
    """Authors, supervisors and contacts that entries name as persons; of all entries without a list (BR-41)."""
    named = sa.select(EntryAuthor.entry_id, EntryAuthor.person_id).where(EntryAuthor.person_id.is_not(None))
    contacts = sa.select(Entry.id, Entry.contact_person_id).where(Entry.contact_person_id.is_not(None))
    found: dict[UUID, set[UUID]] = {}
    for entry_id, person_id in session.execute(sa.union_all(named, contacts)):
        if entry_ids is None or entry_id in entry_ids:
            found.setdefault(entry_id, set()).add(person_id)
    return found


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


def conflicts(
    session: Session, edition: ContestEdition, experts: Mapping[UUID, ExpertFact] | None = None
) -> Conflicts:
    """The conflict rules of an edition over all that is known of the past (F17)."""
    everybody = expert_facts(session, edition) if experts is None else experts
    return Conflicts(
        list(everybody.values()),
        contestants(session, edition.id),
        History(
            jobs=_jobs(session),
            co_authors=_co_authors(session, edition),
            relations=_relations(session),
            judged=_judged(session, edition),
            declared={
                (expert_id, organisation_id): reason
                for expert_id, organisation_id, reason in session.execute(
                    sa.select(
                        ConflictOfInterest.expert_id,
                        ConflictOfInterest.organisation_id,
                        ConflictOfInterest.reason,
                    ).where(ConflictOfInterest.edition_id == edition.id)
                )
            },
            waived=frozenset(
                (expert_id, entry_id, kind)
                for expert_id, entry_id, kind in session.execute(
                    sa.select(ConflictWaiver.expert_id, ConflictWaiver.entry_id, ConflictWaiver.kind)
                    .join(Entry, Entry.id == ConflictWaiver.entry_id)
                    .where(Entry.edition_id == edition.id)
                )
            ),
        ),
        today=clock.today(),
        rules=edition.policy.conflicts,
    )


def _jobs(session: Session) -> dict[UUID, tuple[Job, ...]]:
    found: dict[UUID, list[Job]] = {}
    enrolled = sa.select(ExpertProfile.person_id)
    for one in session.scalars(sa.select(Employment).where(Employment.person_id.in_(enrolled))):
        found.setdefault(one.person_id, []).append(Job(one.organisation_id, one.first_seen, one.last_seen))
    return {key: tuple(jobs) for key, jobs in found.items()}


def _co_authors(session: Session, edition: ContestEdition) -> dict[frozenset[UUID], object]:
    """Persons who entered something together in editions before this one, with the last day of such an edition."""
    last: dict[frozenset[UUID], object] = {}
    days = dict(
        session.execute(
            sa.select(Entry.id, ContestEdition.closes_on)
            .join(ContestEdition, ContestEdition.id == Entry.edition_id)
            .where(ContestEdition.id != edition.id, ContestEdition.closes_on <= edition.closes_on)
        ).all()
    )
    for entry_id, people in authors_of(session).items():
        if entry_id in days and len(people) > 1:
            for pair in combinations(sorted(people), 2):
                last[frozenset(pair)] = max(last.get(frozenset(pair), days[entry_id]), days[entry_id])
    return last


def _relations(session: Session) -> tuple[Relation, ...]:
    return tuple(
        Relation(one.person_id, one.kind, one.source, one.other_person_id, one.organisation_id, one.ended)
        for one in session.scalars(sa.select(PersonRelation).order_by(PersonRelation.id))
    )


def _judged(session: Session, edition: ContestEdition) -> dict[tuple[UUID, UUID], object]:
    """(organisation of the judge, organisation judged) in editions before this one, with their last day."""
    judge, day = PersonCopy.organisation_id, ContestEdition.closes_on
    judgements = (
        sa.select(judge, Entry.applicant_id, sa.func.max(day))
        .select_from(Assignment)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(ContestEdition, ContestEdition.id == Entry.edition_id)
        .join(ExpertProfile, ExpertProfile.id == Assignment.expert_id)
        .join(PersonCopy, PersonCopy.id == ExpertProfile.person_id)
        .where(
            ContestEdition.id != edition.id,
            day <= edition.closes_on,
            Assignment.state.in_(LIVE_ASSIGNMENTS),
            judge.is_not(None),
        )
        .group_by(judge, Entry.applicant_id)
    )
    return {(judging, judged): last for judging, judged, last in session.execute(judgements)}
