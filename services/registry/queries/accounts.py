"""The card of an account, the own profile, invitations."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.queries.identity import has_second_factor
from services.registry.queries.organisations import organisation_names
from services.registry.queries.territory import municipality_names
from services.registry.rules import sign_in as rules
from services.registry.rules.kinds import GrantState, InvitationState
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused, SignInNeeded
from shared.unit import read
from shared.web.paging import Page, paged


@dataclass(frozen=True)
class GrantLine:
    """One role as it is shown: where it reaches and whether it counts today."""

    grant: model.AccountGrant
    organisation: str
    municipality: str
    state: GrantState


@dataclass(frozen=True)
class AccountCard:
    """An account with everything that opens it; nothing secret."""

    account: model.Account
    grants: list[GrantLine]
    has_second_factor: bool
    codes_left: int
    links: list[model.ProviderLink]
    tokens: list[model.PersonalToken]
    may_manage: bool
    is_locked: bool


def card_of_account(who: Person, account_id: UUID) -> AccountCard:
    """An account for managers and for its owner; tokens and links are shown to the owner alone."""
    row = read().get(model.Account, account_id)
    if row is None or not access.may_read_account(who, row.id):
        raise NotFound(N_("учётная запись"))
    own = row.id == who.account_id
    return AccountCard(
        account=row,
        grants=_lines(row.grants),
        has_second_factor=has_second_factor(row.id),
        codes_left=_codes_left(row.id) if own else 0,
        links=_links(row.id) if own else [],
        tokens=personal_tokens(who) if own else [],
        may_manage=access.may_manage_accounts(who)
        and access.may_grant(who, [grant.role for grant in row.grants]),
        is_locked=row.locked_until is not None and clock.now() < row.locked_until,
    )


def profile(who: Person) -> AccountCard:
    """Everything about the own account."""
    if who.account_id is None:
        raise SignInNeeded()
    return card_of_account(who, who.account_id)


def personal_tokens(who: Person) -> list[model.PersonalToken]:
    """The own tokens that still open something, newest first."""
    return list(
        read().scalars(
            sa.select(model.PersonalToken)
            .where(
                model.PersonalToken.account_id == who.account_id,
                model.PersonalToken.revoked_at.is_(None),
                model.PersonalToken.expires_at > clock.now(),
            )
            .order_by(model.PersonalToken.created_at.desc(), model.PersonalToken.id)
        )
    )


@dataclass(frozen=True)
class InvitationLine:
    """An invitation and what has become of it."""

    invitation: model.Invitation
    state: InvitationState


def invitations(who: Person, *, page: int = 1, size: int = 50) -> Page[InvitationLine]:
    """Invitations, newest first, for managers."""
    access.require(access.may_manage(who))
    query = sa.select(model.Invitation).order_by(
        model.Invitation.created_at.desc(), model.Invitation.id.desc()
    )
    found = paged(query, page, size)
    lines = [InvitationLine(one, _state(one)) for one in found.items]
    return Page(lines, found.total, found.page, found.pages)


def invitation_by_print(token_hash: str, *, lock: bool = False) -> model.Invitation:
    """The invitation that still waits for its answer; every other one is refused with one wording."""
    query = sa.select(model.Invitation).where(model.Invitation.token_hash == token_hash)
    if lock:
        query = query.with_for_update(of=model.Invitation).execution_options(populate_existing=True)
    row = read().scalars(query).one_or_none()
    if row is None or _state(row) is not InvitationState.WAITING:
        raise Refused("INVITATION", rules.INVITATION_REFUSED)
    return row


def _state(row: model.Invitation) -> InvitationState:
    if row.accepted_at is not None:
        return InvitationState.ACCEPTED
    if row.revoked_at is not None:
        return InvitationState.REVOKED
    return InvitationState.WAITING if clock.now() < row.expires_at else InvitationState.EXPIRED


def _lines(grants: Sequence[model.AccountGrant]) -> list[GrantLine]:
    ids = {grant.organisation_id for grant in grants if grant.organisation_id}
    names = organisation_names(ids)
    places = municipality_names() if any(grant.municipality_oktmo for grant in grants) else {}
    today = clock.today()
    return [
        GrantLine(
            grant=grant,
            organisation=names.get(grant.organisation_id, "") if grant.organisation_id else "",
            municipality=places.get(grant.municipality_oktmo or "", grant.municipality_oktmo or ""),
            state=rules.grant_state(grant.plain(), today),
        )
        for grant in grants
    ]


def _links(account_id: UUID) -> list[model.ProviderLink]:
    return list(
        read().scalars(sa.select(model.ProviderLink).where(model.ProviderLink.account_id == account_id))
    )


def _codes_left(account_id: UUID) -> int:
    return (
        read().scalar(
            sa.select(sa.func.count()).where(
                model.RecoveryCode.account_id == account_id, model.RecoveryCode.used_at.is_(None)
            )
        )
        or 0
    )
