"""What the members of a council sign, as data (BR-58)."""

from datetime import UTC
from typing import Any

from services.expertise.model import Decision, Protocol
from services.expertise.rules.sessions import content_hash


def is_as_signed(protocol: Protocol) -> bool:
    """Whether the protocol still says what was signed; a paper protocol of earlier years has no such hash."""
    return protocol.content_hash is None or content_hash(contents(protocol)) == protocol.content_hash


def contents(protocol: Protocol) -> dict[str, Any]:
    """Everything that a protocol says, as data: what its members sign (BR-58)."""
    return {
        "number": protocol.number,
        "date": protocol.date.isoformat(),
        "council": str(protocol.council_id),
        "place": protocol.place,
        "time": [one and one.astimezone(UTC).isoformat() for one in (protocol.started_at, protocol.ended_at)],
        "chair": protocol.chair,
        "secretary": protocol.secretary,
        "quorum": [protocol.present, protocol.members_total],
        "supersedes": str(protocol.supersedes_id),
        "seats": sorted(
            [str(one.person_id), one.name, one.role.value, one.presence.value] for one in protocol.attendees
        ),
        "agenda": [[one.title, one.heard, one.spoke, one.resolved] for one in protocol.items],
        "conflicts": sorted(
            [str(one.entry_id), str(one.person_id), one.bar.value, one.note] for one in protocol.conflicts
        ),
        "decisions": [_decided(one) for one in sorted(protocol.decisions, key=lambda one: one.entry_id)],
        "rating": protocol.snapshot_hash,
    }


def _decided(decision: Decision) -> dict[str, Any]:
    return {
        "entry": str(decision.entry_id),
        "outcome": decision.outcome.value,
        "title": decision.title and decision.title.value,
        "title_reason": decision.title_reason,
        "votes": [decision.votes_for, decision.votes_against, decision.abstained, decision.tie_votes],
        "by_hand": decision.hand_note,
        "named": sorted([str(one.person_id), one.choice.value, one.preferred] for one in decision.ballots),
        "place": decision.rank,
        "final": str(decision.final_score),
    }
