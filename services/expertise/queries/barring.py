"""Who of a council may not vote on which entry, and why (BR-41, BR-57)."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.model import Attendee, ContestEdition, CouncilMember, Entry, Protocol
from services.expertise.queries.facts import contestants, entry_facts
from services.expertise.readmodel import PersonCopy
from services.expertise.rules.conflicts import ExpertFact, hard_conflict
from services.expertise.rules.sessions import VOTING
from services.expertise.rules.vocabulary import VoteBar

Bars = dict[UUID, dict[UUID, VoteBar]]


def bars(session: Session, edition: ContestEdition, protocol: Protocol, entries: Sequence[Entry]) -> Bars:
    """By entry: members of the session's list with a conflict found by the rules or declared by themselves.

    A member works where the list of the session says and where the registry says now: both count.
    """
    members = [one for one in protocol.attendees if one.role in VOTING]
    found = found_bars(session, edition, members, entries)
    for one in protocol.conflicts:
        if one.bar is VoteBar.DECLARED:
            found.setdefault(one.entry_id, {}).setdefault(one.person_id, VoteBar.DECLARED)
    return found


def found_bars(
    session: Session,
    edition: ContestEdition,
    members: Iterable[Attendee | CouncilMember],
    entries: Sequence[Entry],
) -> Bars:
    """Conflicts that the rules of BR-41 find, by entry and member."""
    members = list(members)
    employers = _employers(session, members)
    rivals = contestants(session, edition.id)
    found: Bars = {}
    for fact in entry_facts(session, edition, entries):
        for member in members:
            for organisation_id in employers[member.person_id]:
                kind = hard_conflict(
                    ExpertFact(
                        expert_id=member.person_id,
                        person_id=member.person_id,
                        organisation_id=organisation_id,
                        municipality_oktmo=None,
                    ),
                    fact,
                    rivals,
                )
                if kind is not None:
                    found.setdefault(fact.entry_id, {}).setdefault(member.person_id, VoteBar(kind.value))
    return found


def _employers(session: Session, members: Sequence[Attendee | CouncilMember]) -> Mapping[UUID, set[UUID | None]]:
    rows = session.execute(
        sa.select(PersonCopy.id, PersonCopy.organisation_id).where(
            PersonCopy.id.in_([one.person_id for one in members])
        )
    )
    now = {row[0]: row[1] for row in rows}
    return {one.person_id: {one.organisation_id, now.get(one.person_id)} for one in members}
