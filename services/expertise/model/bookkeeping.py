"""Messages to send, messages received, the journal, and work outside the request."""

from services.expertise.db import db
from shared.audit import AuditMixin
from shared.jobs import JobMixin
from shared.messaging.store import InboxMixin, OutboxMixin


class Outbox(OutboxMixin, db.Model):
    """Messages of expertise."""

    __tablename__ = "outbox"


class Inbox(InboxMixin, db.Model):
    """Messages to expertise."""

    __tablename__ = "inbox"


class Audit(AuditMixin, db.Model):
    """The journal of expertise."""

    __tablename__ = "audit"


class Job(JobMixin, db.Model):
    """What expertise does outside the request."""

    __tablename__ = "job"
