"""Tables of messaging, of the journal and of work outside the request."""

from services.registry.db import db
from shared.audit import AuditMixin
from shared.duties import DutyMixin
from shared.jobs import JobMixin
from shared.messaging.store import InboxMixin, OutboxMixin


class Outbox(OutboxMixin, db.Model):
    """What the registry tells."""

    __tablename__ = "outbox"


class Inbox(InboxMixin, db.Model):
    """What the registry was told."""

    __tablename__ = "inbox"


class Audit(AuditMixin, db.Model):
    """Who did what."""

    __tablename__ = "audit"


class Job(JobMixin, db.Model):
    """What is done outside the request."""

    __tablename__ = "job"


class DailyDuty(DutyMixin, db.Model):
    """Which day's duties are done."""

    __tablename__ = "daily_duty"
