"""Decisions of the council that wait for an order, and the drafts printed from them (D-07, BR-56)."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import EXCLUDE

from services.registry import actions, queries, schemas
from services.registry.pages.door import bp, page_number
from shared import clock
from shared.person import Role
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles


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
        drafts=queries.order_drafts(current_person()),
        overtaken=queries.overtaken_proposals(current_person()),
    )


@bp.post("/proposals/draft")
@page_roles(Role.OPERATOR)
def draft_order() -> ResponseReturnValue:
    """Print the draft of an order from the decisions picked in the list (D-07)."""

    def submit(data: dict[str, Any]) -> str:
        draft = actions.draft_order(current_person(), **data)
        return url_for(".order_draft", draft_id=draft)

    return form_page(
        "registry/proposals.html",
        schemas.OrderDraftIn(unknown=EXCLUDE),
        submit,
        title=_("Решения совета"),
        done=_("Проект приказа готов"),
        page=queries.proposals(current_person(), page=page_number()),
        acts=queries.act_choices(),
        drafts=queries.order_drafts(current_person()),
        overtaken=queries.overtaken_proposals(current_person()),
    )


@bp.route("/order-drafts/<uuid:draft_id>", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def order_draft(draft_id: UUID) -> ResponseReturnValue:
    """A draft: its paper, its decisions, and the form that enacts the whole of it (BR-56)."""

    def submit(data: dict[str, Any]) -> str:
        actions.enact_draft(current_person(), draft_id=draft_id, **data)
        return url_for(".order_draft", draft_id=draft_id)

    draft = queries.order_draft(current_person(), draft_id)
    return form_page(
        "registry/order_draft.html",
        schemas.ActOnlyIn(),
        submit,
        title=_("Проект приказа № %(number)s", number=draft.number),
        done=_("Проект исполнен приказом"),
        initial={"act_id": request.args.get("act_id")},
        draft=draft,
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


@bp.route("/proposals/<uuid:proposal_id>/later", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def settle_later_decision(proposal_id: UUID) -> ResponseReturnValue:
    """Say what was done about a decision that the council has taken back (BR-60)."""

    def submit(data: dict[str, Any]) -> str:
        actions.settle_later_decision(current_person(), proposal_id=proposal_id, **data)
        return url_for(".proposals")

    return form_page(
        "registry/proposal_later.html",
        schemas.ReasonIn(),
        submit,
        title=_("Пересмотр учтён"),
        row=queries.proposal(current_person(), proposal_id),
    )
