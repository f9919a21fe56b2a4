"""The key pair that signs heads of logs: made at first need, sealed by the service's secret (F6)."""

import sqlalchemy as sa
import structlog
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.expertise import access
from services.expertise.model import LogKey
from shared import clock, heads
from shared.person import Person
from shared.seals import LOG_KEY, seal
from shared.unit import Unit, work

log = structlog.get_logger()


def signing_key(u: Unit) -> tuple[LogKey, Ed25519PrivateKey]:
    """The key that signs now; a rotated secret of the service makes a new one, the old public half stays."""
    key = u.session.scalar(
        sa.select(LogKey).where(LogKey.replaced_at.is_(None)).order_by(LogKey.created_at.desc()).limit(1)
    )
    if key is not None:
        try:
            return key, Ed25519PrivateKey.from_private_bytes(seal(LOG_KEY).decrypt(key.sealed))
        except InvalidToken:
            log.warning("log key cannot be opened, making a new one", kid=key.kid)
    return _replace(u)


def rotate_log_key(who: Person) -> str:
    """Sign with a new key from now on; the old one still checks what it signed. Gives the new key's name."""
    with work(who) as u:
        access.require_key_keeper(who)
        return _replace(u)[0].kid


def _replace(u: Unit) -> tuple[LogKey, Ed25519PrivateKey]:
    for old in u.session.scalars(sa.select(LogKey).where(LogKey.replaced_at.is_(None))):
        old.replaced_at = clock.now()
        u.announce(old)
    pair = Ed25519PrivateKey.generate()
    public = pair.public_key().public_bytes_raw()
    key = u.add(
        LogKey(
            kid=heads.key_id(public),
            sealed=seal(LOG_KEY).encrypt(pair.private_bytes_raw()),
            public=heads.as_text(public),
        )
    )
    u.journal("log_key.made", key, {"kid": key.kid})
    u.announce(key)
    return key, pair
