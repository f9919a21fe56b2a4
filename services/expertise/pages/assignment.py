"""Plans that are looked at before they are applied; conflicts of interest of an edition."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.rules.vocabulary import RELATIONS, LoadOrder, PlanState
from shared.person import Role
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


@bp.route("/editions/<uuid:edition_id>/plan", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def new_plan(edition_id: UUID) -> ResponseReturnValue:
    """Ask for a plan under conditions that may be tried."""
    who = current_person()
    card = queries.edition(who, edition_id)
    table = queries.assignment_matrix(who, edition_id)

    def submit(data: dict[str, Any]) -> str:
        return url_for(".plan", plan_id=actions.propose_plan(who, edition_id=edition_id, **data))

    return form_page(
        "expertise/plan_form.html",
        schemas.PlanIn(),
        submit,
        title=_("План назначений"),
        done="",
        initial={
            "stage_kind": table.stage_kind if table else None,
            "connect": True,
            "repair": request.args.get("repair") == "1",
            "municipality_cap": card.policy.municipality_cap,
        },
        edition=card,
        table=table,
        orders=choices(LoadOrder),
        experts=queries.expert_choices(who),
        plans=queries.plan_lines(who, edition_id),
    )


@bp.get("/plans/<uuid:plan_id>")
@page_roles(Role.SECRETARY)
def plan(plan_id: UUID) -> ResponseReturnValue:
    """A plan with its reasons, or why there is none; while it is computed the page looks again by itself."""
    who = current_person()
    card = queries.plan(who, plan_id)
    page = render_template(
        "expertise/plan.html",
        title=_("План назначений"),
        edition=queries.edition(who, card.edition_id),
        plan=card,
    )
    return (page, 200, {"Refresh": "3"}) if card.state is PlanState.WAITING else page


@bp.post("/plans/<uuid:plan_id>/apply")
@page_roles(Role.SECRETARY)
def apply_plan(plan_id: UUID) -> Response:
    """The button «Применить план»."""
    return act_on(
        lambda: actions.apply_plan(current_person(), plan_id=plan_id),
        back=url_for(".plan", plan_id=plan_id),
        done=_("План применён, эксперты назначены"),
    )


@bp.get("/editions/<uuid:edition_id>/conflicts")
@page_roles(Role.SECRETARY, Role.OPERATOR)
def conflicts(edition_id: UUID) -> str:
    """All conflicts of an edition with their reasons, or those of one expert, before anybody is invited."""
    who = current_person()
    experts = queries.expert_choices(who)
    asked = request.args.get("expert", "")
    expert_id = next((key for key, _name in experts if str(key) == asked), None)
    return render_template(
        "expertise/conflicts.html",
        title=_("Конфликты интересов"),
        edition=queries.edition(who, edition_id),
        lines=queries.edition_conflicts(who, edition_id, expert_id=expert_id),
        experts=experts,
        expert_id=expert_id,
    )


@bp.route("/entries/<uuid:entry_id>/waive", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def waive(entry_id: UUID) -> ResponseReturnValue:
    """Lift a conflict by an act."""
    who = current_person()
    card = queries.entry(who, entry_id)
    back = url_for(".conflicts", edition_id=card.edition_id)

    def submit(data: dict[str, Any]) -> str:
        actions.waive_conflict(who, entry_id=entry_id, **data)
        return back

    return form_page(
        "expertise/waive_form.html",
        schemas.WaiverIn(),
        submit,
        title=_("Снять конфликт интересов"),
        done=_("Конфликт снят актом"),
        initial={"expert_id": request.args.get("expert"), "kind": request.args.get("kind")},
        entry=card,
        lines=[
            one
            for one in queries.edition_conflicts(who, card.edition_id, entry_id=entry_id)
            if one.may_be_waived
        ],
        back=back,
    )


@bp.route("/conflicts/declare", methods=["GET", "POST"])
@page_roles(Role.EXPERT)
def declare() -> ResponseReturnValue:
    """An expert says whose entries are not for them."""
    who = current_person()

    def submit(data: dict[str, Any]) -> str:
        actions.declare_expert_conflict(who, **data)
        return url_for(".declare")

    return form_page(
        "expertise/declare_form.html",
        schemas.DeclarationForm(),
        submit,
        title=_("Мои конфликты интересов"),
        done=_("Заявление принято"),
        editions=queries.declarable_editions(who),
        organisations=queries.organisation_choices(who),
        declared=queries.own_declarations(who),
    )


@bp.route("/relations", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def relations() -> ResponseReturnValue:
    """Ties between people that conflicts come from."""
    who = current_person()

    def submit(data: dict[str, Any]) -> str:
        actions.add_relation(who, **data)
        return url_for(".relations")

    return form_page(
        "expertise/relations.html",
        schemas.RelationIn(),
        submit,
        title=_("Связи людей"),
        done=_("Связь записана"),
        kinds=choices(RELATIONS),
        people=queries.everybody(who),
        organisations=queries.organisation_choices(who),
        lines=queries.relations(who),
    )


@bp.post("/relations/<uuid:relation_id>/remove")
@page_roles(Role.SECRETARY)
def remove_relation(relation_id: UUID) -> Response:
    """The button «Убрать»."""
    return act_on(
        lambda: actions.remove_relation(current_person(), relation_id=relation_id),
        back=url_for(".relations"),
        done=_("Связь убрана"),
    )
