"""Heads of contest logs, kept where whoever rewrites expertise does not reach them (F6)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import structlog

from services.registry.readmodel import WitnessedHead
from services.registry.rules.witness import Seen, Told, trouble_with
from shared.unit import Unit

log = structlog.get_logger()


def witness_head(
    u: Unit,
    *,
    edition_id: UUID,
    number: int,
    size: int,
    root: str,
    signed_at: datetime,
    kid: str,
    public_key: str,
    text: str,
    signature: str,
    previous_size: int,
    consistency: Sequence[str],
) -> None:
    """Keep a head with what is wrong with it; a head that was kept before is not kept twice."""
    kept = u.session.scalars(sa.select(WitnessedHead).where(WitnessedHead.edition_id == edition_id)).all()
    if any(one.text == text and one.signature == signature for one in kept):
        return
    told = Told(
        edition=str(edition_id),
        number=number,
        size=size,
        root=root,
        kid=kid,
        public_key=public_key,
        text=text,
        signature=signature,
        previous_size=previous_size,
        consistency=consistency,
    )
    seen = [Seen(number=one.number, size=one.size, root=one.root) for one in kept if one.trouble is None]
    trouble = trouble_with(told, seen)
    if trouble is not None:
        log.error("head of a log contradicts the witness", edition=str(edition_id), number=number, why=trouble.value)
    u.add(
        WitnessedHead(
            edition_id=edition_id,
            number=number,
            size=size,
            root=root[:64],
            signed_at=signed_at,
            kid=kid[:32],
            public_key=public_key[:44],
            text=text,
            signature=signature[:88],
            trouble=trouble,
        )
    )
