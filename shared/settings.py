"""Settings of one service, read from the environment once per application; no globals."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from environs import FileAwareEnv
from marshmallow import ValidationError
from marshmallow.validate import Length, OneOf

from shared.person import Role


def _issuer(address: str) -> None:
    """The login provider is asked over https; without it only on this very machine."""
    if address and not re.match(r"https://|http://(127\.0\.0\.1|localhost|\[::1\])(:|/|$)", address):
        raise ValidationError("https:// expected")


@dataclass(frozen=True)
class Settings:
    """Everything a service is told from outside. Every key stands in ``.env.example`` with a sentence."""

    service: str
    database_url: str
    secret_key: str = field(repr=False)
    amqp_url: str = field(default="", repr=False)
    public_url: str = ""
    cookie_secure: bool = True
    health_file: str = ""
    proxies: int = 0
    log_level: str = "INFO"
    access_lifetime: timedelta = timedelta(minutes=15)
    refresh_lifetime: timedelta = timedelta(days=14)
    testing: bool = False
    #: Registry only: roles that do not sign in without a second factor, and the outer login provider.
    require_second_factor_roles: tuple[Role, ...] = ()
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)

    @classmethod
    def from_env(cls, service: str) -> "Settings":
        """Read ``<SERVICE>_DATABASE_URL`` and the others; every fault is named at once (EnvValidationError).

        Each key may also come from a file named by ``<KEY>_FILE`` (docker secrets).
        """
        env = FileAwareEnv(eager=False, prefix=f"{service.upper()}_", strip_whitespace=True)
        values: dict[str, Any] = {
            "database_url": env.str("DATABASE_URL", validate=Length(min=1)),
            "secret_key": env.str("SECRET_KEY", validate=Length(min=32)),
            "amqp_url": env.str("AMQP_URL", ""),
            "public_url": env.str("PUBLIC_URL", ""),
            "cookie_secure": env.bool("COOKIE_SECURE", True),
            "health_file": env.str("HEALTH_FILE", ""),
            "proxies": env.int("PROXIES", 0),
            "log_level": env.str("LOG_LEVEL", "INFO", validate=OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])),
        }
        roles = env.list("REQUIRE_SECOND_FACTOR_ROLES", [], subcast=_stripped, validate=_known_roles)
        values |= {
            "oidc_issuer": env.str("OIDC_ISSUER", "", validate=_issuer),
            "oidc_client_id": env.str("OIDC_CLIENT_ID", ""),
            "oidc_client_secret": env.str("OIDC_CLIENT_SECRET", ""),
        }
        env.seal()
        demanded = tuple(Role(role) for role in roles or [])
        return cls(service=service, require_second_factor_roles=demanded, **values)

    @property
    def has_provider(self) -> bool:
        """Whether people may also sign in by the outer login provider."""
        return bool(self.oidc_issuer and self.oidc_client_id and self.oidc_client_secret)


def _stripped(text: str) -> str:
    return text.strip()


def _known_roles(roles: list[str]) -> None:
    if unknown := set(roles) - {role.value for role in Role}:
        raise ValidationError(f"no such role: {', '.join(sorted(unknown))}")
