"""Kept heads of contest logs: for everybody who checks a log, and as an alarm for the operator (F6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from services.registry.readmodel import Edition, WitnessedHead
from services.registry.rules.witness import Trouble
from shared.unit import read
from shared.web.paging import Page, paged


@dataclass(frozen=True, kw_only=True)
class HeadRow:
    """A kept head with the title of its contest, when the contest is known."""

    edition_id: UUID
    title: str | None
    number: int
    size: int
    root: str
    signed_at: datetime
    received_at: datetime
    kid: str
    public_key: str
    text: str
    signature: str
    trouble: Trouble | None

    @property
    def printed(self) -> str:
        """How papers print a head, and how the verifier takes it."""
        return f"{self.size}:{self.root}"


def witnessed_heads(*, edition_id: UUID | None = None, page: int = 1, size: int = 50) -> Page[HeadRow]:
    """Kept heads, the newest first; open to everybody: a witness that nobody can ask is none."""
    statement = _heads().order_by(WitnessedHead.received_at.desc(), WitnessedHead.id.desc())
    if edition_id is not None:
        statement = statement.where(WitnessedHead.edition_id == edition_id)
    portion = paged(statement, page, size, scalars=False)
    return Page([_row(*one) for one in portion.items], portion.total, portion.page, portion.pages)


def troubled_heads() -> Sequence[HeadRow]:
    """Heads that contradict the kept ones: somebody rewrote a log; nobody can take such an alarm back."""
    rows = read().execute(
        _heads().where(WitnessedHead.trouble.is_not(None)).order_by(WitnessedHead.received_at.desc())
    )
    return [_row(*one) for one in rows]


def _heads() -> sa.Select[tuple[WitnessedHead, str]]:
    return sa.select(WitnessedHead, Edition.title).outerjoin(Edition, Edition.id == WitnessedHead.edition_id)


def _row(head: WitnessedHead, title: str | None) -> HeadRow:
    return HeadRow(
        edition_id=head.edition_id,
        title=title,
        number=head.number,
        size=head.size,
        root=head.root,
        signed_at=head.signed_at,
        received_at=head.received_at,
        kid=head.kid,
        public_key=head.public_key,
        text=head.text,
        signature=head.signature,
        trouble=head.trouble,
    )
