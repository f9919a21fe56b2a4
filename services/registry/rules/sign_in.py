"""Signing in step by step: what is still needed, the second factor (RFC 6238), one-time tokens."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.registry.rules.kinds import GrantState
from shared.person import Grant, Role
from shared.refusal import N_, Refused

#: How long a sign-in may stop between the password and the last step.
PENDING = timedelta(minutes=10)
#: A code lives 30 seconds (RFC 6238); clocks of telephones may be one step off either way.
STEP = 30
DRIFT = (0, -1, 1)
RECOVERY_CODES = 10
INVITATION = timedelta(days=7)
PERSONAL_TOKEN_DAYS = 365
MAX_TOKENS = 20

CODE_REFUSED = N_("Код не подошёл. Возьмите новый код из приложения или один из запасных.")
#: One text for every reason: unknown, expired, revoked, already used.
INVITATION_REFUSED = N_("Приглашение не действует. Попросите того, кто вас пригласил, прислать новое.")


class Need(StrEnum):
    """What a person who named the right password must still do before the session begins."""

    NOTHING = "NOTHING"
    CODE = "CODE"
    ENROLMENT = "ENROLMENT"
    NEW_PASSWORD = "NEW_PASSWORD"  # noqa: S105 - the name of a step


def next_need(
    *,
    enrolled: bool,
    code_given: bool,
    must_change: bool,
    roles: Collection[Role],
    demanded: Collection[Role],
) -> Need:
    """The second factor first, then the enrolment that a role demands, then the password set by somebody else."""
    if enrolled and not code_given:
        return Need.CODE
    if not enrolled and is_demanded(roles, demanded):
        return Need.ENROLMENT
    return Need.NEW_PASSWORD if must_change else Need.NOTHING


def is_demanded(roles: Collection[Role], demanded: Collection[Role]) -> bool:
    """Whether one of the person's roles may not sign in without a second factor."""
    return not set(roles).isdisjoint(demanded)


def grant_state(grant: Grant, today: date) -> GrantState:
    """A role counts within its term only, both days included (model 3.5)."""
    if grant.in_force(today):
        return GrantState.IN_FORCE
    return GrantState.TO_COME if grant.valid_from and today < grant.valid_from else GrantState.OVER


def steps(now: datetime) -> Iterable[int]:
    """The time steps whose codes are accepted now, the present one first (RFC 6238, 5.2)."""
    present = int(now.timestamp()) // STEP
    return (present + drift for drift in DRIFT)


def is_fresh(step: int, last: int | None) -> bool:
    """A code is accepted once: neither it nor an older one opens anything again (RFC 6238, 5.2)."""
    return last is None or step > last


def check_may_drop(roles: Collection[Role], demanded: Collection[Role]) -> None:
    """Whose role demands the second factor does not switch it off."""
    if is_demanded(roles, demanded):
        raise Refused("SECOND_FACTOR", N_("Ваша роль требует второго фактора: отключить его нельзя"))


def plain_code(code: str) -> str:
    """A code as people type it: spaces, hyphens and letter case mean nothing."""
    return "".join(char for char in code if char.isalnum()).lower()


def token_scope(services: Iterable[str], *, may_write: bool) -> str:
    """The scope of a personal token: «events:read registry:read»; who may write may also read."""
    return " ".join(f"{service}:{'write' if may_write else 'read'}" for service in sorted(set(services)))


def check_token(days: int, existing: int) -> None:
    """A personal token lives a year at most, and a person has 20 of them at most."""
    if not 1 <= days <= PERSONAL_TOKEN_DAYS:
        raise Refused(
            "TOKEN", N_("Срок токена: от 1 до %(most)s дней"), field="days", most=PERSONAL_TOKEN_DAYS
        )
    if existing >= MAX_TOKENS:
        raise Refused("TOKEN", N_("Токенов уже %(most)s: отзовите ненужные"), most=MAX_TOKENS)
