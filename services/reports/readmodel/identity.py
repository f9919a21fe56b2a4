"""Who may sign in, by messages of registry."""

from services.reports.db import db
from shared.identity_tables import KnownAccountMixin, KnownKeyMixin


class KnownAccount(KnownAccountMixin, db.Model):
    """Accounts that registry vouches for."""

    __tablename__ = "known_account"


class KnownKey(KnownKeyMixin, db.Model):
    """Keys that registry signs identities with."""

    __tablename__ = "known_key"
