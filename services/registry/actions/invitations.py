"""Invitations: a one-time link by which a person opens the own account."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model, queries
from services.registry.actions.accounts import ONLY_ADMINISTRATOR, free_login, granted, opened
from services.registry.rules import sign_in as rules
from shared import clock
from shared.person import Person, Role
from shared.refusal import N_, NotFound, Refused
from shared.seals import print_of
from shared.unit import Unit, work


def invite(
    who: Person, *, person_id: UUID, grants: Sequence[Mapping[str, Any]], login: str | None = None
) -> str:
    """Invite a person to open an account with these roles; the link's token is shown this once."""
    access.require(access.may_grant(who, [Role(grant["role"]) for grant in grants]), ONLY_ADMINISTRATOR)
    with work(who) as u:
        person = u.get(model.Person, person_id)
        if u.session.scalar(sa.select(model.Account.id).where(model.Account.person_id == person_id)):
            raise Refused("INVITATION", N_("У этого человека уже есть учётная запись"))
        if login:
            free_login(u, login)
        token = secrets.token_urlsafe(32)
        given = [model.InvitationGrant(**grant) for grant in granted(u, grants)]
        invitation = u.add(
            model.Invitation(
                person=person,
                login=login or None,
                token_hash=print_of(token),
                invited_by=who.account_id,
                expires_at=clock.now() + rules.INVITATION,
                grants=given,
            )
        )
        u.journal("invitation.made", invitation, {"roles": sorted({grant.role.value for grant in given})})
        return token


def revoke_invitation(who: Person, *, invitation_id: UUID) -> None:
    """Revoke an invitation that waits for its answer."""
    access.require(access.may_manage_accounts(who))
    with work(who) as u:
        invitation = u.session.get(model.Invitation, invitation_id)
        if invitation is None:
            raise NotFound(N_("приглашение"))
        access.require(access.may_grant(who, [grant.role for grant in invitation.grants]))
        if invitation.accepted_at or invitation.revoked_at:
            raise Refused("INVITATION", N_("Приглашение уже принято или отозвано"))
        invitation.revoked_at = clock.now()
        u.journal("invitation.revoked", invitation)


def accept_invitation(token: str, *, password: str, login: str | None = None) -> UUID:
    """Open the own account by an invitation, choosing the password and, unless proposed, the login.

    Replayed, expired, revoked and unknown tokens are refused with one wording, and so is an invitation
    whose inviter could not give its roles any more. A refused password does not use the link up.
    """
    with work(Person.system("registry")) as u:
        invitation = _waiting(u, token)
        account = opened(
            u,
            person=invitation.person,
            login=invitation.login or login or "",
            password=password,
            grants=[_taken_over(grant) for grant in invitation.grants],
        )
        invitation.accepted_at = clock.now()
        u.journal("invitation.accepted", invitation)
        return account.id


def _waiting(u: Unit, token: str) -> model.Invitation:
    invitation = queries.invitation_by_print(print_of(token), lock=True)
    roles = [grant.role for grant in invitation.grants]
    if invitation.invited_by is not None:
        state = queries.account_state(invitation.invited_by)
        inviter = Person(invitation.invited_by, None, "", state.grants if state and state.active else ())
        if not access.may_grant(inviter, roles):
            raise Refused("INVITATION", rules.INVITATION_REFUSED)
    if u.session.scalar(sa.select(model.Account.id).where(model.Account.person_id == invitation.person_id)):
        raise Refused("INVITATION", rules.INVITATION_REFUSED)
    return invitation


def _taken_over(grant: model.InvitationGrant) -> model.AccountGrant:
    return model.AccountGrant(
        role=grant.role,
        organisation_id=grant.organisation_id,
        municipality_oktmo=grant.municipality_oktmo,
        valid_from=grant.valid_from,
        valid_to=grant.valid_to,
    )


def invited(token: str) -> model.Invitation:
    """The invitation behind a link, for the page that accepts it."""
    return queries.invitation_by_print(print_of(token))
