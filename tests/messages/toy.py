"""Two tiny services, one that tells and one that listens, to test messaging apart from any domain."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from flask import Blueprint, Flask
from sqlalchemy.orm import Mapped, mapped_column

from shared.app import make_app
from shared.audit import AuditMixin
from shared.db import Aggregate, Copy, make_db
from shared.identity_tables import KnownAccountMixin, KnownKeyMixin
from shared.messaging.contract import Contract
from shared.messaging.copies import keep
from shared.messaging.envelope import Envelope
from shared.messaging.store import InboxMixin, OutboxMixin
from shared.service import Tables
from shared.settings import Settings
from shared.unit import Unit


class Toy:
    """One toy service: its application, tables and contract."""

    def __init__(self, name: str, folder: Path, *, url: str | None = None, amqp_url: str = "") -> None:
        self.db = db = make_db()
        self.contract = contract = Contract(name)
        #: Texts of notes whose next handling fails, once for each time they stand here.
        self.trouble: list[str] = []

        class Outbox(OutboxMixin, db.Model):
            __tablename__ = "outbox"

        class Inbox(InboxMixin, db.Model):
            __tablename__ = "inbox"

        class Audit(AuditMixin, db.Model):
            __tablename__ = "audit"

        class KnownAccount(KnownAccountMixin, db.Model):
            __tablename__ = "known_account"

        class KnownKey(KnownKeyMixin, db.Model):
            __tablename__ = "known_key"

        if name == "alpha":

            @contract.publishes("alpha.note.changed.v1", subject="note_id")
            @dataclass(frozen=True, kw_only=True)
            class NoteChanged:
                """The whole note."""

                note_id: UUID
                text: str

            class Note(Aggregate, db.Model):
                __tablename__ = "note"
                text: Mapped[str] = mapped_column(sa.String(100))

                def told(self) -> NoteChanged:
                    return NoteChanged(note_id=self.id, text=self.text)

        else:

            @contract.consumes("alpha.note.changed.v1")
            @dataclass(frozen=True, kw_only=True)
            class NoteHeard:
                """What we keep of a note."""

                note_id: UUID
                text: str

            class Note(Copy, db.Model):
                __tablename__ = "note"
                text: Mapped[str] = mapped_column(sa.String(100))

            @contract.handles(NoteHeard)
            def hear(u: Unit, message: NoteHeard, envelope: Envelope) -> None:
                if message.text in self.trouble:
                    self.trouble.remove(message.text)
                    raise RuntimeError("flaky")
                if message.text == "poison":
                    raise ValueError("poison")
                keep(u, Note, message.note_id, envelope, text=message.text)

        self.Note, self.Inbox, self.Outbox, self.Audit = Note, Inbox, Outbox, Audit
        self.app: Flask = make_app(
            name,
            __name__,
            title=name,
            settings=Settings(
                service=name,
                database_url=url or f"sqlite:///{folder / name}.db",
                secret_key="x" * 40,
                amqp_url=amqp_url,
                cookie_secure=False,
                testing=True,
                log_level="ERROR",
            ),
            db=db,
            contract=contract,
            tables=Tables(Outbox, Inbox, Audit, KnownAccount, KnownKey),
            pages=Blueprint("pages", __name__),
            apis=[],
            aggregates={"note": Note} if name == "alpha" else None,
        )
        with self.app.app_context():
            db.create_all()
