"""The expert's sheet: declaration of independence, recusal, the draft kept as typed, the signature."""

from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import current_app, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import actions, queries, schemas
from services.expertise.actions.sheets import DraftMoved
from services.expertise.pages.door import bp, choices
from services.expertise.queries.views import AssignmentCard, DraftView
from services.expertise.rules.states import SHEET
from services.expertise.rules.vocabulary import Recommendation
from shared.person import Role
from shared.refusal import N_, Refused, SignInNeeded
from shared.web.formdata import submitted
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles
from shared.web.wording import refusal_text

#: Why experts usually step back: one click each (BR-42).
RECUSALS = (
    N_("Работаю или недавно работал вместе с соискателем"),
    N_("Участвовал в подготовке этой работы"),
    N_("Родственник или близкий знакомый среди авторов"),
    N_("Работа не по моей специальности"),
)
#: One more where the work is anonymous (F18).
RECOGNISED = N_("Узнал анонимную работу или её авторов")


@bp.route("/assignments/<uuid:assignment_id>", methods=["GET", "POST"])
@page_roles(Role.EXPERT)
def assignment(assignment_id: UUID) -> ResponseReturnValue:
    """The assignment with its sheet; saving keeps everything that was typed."""
    return _sheet_page(assignment_id, done=_("Черновик сохранён"), onward=".assignment")


@bp.post("/assignments/<uuid:assignment_id>/review")
@page_roles(Role.EXPERT)
def review(assignment_id: UUID) -> ResponseReturnValue:
    """Save what is on the form and, when nothing is missing, show what is going to be signed."""
    return _sheet_page(assignment_id, done="", onward=".sign")


@bp.route("/assignments/<uuid:assignment_id>/sign", methods=["GET", "POST"])
@page_roles(Role.EXPERT)
def sign(assignment_id: UUID) -> ResponseReturnValue:
    """What is signed, for the last time before it becomes immutable; the signature."""
    who = current_person()
    card = queries.assignment(who, assignment_id)
    if card.sheet is None or not SHEET.allows(card.sheet.state, "sign"):
        return redirect(url_for(".assignment", assignment_id=assignment_id), 303)

    def submit(data: dict[str, Any]) -> str:
        actions.sign_sheet(who, assignment_id=assignment_id, **data)
        return url_for(".queue")

    return form_page(
        "expertise/sheet_sign.html",
        schemas.SignIn(),
        submit,
        title=_("Подписать оценочный лист"),
        done=_("Лист подписан"),
        initial={"seen": card.draft.version},
        card=card,
    )


@bp.post("/assignments/<uuid:assignment_id>/draft")
@page_roles(Role.EXPERT)
def keep_draft(assignment_id: UUID) -> ResponseReturnValue:
    """Keep what is typed, called by the page itself; answers with what is kept, or with the other text (409)."""
    who = current_person()
    schema = schemas.DraftIn()
    try:
        actions.keep_draft(
            who, assignment_id=assignment_id, **schema.load(submitted(schema, request.form, request.files))
        )
    except ma.ValidationError:
        return jsonify(message=_("Слишком длинный текст: сократите его, он пока только на этой странице")), 422
    except DraftMoved as refusal:
        return _told(queries.draft_of(who, assignment_id), refusal_text(refusal)), 409
    except SignInNeeded:
        raise
    except Refused as refusal:
        return jsonify(message=refusal_text(refusal)), refusal.status
    return _told(queries.draft_of(who, assignment_id))


def _told(draft: DraftView, message: str = "") -> Response:
    """The draft for the page: numbers as people read them."""
    plain = schemas.DraftOut().dump(draft)
    number = current_app.jinja_env.filters["number"]
    plain["total"], plain["percent"] = number(draft.total, 2), number(draft.percent, 2)
    return jsonify(message=message, **plain)


def _sheet_page(assignment_id: UUID, *, done: str, onward: str) -> ResponseReturnValue:
    who = current_person()
    moved: list[Refused] = []

    def submit(data: dict[str, Any]) -> str | Response:
        try:
            actions.keep_draft(who, assignment_id=assignment_id, **data)
        except DraftMoved as refusal:
            moved.append(refusal)
            raise
        faults = queries.draft_of(who, assignment_id).faults
        if onward == ".sign" and faults:
            flash(_("Черновик сохранён, но подписать его пока нельзя: см. отмеченные места"), "warning")
            return redirect(url_for(".assignment", assignment_id=assignment_id, check=1) + "#lacks", 303)
        return url_for(onward, assignment_id=assignment_id)

    card = queries.assignment(who, assignment_id)
    answer = form_page(
        "expertise/assignment.html",
        schemas.DraftIn(),
        submit,
        title=card.reg_no,
        done=done,
        initial=_filled(card),
        card=card,
        recommendations=choices(Recommendation),
        recusals=[_(text) for text in ((RECOGNISED, *RECUSALS) if card.is_blind else RECUSALS)],
        show_faults="check" in request.args,
        moved=moved,
    )
    if moved and isinstance(answer, tuple):
        return answer[0], 409
    return answer


def _filled(card: AssignmentCard) -> dict[str, Any]:
    draft = card.draft
    scores = {f"scores-{code}": value for code, value in draft.scores.items()}
    comments = {f"comments-{code}": text for code, text in draft.comments.items()}
    return {
        **scores,
        **comments,
        "conclusion": draft.conclusion,
        "remarks": draft.remarks,
        "recommendation": draft.recommendation,
    }


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
