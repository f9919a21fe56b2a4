"""The council: rating and decisions."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.expertise import actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.queries.views import EditionCard, NominationView
from services.expertise.rules.decisions import FOR_PASSING, OUTCOMES
from services.expertise.rules.states import AWAITING_DECISION
from services.expertise.rules.vocabulary import Outcome, ResultTitle
from shared import clock
from shared.person import Role
from shared.refusal import N_, NotFound
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles


@bp.get("/editions/<uuid:edition_id>/rating/<uuid:nomination_id>")
@page_roles(Role.SECRETARY, Role.OPERATOR, Role.COUNCIL)
def rating(edition_id: UUID, nomination_id: UUID) -> str:
    """The rating table of a nomination."""
    who = current_person()
    card = queries.edition(who, edition_id)
    return render_template(
        "expertise/rating.html",
        title=_("Сводный рейтинг"),
        edition=card,
        nomination=_nomination(card, nomination_id),
        rows=queries.rating(who, edition_id, nomination_id),
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
