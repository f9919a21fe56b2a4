"""Signing in step by step and out, staying signed in, and the public keys."""

from typing import Any
from uuid import UUID

from flask import Response, flash, jsonify, make_response, redirect, render_template, request, url_for
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
from services.registry.pages.door import bp, qr_picture
from services.registry.rules.sign_in import PENDING, Need
from shared.identity import access_token, refresh_token
from shared.person import Person
from shared.refusal import NotFound, Refused, SignInNeeded
from shared.service import current
from shared.web import links
from shared.web.forms import form_page
from shared.web.wording import refusal_text

#: Says that a token has just been renewed, so that a page which still refuses it is not tried again.
RENEWED = "ms_renewed"
#: Carries the ticket of a sign-in that has not come to its end; it opens nothing but the next step.
TICKET = "ms_sign_in"

_STEPS = {Need.CODE: ".second_step", Need.ENROLMENT: ".enrolment_step", Need.NEW_PASSWORD: ".password_step"}


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
        lambda data: advance(actions.begin_sign_in(**data), next_page()),
        title=_("Вход"),
        next=next_page(),
        has_provider=current().settings.has_provider,
    )


@bp.route("/session/code", methods=["GET", "POST"])
def second_step() -> ResponseReturnValue:
    """The second step: a code of the telephone, or one of the recovery codes."""
    return _step_page(
        Need.CODE,
        "registry/sign_in_code.html",
        schemas.CodeIn(),
        lambda ticket, data: advance(actions.give_code(ticket, **data), next_page()),
        title=_("Второй фактор"),
    )


@bp.route("/session/enrolment", methods=["GET", "POST"])
def enrolment_step() -> ResponseReturnValue:
    """A role demands a second factor: enrol a telephone before the session begins."""

    def submit(ticket: str, data: dict[str, Any]) -> Response:
        step, codes = actions.enrol_at_sign_in(ticket, **data)
        page = render_template(
            "registry/recovery_codes.html",
            title=_("Запасные коды"),
            codes=codes,
            go_on=url_for(".continue_sign_in", next=next_page()),
        )
        return _with_ticket(make_response(page), step.ticket)

    return _step_page(
        Need.ENROLMENT,
        "registry/second_factor.html",
        schemas.CodeIn(),
        submit,
        title=_("Подключение второго фактора"),
        more=lambda ticket: _shown(actions.enrolment_at_sign_in(ticket)),
    )


@bp.route("/session/new-password", methods=["GET", "POST"])
def password_step() -> ResponseReturnValue:
    """Somebody else has set the password: replace it before the session begins."""
    return _step_page(
        Need.NEW_PASSWORD,
        "registry/new_password.html",
        schemas.NewPasswordIn(),
        lambda ticket, data: advance(actions.choose_password(ticket, **data), next_page()),
        title=_("Новый пароль"),
    )


@bp.post("/session/continue")
def continue_sign_in() -> ResponseReturnValue:
    """Go on with a sign-in after the recovery codes have been read."""
    ticket = request.cookies.get(TICKET, "")
    try:
        return advance(actions.Step(ticket, actions.need_of(ticket)), next_page())
    except (SignInNeeded, NotFound) as refusal:
        return _anew(refusal)


@bp.route("/session/invitation", methods=["GET", "POST"])
def invitation() -> ResponseReturnValue:
    """Open the own account by a one-time link, choosing the password and, unless proposed, the login.

    The token stands in the query, which access logs leave out.
    """
    token = request.args.get("token", "")
    try:
        invited = actions.invited(token)
    except Refused as refusal:
        text = refusal_text(refusal)
        return render_template("registry/invitation_over.html", title=_("Приглашение"), text=text), 410

    def submit(data: dict[str, Any]) -> str:
        actions.accept_invitation(token, **data)
        return url_for(".sign_in")

    return form_page(
        "registry/invitation_accept.html",
        schemas.AcceptanceIn(),
        submit,
        title=_("Приглашение в МетодСеть"),
        done=_("Учётная запись открыта, теперь войдите"),
        invitation=invited,
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
    response.set_cookie(RENEWED, "1", max_age=20, path=_path(), httponly=True, samesite="Lax")
    return response


@bp.get("/.well-known/jwks.json")
def jwks() -> Response:
    """The public keys with which tokens are verified (RFC 7517)."""
    return jsonify(queries.public_keys())


def advance(step: actions.Step, next_address: str) -> Response:
    """Begin the session, or go to the page of the step that is still needed."""
    if step.need is not Need.NOTHING:
        return _with_ticket(redirect(url_for(_STEPS[step.need], next=next_address), 303), step.ticket)
    person = actions.finish_sign_in(step.ticket)
    response = _with_access(redirect(next_address, 303), person)
    set_refresh_cookies(response, refresh_token(person))
    response.delete_cookie(TICKET, path=_path())
    return response


def _step_page(need: Need, template: str, schema: Any, submit: Any, *, title: str, more: Any = None) -> Any:
    """The page of one step; a ticket that stands elsewhere, or none, begins anew."""
    ticket = request.cookies.get(TICKET, "")
    try:
        if actions.need_of(ticket) is not need:
            return redirect(url_for(".sign_in", next=next_page()), 303)
        shown = more(ticket) if more else {}
        return form_page(template, schema, lambda data: submit(ticket, data), title=title, **shown)
    except (SignInNeeded, NotFound) as refusal:
        return _anew(refusal)


def _shown(enrolment: actions.Enrolment) -> dict[str, str]:
    return {"secret": enrolment.secret, "picture": qr_picture(enrolment.uri)}


def _anew(refusal: Refused) -> Response:
    flash(refusal_text(refusal), "danger")
    response = redirect(url_for(".sign_in", next=next_page()), 303)
    response.delete_cookie(TICKET, path=_path())
    return response


def _with_ticket(response: Any, ticket: str) -> Any:
    response.set_cookie(
        TICKET,
        ticket,
        max_age=int(PENDING.total_seconds()),
        path=_path(),
        httponly=True,
        secure=current().settings.cookie_secure,
        samesite="Lax",
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _path() -> str:
    return request.script_root + "/session"


def _with_access(response: Any, person: Person) -> Any:
    set_access_cookies(response, access_token(person))
    return response


def _refreshed() -> Person | None:
    """The person of a good refresh token in the cookie, if there is one that owes no new step."""
    try:
        if verify_jwt_in_request(refresh=True, optional=True, locations=["cookies"]) is None:
            return None
        account_id = UUID(get_jwt_identity())
        return queries.account_card(account_id) if queries.may_stay_signed_in(account_id) else None
    except (JWTExtendedException, PyJWTError, SignInNeeded, NotFound):
        return None
