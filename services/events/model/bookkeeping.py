"""Tables that every service has: letters out, letters in, the journal."""

from services.events.db import db
from shared.audit import AuditMixin
from shared.messaging.store import InboxMixin, OutboxMixin


class Outbox(OutboxMixin, db.Model):
    """Messages waiting to be sent, written in the transaction that makes them true."""

    __tablename__ = "outbox"


class Inbox(InboxMixin, db.Model):
    """Messages received, kept before anything is done about them."""

    __tablename__ = "inbox"


class Audit(AuditMixin, db.Model):
    """Who did what, when."""

    __tablename__ = "audit"
