"""Sessions of a council while their protocol is a draft: list, agenda, proposals, votes counted by hand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import freezing, ledger
from services.expertise.actions.council import check_number
from services.expertise.model import AgendaItem, Attendee, Council, Decision, Nomination, Protocol
from services.expertise.queries import found, standings
from services.expertise.readmodel import PersonCopy
from services.expertise.rules import decisions as rules
from services.expertise.rules.scoring import passes, title_for
from services.expertise.rules.sessions import voters
from services.expertise.rules.states import EDITION_IS_OVER, PROTOCOL
from services.expertise.rules.vocabulary import (
    CouncilKind,
    CouncilRole,
    LedgerKind,
    Outcome,
    Presence,
    ProtocolState,
    ResultTitle,
    SeatRole,
)
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def draft_session(
    who: Person, *, council_id: UUID, number: str, date: date, place: str = "", agenda: Sequence[str] = ()
) -> UUID:
    """Call a session: its members are those of the council, nobody has come yet (BR-57)."""
    with work(who) as u:
        council = u.session.get(Council, council_id)
        if council is None:
            raise NotFound(N_("совет"))
        secretary = next(one for one in council.members if one.role is CouncilRole.SECRETARY)
        chair = next(one for one in council.members if one.role is CouncilRole.CHAIR)
        access.require_session_keeper(who, secretary.person_id)
        edition = found.edition(u.session, council.edition_id)
        if edition.state in EDITION_IS_OVER:
            raise Refused("BR-57", N_("Выпуск завершён, заседаний больше нет"))
        protocol = Protocol(
            edition_id=edition.id,
            council=council,
            state=ProtocolState.DRAFT,
            number=number.strip(),
            date=date,
            place=place.strip(),
            chair="",
            secretary="",
            chair_id=chair.person_id,
            secretary_id=secretary.person_id,
            members_total=len(council.members),
            present=0,
        )
        check_number(u, edition, protocol)
        u.add(protocol)
        _seat(u, protocol, {}, ())
        for position, title in enumerate(filter(None, (text.strip() for text in agenda)), 1):
            protocol.items.append(AgendaItem(position=position, title=title))
        u.journal("session.drafted", protocol, {"number": protocol.number})
        return protocol.id


def edit_session(
    who: Person,
    *,
    protocol_id: UUID,
    number: str,
    date: date,
    place: str = "",
    started_at: datetime | None = None,
    ended_at: datetime | None = None,
    chair_id: UUID | None = None,
    secretary_id: UUID | None = None,
    seats: Sequence[Mapping[str, Any]] = (),
    observers: Sequence[UUID] = (),
) -> None:
    """Write who came, who led and when; observers are listed and have no vote (BR-57, BR-62)."""
    with work(who) as u:
        protocol = open_draft(u, protocol_id)
        edition = found.edition(u.session, protocol.edition_id)
        protocol.number, protocol.date, protocol.place = number.strip(), date, place.strip()
        protocol.started_at, protocol.ended_at = started_at, ended_at
        check_number(u, edition, protocol)
        presence = {UUID(str(one["person_id"])): Presence(one["presence"]) for one in seats}
        _seat(u, protocol, presence, observers)
        listed = {one.person_id for one in protocol.attendees if one.role is not SeatRole.OBSERVER}
        for name, value in (("chair_id", chair_id), ("secretary_id", secretary_id)):
            if value is not None and value not in listed:
                raise Refused("BR-57", N_("Это не член совета"), field=name)
            setattr(protocol, name, value)
        u.journal("session.edited", protocol)


def edit_agenda(who: Person, *, protocol_id: UUID, items: Sequence[Mapping[str, Any]]) -> None:
    """Write the agenda: what was heard, who spoke, what was resolved on each question."""
    with work(who) as u:
        protocol = open_draft(u, protocol_id)
        mine = set(
            u.session.scalars(sa.select(Nomination.id).where(Nomination.edition_id == protocol.edition_id))
        )
        protocol.items.clear()
        u.session.flush()
        for position, one in enumerate(items, 1):
            nomination_id = one.get("nomination_id")
            if nomination_id is not None and nomination_id not in mine:
                raise NotFound(N_("номинация"))
            protocol.items.append(
                AgendaItem(
                    position=position,
                    title=str(one["title"]).strip(),
                    nomination_id=nomination_id,
                    heard=one.get("heard") or "",
                    spoke=one.get("spoke") or "",
                    resolved=one.get("resolved") or "",
                )
            )
        u.journal("session.agenda", protocol, {"items": len(items)})


def propose_nomination(who: Person, *, protocol_id: UUID, nomination_id: UUID) -> int:
    """Put a nomination on the agenda: every waiting entry with the outcome and title that follow (BR-54, BR-55)."""
    with work(who) as u:
        protocol = open_draft(u, protocol_id)
        edition = found.edition(u.session, protocol.edition_id)
        nomination = next((one for one in edition.nominations if one.id == nomination_id), None)
        if nomination is None:
            raise NotFound(N_("номинация"))
        if protocol.council is not None and protocol.council.kind is CouncilKind.APPEAL:
            raise Refused("BR-59", N_("Апелляционная комиссия решает по апелляциям, а не по номинациям"))
        freezing.check_stage(edition, protocol)
        places = {one.entry_id: one for one in standings(u.session, edition, nominations={nomination_id})}
        known = {one.entry_id for one in protocol.decisions}
        added = 0
        for entry in freezing.may_be_decided(u, edition, protocol):
            if entry.nomination_id != nomination_id or entry.id in known:
                continue
            standing = places[entry.id]
            passing = passes(standing.final, standing.place, edition.policy, nomination.quota)
            protocol.decisions.append(
                Decision(
                    entry=entry,
                    outcome=rules.proposed_outcome(entry.kind, passing),
                    title=title_for(standing.place, standing.final, passing, edition.policy),
                    votes_for=0,
                    votes_against=0,
                    abstained=0,
                    rank=standing.place,
                    final_score=standing.final,
                )
            )
            added += 1
        if not known and not added:
            raise Refused("BR-57", N_("В этой номинации нет заявок, которые ждут решения"))
        if nomination_id not in {item.nomination_id for item in protocol.items}:
            protocol.items.append(
                AgendaItem(
                    position=max((item.position for item in protocol.items), default=0) + 1,
                    title=f"О заявках номинации {nomination.code} «{nomination.title}»",
                    nomination_id=nomination_id,
                )
            )
        u.journal("session.nomination", protocol, {"nomination": nomination.code, "entries": added})
        return added


def drop_nomination(who: Person, *, protocol_id: UUID, nomination_id: UUID) -> None:
    """Take a nomination off the agenda again, with its proposals and votes."""
    with work(who) as u:
        protocol = open_draft(u, protocol_id)
        for decision in [one for one in protocol.decisions if one.entry.nomination_id == nomination_id]:
            protocol.decisions.remove(decision)
        for item in [one for one in protocol.items if one.nomination_id == nomination_id]:
            protocol.items.remove(item)
        for position, item in enumerate(protocol.items, 1):
            item.position = position
        u.journal("session.nomination_dropped", protocol)


def change_proposals(who: Person, *, protocol_id: UUID, proposals: Sequence[Mapping[str, Any]]) -> None:
    """Propose other outcomes or titles; a title other than the one that follows needs a reason (BR-54, BR-55).

    Votes already given were about another question and fall away.
    """
    with work(who) as u:
        protocol = open_draft(u, protocol_id)
        edition = found.edition(u.session, protocol.edition_id)
        places = {one.entry_id: one for one in standings(u.session, edition)}
        by_entry = {one.entry_id: one for one in protocol.decisions}
        changed = 0
        for one in proposals:
            decision = _of(by_entry, one["entry_id"])
            entry, standing = decision.entry, places[decision.entry_id]
            outcome = Outcome(one["outcome"])
            title = ResultTitle(one["title"]) if one.get("title") else None
            reason = (one.get("title_reason") or "").strip()
            passing = passes(standing.final, standing.place, edition.policy, entry.nomination.quota)
            rules.check_outcome(entry.label, entry.kind, outcome, passing)
            follows = title_for(standing.place, standing.final, passing, edition.policy)
            rules.check_title(entry.label, title, follows, reason)
            if (outcome, title) != (decision.outcome, decision.title):
                decision.outcome, decision.title = outcome, title
                decision.ballots.clear()
                uncount(decision)
                changed += 1
            decision.title_reason = reason if title is not follows else None
        u.journal("session.proposals", protocol, {"changed": changed})


def count_by_hand(who: Person, *, protocol_id: UUID, note: str, counts: Sequence[Mapping[str, Any]]) -> None:
    """Write the votes that were counted by hand at the session, with a note of how (BR-57)."""
    with work(who) as u:
        protocol = open_draft(u, protocol_id)
        if not note.strip():
            raise Refused("BR-57", N_("Напишите, как считали голоса"), field="note")
        by_entry = {one.entry_id: one for one in protocol.decisions}
        for one in counts:
            decision = _of(by_entry, one["entry_id"])
            decision.votes_for = one["votes_for"]
            decision.votes_against = one.get("votes_against") or 0
            decision.abstained = one.get("abstained") or 0
            decision.tie_votes = one.get("tie_votes")
            decision.hand_note = note.strip()
            decision.ballots.clear()
            ledger.record(
                u,
                LedgerKind.VOTE,
                edition_id=protocol.edition_id,
                subject_id=decision.entry_id,
                data={
                    "protocol": str(protocol.id),
                    "by_hand": ledger.commit(u, protocol.edition_id, note.strip()),
                    "votes": [decision.votes_for, decision.votes_against, decision.abstained],
                    "tie_votes": decision.tie_votes,
                },
            )
        u.journal("session.counted", protocol, {"decisions": len(counts)})


def uncount(decision: Decision) -> None:
    """Forget what was counted."""
    decision.votes_for = decision.votes_against = decision.abstained = 0
    decision.tie_votes = decision.hand_note = None


def open_draft(u: Unit, protocol_id: UUID) -> Protocol:
    """The draft, for those who write it; what is given out for signing is not edited (model 3.3)."""
    protocol = found.protocol_to_change(u.session, protocol_id)
    access.require_session_keeper(u.who, protocol.secretary_id)
    protocol.state = PROTOCOL.after(protocol.state, "edit")
    return protocol


def _of(by_entry: Mapping[UUID, Decision], entry_id: Any) -> Decision:
    found_one = by_entry.get(UUID(str(entry_id)))
    if found_one is None:
        raise Refused("BR-57", N_("Этой заявки нет в повестке заседания"), field="entry_id")
    return found_one


def _seat(u: Unit, protocol: Protocol, presence: Mapping[UUID, Presence], observers: Sequence[UUID]) -> None:
    """The list of the session: the members of the council as it is now, and the observers."""
    assert protocol.council is not None
    members = {one.person_id: one for one in protocol.council.members}
    guests = set(observers) - set(members)
    wanted = set(members) | guests
    people = {
        one.id: one for one in u.session.scalars(sa.select(PersonCopy).where(PersonCopy.id.in_(wanted)))
    }
    if guests - set(people):
        raise Refused("BR-62", N_("Наблюдатель не найден в реестре"), field="observers")
    listed = {one.person_id: one for one in protocol.attendees}
    for person_id in set(listed) - wanted:
        protocol.attendees.remove(listed[person_id])
    for person_id in sorted(wanted):
        person, member = people.get(person_id), members.get(person_id)
        one = listed.get(person_id)
        if one is None:
            one = Attendee(person_id=person_id, presence=Presence.ABSENT)
            protocol.attendees.append(one)
        one.name = person.short_name if person else "—"
        one.role = SeatRole(member.role.value) if member else SeatRole.OBSERVER
        one.organisation_id = person.organisation_id if person else None
        one.presence = presence.get(person_id, one.presence) if member else Presence.PRESENT
    protocol.members_total = len(members)
    here = voters(protocol.seats)
    protocol.present = len(here)
    for decision in protocol.decisions:
        for ballot in [one for one in decision.ballots if one.person_id not in here]:
            decision.ballots.remove(ballot)
