"""People and accounts: lists, cards, forms."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import bp, choices, page_number, wanted
from services.registry.rules.readings import ReadingPurpose
from services.registry.schemas import filters, privacy
from shared.person import Role
from shared.web.forms import form_page
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
