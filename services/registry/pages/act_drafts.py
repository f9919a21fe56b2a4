"""Drafts of normative acts: list, card, approval, rejection."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import actions, queries, schemas
from services.registry.pages.acts import AUTHORS, own_levels
from services.registry.pages.door import bp, choices, page_number, wanted
from services.registry.rules.kinds import ActKind, ActState
from services.registry.schemas import filters
from shared import clock
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles


@bp.get("/acts/drafts")
@page_roles(*AUTHORS)
def act_drafts() -> str:
    """Drafts that this person keeps."""
    asked = wanted(filters.DraftFilter)
    return render_template(
        "registry/act_drafts.html",
        page=queries.drafts(current_person(), **asked, page=page_number()),
        asked=asked,
        states=choices((ActState.DRAFT, ActState.IN_FORCE, ActState.REJECTED)),
    )


@bp.get("/acts/drafts/<uuid:draft_id>")
@page_roles(*AUTHORS)
def act_draft(draft_id: UUID) -> str:
    """A draft and what can be done with it."""
    return render_template("registry/act_draft.html", draft=queries.draft(current_person(), draft_id))


@bp.route("/acts/drafts/new", methods=["GET", "POST"])
@page_roles(*AUTHORS)
def new_act_draft() -> ResponseReturnValue:
    """Begin a draft."""
    return form_page(
        "registry/act_draft_form.html",
        schemas.DraftIn(),
        lambda data: _card(actions.draft_act(current_person(), **data)),
        title=_("Новый проект акта"),
        done=_("Проект акта сохранён"),
        initial={"kind": ActKind.ORDER},
        kinds=choices(ActKind),
        levels=choices(own_levels()),
        organisations=queries.organisation_choices(),
    )


@bp.route("/acts/drafts/<uuid:draft_id>/approve", methods=["GET", "POST"])
@page_roles(*AUTHORS)
def approve_act(draft_id: UUID) -> ResponseReturnValue:
    """Give a draft its number and date."""

    def submit(data: dict[str, Any]) -> str:
        return url_for(".act", act_id=actions.approve_act(current_person(), draft_id=draft_id, **data))

    return form_page(
        "registry/act_draft_approve.html",
        schemas.ActApprovalIn(),
        submit,
        title=_("Утверждение проекта"),
        done=_("Акт внесён"),
        initial={"date": clock.today()},
        draft=queries.draft(current_person(), draft_id),
    )


@bp.route("/acts/drafts/<uuid:draft_id>/reject", methods=["GET", "POST"])
@page_roles(*AUTHORS)
def reject_act(draft_id: UUID) -> ResponseReturnValue:
    """Put a draft aside."""

    def submit(data: dict[str, Any]) -> str:
        actions.reject_act(current_person(), draft_id=draft_id, **data)
        return _card(draft_id)

    return form_page(
        "registry/act_draft_reject.html",
        schemas.ReasonIn(),
        submit,
        title=_("Отклонение проекта"),
        done=_("Проект отклонён"),
        draft=queries.draft(current_person(), draft_id),
    )


def _card(draft_id: UUID) -> str:
    return url_for(".act_draft", draft_id=draft_id)
