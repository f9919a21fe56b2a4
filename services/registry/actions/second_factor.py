"""The second factor: codes of a telephone (TOTP, RFC 6238) and one-time codes on paper."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp
import sqlalchemy as sa
import structlog
from cryptography.fernet import InvalidToken

from services.registry import access, model
from services.registry.actions.accounts import managed
from services.registry.rules import accounts, sign_in
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.seals import SECOND_FACTOR, print_of, seal
from shared.service import current
from shared.unit import Unit, work

log = structlog.get_logger()

ISSUER = "МетодСеть"
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Enrolment:
    """What the telephone must learn: the secret as text and as the address in the QR code."""

    secret: str
    uri: str


def begin_enrolment(who: Person) -> Enrolment:
    """Make a new secret for the own telephone; it counts only after a code made from it."""
    access.require(access.may_secure_itself(who))
    with work(who) as u:
        account = u.get(model.Account, who.account_id)
        prepare(u, account.id)
        return enrolment(u, account)


def enrolment_of(who: Person) -> Enrolment:
    """The secret that waits for the first code of the own telephone."""
    access.require(access.may_secure_itself(who))
    with work(who) as u:
        return enrolment(u, u.get(model.Account, who.account_id))


def confirm_enrolment(who: Person, *, code: str) -> list[str]:
    """Switch the second factor on by a code; the ten recovery codes are shown this once."""
    access.require(access.may_secure_itself(who))
    with work(who) as u:
        return confirm(u, u.get(model.Account, who.account_id), code)


def renew_recovery_codes(who: Person, *, code: str) -> list[str]:
    """Make ten new recovery codes, proving oneself by a code; the old ones end."""
    access.require(access.may_secure_itself(who))
    prove(who, who.account_id, code)
    with work(who) as u:
        account = u.get(model.Account, who.account_id)
        u.journal("second_factor.codes_renewed", account)
        return _new_codes(u, account.id)


def drop_second_factor(who: Person, *, code: str) -> None:
    """Switch the own second factor off, proving oneself by a code, unless the role demands it."""
    access.require(access.may_secure_itself(who))
    sign_in.check_may_drop(
        [grant.role for grant in who.grants], current().settings.require_second_factor_roles
    )
    prove(who, who.account_id, code)
    with work(who) as u:
        _forget(u, who.account_id)
        u.journal("second_factor.dropped", u.get(model.Account, who.account_id))


def reset_second_factor(who: Person, *, account_id: UUID, reason: str) -> None:
    """A manager takes a lost second factor away, naming the reason; everything signed in is signed out."""
    with work(who) as u:
        account = managed(u, account_id)
        _forget(u, account_id)
        account.not_before = clock.now()
        u.journal("second_factor.reset", account, {"reason": reason})
        u.announce(account)


def prepare(u: Unit, account_id: UUID) -> None:
    """A new unconfirmed secret; a secret that somebody may have seen before is never confirmed later."""
    row = _factor(u, account_id)
    if row is not None and row.confirmed_at is not None:
        raise Refused("SECOND_FACTOR", N_("Второй фактор уже подключён"))
    sealed = seal(SECOND_FACTOR).encrypt(pyotp.random_base32().encode())
    if row is None:
        u.add(model.SecondFactor(account_id=account_id, sealed_secret=sealed))
    else:
        row.sealed_secret = sealed
    u.session.flush()


def enrolment(u: Unit, account: model.Account) -> Enrolment:
    """The unconfirmed secret of an account, for its owner's telephone."""
    row = _factor(u, account.id)
    secret = _secret(row) if row is not None and row.confirmed_at is None else None
    if secret is None:
        raise Refused("SECOND_FACTOR", N_("Начните подключение второго фактора заново"))
    uri = pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=ISSUER)
    return Enrolment(secret, uri)


def confirm(u: Unit, account: model.Account, code: str) -> list[str]:
    """Switch the factor on by the first code of the telephone."""
    row = _factor(u, account.id)
    step = _step_of(row, code, clock.now()) if row is not None and row.confirmed_at is None else None
    if step is None:
        raise Refused(
            "SECOND_FACTOR", N_("Код не подошёл. Проверьте время на телефоне и введите новый."), field="code"
        )
    row.confirmed_at, row.last_step = clock.now(), step
    u.journal("second_factor.enrolled", account)
    return _new_codes(u, account.id)


def prove(who: Person, account_id: UUID, code: str) -> None:
    """Accept a code of the telephone or of the paper, each once; failures count to the lock-out."""
    with work(who) as u:
        account = u.session.scalars(
            sa.select(model.Account).where(model.Account.id == account_id).with_for_update(of=model.Account)
        ).one()
        now = clock.now()
        locked = accounts.is_locked(account.locked_until, now)
        right = account.active and not locked and _accepts(u, account.id, code, now)
        if right:
            count_attempts(u, account.id, 0, None)
        elif not locked:
            count_attempts(u, account.id, *accounts.after_failure(account.failed_attempts, now))
            u.journal("second_factor.failed", account)
    if not right:
        raise Refused("SECOND_FACTOR", sign_in.CODE_REFUSED, field="code")


def count_attempts(u: Unit, account_id: UUID, attempts: int, until: datetime | None) -> None:
    """Count failures past the optimistic lock: they are no change that others should hear of."""
    u.session.execute(
        sa.update(model.Account)
        .where(model.Account.id == account_id)
        .values(failed_attempts=attempts, locked_until=until)
        .execution_options(synchronize_session=False)
    )


def _accepts(u: Unit, account_id: UUID, code: str, now: datetime) -> bool:
    row = _factor(u, account_id)
    if row is None or row.confirmed_at is None:
        return False
    step = _step_of(row, code, now)
    if step is not None and sign_in.is_fresh(step, row.last_step):
        row.last_step = step
        return True
    paper = u.session.scalars(
        sa.select(model.RecoveryCode).where(
            model.RecoveryCode.account_id == account_id,
            model.RecoveryCode.code_hash == print_of(sign_in.plain_code(code)),
            model.RecoveryCode.used_at.is_(None),
        )
    ).one_or_none()
    if paper is not None:
        paper.used_at = now
    return paper is not None


def _step_of(row: model.SecondFactor, code: str, now: datetime) -> int | None:
    """The time step whose code this is."""
    secret = _secret(row)
    if secret is None:
        return None
    totp, given = pyotp.TOTP(secret), sign_in.plain_code(code)
    return next(
        (step for step in sign_in.steps(now) if pyotp.utils.strings_equal(totp.generate_otp(step), given)),
        None,
    )


def _secret(row: model.SecondFactor) -> str | None:
    try:
        return seal(SECOND_FACTOR).decrypt(row.sealed_secret).decode()
    except InvalidToken:
        # The service's secret has changed: the telephone must be enrolled anew.
        log.warning("second factor cannot be opened", account=str(row.account_id))
        return None


def _new_codes(u: Unit, account_id: UUID) -> list[str]:
    """Ten codes of 80 bits, so that their prints cannot be guessed back."""
    u.session.execute(sa.delete(model.RecoveryCode).where(model.RecoveryCode.account_id == account_id))
    codes = [
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
        for _ in range(sign_in.RECOVERY_CODES)
    ]
    u.session.add_all(
        model.RecoveryCode(account_id=account_id, code_hash=print_of(sign_in.plain_code(code)))
        for code in codes
    )
    return codes


def _forget(u: Unit, account_id: UUID) -> None:
    for kind in (model.SecondFactor, model.RecoveryCode):
        u.session.execute(sa.delete(kind).where(kind.account_id == account_id))


def _factor(u: Unit, account_id: UUID) -> model.SecondFactor | None:
    return u.session.scalars(
        sa.select(model.SecondFactor).where(model.SecondFactor.account_id == account_id)
    ).one_or_none()
