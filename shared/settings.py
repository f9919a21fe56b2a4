"""Settings of one service, read from the environment once per application; no globals."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from environs import FileAwareEnv
from marshmallow.validate import Length, OneOf


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
        env.seal()
        return cls(service=service, **values)
