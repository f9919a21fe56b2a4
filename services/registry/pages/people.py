"""People and accounts: lists, cards, forms."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import bp, choices, page_number, wanted
from services.registry.rules.readings import ReadingPurpose
from services.registry.schemas import filters, privacy
from shared.person import Role
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

MANAGERS = (Role.OPERATOR, Role.SYSTEM_ADMIN)


@bp.get("/people")
@page_roles()
def people() -> str:
    """People whom this person may see."""
    asked, who = wanted(privacy.PeopleFilter), current_person()
    return render_template(
        "registry/people.html",
        page=actions.read_people(who, **asked, page=page_number()),
        asked=asked,
        purposes=choices(ReadingPurpose),
        may_edit=access.may_manage(who),
    )


@bp.get("/people/<uuid:person_id>")
@page_roles()
def person(person_id: UUID) -> str:
    """The card of a person."""
    card = actions.read_person(current_person(), person_id=person_id, **wanted(privacy.ReadingFilter))
    return render_template("registry/person.html", card=card)


@bp.route("/people/new", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def new_person() -> ResponseReturnValue:
    """Enter a person."""
    return form_page(
        "registry/person_form.html",
        schemas.PersonIn(),
        lambda data: url_for(".person", person_id=actions.add_person(current_person(), **data)),
        title=_("Новый человек"),
        organisations=queries.organisation_choices(),
    )


@bp.get("/accounts")
@page_roles(*MANAGERS)
def accounts() -> str:
    """All accounts."""
    asked = wanted(filters.TextFilter)
    return render_template(
        "registry/accounts.html",
        page=actions.read_accounts(current_person(), **asked, page=page_number()),
        asked=asked,
    )


@bp.route("/people/<uuid:person_id>/account", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def new_account(person_id: UUID) -> ResponseReturnValue:
    """Open an account with one role; more roles are given by the API."""
    who = current_person()
    card = actions.read_person(who, person_id=person_id)

    def submit(data: dict[str, Any]) -> str:
        grant = {key: data.pop(key) for key in ("role", "organisation_id", "municipality_oktmo")}
        actions.open_account(who, person_id=person_id, grants=[grant], **data)
        return url_for(".person", person_id=person_id)

    return form_page(
        "registry/account_form.html",
        schemas.AccountFormIn(),
        submit,
        title=_("Новая учётная запись"),
        done=_("Учётная запись открыта"),
        card=card,
        roles=choices(role for role in Role if access.may_grant(who, [role])),
        organisations=queries.organisation_choices(),
        municipalities=queries.municipality_names(),
    )


@bp.route("/accounts/<uuid:account_id>/deactivate", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def deactivate_account(account_id: UUID) -> ResponseReturnValue:
    """Close an account, naming the reason."""
    account = actions.read_account(current_person(), account_id=account_id)

    def submit(data: dict[str, Any]) -> str:
        actions.deactivate_account(current_person(), account_id=account_id, **data)
        return url_for(".person", person_id=account.person_id)

    return form_page(
        "registry/account_deactivate.html",
        schemas.ReasonIn(),
        submit,
        title=_("Закрыть учётную запись"),
        done=_("Учётная запись закрыта"),
        account=account,
    )


@bp.post("/accounts/<uuid:account_id>/activate")
@page_roles(*MANAGERS)
def activate_account(account_id: UUID) -> Response:
    """Open a closed or locked account again."""
    return act_on(
        lambda: actions.activate_account(current_person(), account_id=account_id),
        back=request.referrer or url_for(".accounts"),
        done=_("Учётная запись открыта"),
    )
