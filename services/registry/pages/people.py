"""People and accounts: lists, cards, forms."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import bp, page_number, wanted
from services.registry.schemas import filters
from shared.person import Role
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles

MANAGERS = (Role.OPERATOR, Role.SYSTEM_ADMIN)


@bp.get("/people")
@page_roles()
def people() -> str:
    """People whom this person may see."""
    asked, who = wanted(filters.TextFilter), current_person()
    return render_template(
        "registry/people.html",
        page=queries.people(who, **asked, page=page_number()),
        asked=asked,
        may_edit=access.may_manage(who),
    )


@bp.get("/people/<uuid:person_id>")
@page_roles()
def person(person_id: UUID) -> str:
    """The card of a person."""
    return render_template("registry/person.html", card=queries.person(current_person(), person_id))


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
        page=queries.accounts(current_person(), **asked, page=page_number()),
        asked=asked,
    )
