"""One thing by its identifier, with what every action about it needs, in as few SELECTs as possible."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from services.expertise.model import (
    Appeal,
    Assignment,
    ContestEdition,
    Entry,
    ExpertProfile,
    Nomination,
    Protocol,
    ScoreSheet,
    Stage,
)
from services.expertise.rules.vocabulary import SheetState, StageKind
from shared.refusal import N_, NotFound, Refused


def edition(session: Session, edition_id: UUID) -> ContestEdition:
    """The edition with its series."""
    found = session.get(ContestEdition, edition_id, options=[joinedload(ContestEdition.series)])
    if found is None:
        raise NotFound(N_("выпуск конкурса"))
    return found


def nomination(session: Session, nomination_id: UUID) -> Nomination:
    """The nomination with its edition."""
    found = session.get(Nomination, nomination_id, options=[joinedload(Nomination.edition)])
    if found is None:
        raise NotFound(N_("номинация"))
    return found


def entry(session: Session, entry_id: UUID) -> Entry:
    """The entry with its edition and nomination."""
    found = session.scalar(
        sa.select(Entry)
        .where(Entry.id == entry_id)
        .options(
            joinedload(Entry.edition).joinedload(ContestEdition.series),
            joinedload(Entry.nomination),
        )
    )
    if found is None:
        raise NotFound(N_("заявка"))
    return found


def stage(edition: ContestEdition, kind: StageKind) -> Stage:
    """The stage of this kind."""
    found = edition.stage(kind)
    if found is None:
        raise Refused("3.2 Stage", N_("В выпуске нет такого этапа"), field="stage_kind")
    return found


def assignment(session: Session, assignment_id: UUID) -> Assignment:
    """The assignment with its entry, edition, rubric, stage and expert."""
    entry_of = joinedload(Assignment.entry, innerjoin=True)
    found = session.scalar(
        sa.select(Assignment)
        .where(Assignment.id == assignment_id)
        .options(
            entry_of.joinedload(Entry.edition, innerjoin=True),
            entry_of.joinedload(Entry.nomination, innerjoin=True).joinedload(
                Nomination.rubric, innerjoin=True
            ),
            entry_of.lazyload(Entry.co_applicants),
            joinedload(Assignment.stage, innerjoin=True),
            joinedload(Assignment.expert, innerjoin=True),
        )
    )
    if found is None:
        raise NotFound(N_("назначение эксперта"))
    return found


def live_sheet(session: Session, assignment_id: UUID) -> ScoreSheet | None:
    """The draft or signed sheet of an assignment; there is at most one."""
    return session.scalar(
        sa.select(ScoreSheet).where(
            ScoreSheet.assignment_id == assignment_id,
            ScoreSheet.state.in_((SheetState.DRAFT, SheetState.SIGNED)),
        )
    )


def expert_of(session: Session, person_id: UUID | None) -> ExpertProfile | None:
    """The expert profile of a person."""
    return session.scalar(sa.select(ExpertProfile).where(ExpertProfile.person_id == person_id))


def protocol(session: Session, protocol_id: UUID) -> Protocol:
    """The protocol with its council."""
    found = session.get(Protocol, protocol_id, options=[joinedload(Protocol.council)])
    if found is None:
        raise NotFound(N_("протокол"))
    return found


def protocol_to_change(session: Session, protocol_id: UUID) -> Protocol:
    """The protocol, held until the end of the unit: two last signatures at once must see one another."""
    found = session.get(Protocol, protocol_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound(N_("протокол"))
    return found


def appeal(session: Session, appeal_id: UUID) -> Appeal:
    """The appeal with its entry, edition and rubric."""
    entry_of = joinedload(Appeal.entry, innerjoin=True)
    found = session.scalar(
        sa.select(Appeal)
        .where(Appeal.id == appeal_id)
        .options(
            entry_of.joinedload(Entry.edition, innerjoin=True).joinedload(ContestEdition.series),
            entry_of.joinedload(Entry.nomination, innerjoin=True).joinedload(Nomination.rubric),
        )
    )
    if found is None:
        raise NotFound(N_("апелляция"))
    return found
