"""All conflicts of an edition with their reasons: looked through before anybody is invited (F17, BR-41)."""

from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.model import ConflictOfInterest, ContestEdition, Entry, ExpertProfile, PersonRelation
from services.expertise.queries import facts, found, names
from services.expertise.queries.views.planning import ConflictLine, RelationLine
from services.expertise.rules.conflicts import UNWAIVABLE
from services.expertise.rules.states import OUT_OF_CONTEST
from services.expertise.rules.vocabulary import ConflictLevel, EditionState
from shared.person import Person, Role
from shared.refusal import NotAllowed
from shared.unit import read

#: From here on an expert may say whose entries are not for them.
OPEN = (
    EditionState.ANNOUNCED,
    EditionState.ACCEPTING,
    EditionState.TECHNICAL,
    EditionState.CORRESPONDENCE,
    EditionState.IN_PERSON,
)


def edition_conflicts(
    who: Person, edition_id: UUID, *, expert_id: UUID | None = None, entry_id: UUID | None = None
) -> list[ConflictLine]:
    """Conflicts of all experts, or of one, with the entries of an edition; nobody is invited by looking (F17)."""
    access.require_conflict_reader(who)
    session = read()
    edition = found.edition(session, edition_id)
    statement = sa.select(Entry).where(Entry.edition_id == edition_id, Entry.state.not_in(OUT_OF_CONTEST))
    if entry_id is not None:
        statement = statement.where(Entry.id == entry_id)
    entries = session.scalars(statement.order_by(Entry.reg_no, Entry.id)).all()
    rules = facts.conflicts(session, edition)
    raw = [
        (fact, key, one)
        for fact in facts.entry_facts(session, edition, entries)
        for key, every in rules.against(fact).items()
        for one in every
        if expert_id in (None, key)
    ]
    experts = names.expert_names(session, {key for _, key, _ in raw})
    people = names.person_names(session, {one.person_id for _, _, one in raw if one.person_id})
    organisations = names.organisations_called(
        session, {one.organisation_id for _, _, one in raw if one.organisation_id}
    )

    def about(one: object) -> str:
        if one.person_id:
            return people.get(one.person_id, names.UNKNOWN)
        return organisations(one.organisation_id, None) if one.organisation_id else ""

    lines = [
        ConflictLine(
            expert_id=key,
            expert=experts.get(key, names.UNKNOWN),
            entry_id=fact.entry_id,
            label=fact.label,
            kind=one.kind,
            level=one.level,
            about=about(one),
            last=one.last,
            source=one.source,
            may_be_waived=one.level is not ConflictLevel.WAIVED and one.kind not in UNWAIVABLE,
        )
        for fact, key, one in raw
    ]
    return sorted(lines, key=lambda one: (one.expert, one.label, one.level, one.kind))


def expert_choices(who: Person) -> list[tuple[UUID, str]]:
    """Enrolled experts by name."""
    access.require_conflict_reader(who)
    keys = read().scalars(sa.select(ExpertProfile.id)).all()
    return sorted(names.expert_names(read(), keys).items(), key=lambda one: (one[1], one[0]))


def own_declarations(who: Person) -> list[tuple[str, str, str]]:
    """What the expert has declared: edition, organisation, reason."""
    if not who.has(Role.EXPERT) or who.person_id is None:
        raise NotAllowed()
    session = read()
    rows = session.execute(
        sa.select(ContestEdition.title, ConflictOfInterest.organisation_id, ConflictOfInterest.reason)
        .join(ContestEdition, ContestEdition.id == ConflictOfInterest.edition_id)
        .join(ExpertProfile, ExpertProfile.id == ConflictOfInterest.expert_id)
        .where(ExpertProfile.person_id == who.person_id)
        .order_by(ConflictOfInterest.declared_at.desc())
    ).all()
    called = names.organisations_called(session, {row[1] for row in rows})
    return [(title, called(key, None), reason) for title, key, reason in rows]


def declarable_editions(who: Person) -> list[tuple[UUID, str]]:
    """Editions in which an expert may still declare a conflict."""
    if not who.has(Role.EXPERT):
        raise NotAllowed()
    rows = read().execute(
        sa.select(ContestEdition.id, ContestEdition.title)
        .where(ContestEdition.state.in_(OPEN))
        .order_by(ContestEdition.year.desc(), ContestEdition.title)
    )
    return [(key, title) for key, title in rows]


def relations(who: Person) -> list[RelationLine]:
    """Recorded ties."""
    access.require_secretary(who)
    session = read()
    rows = session.scalars(sa.select(PersonRelation).order_by(PersonRelation.recorded_at.desc())).all()
    people = names.person_names(
        session, {one.person_id for one in rows} | {one.other_person_id for one in rows if one.other_person_id}
    )
    called = names.organisations_called(session, {one.organisation_id for one in rows if one.organisation_id})
    return [
        RelationLine(
            relation_id=one.id,
            person=people.get(one.person_id, names.UNKNOWN),
            other=people.get(one.other_person_id, names.UNKNOWN)
            if one.other_person_id
            else called(one.organisation_id, None),
            kind=one.kind,
            source=one.source,
            ended=one.ended,
        )
        for one in rows
    ]
