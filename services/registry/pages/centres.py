"""Resource centres: their places on a day, the grant and the end of the status."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import as_of, bp
from services.registry.rules.kinds import OrgRole
from shared import clock
from shared.person import Role
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles


@bp.get("/resource-centres")
def resource_centres() -> str:
    """Resource centres with capacity and taken places on a day."""
    return render_template(
        "registry/resource_centres.html",
        rows=queries.resource_centres(queries.as_of(**as_of())),
        may_edit=access.may_operate(current_person()),
    )


@bp.get("/resource-centres/<uuid:organisation_id>")
def resource_centre(organisation_id: UUID) -> str:
    """The card of a resource centre."""
    card = queries.resource_centre(current_person(), organisation_id, **as_of())
    return render_template("registry/resource_centre.html", card=card)


@bp.route("/resource-centres/new", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def new_resource_centre() -> ResponseReturnValue:
    """Record the status of krai resource centre."""

    def submit(data: dict[str, Any]) -> str:
        actions.grant_resource_centre(current_person(), **data)
        return url_for(".resource_centre", organisation_id=data["organisation_id"])

    return form_page(
        "registry/resource_centre_form.html",
        schemas.ResourceCentreIn(),
        submit,
        title=_("Статус краевого ресурсного центра"),
        organisations=queries.organisation_choices(OrgRole.NETWORK_OPERATOR),
        acts=queries.act_choices(),
    )


@bp.route("/resource-centres/<uuid:organisation_id>/end", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def end_resource_centre(organisation_id: UUID) -> ResponseReturnValue:
    """End the status of krai resource centre by an act."""

    def submit(data: dict[str, Any]) -> str:
        actions.end_resource_centre(current_person(), organisation_id=organisation_id, **data)
        return url_for(".resource_centre", organisation_id=organisation_id)

    return form_page(
        "registry/resource_centre_end.html",
        schemas.CentreEndIn(),
        submit,
        title=_("Прекращение статуса ресурсного центра"),
        done=_("Статус ресурсного центра прекращён"),
        initial={"on": clock.today()},
        card=queries.resource_centre(current_person(), organisation_id),
        acts=queries.act_choices(),
    )
