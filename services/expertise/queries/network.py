"""The network on a day, from the copies of what registry and events have told."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.readmodel import (
    Act,
    Agreement,
    Event,
    Municipality,
    Organisation,
    Platform,
    Roadmap,
    Transformation,
)
from services.expertise.rules import application as facts
from shared.dated_names import name_on


def network_facts(session: Session, on: date) -> facts.NetworkFacts:
    """What the sections of an entry may be filled from, as of a day (BR-04, BR-12, BR-22)."""
    places = {one.oktmo: one.called_on(on) for one in session.scalars(sa.select(Municipality))}
    agreements = _agreements(session, on)
    platforms = [one for one in session.scalars(sa.select(Platform)) if _active(one.periods, on)]
    return facts.NetworkFacts(
        on=on,
        operator=_operator(session, agreements),
        acts=_acts(session, on),
        participants=_participants(session, agreements, places, on),
        platforms=sum(one.counts_in_i02 for one in platforms),
        organisations=len({key for one in platforms for key in (*one.holder_ids, *one.member_ids)}),
        events=[
            facts.EventFact(
                kind=one.kind,
                title=one.title,
                starts_on=one.starts_on,
                precision=one.date_precision,
                state=one.state,
            )
            for one in session.scalars(sa.select(Event).order_by(Event.starts_on, Event.id))
        ],
        roadmaps=_roadmaps(session, on),
        transformations=[
            facts.TransformationFact(places.get(one.municipality_oktmo, "—"), one.stage, one.since)
            for one in session.scalars(sa.select(Transformation).where(Transformation.since <= on))
        ],
    )


def _acts(session: Session, on: date) -> list[facts.ActFact]:
    rows = session.scalars(
        sa.select(Act)
        .where(Act.in_force_from <= on, sa.or_(Act.in_force_to.is_(None), Act.in_force_to > on))
        .order_by(Act.dated, Act.id)
    )
    return [
        facts.ActFact(
            act_id=one.id,
            kind=one.kind,
            number=one.number,
            dated=one.dated,
            title=one.title,
            level=one.level,
            issuer=one.issuer_name,
            amends=frozenset(map(UUID, one.amends)),
        )
        for one in rows
    ]


def _agreements(session: Session, on: date) -> list[Agreement]:
    """Agreements in force on a day."""
    return list(
        session.scalars(
            sa.select(Agreement).where(
                Agreement.in_force_from <= on,
                Agreement.valid_to >= on,
                sa.or_(Agreement.ended_on.is_(None), Agreement.ended_on > on),
            )
        )
    )


def _operator(session: Session, agreements: list[Agreement]) -> str | None:
    """Who leads the network: the other side of its agreements."""
    if not agreements:
        return None
    (operator_id, _number), *_rest = Counter(one.operator_id for one in agreements).most_common(1)
    operator = session.get(Organisation, operator_id)
    return operator.short_name if operator else None


def _participants(
    session: Session, agreements: list[Agreement], places: dict[str, str], on: date
) -> list[facts.ParticipantFact]:
    wanted = {one.tms_id: one.municipality_oktmo for one in agreements}
    rows = session.scalars(sa.select(Organisation).where(Organisation.id.in_(wanted)))
    return [
        facts.ParticipantFact(name_on(one.names, on, one.full_name), places.get(wanted[one.id], "—"))
        for one in rows
    ]


def _roadmaps(session: Session, on: date) -> list[facts.RoadmapFact]:
    rows = session.scalars(
        sa.select(Roadmap).where(Roadmap.approved_on <= on).order_by(Roadmap.approved_on, Roadmap.id)
    )
    return [
        facts.RoadmapFact(
            one.title,
            one.approved_on,
            [
                facts.ItemFact(
                    no=item["no"],
                    title=item["title"],
                    due_on=date.fromisoformat(item["due_on"]),
                    done_on=_day(item["done_on"]),
                    cancelled_on=_day(item["cancelled_on"]),
                )
                for item in one.items
            ],
        )
        for one in rows
        if one.approved_on is not None
    ]


def _active(periods: list[Any], on: date) -> bool:
    """Whether the status is active on a day (BR-22)."""
    day = on.isoformat()
    return any(since <= day and (until is None or day <= until) for since, until in periods)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
