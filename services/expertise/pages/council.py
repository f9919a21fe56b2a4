"""The council: rating, list of protocols, decisions of a paper session."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import access, actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.queries.rating_paper import rating_sheet, today_name
from services.expertise.queries.views import EditionCard, NominationView
from services.expertise.rules.decisions import FOR_PASSING, OUTCOMES
from services.expertise.rules.labels import label
from services.expertise.rules.papers import PaperKind
from services.expertise.rules.states import AWAITING_DECISION
from services.expertise.rules.vocabulary import Outcome, ResultTitle
from shared import clock
from shared.person import Role
from shared.refusal import N_, NotFound
from shared.web.export import download
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


@bp.get("/editions/<uuid:edition_id>/rating/<uuid:nomination_id>")
@page_roles(Role.SECRETARY, Role.OPERATOR, Role.COUNCIL)
def rating(edition_id: UUID, nomination_id: UUID) -> str:
    """The rating table of a nomination, fifty lines a page."""
    who = current_person()
    card = queries.edition(who, edition_id)
    words, passing, wanted_title = (request.args.get(name, "") for name in ("words", "passing", "title"))
    title = ResultTitle(wanted_title) if wanted_title in ResultTitle.__members__ else None
    wanted = queries.RatingFilter(
        words=words[:200], passing={"yes": True, "no": False}.get(passing), title=title
    )
    return render_template(
        "expertise/rating.html",
        title=_("Сводный рейтинг"),
        edition=card,
        nomination=_nomination(card, nomination_id),
        page=queries.rating_page(
            who, edition_id, nomination_id, wanted=wanted, page=request.args.get("page", 1, type=int)
        ),
        wanted=wanted,
        passing=passing,
        titles=choices(ResultTitle),
        papers=queries.papers_of(who, nomination_id, PaperKind.D05_RATING),
        may_print=access.may_keep_contests(who),
    )


@bp.get("/editions/<uuid:edition_id>/rating/<uuid:nomination_id>.<any(xlsx, csv):form>")
@page_roles(Role.SECRETARY, Role.OPERATOR, Role.COUNCIL)
def rating_file(edition_id: UUID, nomination_id: UUID, form: str) -> Response:
    """The whole rating of a nomination for spreadsheets, numbers as numbers."""
    who = current_person()
    card = queries.edition(who, edition_id)
    nomination = _nomination(card, nomination_id)
    headers, rows = rating_sheet(
        queries.rating(who, edition_id, nomination_id),
        [stage.kind for stage in card.stages if stage.weight],
        lambda word: _(label(word)) if isinstance(word, StrEnum) else _(word),
    )
    return download(form, today_name(nomination.code), headers, rows)


@bp.post("/editions/<uuid:edition_id>/rating/<uuid:nomination_id>/papers")
@page_roles(Role.SECRETARY, Role.OPERATOR)
def print_rating(edition_id: UUID, nomination_id: UUID) -> Response:
    """The button «Напечатать ведомость»."""
    return act_on(
        lambda: actions.issue_rating(current_person(), edition_id=edition_id, nomination_id=nomination_id),
        back=url_for(".rating", edition_id=edition_id, nomination_id=nomination_id),
        done=_("Ведомость напечатана"),
    )


@bp.get("/editions/<uuid:edition_id>/protocols")
@page_roles(Role.SECRETARY, Role.OPERATOR, Role.COUNCIL)
def protocols(edition_id: UUID) -> str:
    """Sessions of the council and nominations that wait for a decision."""
    who = current_person()
    return render_template(
        "expertise/protocols.html",
        title=_("Решения совета"),
        edition=queries.edition(who, edition_id),
        protocols=queries.protocols(who, edition_id),
        councils=queries.councils(who, edition_id),
        may_call=access.is_secretary(who),
    )


@bp.route("/editions/<uuid:edition_id>/decisions/<uuid:nomination_id>", methods=["GET", "POST"])
@page_roles(Role.SECRETARY, Role.COUNCIL)
def decisions(edition_id: UUID, nomination_id: UUID) -> ResponseReturnValue:
    """Record a session of the council about a nomination."""
    who = current_person()
    card = queries.edition(who, edition_id)
    nomination = _nomination(card, nomination_id)
    rows = [row for row in queries.rating(who, edition_id, nomination_id) if row.state in AWAITING_DECISION]

    def submit(data: dict[str, Any]) -> str:
        actions.record_decisions(who, edition_id=edition_id, **data)
        return url_for(".protocols", edition_id=edition_id)

    outcomes = [one for one in Outcome if one in OUTCOMES[nomination.entry_kind]]
    initial: dict[str, Any] = {"date": clock.today()}
    for number, row in enumerate(rows):
        initial[f"decisions-{number}-entry_id"] = row.entry_id
        favourable = [one for one in outcomes if (one in FOR_PASSING) is row.passing]
        initial[f"decisions-{number}-outcome"] = favourable[0] if favourable else None
        initial[f"decisions-{number}-title"] = row.title
    return form_page(
        "expertise/decisions_form.html",
        schemas.DecisionsIn(),
        submit,
        title=_("Заседание совета"),
        done=_("Решения записаны"),
        initial=initial,
        edition=card,
        nomination=nomination,
        rows=rows,
        outcomes=choices(outcomes),
        titles=choices(ResultTitle),
    )


def _nomination(card: EditionCard, nomination_id: UUID) -> NominationView:
    found = next((one for one in card.nominations if one.nomination_id == nomination_id), None)
    if found is None:
        raise NotFound(N_("номинация"))
    return found
