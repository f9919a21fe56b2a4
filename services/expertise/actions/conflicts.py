"""Conflicts of interest: declared by the expert, ties recorded by the secretary, waived by an act (F17)."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.model import ConflictOfInterest, ConflictWaiver, ExpertProfile, PersonRelation
from services.expertise.queries import facts, found
from services.expertise.readmodel import Organisation, PersonCopy
from services.expertise.rules.conflicts import check_waiver
from services.expertise.rules.vocabulary import RELATIONS, ConflictKind, LedgerKind
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import work


def declare_expert_conflict(who: Person, *, edition_id: UUID, organisation_id: UUID, reason: str) -> UUID:
    """An expert tells before any invitation whose entries are not for them (BR-42); the reason stays off the log."""
    with work(who) as u:
        edition = found.edition(u.session, edition_id)
        mine = sa.select(ExpertProfile).where(ExpertProfile.person_id == who.person_id)
        expert = u.session.scalar(mine) if who.person_id else None
        access.require_declarer(who, expert.person_id if expert else None)
        if u.session.get(Organisation, organisation_id) is None:
            raise Refused("BR-42", N_("Такой организации нет"), field="organisation_id")
        if not reason.strip():
            raise Refused("BR-42", N_("Укажите причину"), field="reason")
        again = u.session.scalar(
            sa.select(ConflictOfInterest.id).where(
                ConflictOfInterest.edition_id == edition_id,
                ConflictOfInterest.expert_id == expert.id,
                ConflictOfInterest.organisation_id == organisation_id,
            )
        )
        if again:
            raise Refused("BR-42", N_("Вы уже заявили об этой организации"), field="organisation_id")
        row = u.add(
            ConflictOfInterest(
                edition_id=edition.id,
                expert_id=expert.id,
                organisation_id=organisation_id,
                reason=reason.strip(),
                declared_at=clock.now(),
            )
        )
        u.journal("conflict.declared", row)
        ledger.record(
            u,
            LedgerKind.CONFLICT_DECLARED,
            edition_id=edition.id,
            subject_id=row.id,
            data={
                "expert": str(expert.id),
                "organisation": str(organisation_id),
                "reason": ledger.words(u, edition.id, row.reason),
            },
        )
        return row.id


def waive_conflict(
    who: Person, *, entry_id: UUID, expert_id: UUID, kind: ConflictKind | str, act_ref: str, reason: str
) -> UUID:
    """The operator lifts a conflict by an act; own organisation, authorship and a recusal are never lifted (F17)."""
    with work(who) as u:
        access.require_waiving(who)
        entry = found.entry(u.session, entry_id)
        edition = entry.edition
        (fact,) = facts.entry_facts(u.session, edition, [entry])
        against = facts.conflicts(u.session, edition).against(fact).get(expert_id, [])
        kind = ConflictKind(kind)
        check_waiver(kind, [one.kind for one in against], act_ref, reason)
        if u.session.scalar(
            sa.select(ConflictWaiver.id).where(
                ConflictWaiver.entry_id == entry_id,
                ConflictWaiver.expert_id == expert_id,
                ConflictWaiver.kind == kind,
            )
        ):
            raise Refused("BR-41", N_("Этот конфликт уже снят"), field="kind")
        row = u.add(
            ConflictWaiver(
                expert_id=expert_id,
                entry_id=entry_id,
                kind=kind,
                act_ref=act_ref.strip(),
                reason=reason.strip(),
                waived_at=clock.now(),
                waived_by=who.account_id,
            )
        )
        u.journal("conflict.waived", row, {"kind": kind.value})
        ledger.record(
            u,
            LedgerKind.CONFLICT_WAIVED,
            edition_id=edition.id,
            subject_id=row.id,
            data={
                "entry": str(entry_id),
                "expert": str(expert_id),
                "kind": kind.value,
                "act": ledger.words(u, edition.id, row.act_ref),
                "reason": ledger.words(u, edition.id, row.reason),
            },
        )
        return row.id


def add_relation(
    who: Person,
    *,
    person_id: UUID,
    kind: ConflictKind | str,
    source: str,
    other_person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    ended: date | None = None,
) -> UUID:
    """Record a tie between two people, or of a person with an organisation, with its source (F17)."""
    with work(who) as u:
        access.require_secretary(who)
        kind = ConflictKind(kind)
        if kind not in RELATIONS:
            raise Refused("F17", N_("Такой связи не бывает"), field="kind")
        if (other_person_id is None) == (organisation_id is None):
            raise Refused("F17", N_("Укажите второго человека или организацию"), field="other_person_id")
        if person_id == other_person_id:
            raise Refused("F17", N_("Укажите двух разных людей"), field="other_person_id")
        for key, field in ((person_id, "person_id"), (other_person_id, "other_person_id")):
            if key is not None and u.session.get(PersonCopy, key) is None:
                raise Refused("F17", N_("Такого человека нет"), field=field)
        if organisation_id is not None and u.session.get(Organisation, organisation_id) is None:
            raise Refused("F17", N_("Такой организации нет"), field="organisation_id")
        if not source.strip():
            raise Refused("F17", N_("Укажите, откуда это известно"), field="source")
        row = u.add(
            PersonRelation(
                person_id=person_id,
                other_person_id=other_person_id,
                organisation_id=organisation_id,
                kind=kind,
                source=source.strip(),
                ended=ended,
                recorded_at=clock.now(),
                recorded_by=who.account_id,
            )
        )
        u.journal("relation.recorded", row, {"kind": kind.value})
        return row.id


def remove_relation(who: Person, *, relation_id: UUID) -> None:
    """Take back a tie that was recorded by mistake."""
    with work(who) as u:
        access.require_secretary(who)
        row = u.session.get(PersonRelation, relation_id)
        if row is None:
            raise NotFound(N_("связь"))
        u.journal("relation.removed", row, {"kind": row.kind.value})
        u.session.delete(row)
