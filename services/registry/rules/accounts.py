"""Accounts: logins, passwords, lock-out, and which roles need a scope (model 3.5)."""

import re
from datetime import datetime, timedelta

from services.registry.rules.labels import label
from shared.person import Role
from shared.refusal import N_, Refused

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{2,63}")
MIN_PASSWORD = 10
MAX_PASSWORD = 128
MIN_DIFFERENT = 5

ATTEMPTS = 10
LOCK = timedelta(minutes=15)

#: One text for every reason, so that nobody learns which logins exist or are locked.
SIGN_IN_REFUSED = N_("Неверный логин или пароль. После 10 неудачных попыток вход закрывается на 15 минут.")

_BY_ORGANISATION = frozenset({Role.TMS, Role.ORGANISATION})
_BY_MUNICIPALITY = frozenset({Role.EDU_AUTHORITY})


def login_key(login: str) -> str:
    """Logins are told apart regardless of case; Latin letters, digits and . _ - @ + only."""
    if not _LOGIN.fullmatch(login):
        raise Refused("LOGIN", N_("Логин: от 3 до 64 латинских букв, цифр и знаков . _ - @ +"), field="login")
    return login.lower()


def check_password(password: str, login: str, field: str = "password") -> None:
    """A password is long, not monotonous and does not contain the login."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise Refused(
            "PASSWORD",
            N_("Пароль: от %(least)s до %(most)s знаков"),
            field=field,
            least=MIN_PASSWORD,
            most=MAX_PASSWORD,
        )
    if login.lower() in password.lower():
        raise Refused("PASSWORD", N_("Пароль не должен содержать логин"), field=field)
    if len(set(password)) < MIN_DIFFERENT:
        raise Refused("PASSWORD", N_("Пароль слишком однообразен"), field=field)


def is_locked(locked_until: datetime | None, now: datetime) -> bool:
    """Whether sign-in is closed at this moment."""
    return locked_until is not None and now < locked_until


def after_failure(failed: int, now: datetime) -> tuple[int, datetime | None]:
    """The tenth failure closes sign-in for 15 minutes and starts the count anew."""
    failed += 1
    return (0, now + LOCK) if failed >= ATTEMPTS else (failed, None)


def check_grant(role: Role, *, has_organisation: bool, has_municipality: bool) -> None:
    """ТМС and organisations act for an organisation, a МОУО for a municipality (model 3.5)."""
    if role in _BY_ORGANISATION and not has_organisation:
        raise Refused("GRANT", N_("Для роли %(role)s укажите организацию"), field="grants", role=label(role))
    if role in _BY_MUNICIPALITY and not has_municipality:
        raise Refused(
            "GRANT",
            N_("Для роли %(role)s укажите муниципальное образование"),
            field="grants",
            role=label(role),
        )
