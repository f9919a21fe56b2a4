"""Experts: their list, the queue of one expert, acceptance, recusal and the score sheet."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.queries.views import AssignmentCard
from services.expertise.rules.vocabulary import ExpertLevel
from shared.person import Role
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


@bp.get("/experts")
@page_roles(Role.SECRETARY, Role.OPERATOR, Role.COUNCIL)
def experts() -> str:
    """All enrolled experts."""
    return render_template(
        "expertise/experts.html", title=_("Эксперты"), experts=queries.experts(current_person())
    )


@bp.route("/experts/new", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def enrol() -> ResponseReturnValue:
    """Enrol a person as an expert."""
    who = current_person()

    def submit(data: dict[str, Any]) -> str:
        actions.enrol_expert(who, **data)
        return url_for(".experts")

    return form_page(
        "expertise/enrol_form.html",
        schemas.EnrolForm(),
        submit,
        title=_("Включить в эксперты"),
        done=_("Эксперт включён"),
        initial={"level": ExpertLevel.BASE, "max_load": 12},
        people=queries.person_choices(who),
        levels=choices(ExpertLevel),
    )


@bp.get("/queue")
@page_roles(Role.EXPERT)
def queue() -> str:
    """The expert's own assignments with deadlines."""
    return render_template(
        "expertise/queue.html", title=_("Моя экспертиза"), lines=queries.queue(current_person())
    )


@bp.route("/assignments/<uuid:assignment_id>", methods=["GET", "POST"])
@page_roles(Role.EXPERT)
def assignment(assignment_id: UUID) -> ResponseReturnValue:
    """The assignment with its sheet; saving keeps a draft and shows the computed total."""

    def submit(data: dict[str, Any]) -> str:
        actions.save_sheet(current_person(), assignment_id=assignment_id, **data)
        return url_for(".assignment", assignment_id=assignment_id)

    return _sheet_page(assignment_id, submit, done=_("Черновик сохранён"))


@bp.post("/assignments/<uuid:assignment_id>/sign")
@page_roles(Role.EXPERT)
def sign(assignment_id: UUID) -> ResponseReturnValue:
    """Save what is on the form and sign it."""

    def submit(data: dict[str, Any]) -> str:
        actions.save_sheet(current_person(), assignment_id=assignment_id, **data)
        actions.sign_sheet(current_person(), assignment_id=assignment_id)
        return url_for(".queue")

    return _sheet_page(assignment_id, submit, done=_("Лист подписан"))


def _sheet_page(assignment_id: UUID, submit: Any, done: str) -> ResponseReturnValue:
    card = queries.assignment(current_person(), assignment_id)
    return form_page(
        "expertise/assignment.html",
        schemas.SheetIn(),
        submit,
        title=card.reg_no,
        done=done,
        initial=_filled(card),
        card=card,
    )


def _filled(card: AssignmentCard) -> dict[str, str]:
    if card.sheet is None:
        return {}
    scores = {f"scores-{code}": str(value) for code, value in card.sheet.scores.items()}
    comments = {f"comments-{code}": text for code, text in card.sheet.comments.items()}
    return {**scores, **comments, "conclusion": card.sheet.conclusion}


@bp.post("/assignments/<uuid:assignment_id>/accept")
@page_roles(Role.EXPERT)
def accept(assignment_id: UUID) -> Response:
    """The button «Принять и подтвердить независимость»."""
    return act_on(
        lambda: actions.accept_assignment(current_person(), assignment_id=assignment_id),
        back=url_for(".assignment", assignment_id=assignment_id),
        done=_("Назначение принято"),
    )


@bp.route("/assignments/<uuid:assignment_id>/recuse", methods=["GET", "POST"])
@page_roles(Role.EXPERT)
def recuse(assignment_id: UUID) -> ResponseReturnValue:
    """Step back from an assignment."""

    def submit(data: dict[str, str]) -> str:
        actions.recuse(current_person(), assignment_id=assignment_id, **data)
        return url_for(".queue")

    return form_page(
        "expertise/ask.html",
        schemas.ReasonIn(),
        submit,
        title=_("Самоотвод"),
        done=_("Самоотвод принят"),
        name="reason",
        question=_("Почему вы не можете оценивать эту заявку"),
        button_label=_("Взять самоотвод"),
        back=url_for(".assignment", assignment_id=assignment_id),
    )
