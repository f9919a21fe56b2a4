"""What a protocol lacks before it may be signed (BR-57)."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from services.expertise.model import ContestEdition, Decision, Protocol
from services.expertise.queries.barring import bars
from services.expertise.rules import sessions as rules
from services.expertise.rules.decisions import Votes
from services.expertise.rules.vocabulary import VoteBar
from shared import clock
from shared.refusal import Refused


def session_lacks(session: Session, edition: ContestEdition, protocol: Protocol) -> list[Refused]:
    """Everything that keeps a draft from being given out for signing."""
    barred = bars(session, edition, protocol, [one.entry for one in protocol.decisions])
    return rules.lacks(
        rules.SessionFacts(
            date=protocol.date,
            started_at=protocol.started_at,
            ended_at=protocol.ended_at,
            place=protocol.place,
            chair_id=protocol.chair_id,
            secretary_id=protocol.secretary_id,
            seats=protocol.seats,
            agenda=[(item.title, item.resolved) for item in protocol.items],
            questions=[question(one, barred.get(one.entry_id, {})) for one in protocol.decisions],
        ),
        clock.today(),
    )


def question(decision: Decision, barred: Mapping[UUID, VoteBar]) -> rules.Question:
    """A decision as the rules of voting know it."""
    counted = Votes(decision.votes_for, decision.votes_against, decision.abstained)
    return rules.Question(
        label=decision.entry.label,
        barred=frozenset(barred),
        ballots={one.person_id: one.choice for one in decision.ballots},
        counted=counted if decision.hand_note else None,
    )
