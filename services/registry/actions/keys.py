"""The key pairs that sign tokens: made, sealed, replaced, retired."""

import secrets

import sqlalchemy as sa
import structlog
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from services.registry import access, model, queries
from shared import clock
from shared.person import Person, Role
from shared.seals import SIGNING_KEY, seal
from shared.service import current
from shared.unit import Unit, work

log = structlog.get_logger()


def ensure_signing_key() -> tuple[str, str]:
    """The key that signs tokens now (kid, private PEM); the first call of a new installation makes it."""
    key = queries.active_key()
    if key is not None:
        try:
            return key.kid, seal(SIGNING_KEY).decrypt(key.sealed_pem).decode()
        except InvalidToken:
            # The service's secret has changed: the old private half is lost, its tokens live out their time.
            log.warning("signing key cannot be opened, making a new one", kid=key.kid)
    with work(Person.system("registry")) as u:
        made = _make(u)
        return made.kid, seal(SIGNING_KEY).decrypt(made.sealed_pem).decode()


def rotate_signing_key(who: Person, *, compromised: bool = False) -> str:
    """Sign with a new key from now on.

    Tokens of the old key live out their time; a compromised key is retired at once, and everybody
    signs in again. Keys replaced longer ago than a token can live are retired too.
    """
    access.require(who.has(Role.SYSTEM_ADMIN))
    now = clock.now()
    dead = now if compromised else now - current().settings.refresh_lifetime
    with work(who) as u:
        for key in u.session.scalars(
            sa.select(model.SigningKey).where(model.SigningKey.retired_at.is_(None))
        ):
            key.replaced_at = key.replaced_at or now
            if key.replaced_at <= dead:
                key.retired_at = now
            u.announce(key)
        return _make(u).kid


def _make(u: Unit) -> model.SigningKey:
    pair = ec.generate_private_key(ec.SECP256R1())
    private = pair.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = pair.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    key = u.add(
        model.SigningKey(
            kid=secrets.token_hex(8),
            sealed_pem=seal(SIGNING_KEY).encrypt(private),
            public_pem=public.decode(),
        )
    )
    u.journal("signing_key.made", key)
    u.announce(key)
    return key
