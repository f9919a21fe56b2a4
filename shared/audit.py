"""The journal: who did what to which thing, when. Append only (BR-71)."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared import clock, ids
from shared.db import Json, UtcDateTime


class AuditMixin:
    """One line of the journal; names of people do not enter it, only their identifiers."""

    id: Mapped[UUID] = mapped_column(sa.Uuid(), primary_key=True, default=ids.new_id)
    at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now, index=True)
    account_id: Mapped[UUID | None] = mapped_column(sa.Uuid())
    what: Mapped[str] = mapped_column(sa.String(80))
    object_kind: Mapped[str] = mapped_column(sa.String(40))
    object_id: Mapped[UUID | None] = mapped_column(sa.Uuid(), index=True)
    note: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    request_id: Mapped[str | None] = mapped_column(sa.String(64))
