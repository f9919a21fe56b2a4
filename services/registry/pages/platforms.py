"""Platforms: register on a day, card, actions on the status; decisions that wait for an order."""

from typing import Any
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import actions, queries, schemas
from services.registry.pages.door import as_of, bp, choices, page_number, wanted
from services.registry.rules.kinds import OrgRole, PlatformKind, PlatformState, StatusStep
from services.registry.rules.labels import label
from services.registry.schemas import filters
from shared import clock
from shared.person import Role
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles

#: Action on a status -> what does it and which form it has.
STEPS: dict[StatusStep, tuple[Any, Any]] = {
    StatusStep.AWARD: (actions.award_status, schemas.AwardIn),
    StatusStep.EXTEND: (actions.extend_status, schemas.ExtensionIn),
    StatusStep.SUSPEND: (actions.suspend_status, schemas.StepIn),
    StatusStep.RESUME: (actions.resume_status, schemas.StepIn),
    StatusStep.COMPLETE: (actions.complete_status, schemas.StepIn),
    StatusStep.TERMINATE: (actions.terminate_status, schemas.StepIn),
    StatusStep.DECLINE: (actions.decline_platform, schemas.ReasonIn),
}


@bp.get("/platforms")
def platforms() -> str:
    """The register of platforms as it was on a day (BR-26)."""
    asked = wanted(filters.PlatformFilter)
    return render_template(
        "registry/platforms.html",
        page=queries.platforms(**asked, page=page_number()),
        asked=asked,
        day=asked["on"] or clock.today(),
        kinds=choices(PlatformKind),
        states=choices(PlatformState),
        municipalities=queries.municipality_names(queries.as_of(asked["on"], asked["known"])),
        may_apply=current_person().has(Role.OPERATOR, Role.ORGANISATION, Role.TMS),
    )


@bp.get("/platforms/<uuid:platform_id>")
def platform(platform_id: UUID) -> str:
    """The card of a platform on a day."""
    return render_template(
        "registry/platform.html", card=queries.platform(current_person(), platform_id, **as_of())
    )


@bp.route("/platforms/new", methods=["GET", "POST"])
@page_roles(Role.OPERATOR, Role.ORGANISATION, Role.TMS)
def new_platform() -> ResponseReturnValue:
    """Apply for a platform."""
    return form_page(
        "registry/platform_form.html",
        schemas.PlatformIn(),
        lambda data: _card(actions.apply_for_platform(current_person(), **data)),
        title=_("Новая площадка"),
        done=_("Площадка заявлена"),
        initial={"counts_in_i02": True, "curator_id": queries.network_operator_id()},
        kinds=choices(PlatformKind),
        organisations=queries.organisation_choices(),
        curators=queries.organisation_choices(OrgRole.NETWORK_OPERATOR)
        + queries.organisation_choices(OrgRole.IRO)
        + queries.organisation_choices(OrgRole.EDU_AUTHORITY),
    )


@bp.route("/platforms/<uuid:platform_id>/steps/<step>", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def platform_step(platform_id: UUID, step: str) -> ResponseReturnValue:
    """An action on the status of a platform."""
    if step.upper() not in StatusStep.__members__ or StatusStep(step.upper()) not in STEPS:
        abort(404)
    kind = StatusStep(step.upper())
    action, schema = STEPS[kind]
    card = queries.platform(current_person(), platform_id)

    def submit(data: dict[str, Any]) -> str:
        action(current_person(), platform_id=platform_id, **data)
        return _card(platform_id)

    return form_page(
        "registry/platform_step.html",
        schema(),
        submit,
        title=_(label(kind)).capitalize(),
        initial={"on": clock.today(), "valid_from": clock.today()},
        card=card,
        acts=queries.act_choices(),
    )


@bp.route("/proposals", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def proposals() -> ResponseReturnValue:
    """Decisions of the council that wait for an order, and the form that enacts them (BR-56)."""

    def submit(data: dict[str, Any]) -> str:
        actions.enact_decisions(current_person(), **data)
        return url_for(".proposals")

    return form_page(
        "registry/proposals.html",
        schemas.EnactIn(),
        submit,
        title=_("Решения совета"),
        done=_("Решения исполнены приказом"),
        initial={"act_id": request.args.get("act_id"), "valid_from": clock.today(), "months": 36},
        page=queries.proposals(current_person(), page=page_number()),
        acts=queries.act_choices(),
    )


@bp.route("/proposals/<uuid:proposal_id>/decline", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def decline_proposal(proposal_id: UUID) -> ResponseReturnValue:
    """Put a decision aside, with the reason."""

    def submit(data: dict[str, Any]) -> str:
        actions.decline_proposal(current_person(), proposal_id=proposal_id, **data)
        return url_for(".proposals")

    return form_page(
        "registry/proposal_decline.html",
        schemas.ReasonIn(),
        submit,
        title=_("Не исполнять решение"),
        row=queries.proposal(current_person(), proposal_id),
    )


def _card(platform_id: UUID) -> str:
    return url_for(".platform", platform_id=platform_id)
