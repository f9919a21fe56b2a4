"""«Мой профиль»: what a person sees and changes of the own account."""

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.registry import actions, queries, schemas
from services.registry.pages.door import bp, qr_picture
from shared.refusal import Refused
from shared.service import current
from shared.web import links
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles
from shared.web.wording import refusal_text


@bp.get("/profile")
@page_roles()
def profile() -> str:
    """Name, roles with their terms, password, second factor, linked login, tokens."""
    return render_template(
        "registry/profile.html",
        card=queries.profile(current_person()),
        has_provider=current().settings.has_provider,
    )


@bp.route("/password", methods=["GET", "POST"])
@page_roles()
def password() -> ResponseReturnValue:
    """Change the own password; afterwards everybody with the old one is signed out."""
    who = current_person()

    def change(data: dict[str, str]) -> str:
        assert who.account_id is not None
        actions.change_password(who, account_id=who.account_id, **data)
        return url_for(".sign_in")

    return form_page(
        "registry/password.html",
        schemas.PasswordIn(),
        change,
        title=_("Смена пароля"),
        done=_("Пароль изменён, войдите с новым"),
    )


@bp.route("/profile/tokens/new", methods=["GET", "POST"])
@page_roles()
def new_token() -> ResponseReturnValue:
    """Make a personal token; the page that answers is the only one that shows it."""

    def submit(data: dict[str, Any]) -> Response:
        token = actions.make_token(current_person(), **data)
        return make_response(render_template("registry/token_made.html", title=_("Новый токен"), token=token))

    return form_page(
        "registry/token_form.html",
        schemas.PersonalTokenIn(),
        submit,
        title=_("Новый личный токен"),
        services=_services(),
    )


def _services() -> list[tuple[str, str]]:
    """The services under the names of the main menu."""
    named = {
        "registry": _("Реестр"),
        "events": _("Мероприятия"),
        "expertise": _("Экспертиза"),
        "reports": _("Отчёты"),
    }
    return [(name, named[name]) for name in links.SERVICES]


@bp.post("/profile/tokens/<uuid:token_id>/revoke")
@page_roles()
def revoke_token(token_id: UUID) -> Response:
    """Revoke an own token."""
    return act_on(
        lambda: actions.revoke_token(current_person(), token_id=token_id),
        back=url_for(".profile"),
        done=_("Токен отозван"),
    )


@bp.post("/profile/second-factor/begin")
@page_roles()
def begin_second_factor() -> Response:
    """Make a secret for the telephone and show it."""
    try:
        actions.begin_enrolment(current_person())
    except Refused as refusal:
        flash(refusal_text(refusal), "danger")
        return redirect(url_for(".profile"), 303)
    return redirect(url_for(".second_factor"), 303)


@bp.route("/profile/second-factor", methods=["GET", "POST"])
@page_roles()
def second_factor() -> ResponseReturnValue:
    """Show the secret as a QR code and confirm it by the first code."""
    who = current_person()
    try:
        enrolment = actions.enrolment_of(who)
    except Refused as refusal:
        flash(refusal_text(refusal), "danger")
        return redirect(url_for(".profile"), 303)
    return form_page(
        "registry/second_factor.html",
        schemas.CodeIn(),
        lambda data: _codes_page(actions.confirm_enrolment(who, **data)),
        title=_("Подключение второго фактора"),
        secret=enrolment.secret,
        picture=qr_picture(enrolment.uri),
    )


@bp.route("/profile/second-factor/codes", methods=["GET", "POST"])
@page_roles()
def recovery_codes() -> ResponseReturnValue:
    """Ten new recovery codes instead of the old ones."""
    return form_page(
        "registry/second_factor_prove.html",
        schemas.CodeIn(),
        lambda data: _codes_page(actions.renew_recovery_codes(current_person(), **data)),
        title=_("Новые запасные коды"),
        button_text=_("Выпустить новые коды"),
        what_happens=_("Прежние запасные коды перестанут действовать."),
    )


@bp.route("/profile/second-factor/remove", methods=["GET", "POST"])
@page_roles()
def drop_second_factor() -> ResponseReturnValue:
    """Switch the own second factor off."""

    def submit(data: dict[str, Any]) -> str:
        actions.drop_second_factor(current_person(), **data)
        return url_for(".profile")

    return form_page(
        "registry/second_factor_prove.html",
        schemas.CodeIn(),
        submit,
        title=_("Отключение второго фактора"),
        done=_("Второй фактор отключён"),
        button_text=_("Отключить второй фактор"),
        what_happens=_("Войти можно будет по одному паролю."),
    )


def _codes_page(codes: list[str]) -> Response:
    page = render_template(
        "registry/recovery_codes.html", title=_("Запасные коды"), codes=codes, back=url_for(".profile")
    )
    return make_response(page)
