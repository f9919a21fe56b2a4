"""Accounts as managers keep them: the card, roles with terms, password, second factor, invitations."""

from typing import Any
from uuid import UUID

from flask import make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import bp, choices, page_number
from shared.person import Role
from shared.web import links
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

MANAGERS = (Role.OPERATOR, Role.SYSTEM_ADMIN)


def for_grants() -> dict[str, Any]:
    """What a form that gives roles offers."""
    who = current_person()
    return {
        "roles": choices(role for role in Role if access.may_grant(who, [role])),
        "organisations": queries.organisation_choices(),
        "municipalities": queries.municipality_names(),
    }


@bp.get("/accounts/<uuid:account_id>")
@page_roles(*MANAGERS)
def account(account_id: UUID) -> str:
    """An account with all roles and terms."""
    return render_template(
        "registry/account.html", card=queries.card_of_account(current_person(), account_id)
    )


@bp.route("/people/<uuid:person_id>/account", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def new_account(person_id: UUID) -> ResponseReturnValue:
    """Open an account with its roles; the person replaces the first password at once."""
    who = current_person()

    def submit(data: dict[str, Any]) -> str:
        actions.open_account(who, person_id=person_id, must_change_password=True, **data)
        return url_for(".person", person_id=person_id)

    return form_page(
        "registry/account_form.html",
        schemas.AccountFormIn(),
        submit,
        title=_("Новая учётная запись"),
        done=_("Учётная запись открыта"),
        card=actions.read_person(who, person_id=person_id),
        **for_grants(),
    )


@bp.route("/accounts/<uuid:account_id>/roles/new", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def add_role(account_id: UUID) -> ResponseReturnValue:
    """Give an account one more role."""

    def submit(data: dict[str, Any]) -> str:
        actions.add_role(current_person(), account_id=account_id, **data)
        return url_for(".account", account_id=account_id)

    return form_page(
        "registry/role_form.html",
        schemas.GrantIn(),
        submit,
        title=_("Новая роль"),
        done=_("Роль выдана"),
        account=queries.account(current_person(), account_id),
        **for_grants(),
    )


@bp.route("/accounts/<uuid:account_id>/roles/<uuid:grant_id>/withdraw", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def withdraw_role(account_id: UUID, grant_id: UUID) -> ResponseReturnValue:
    """Take a role away, naming the reason."""

    def submit(data: dict[str, Any]) -> str:
        actions.withdraw_role(current_person(), account_id=account_id, grant_id=grant_id, **data)
        return url_for(".account", account_id=account_id)

    return _reason_page(
        account_id,
        submit,
        title=_("Снять роль"),
        done=_("Роль снята"),
        what_happens=_("Роль перестанет действовать во всех разделах сразу."),
    )


@bp.route("/accounts/<uuid:account_id>/password", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def set_password(account_id: UUID) -> ResponseReturnValue:
    """Set a password for somebody who has lost it; it is replaced at the next sign-in."""

    def submit(data: dict[str, Any]) -> str:
        actions.change_password(current_person(), account_id=account_id, **data)
        return url_for(".account", account_id=account_id)

    return form_page(
        "registry/account_password.html",
        schemas.NewPasswordIn(),
        submit,
        title=_("Новый пароль"),
        done=_("Пароль задан: человек сменит его при входе"),
        account=queries.account(current_person(), account_id),
    )


@bp.route("/accounts/<uuid:account_id>/second-factor/reset", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def reset_second_factor(account_id: UUID) -> ResponseReturnValue:
    """Take a lost second factor away, naming the reason."""

    def submit(data: dict[str, Any]) -> str:
        actions.reset_second_factor(current_person(), account_id=account_id, **data)
        return url_for(".account", account_id=account_id)

    return _reason_page(
        account_id,
        submit,
        title=_("Сбросить второй фактор"),
        done=_("Второй фактор сброшен"),
        what_happens=_("Телефон и запасные коды перестанут действовать, человек выйдет на всех устройствах."),
    )


@bp.route("/accounts/<uuid:account_id>/deactivate", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def deactivate_account(account_id: UUID) -> ResponseReturnValue:
    """Close an account, naming the reason."""

    def submit(data: dict[str, Any]) -> str:
        actions.deactivate_account(current_person(), account_id=account_id, **data)
        return url_for(".account", account_id=account_id)

    return _reason_page(
        account_id,
        submit,
        title=_("Закрыть учётную запись"),
        done=_("Учётная запись закрыта"),
        what_happens=_("Учётная запись перестанет действовать во всех разделах сразу."),
    )


@bp.post("/accounts/<uuid:account_id>/activate")
@page_roles(*MANAGERS)
def activate_account(account_id: UUID) -> Response:
    """Open a closed or locked account again."""
    return act_on(
        lambda: actions.activate_account(current_person(), account_id=account_id),
        back=url_for(".account", account_id=account_id),
        done=_("Учётная запись открыта"),
    )


@bp.get("/invitations")
@page_roles(*MANAGERS)
def invitations() -> str:
    """Who has been invited and what has become of it."""
    return render_template(
        "registry/invitations.html", page=queries.invitations(current_person(), page=page_number())
    )


@bp.route("/people/<uuid:person_id>/invitation", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def invite(person_id: UUID) -> ResponseReturnValue:
    """Invite a person; the page that answers is the only one that shows the link."""
    who = current_person()
    card = queries.person(who, person_id)

    def submit(data: dict[str, Any]) -> Response:
        token = actions.invite(who, person_id=person_id, **data)
        link = links.absolute("registry", "/session/invitation", token=token)
        page = render_template(
            "registry/invitation_made.html", title=_("Приглашение готово"), link=link, card=card
        )
        return make_response(page)

    return form_page(
        "registry/invitation_form.html",
        schemas.InvitationFormIn(),
        submit,
        title=_("Приглашение"),
        card=card,
        **for_grants(),
    )


@bp.post("/invitations/<uuid:invitation_id>/revoke")
@page_roles(*MANAGERS)
def revoke_invitation(invitation_id: UUID) -> Response:
    """Revoke an invitation that waits."""
    return act_on(
        lambda: actions.revoke_invitation(current_person(), invitation_id=invitation_id),
        back=url_for(".invitations"),
        done=_("Приглашение отозвано"),
    )


def _reason_page(
    account_id: UUID, submit: Any, *, title: str, done: str, what_happens: str
) -> ResponseReturnValue:
    """A form that asks for nothing but the reason."""
    return form_page(
        "registry/account_reason.html",
        schemas.ReasonIn(),
        submit,
        title=title,
        done=done,
        what_happens=what_happens,
        account=queries.account(current_person(), account_id),
    )
