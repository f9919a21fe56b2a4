"""The login of an outer provider (OpenID Connect), linked by the person who is already signed in."""

from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import work


def link_provider(who: Person, *, issuer: str, subject: str) -> None:
    """Let a person sign in by the provider from now on; one identity opens one account."""
    access.require(access.may_secure_itself(who))
    with work(who) as u:
        taken = u.session.scalars(
            sa.select(model.ProviderLink).where(
                model.ProviderLink.issuer == issuer,
                sa.or_(
                    model.ProviderLink.subject == subject, model.ProviderLink.account_id == who.account_id
                ),
            )
        ).first()
        if taken is not None:
            raise Refused("PROVIDER", N_("Этот вход уже связан с учётной записью"))
        link = u.add(model.ProviderLink(account_id=who.account_id, issuer=issuer, subject=subject))
        u.journal("provider.linked", link)


def unlink_provider(who: Person, *, link_id: UUID) -> None:
    """Stop signing in by the provider."""
    access.require(access.may_secure_itself(who))
    with work(who) as u:
        link = u.session.get(model.ProviderLink, link_id)
        if link is None or link.account_id != who.account_id:
            raise NotFound(N_("связанный вход"))
        u.journal("provider.unlinked", link)
        u.session.delete(link)
