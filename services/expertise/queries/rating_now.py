"""The rating that a protocol rests on, counted anew from the sheets (BR-58)."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.expertise.model import ContestEdition, Protocol
from services.expertise.queries.corrections import corrections_of
from services.expertise.queries.standings import snapshot, standings
from services.expertise.rules.decisions import snapshot_hash
from services.expertise.rules.states import BINDING


def rating_now(session: Session, edition: ContestEdition, protocol: Protocol) -> list[dict[str, Any]]:
    """Standings of the nominations that the protocol speaks of, with the votes of this protocol (BR-53, BR-58).

    The votes are the protocol's own, and what is signed rests on the appeals decided before it was: neither a later
    protocol nor a later appeal changes what an earlier one gives.
    """
    nominations = {decision.entry.nomination_id for decision in protocol.decisions}
    if not nominations:
        return []
    frozen = {
        UUID(row["entry"]): row["votes"] for row in protocol.rating_snapshot if row["votes"] is not None
    }
    if protocol.decides:
        votes = frozen | {one.entry_id: one.tie_key for one in protocol.decisions}
    else:
        votes = frozen if protocol.rating_snapshot else None
    known = None
    if protocol.state in BINDING:
        appeals = {UUID(row["appeal"]) for row in protocol.rating_snapshot if row.get("appeal")}
        known = corrections_of(session, edition.id, appeals=appeals) if appeals else {}
    return snapshot(standings(session, edition, nominations=nominations, votes=votes, corrections=known))


def is_intact(session: Session, edition: ContestEdition, protocol: Protocol) -> bool:
    """Whether the kept rating still has its hash and the recount gives the same one (BR-58)."""
    return (
        snapshot_hash(protocol.rating_snapshot) == protocol.snapshot_hash
        and snapshot_hash(rating_now(session, edition, protocol)) == protocol.snapshot_hash
    )
