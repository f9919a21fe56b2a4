"""Signing in by an outer login provider (OpenID Connect: code with PKCE, state, nonce), off unless it is set.

Only an identity that its owner has linked in «Мой профиль» opens an account; nobody gets one silently.
"""

from typing import Any
from uuid import UUID

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from services.registry import actions
from services.registry.pages.door import bp
from services.registry.pages.session import advance, next_page
from shared.refusal import N_, NotFound, Refused
from shared.service import current, service_of
from shared.web import links
from shared.web.forms import act_on
from shared.web.person import current_person, page_roles
from shared.web.wording import refusal_text

CLIENT = "metodset_provider"
#: What the browser remembers, signed, between its way to the provider and its way back.
NEXT, OFFER = "provider_next", "provider_offer"
#: How long the provider may take to answer (seconds).
PATIENCE = 10
_FAULTS = (AuthlibBaseError, JoseError, RequestException, ValueError, KeyError, RuntimeError)
FAILED = N_("Войти через внешнюю систему не удалось. Попробуйте ещё раз или войдите по паролю.")


def install(app: Flask) -> None:
    """Make the client of the provider that the settings name, if they do."""
    settings = service_of(app).settings
    if not settings.has_provider:
        return
    app.extensions[CLIENT] = OAuth(app).register(
        CLIENT,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": PATIENCE},
    )


@bp.get("/session/provider")
def provider_sign_in() -> ResponseReturnValue:
    """Send the browser to the provider."""
    session[NEXT] = next_page()
    return _sent(links.absolute("registry", "/session/provider/callback"), url_for(".sign_in"))


@bp.get("/session/provider/callback")
def provider_callback() -> ResponseReturnValue:
    """The provider sends the browser back: sign in whoever has linked this identity."""
    client = _client()
    try:
        claims = _claims(client)
        step = actions.begin_sign_in_by_provider(current().settings.oidc_issuer, claims["sub"])
    except _FAULTS:
        flash(_(FAILED), "danger")
        return redirect(url_for(".sign_in"), 303)
    except Refused as refusal:
        flash(refusal_text(refusal), "danger")
        return redirect(url_for(".sign_in"), 303)
    return advance(step, links.safe_next(str(session.pop(NEXT, ""))))


@bp.get("/profile/provider")
@page_roles()
def provider_link() -> ResponseReturnValue:
    """Send the signed-in person to the provider, to link the identity there with the account here."""
    return _sent(links.absolute("registry", "/profile/provider/callback"), url_for(".profile"))


@bp.get("/profile/provider/callback")
@page_roles()
def provider_link_callback() -> ResponseReturnValue:
    """Remember whose identity came back; it is linked only when the person says so (no linking by a trick)."""
    client = _client()
    try:
        claims = _claims(client)
    except _FAULTS:
        flash(_(FAILED), "danger")
        return redirect(url_for(".profile"), 303)
    session[OFFER] = {
        "account": str(current_person().account_id),
        "subject": claims["sub"],
        "shown": str(claims.get("email") or claims["sub"])[:200],
    }
    return redirect(url_for(".confirm_provider_link"), 303)


@bp.get("/profile/provider/confirm")
@page_roles()
def confirm_provider_link() -> ResponseReturnValue:
    """Show whose identity would be linked."""
    offer = _offer()
    if offer is None:
        return redirect(url_for(".profile"), 303)
    return render_template(
        "registry/provider_confirm.html", title=_("Связать внешний вход"), shown=offer["shown"]
    )


@bp.post("/profile/provider/confirm")
@page_roles()
def take_provider_link() -> Response:
    """Link it."""
    offer = _offer()
    session.pop(OFFER, None)
    if offer is None:
        return redirect(url_for(".profile"), 303)
    return act_on(
        lambda: actions.link_provider(
            current_person(), issuer=current().settings.oidc_issuer, subject=offer["subject"]
        ),
        back=url_for(".profile"),
        done=_("Внешний вход связан"),
    )


@bp.post("/profile/provider/<uuid:link_id>/remove")
@page_roles()
def remove_provider_link(link_id: UUID) -> Response:
    """Sign in by the provider no more."""
    return act_on(
        lambda: actions.unlink_provider(current_person(), link_id=link_id),
        back=url_for(".profile"),
        done=_("Внешний вход отвязан"),
    )


def _client() -> Any:
    client = current_app.extensions.get(CLIENT)
    if client is None:
        raise NotFound(N_("страница"))
    return client


def _sent(callback: str, back: str) -> Response:
    client = _client()
    try:
        sent: Response = client.authorize_redirect(callback)
    except _FAULTS:
        flash(_(FAILED), "danger")
        return redirect(back, 303)
    return sent


def _claims(client: Any) -> dict[str, Any]:
    """The verified claims: our state, nonce and PKCE, the provider's signature, issuer and our audience."""
    settings = current().settings
    token = client.authorize_access_token(
        claims_options={
            "iss": {"essential": True, "value": settings.oidc_issuer},
            "aud": {"essential": True, "value": settings.oidc_client_id},
            "sub": {"essential": True},
        }
    )
    return dict(token["userinfo"])


def _offer() -> dict[str, str] | None:
    """The identity that waits for the word of this very person."""
    offer = session.get(OFFER)
    return offer if offer and offer["account"] == str(current_person().account_id) else None
