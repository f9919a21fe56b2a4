"""Signed heads of logs and the keys that signed them (F6)."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.model import LedgerLine, LogKey, TreeHead
from services.expertise.queries.views import HeadView, KeyView
from shared.unit import read


def last_head(session: Session, edition_id: UUID) -> HeadView | None:
    """The newest head of an edition's log: printed papers carry it, its size and root (F6)."""
    row = session.scalar(_heads(edition_id).limit(1))
    return row and _view(row)


def head_line(edition_id: UUID) -> str | None:
    """The newest head as one line of a paper: ``size:root``, the form that the verifier takes; None without one."""
    head = last_head(read(), edition_id)
    return head and head.printed


def log_keys() -> list[KeyView]:
    """Public halves of every key that ever signed a head, the newest first; open to everybody."""
    rows = read().scalars(sa.select(LogKey).order_by(LogKey.created_at.desc(), LogKey.id.desc()))
    return [
        KeyView(kid=row.kid, public=row.public, made_at=row.created_at, replaced_at=row.replaced_at)
        for row in rows
    ]


def heads_of(session: Session, edition_id: UUID) -> list[HeadView]:
    """Every head of an edition's log, the newest first, each with what was written last before it."""
    rows = session.execute(
        sa.select(TreeHead, LedgerLine.kind)
        .outerjoin(
            LedgerLine,
            sa.and_(LedgerLine.edition_id == TreeHead.edition_id, LedgerLine.seq == TreeHead.size - 1),
        )
        .where(TreeHead.edition_id == edition_id)
        .order_by(TreeHead.number.desc())
    )
    return [_view(row, kind) for row, kind in rows]


def _heads(edition_id: UUID) -> sa.Select[tuple[TreeHead]]:
    return sa.select(TreeHead).where(TreeHead.edition_id == edition_id).order_by(TreeHead.number.desc())


def _view(row: TreeHead, after: object = None) -> HeadView:
    return HeadView(
        number=row.number,
        size=row.size,
        root=row.root,
        at=row.at,
        kid=row.kid,
        text=row.text,
        signature=row.signature,
        after=after,
    )
