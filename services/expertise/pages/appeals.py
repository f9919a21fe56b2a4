"""Appeals: the applicant files, the secretary takes, the commission decides."""

from typing import Any
from uuid import UUID

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.queries.views.appeals import AppealCard
from services.expertise.rules.appeals import LEAST_WORDS
from services.expertise.rules.papers import PaperKind
from services.expertise.rules.vocabulary import AppealRefusal, AppealState, Presence, VoteChoice
from shared.person import Role
from shared.web.forms import Form, act_on, form_page
from shared.web.person import current_person, page_roles

OUTCOMES = (AppealState.UPHELD_UP, AppealState.UPHELD_DOWN, AppealState.UNCHANGED)


@bp.route("/entries/<uuid:entry_id>/appeal", methods=["GET", "POST"])
@page_roles(Role.ORGANISATION, Role.TMS, Role.SECRETARY)
def file_appeal(entry_id: UUID) -> ResponseReturnValue:
    """The form of an appeal beside the applicant's own sheets without names."""
    who = current_person()
    entry = queries.entry(who, entry_id)
    sheets = queries.own_sheets(who, entry_id)

    def submit(data: dict[str, Any]) -> str:
        return url_for(".appeal", appeal_id=actions.file_appeal(who, entry_id=entry_id, **data))

    return form_page(
        "expertise/appeal_form.html",
        schemas.AppealIn(),
        submit,
        title=_("Подать апелляцию"),
        done=_("Апелляция подана"),
        entry=entry,
        edition=queries.edition(who, entry.edition_id),
        sheets=sheets,
        chance=queries.appeal_chance(who, entry_id),
        filed=queries.appeal_of_entry(who, entry_id),
        criteria=queries.contested_choices(who, entry_id),
        least=LEAST_WORDS,
    )


@bp.get("/editions/<uuid:edition_id>/appeals")
@page_roles()
def appeals(edition_id: UUID) -> str:
    """Appeals of an edition: for the staff and the commission."""
    who = current_person()
    return render_template(
        "expertise/appeals.html",
        title=_("Апелляции"),
        edition=queries.edition(who, edition_id),
        queue=queries.appeal_queue(who, edition_id),
        may_compose=who.has(Role.SECRETARY, Role.OPERATOR),
    )


@bp.get("/appeals/<uuid:appeal_id>")
@page_roles()
def appeal(appeal_id: UUID) -> str:
    """The card of an appeal."""
    who = current_person()
    card = queries.appeal(who, appeal_id)
    return render_template(
        "expertise/appeal.html",
        title=_("Апелляция по заявке %(number)s", number=card.label),
        appeal=card,
        edition=queries.edition(who, card.edition_id),
        papers=queries.papers_of(who, appeal_id, PaperKind.D21_APPEAL_DECISION),
    )


@bp.post("/appeals/<uuid:appeal_id>/withdraw")
@page_roles(Role.ORGANISATION, Role.TMS, Role.SECRETARY)
def withdraw_appeal(appeal_id: UUID) -> Response:
    """The button «Отозвать апелляцию»."""
    return act_on(
        lambda: actions.withdraw_appeal(current_person(), appeal_id=appeal_id),
        back=url_for(".appeal", appeal_id=appeal_id),
        done=_("Апелляция отозвана"),
    )


@bp.post("/appeals/<uuid:appeal_id>/accept")
@page_roles(Role.SECRETARY)
def accept_appeal(appeal_id: UUID) -> Response:
    """The button «Принять к рассмотрению»."""
    return act_on(
        lambda: actions.accept_appeal(current_person(), appeal_id=appeal_id),
        back=url_for(".appeal", appeal_id=appeal_id),
        done=_("Апелляция передана комиссии"),
    )


@bp.route("/appeals/<uuid:appeal_id>/refuse", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def refuse_appeal(appeal_id: UUID) -> ResponseReturnValue:
    """Why an appeal is not taken into review."""
    who = current_person()
    card = queries.appeal(who, appeal_id)

    def submit(data: dict[str, Any]) -> str:
        actions.refuse_appeal(who, appeal_id=appeal_id, **data)
        return url_for(".appeal", appeal_id=appeal_id)

    return form_page(
        "expertise/appeal_refuse_form.html",
        schemas.AppealRefusalIn(),
        submit,
        title=_("Не принять апелляцию по заявке %(number)s", number=card.label),
        done=_("Апелляция не принята к рассмотрению"),
        appeal=card,
        edition=queries.edition(who, card.edition_id),
        refusals=choices(AppealRefusal),
    )


@bp.route("/appeals/<uuid:appeal_id>/decide", methods=["GET", "POST"])
@page_roles()
def decide_appeal(appeal_id: UUID) -> ResponseReturnValue:
    """The decision of the commission; «Пересчитать» shows beforehand what it changes."""
    who = current_person()
    card = queries.appeal(who, appeal_id)
    context = _context(card)

    def count(data: dict[str, Any]) -> Response:
        form = Form(schemas.AppealDecisionIn())
        form.sent = request.form
        return make_response(
            render_template(
                "expertise/appeal_decide_form.html",
                form=form,
                effect=queries.appeal_effect(who, appeal_id, **data),
                **context,
            )
        )

    def submit(data: dict[str, Any]) -> str:
        actions.decide_appeal(who, appeal_id=appeal_id, **data)
        return url_for(".appeal", appeal_id=appeal_id)

    only_count = request.method == "POST" and request.args.get("only") == "recount"
    initial: dict[str, Any] = {}
    for number, one in enumerate(context["able"]):
        initial[f"members-{number}-person_id"] = one.person_id
        initial[f"members-{number}-presence"] = Presence.PRESENT
    for number, mark in enumerate(card.marks):
        initial[f"corrections-{number}-stage_kind"] = mark.stage_kind
        initial[f"corrections-{number}-criterion"] = mark.code
    return form_page(
        "expertise/appeal_decide_form.html",
        schemas.RecountForm() if only_count else schemas.AppealDecisionIn(),
        count if only_count else submit,
        done=_("Решение записано"),
        initial=initial,
        effect=None,
        **context,
    )


@bp.post("/appeals/<uuid:appeal_id>/print")
@page_roles()
def print_appeal(appeal_id: UUID) -> Response:
    """The button «Напечатать решение»."""
    return act_on(
        lambda: actions.issue_appeal_decision(current_person(), appeal_id=appeal_id),
        back=url_for(".appeal", appeal_id=appeal_id),
        done=_("Решение напечатано"),
    )


def _context(card: AppealCard) -> dict[str, Any]:
    return {
        "title": _("Решение по апелляции %(number)s", number=card.label),
        "appeal": card,
        "edition": queries.edition(current_person(), card.edition_id),
        "able": [one for one in card.members if one.bar is None],
        "barred": [one for one in card.members if one.bar],
        "presences": choices(Presence),
        "vote_choices": choices(VoteChoice),
        "outcomes": choices(OUTCOMES),
        "least": LEAST_WORDS,
    }
