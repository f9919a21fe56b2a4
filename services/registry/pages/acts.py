"""Normative acts: register, card, forms."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import bp, choices, page_number, wanted
from services.registry.rules.kinds import ActKind, ActLevel, ActState, RelationType
from services.registry.schemas import filters
from shared import clock
from shared.person import Role
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles

AUTHORS = (Role.OPERATOR, Role.IRO, Role.TMS, Role.EDU_AUTHORITY)


@bp.get("/acts")
def acts() -> str:
    """The register of acts."""
    asked = wanted(filters.ActFilter)
    return render_template(
        "registry/acts.html",
        page=queries.acts(**asked, page=page_number()),
        asked=asked,
        day=asked["on"] or clock.today(),
        kinds=choices(ActKind),
        levels=choices(ActLevel),
        states=choices(ActState),
        state_on=queries.act_state,
        may_edit=_may_enter(),
    )


@bp.get("/acts/<uuid:act_id>")
def act(act_id: UUID) -> str:
    """The card of an act as of a day, its relations and chains of amendments."""
    asked = wanted(filters.AsOfFilter)
    return render_template("registry/act.html", card=queries.act(current_person(), act_id, asked["on"]))


@bp.route("/acts/new", methods=["GET", "POST"])
@page_roles(*AUTHORS)
def new_act() -> ResponseReturnValue:
    """Enter an act; an order asked for by the decisions of the council leads back to them."""
    who = current_person()
    levels = [level for level in ActLevel if access.may_record_act(who, level)]

    def submit(data: dict[str, Any]) -> str:
        key = actions.record_act(who, **data)
        back_to_decisions = request.args.get("then") == "proposals"
        return url_for(".proposals" if back_to_decisions else ".act", act_id=key)

    return form_page(
        "registry/act_form.html",
        schemas.ActIn(),
        submit,
        title=_("Новый акт"),
        done=_("Акт внесён"),
        initial={"kind": ActKind.ORDER},
        kinds=choices(ActKind),
        levels=choices(levels),
        organisations=queries.organisation_choices(),
    )


@bp.route("/acts/<uuid:act_id>/relations/new", methods=["GET", "POST"])
@page_roles(*AUTHORS)
def new_relation(act_id: UUID) -> ResponseReturnValue:
    """Say what an act does to another one."""
    card = queries.act(current_person(), act_id)

    def submit(data: dict[str, Any]) -> str:
        actions.relate_acts(current_person(), source_id=act_id, **data)
        return url_for(".act", act_id=act_id)

    return form_page(
        "registry/act_relation.html",
        schemas.RelationIn(),
        submit,
        title=_("Связь с другим актом"),
        card=card,
        types=choices(RelationType),
        acts=[pair for pair in queries.act_choices() if pair[0] != str(act_id)],
    )


def _may_enter() -> bool:
    who = current_person()
    return any(access.may_record_act(who, level) for level in ActLevel)
