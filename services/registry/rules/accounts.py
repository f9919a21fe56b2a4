"""Accounts: logins, passwords, lock-out, and which roles need a scope (model 3.5)."""

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from services.registry.rules.common_passwords import ROWS, WORDS
from services.registry.rules.labels import label
from shared.person import Grant, Role
from shared.refusal import N_, Refused

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{2,63}")
MIN_PASSWORD = 10
MAX_PASSWORD = 128
MIN_DIFFERENT = 5

#: A part of a name shorter than this may stand in a password by chance.
SHORTEST_NAME = 3

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


def check_password(password: str, login: str, field: str = "password", names: Collection[str] = ()) -> None:
    """A password is long, not monotonous, not common, and contains neither the login nor the person's name."""
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
    if is_common(password):
        raise Refused("PASSWORD", N_("Такой пароль подбирают первым: придумайте другой"), field=field)
    if contains_name(password, names):
        raise Refused("PASSWORD", N_("Пароль не должен содержать имя или фамилию"), field=field)


def is_common(password: str) -> bool:
    """Whether a password is a common word or a row of keys with nothing but digits and signs around it."""
    plain = password.casefold()
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    rows = [row for straight in ROWS for row in (straight, straight[::-1])]
    return not core or core in WORDS or plain in WORDS or any(plain in row or core in row for row in rows)


def contains_name(password: str, names: Iterable[str]) -> bool:
    """Whether a part of the person's name stands in the password (ё is е)."""
    plain = password.casefold().replace("ё", "е")
    parts = {part for name in names for part in re.split(r"\W+", name.casefold().replace("ё", "е"))}
    return any(part in plain for part in parts if len(part) >= SHORTEST_NAME)


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


def check_term(valid_from: date | None, valid_to: date | None) -> None:
    """A role is given for a term, both days included; without an end it is unlimited (model 3.5)."""
    if valid_from and valid_to and valid_to < valid_from:
        raise Refused("GRANT", N_("Роль не может кончиться раньше, чем начнётся"), field="grants")


def check_grants(grants: Iterable[Grant]) -> None:
    """The same role with the same scope is not given twice for the same days."""
    seen: list[Grant] = []
    for grant in grants:
        if any(_same(grant, other) and _overlap(grant, other) for other in seen):
            raise Refused(
                "GRANT",
                N_("Роль %(role)s на эти дни уже выдана"),
                field="grants",
                role=label(grant.role),
            )
        seen.append(grant)


def _same(one: Grant, other: Grant) -> bool:
    return (one.role, one.organisation_id, one.municipality_oktmo) == (
        other.role,
        other.organisation_id,
        other.municipality_oktmo,
    )


def _overlap(one: Grant, other: Grant) -> bool:
    return (one.valid_from or date.min) <= (other.valid_to or date.max) and (
        other.valid_from or date.min
    ) <= (one.valid_to or date.max)
