"""Personal tokens: made once, kept as a print, changed for short-lived access tokens."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model, queries
from services.registry.rules import sign_in as rules
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, SignInNeeded
from shared.seals import print_of
from shared.unit import Unit, work

PREFIX = "mst_"


def make_token(who: Person, *, name: str, services: Sequence[str], may_write: bool, days: int) -> str:
    """Make a named key for a program, with its scope and term (a year at most); it is shown this once."""
    access.require(access.may_secure_itself(who))
    with work(who) as u:
        rules.check_token(days, len(queries.personal_tokens(who)))
        token = PREFIX + secrets.token_urlsafe(32)
        row = u.add(
            model.PersonalToken(
                account_id=who.account_id,
                name=name,
                token_hash=print_of(token),
                services=sorted(set(services)),
                may_write=may_write,
                expires_at=clock.now() + timedelta(days=days),
            )
        )
        scope = rules.token_scope(row.services, may_write=may_write)
        u.journal("personal_token.made", row, {"scope": scope, "days": days})
        return token


def revoke_token(who: Person, *, token_id: UUID) -> None:
    """Revoke an own token: nothing can be exchanged for it any more."""
    access.require(access.may_secure_itself(who))
    with work(who) as u:
        row = u.session.get(model.PersonalToken, token_id)
        if row is None or row.account_id != who.account_id:
            raise NotFound(N_("токен"))
        if row.revoked_at is None:
            row.revoked_at = clock.now()
            u.journal("personal_token.revoked", row)


def revoke_all_tokens(u: Unit, account_id: UUID) -> None:
    """A new password and a closed account end every personal token."""
    u.session.execute(
        sa.update(model.PersonalToken)
        .where(model.PersonalToken.account_id == account_id, model.PersonalToken.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )


@dataclass(frozen=True)
class Exchanged:
    """Whose personal token it was and what it may do."""

    person: Person
    token_id: UUID
    scope: str


def exchange_token(token: str) -> Exchanged:
    """Whom a personal token speaks for; unknown, expired, revoked ones and closed accounts read the same."""
    with work(Person.system("registry")) as u:
        row = u.session.scalars(
            sa.select(model.PersonalToken).where(
                model.PersonalToken.token_hash == print_of(token),
                model.PersonalToken.revoked_at.is_(None),
                model.PersonalToken.expires_at > clock.now(),
            )
        ).one_or_none()
        if row is None or not queries.may_stay_signed_in(row.account_id):
            raise SignInNeeded(N_("Токен недействителен"))
        row.last_used_at = clock.now()
        scope = rules.token_scope(row.services, may_write=row.may_write)
        return Exchanged(queries.account_card(row.account_id), row.id, scope)
