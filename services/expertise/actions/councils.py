"""Councils of an edition: who sits on them (model 3.2, BR-57)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.model import Council, CouncilMember
from services.expertise.queries import found
from services.expertise.readmodel import PersonCopy
from services.expertise.rules import councils as rules
from services.expertise.rules.states import EDITION_IS_OVER
from services.expertise.rules.vocabulary import CouncilKind, CouncilRole, LedgerKind
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def compose_council(
    who: Person,
    *,
    edition_id: UUID,
    kind: CouncilKind | str,
    title: str,
    members: Sequence[Mapping[str, Any]],
    reason: str = "",
) -> UUID:
    """Compose a council of people from the registry, or change it for a reason (model 3.2, BR-57).

    Sessions already held keep their own lists: who has left stays named there.
    """
    with work(who) as u:
        access.require_contest_keeper(who)
        edition = found.edition(u.session, edition_id)
        if edition.state in EDITION_IS_OVER:
            raise Refused(rules.RULE, N_("Выпуск завершён, составы советов не меняются"))
        kind = CouncilKind(kind)
        wanted = [(UUID(str(one["person_id"])), CouncilRole(one["role"])) for one in members]
        rules.check_composition(wanted)
        people = _people(u, [person_id for person_id, _ in wanted])
        council = u.session.scalar(
            sa.select(Council).where(Council.edition_id == edition_id, Council.kind == kind)
        )
        if council is None:
            council = u.add(Council(edition_id=edition_id, kind=kind, title=title.strip()))
        else:
            rules.check_change(reason)
            council.title = title.strip()
        known = {member.person_id: member for member in council.members}
        for person_id in set(known) - set(people):
            council.members.remove(known[person_id])
        for person_id, role in wanted:
            if person_id in known:
                known[person_id].role = role
            else:
                council.members.append(
                    CouncilMember(
                        person_id=person_id, role=role, organisation_id=people[person_id].organisation_id
                    )
                )
        u.journal("council.composed", council, {"kind": kind.value, "members": len(wanted)})
        ledger.record(
            u,
            LedgerKind.COUNCIL_CHANGED,
            edition_id=edition_id,
            subject_id=council.id,
            data={
                "kind": kind.value,
                "members": [[str(key), role.value] for key, role in sorted(wanted)],
                "reason": ledger.commit(u, edition_id, reason.strip()) if reason.strip() else None,
            },
        )
        return council.id


def _people(u: Unit, ids: Sequence[UUID]) -> dict[UUID, PersonCopy]:
    rows = {one.id: one for one in u.session.scalars(sa.select(PersonCopy).where(PersonCopy.id.in_(ids)))}
    if set(ids) - set(rows):
        raise Refused(rules.RULE, N_("Член совета не найден в реестре"), field="members")
    return rows
