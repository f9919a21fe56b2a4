"""Councils of an edition and what waits for their members (model 3.6)."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from services.expertise import access
from services.expertise.model import Attendee, ContestEdition, Council, Protocol
from services.expertise.queries import found, names
from services.expertise.queries.barring import bars
from services.expertise.queries.session_facts import session_lacks
from services.expertise.queries.views.sessions import CouncilTask, CouncilView, MemberView
from services.expertise.readmodel import PersonCopy
from services.expertise.rules.sessions import VOTING, voters
from services.expertise.rules.vocabulary import CouncilRole, ProtocolState
from shared.person import Person, Role
from shared.refusal import NotAllowed
from shared.unit import read

Choices = list[tuple[UUID, str]]
ORDER = {CouncilRole.CHAIR: 0, CouncilRole.SECRETARY: 1, CouncilRole.MEMBER: 2}
OPEN = (ProtocolState.DRAFT, ProtocolState.ON_SIGNING)


def councils(who: Person, edition_id: UUID) -> list[CouncilView]:
    """The councils of an edition with their members: for secretary, operator and council."""
    if not who.has(*access.ALL_ENTRIES):
        raise NotAllowed()
    session = read()
    found.edition(session, edition_id)
    rows = session.scalars(
        sa.select(Council)
        .where(Council.edition_id == edition_id)
        .options(selectinload(Council.members))
        .order_by(Council.kind)
    ).all()
    return council_views(session, rows)


def council_views(session: Session, rows: Iterable[Council]) -> list[CouncilView]:
    """Councils as plain data; the chair comes first, then the secretary."""
    rows = list(rows)
    members = [member for row in rows for member in row.members]
    people = names.person_names(session, {one.person_id for one in members})
    organisations = names.organisations_called(
        session, {one.organisation_id for one in members if one.organisation_id}
    )
    return [
        CouncilView(
            council_id=row.id,
            edition_id=row.edition_id,
            kind=row.kind,
            title=row.title,
            members=sorted(
                (
                    MemberView(
                        person_id=one.person_id,
                        name=people.get(one.person_id, names.UNKNOWN),
                        organisation_name=organisations(one.organisation_id, None)
                        if one.organisation_id
                        else "",
                        role=one.role,
                    )
                    for one in row.members
                ),
                key=lambda one: (ORDER[one.role], one.name),
            ),
        )
        for row in rows
    ]


def people_choices(who: Person) -> Choices:
    """People of the registry, for councils and lists of observers."""
    if not who.has(Role.SECRETARY, Role.OPERATOR, Role.COUNCIL):
        raise NotAllowed()
    people = read().scalars(sa.select(PersonCopy).order_by(PersonCopy.last_name, PersonCopy.first_name))
    return [(one.id, f"{one.short_name}{f', {one.position}' if one.position else ''}") for one in people]


def council_tasks(who: Person) -> list[CouncilTask]:
    """Sessions that this person sits in or writes: votes and signatures that wait, what the draft lacks."""
    if who.person_id is None:
        return []
    session = read()
    sits = sa.select(Attendee.protocol_id).where(
        Attendee.person_id == who.person_id, Attendee.role.in_(list(VOTING))
    )
    mine = Protocol.id.in_(sits)
    if access.is_secretary(who):
        mine = sa.true()
    rows = session.scalars(
        sa.select(Protocol)
        .where(Protocol.state.in_(OPEN), mine)
        .options(selectinload(Protocol.attendees), selectinload(Protocol.items))
        .order_by(Protocol.date, Protocol.number)
    ).all()
    tasks = [_task(session, who, row) for row in rows]
    return [one for one in tasks if one is not None]


def _task(session: Session, who: Person, row: Protocol) -> CouncilTask | None:
    edition = found.edition(session, row.edition_id)
    sits = who.person_id in {one.person_id for one in row.attendees if one.role in VOTING}
    keeps = access.may_keep_session(who, row.secretary_id)
    draft = row.state is ProtocolState.DRAFT
    signed = {one.person_id for one in row.signatures}
    to_sign = not draft and who.person_id in voters(row.seats) - signed
    if not (draft or to_sign or keeps):
        return None
    return CouncilTask(
        protocol_id=row.id,
        edition_title=edition.title,
        council_title=row.council.title if row.council else "",
        number=row.number,
        date=row.date,
        place=row.place,
        agenda=[item.title for item in row.items],
        nominations=[
            (one.code, one.id)
            for one in edition.nominations
            if one.id in {item.nomination_id for item in row.items}
        ],
        edition_id=edition.id,
        state=row.state,
        to_vote=_to_vote(session, who, edition, row) if draft else 0,
        to_sign=to_sign,
        may_declare=draft and sits,
        lacks=len(session_lacks(session, edition, row)) if draft and keeps else 0,
        is_keeper=keeps,
    )


def _to_vote(session: Session, who: Person, edition: ContestEdition, row: Protocol) -> int:
    """Decisions on which this member may vote and has not."""
    if who.person_id not in voters(row.seats):
        return 0
    open_ones = [one for one in row.decisions if not one.hand_note]
    barred = bars(session, edition, row, [one.entry for one in open_ones])
    return sum(
        who.person_id not in barred.get(one.entry_id, {})
        and who.person_id not in {ballot.person_id for ballot in one.ballots}
        for one in open_ones
    )
