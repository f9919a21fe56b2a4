"""Signing in and out, staying signed in, and the public keys."""

from typing import Any
from uuid import UUID

from flask import Response, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_jwt_extended import (
    get_jwt_identity,
    set_access_cookies,
    set_refresh_cookies,
    unset_jwt_cookies,
    verify_jwt_in_request,
)
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt.exceptions import PyJWTError

from services.registry import actions, queries, schemas
from services.registry.pages.door import bp
from shared.identity import access_token, refresh_token
from shared.person import Person
from shared.refusal import NotFound, SignInNeeded
from shared.web import links
from shared.web.forms import form_page

#: Says that a token has just been renewed, so that a page which still refuses it is not tried again.
RENEWED = "ms_renewed"


def next_page() -> str:
    """Where to go afterwards: only a path of this site (no open redirect), otherwise the cabinet."""
    return links.safe_next(request.args.get("next", ""))


@bp.route("/session/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in with login and password; a refresh token that is still good does it without them."""
    if request.method == "GET" and RENEWED not in request.cookies and _refreshed() is not None:
        return redirect(url_for(".refresh", next=next_page()), 303)
    return form_page(
        "registry/sign_in.html",
        schemas.SignInIn(),
        lambda data: _signed_in(actions.sign_in(**data)),
        title=_("Вход"),
        next=next_page(),
    )


@bp.post("/session/sign-out")
def sign_out() -> ResponseReturnValue:
    """Forget the tokens of this browser."""
    response = redirect(url_for(".landing"), 303)
    unset_jwt_cookies(response)
    flash(_("Вы вышли"), "success")
    return response


@bp.route("/session/refresh", methods=["GET", "POST"])
def refresh() -> ResponseReturnValue:
    """Renew the token: a script posts and gets 204, a page that was refused comes here and is sent back."""
    person = _refreshed()
    if request.method == "POST":
        if person is None:
            return Response(status=401)
        return _with_access(Response(status=204), person)
    if person is None:
        response = redirect(url_for(".sign_in", next=next_page()), 303)
        unset_jwt_cookies(response)
        return response
    response = _with_access(redirect(next_page(), 303), person)
    response.set_cookie(
        RENEWED, "1", max_age=20, path=request.script_root + "/session", httponly=True, samesite="Lax"
    )
    return response


@bp.get("/.well-known/jwks.json")
def jwks() -> Response:
    """The public keys with which tokens are verified (RFC 7517)."""
    return jsonify(queries.public_keys())


def _signed_in(person: Person) -> Response:
    response = _with_access(redirect(next_page(), 303), person)
    set_refresh_cookies(response, refresh_token(person))
    return response


def _with_access(response: Any, person: Person) -> Any:
    set_access_cookies(response, access_token(person))
    return response


def _refreshed() -> Person | None:
    """The person of a good refresh token in the cookie, if there is one."""
    try:
        if verify_jwt_in_request(refresh=True, optional=True, locations=["cookies"]) is None:
            return None
        return queries.account_card(UUID(get_jwt_identity()))
    except (JWTExtendedException, PyJWTError, SignInNeeded, NotFound):
        return None
