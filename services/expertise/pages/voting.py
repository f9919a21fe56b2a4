"""What a member of a council does at a session: votes, declares conflicts, signs."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.rules.vocabulary import VoteChoice
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


@bp.route("/protocols/<uuid:protocol_id>/vote", methods=["GET", "POST"])
@page_roles()
def vote(protocol_id: UUID) -> ResponseReturnValue:
    """The ballot of a member: one line an entry, those with a conflict are left out."""
    who = current_person()
    card = queries.session_card(who, protocol_id)
    mine = [one for one in card.decisions if who.person_id not in {barred.person_id for barred in one.barred}]

    def submit(data: dict[str, Any]) -> str:
        actions.cast_votes(who, protocol_id=protocol_id, **data)
        return url_for(".session", protocol_id=protocol_id)

    initial: dict[str, Any] = {}
    for number, one in enumerate(mine):
        initial[f"votes-{number}-entry_id"] = one.entry_id
        initial[f"votes-{number}-choice"] = one.my_choice
        initial[f"votes-{number}-preferred"] = one.my_preferred
    return form_page(
        "expertise/vote_form.html",
        schemas.BallotsForm(),
        submit,
        title=_("Голосование"),
        done=_("Ваши голоса записаны"),
        initial=initial,
        card=card,
        edition=queries.edition(who, card.edition_id),
        mine=mine,
        left_out=[one for one in card.decisions if one not in mine],
        vote_choices=choices(VoteChoice),
    )


@bp.route("/protocols/<uuid:protocol_id>/conflict", methods=["GET", "POST"])
@page_roles()
def declare_council_conflict(protocol_id: UUID) -> ResponseReturnValue:
    """Declare a conflict of interest about an entry of the session."""
    who = current_person()
    card = queries.session_card(who, protocol_id)

    def submit(data: dict[str, Any]) -> str:
        actions.declare_conflict(who, protocol_id=protocol_id, **data)
        return url_for(".session", protocol_id=protocol_id)

    return form_page(
        "expertise/council_conflict_form.html",
        schemas.ConflictIn(),
        submit,
        title=_("Заявить о конфликте интересов"),
        done=_("Записано: вы не голосуете по этой заявке"),
        card=card,
        edition=queries.edition(who, card.edition_id),
        entries=[(one.entry_id, f"{one.label}, {one.applicant_name}") for one in card.decisions],
    )


@bp.post("/protocols/<uuid:protocol_id>/sign")
@page_roles()
def sign_protocol(protocol_id: UUID) -> Response:
    """The button «Подписать протокол»."""
    return act_on(
        lambda: actions.sign_protocol(current_person(), protocol_id=protocol_id),
        back=url_for(".session", protocol_id=protocol_id),
        done=_("Вы подписали протокол"),
    )
