"""Signing in, step by step. Between the steps there is a short-lived signed ticket and no session."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from itsdangerous import BadData, URLSafeSerializer

from services.registry import model, queries
from services.registry.actions import passwords, second_factor
from services.registry.actions.accounts import set_password
from services.registry.rules import accounts
from services.registry.rules.sign_in import PENDING, Need
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused, SignInNeeded
from shared.service import current
from shared.unit import Unit, work

SYSTEM = Person.system("registry")
BEGIN_ANEW = N_("Вход начат слишком давно или уже завершён. Начните сначала.")
STEP_NEEDED = {
    Need.CODE: ("SECOND_FACTOR", N_("Нужен код второго фактора")),
    Need.ENROLMENT: (
        "SECOND_FACTOR",
        N_("Ваша роль требует второго фактора: подключите его на странице входа"),
    ),
    Need.NEW_PASSWORD: ("PASSWORD", N_("Пароль задан не вами: смените его на странице входа")),
}


@dataclass(frozen=True)
class Step:
    """How far a sign-in has come: the ticket to show at the next step, and what that step is."""

    ticket: str
    need: Need


def sign_in(login: str, password: str, code: str | None = None) -> Person:
    """Recognise a person at once, for programs; a step that needs a page is refused by its name."""
    step = begin_sign_in(login, password)
    if step.need is Need.CODE and code:
        step = give_code(step.ticket, code=code)
    if step.need is not Need.NOTHING:
        rule, text = STEP_NEEDED[step.need]
        raise Refused(rule, text)
    return finish_sign_in(step.ticket)


def begin_sign_in(login: str, password: str) -> Step:
    """Recognise a person by login and password.

    Every refusal reads the same and takes the same time, so that nobody learns which logins exist;
    ten failures close the account for 15 minutes. Failures before a code is accepted are not forgotten:
    who knows the password may not guess codes without end.
    """
    now = clock.now()
    known = queries.credentials(login)
    right = passwords.verify(known.password_hash if known else passwords.of_nobody(), password)
    if known is None:
        raise Refused("SIGN_IN", accounts.SIGN_IN_REFUSED)
    with work(SYSTEM) as u:
        account = _locked_row(u, known.account_id)
        locked = accounts.is_locked(account.locked_until, now)
        allowed = right and account.active and not locked
        if not allowed:
            if not locked:
                second_factor.count_attempts(
                    u, account.id, *accounts.after_failure(account.failed_attempts, now)
                )
            u.journal("account.sign_in_failed", account)
        else:
            step = _step(u, account, code_given=False)
            if step.need is not Need.CODE:
                second_factor.count_attempts(u, account.id, 0, None)
    if not allowed:
        raise Refused("SIGN_IN", accounts.SIGN_IN_REFUSED)
    return step


def begin_sign_in_by_provider(issuer: str, subject: str) -> Step:
    """Recognise a person by the identity that was linked before; an unknown one opens no account."""
    with work(SYSTEM) as u:
        account = u.session.scalars(
            sa.select(model.Account)
            .join(model.ProviderLink, model.ProviderLink.account_id == model.Account.id)
            .where(model.ProviderLink.issuer == issuer, model.ProviderLink.subject == subject)
        ).one_or_none()
        if account is None or not account.active:
            raise Refused(
                "SIGN_IN",
                N_(
                    "Этот вход не связан ни с одной учётной записью. Войдите по паролю и свяжите его в профиле."
                ),
            )
        return _step(u, account, code_given=False)


def give_code(ticket: str, *, code: str) -> Step:
    """The second step: a code of the telephone or of the paper."""
    account_id, given = _opened(ticket)
    if not given:
        second_factor.prove(SYSTEM, account_id, code)
    with work(SYSTEM) as u:
        return _step(u, u.get(model.Account, account_id), code_given=True)


def enrolment_at_sign_in(ticket: str) -> second_factor.Enrolment:
    """What the telephone must learn before a role that demands a second factor lets its owner in."""
    account_id, _ = _at(ticket, Need.ENROLMENT)
    with work(SYSTEM) as u:
        return second_factor.enrolment(u, u.get(model.Account, account_id))


def enrol_at_sign_in(ticket: str, *, code: str) -> tuple[Step, list[str]]:
    """Switch the demanded second factor on; the recovery codes are shown this once."""
    account_id, _ = _at(ticket, Need.ENROLMENT)
    with work(SYSTEM) as u:
        account = u.get(model.Account, account_id)
        codes = second_factor.confirm(u, account, code)
        return _step(u, account, code_given=True), codes


def choose_password(ticket: str, *, new_password: str) -> Step:
    """Replace the password that somebody else has set, before the session begins."""
    account_id, code_given = _at(ticket, Need.NEW_PASSWORD)
    with work(SYSTEM) as u:
        account = u.get(model.Account, account_id)
        if passwords.verify(account.password_hash, new_password):
            raise Refused(
                "PASSWORD", N_("Придумайте пароль, которого не знает никто другой"), field="new_password"
            )
        set_password(u, account, new_password)
        return _step(u, account, code_given=code_given)


def finish_sign_in(ticket: str) -> Person:
    """Begin the session; the ticket is used up."""
    account_id, _ = _at(ticket, Need.NOTHING)
    with work(SYSTEM) as u:
        account = _locked_row(u, account_id)
        _check_mark(account, _payload(ticket))
        u.session.execute(
            sa.update(model.Account)
            .where(model.Account.id == account_id)
            .values(last_sign_in_at=clock.now())
            .execution_options(synchronize_session=False)
        )
        u.journal("account.signed_in", account)
    return queries.account_card(account_id)


def need_of(ticket: str) -> Need:
    """What the ticket's next step is."""
    account_id, code_given = _opened(ticket)
    return queries.sign_in_need(account_id, code_given=code_given)


def _step(u: Unit, account: model.Account, *, code_given: bool) -> Step:
    u.session.flush()
    need = queries.sign_in_need(account.id, code_given=code_given)
    if need is Need.ENROLMENT:
        second_factor.prepare(u, account.id)
    payload = {
        "account": str(account.id),
        "code": code_given,
        "at": clock.now().isoformat(),
        "mark": _mark(account),
    }
    return Step(_signer().dumps(payload), need)


def _at(ticket: str, need: Need) -> tuple[UUID, bool]:
    """The account of a ticket that stands at this very step."""
    account_id, code_given = _opened(ticket)
    if queries.sign_in_need(account_id, code_given=code_given) is not need:
        raise SignInNeeded(BEGIN_ANEW)
    return account_id, code_given


def _opened(ticket: str) -> tuple[UUID, bool]:
    payload = _payload(ticket)
    account_id = UUID(str(payload["account"]))
    with work(SYSTEM) as u:
        _check_mark(u.get(model.Account, account_id), payload)
    return account_id, bool(payload["code"])


def _payload(ticket: str) -> dict[str, object]:
    try:
        payload: dict[str, object] = _signer().loads(ticket)
    except BadData:
        raise SignInNeeded(BEGIN_ANEW) from None
    if clock.now() - datetime.fromisoformat(str(payload["at"])) > PENDING:
        raise SignInNeeded(BEGIN_ANEW)
    return payload


def _check_mark(account: model.Account, payload: dict[str, object]) -> None:
    if not account.active or payload["mark"] != _mark(account):
        raise SignInNeeded(BEGIN_ANEW)


def _mark(account: model.Account) -> str:
    """Changes with every finished sign-in, new password and closing: an older ticket opens nothing."""
    return (
        f"{account.not_before.isoformat()} {account.last_sign_in_at and account.last_sign_in_at.isoformat()}"
    )


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current().settings.secret_key, salt="metodset registry sign-in")


def _locked_row(u: Unit, account_id: UUID) -> model.Account:
    return u.session.scalars(
        sa.select(model.Account)
        .where(model.Account.id == account_id)
        .with_for_update(of=model.Account)
        .execution_options(populate_existing=True)
    ).one()
