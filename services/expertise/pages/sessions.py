"""Sessions of councils: the protocol builder of the secretary and the buttons of its life."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import actions, queries, schemas
from services.expertise.pages.councils import STAFF
from services.expertise.pages.door import bp, choices
from services.expertise.queries.views.sessions import SessionCard
from services.expertise.rules.decisions import OUTCOMES
from services.expertise.rules.papers import PaperKind
from services.expertise.rules.vocabulary import Outcome, Presence, ResultTitle, SeatRole
from shared import clock
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

MORE_ITEMS = 3


@bp.get("/protocols/<uuid:protocol_id>")
def session(protocol_id: UUID) -> str:
    """The session with its protocol: steps and what they lack for its secretary, the text for its readers."""
    who = current_person()
    card = queries.session_card(who, protocol_id)
    edition = queries.edition(who, card.edition_id)
    return render_template(
        "expertise/session.html",
        title=_("Протокол № %(number)s", number=card.number),
        card=card,
        edition=edition,
        papers=queries.papers_of(
            who, protocol_id, PaperKind.D01_EXPERT_PROTOCOL, PaperKind.D06_COORDINATION_PROTOCOL
        ),
        open_nominations=_open_nominations(card, edition) if card.may_keep else [],
    )


@bp.route("/protocols/<uuid:protocol_id>/edit", methods=["GET", "POST"])
@page_roles(*STAFF)
def edit_session(protocol_id: UUID) -> ResponseReturnValue:
    """Who came, who led the session and when it was."""
    who = current_person()
    card = queries.session_card(who, protocol_id)

    def submit(data: dict[str, Any]) -> str:
        actions.edit_session(who, protocol_id=protocol_id, **data)
        return _back(protocol_id)

    members = [one for one in card.seats if one.role is not SeatRole.OBSERVER]
    initial: dict[str, Any] = {
        name: getattr(card, name)
        for name in ("number", "date", "place", "started_at", "ended_at", "chair_id", "secretary_id")
    }
    for number, one in enumerate(members):
        initial[f"seats-{number}-person_id"] = one.person_id
        initial[f"seats-{number}-presence"] = one.presence
    initial["observers"] = [one.person_id for one in card.seats if one.role is SeatRole.OBSERVER]
    return form_page(
        "expertise/session_form.html",
        schemas.SessionEditIn(),
        submit,
        title=_("Заседание: кто присутствовал"),
        done=_("Записано"),
        initial=initial,
        card=card,
        edition=queries.edition(who, card.edition_id),
        members=members,
        people=[(one.person_id, one.name) for one in members],
        guests=queries.people_choices(who),
        presences=choices(Presence),
    )


@bp.route("/protocols/<uuid:protocol_id>/agenda", methods=["GET", "POST"])
@page_roles(*STAFF)
def edit_agenda(protocol_id: UUID) -> ResponseReturnValue:
    """The agenda: heard, said, resolved."""
    who = current_person()
    card = queries.session_card(who, protocol_id)

    def submit(data: dict[str, Any]) -> str:
        actions.edit_agenda(who, protocol_id=protocol_id, **data)
        return _back(protocol_id)

    initial: dict[str, Any] = {}
    for number, item in enumerate(card.items):
        for name in ("title", "nomination_id", "heard", "spoke", "resolved"):
            initial[f"items-{number}-{name}"] = getattr(item, name)
    return form_page(
        "expertise/agenda_form.html",
        schemas.AgendaIn(),
        submit,
        title=_("Повестка: слушали, выступили, решили"),
        done=_("Повестка записана"),
        initial=initial,
        card=card,
        edition=queries.edition(who, card.edition_id),
        rows=range(len(card.items) + MORE_ITEMS),
    )


@bp.post("/protocols/<uuid:protocol_id>/nominations/<uuid:nomination_id>")
@page_roles(*STAFF)
def propose_nomination(protocol_id: UUID, nomination_id: UUID) -> Response:
    """The button «Вынести номинацию на голосование»."""
    return act_on(
        lambda: actions.propose_nomination(
            current_person(), protocol_id=protocol_id, nomination_id=nomination_id
        ),
        back=_back(protocol_id),
        done=_("Заявки номинации вынесены на голосование"),
    )


@bp.post("/protocols/<uuid:protocol_id>/nominations/<uuid:nomination_id>/drop")
@page_roles(*STAFF)
def drop_nomination(protocol_id: UUID, nomination_id: UUID) -> Response:
    """The button «Снять номинацию с повестки»."""
    return act_on(
        lambda: actions.drop_nomination(
            current_person(), protocol_id=protocol_id, nomination_id=nomination_id
        ),
        back=_back(protocol_id),
        done=_("Номинация снята с повестки"),
    )


@bp.route("/protocols/<uuid:protocol_id>/proposals", methods=["GET", "POST"])
@page_roles(*STAFF)
def change_proposals(protocol_id: UUID) -> ResponseReturnValue:
    """Outcomes and titles that are put to the vote."""
    who = current_person()
    card = queries.session_card(who, protocol_id)

    def submit(data: dict[str, Any]) -> str:
        actions.change_proposals(who, protocol_id=protocol_id, **data)
        return _back(protocol_id)

    initial: dict[str, Any] = {}
    for number, one in enumerate(card.decisions):
        for name in ("entry_id", "outcome", "title", "title_reason"):
            initial[f"proposals-{number}-{name}"] = getattr(one, name)
    return form_page(
        "expertise/proposals_form.html",
        schemas.ProposalsIn(),
        submit,
        title=_("Предложения к голосованию"),
        done=_("Предложения записаны"),
        initial=initial,
        card=card,
        edition=queries.edition(who, card.edition_id),
        outcomes={
            one.kind: choices(outcome for outcome in Outcome if outcome in OUTCOMES[one.kind])
            for one in card.decisions
        },
        titles=choices(ResultTitle),
    )


@bp.route("/protocols/<uuid:protocol_id>/hand-count", methods=["GET", "POST"])
@page_roles(*STAFF)
def count_by_hand(protocol_id: UUID) -> ResponseReturnValue:
    """Votes that were counted by hand."""
    who = current_person()
    card = queries.session_card(who, protocol_id)

    def submit(data: dict[str, Any]) -> str:
        actions.count_by_hand(who, protocol_id=protocol_id, **data)
        return _back(protocol_id)

    initial: dict[str, Any] = {}
    for number, one in enumerate(card.decisions):
        initial[f"counts-{number}-entry_id"] = one.entry_id
        if one.hand_note:
            initial["note"] = one.hand_note
            for name in ("votes_for", "votes_against", "abstained", "tie_votes"):
                initial[f"counts-{number}-{name}"] = getattr(one, name)
    return form_page(
        "expertise/count_form.html",
        schemas.CountIn(),
        submit,
        title=_("Голоса, посчитанные вручную"),
        done=_("Голоса записаны"),
        initial=initial,
        card=card,
        edition=queries.edition(who, card.edition_id),
    )


@bp.post("/protocols/<uuid:protocol_id>/freeze")
@page_roles(*STAFF)
def freeze_protocol(protocol_id: UUID) -> Response:
    """The button «Передать на подписание»."""
    return act_on(
        lambda: actions.freeze_protocol(current_person(), protocol_id=protocol_id),
        back=_back(protocol_id),
        done=_("Протокол передан на подписание, рейтинг зафиксирован"),
    )


@bp.route("/protocols/<uuid:protocol_id>/revise", methods=["GET", "POST"])
@page_roles(*STAFF)
def revise_protocol(protocol_id: UUID) -> ResponseReturnValue:
    """Take a protocol back into the draft."""

    def submit(data: dict[str, Any]) -> str:
        actions.revise_protocol(current_person(), protocol_id=protocol_id, **data)
        return _back(protocol_id)

    return form_page(
        "expertise/ask.html",
        schemas.ReasonIn(),
        submit,
        title=_("Вернуть протокол в черновик"),
        done=_("Протокол снова черновик, подписи сняты"),
        name="reason",
        question=_("Что нужно исправить"),
        button_label=_("Вернуть в черновик"),
        back=_back(protocol_id),
    )


@bp.route("/protocols/<uuid:protocol_id>/sign-on-paper", methods=["GET", "POST"])
@page_roles(*STAFF)
def sign_on_paper(protocol_id: UUID) -> ResponseReturnValue:
    """Record that the printed protocol is signed."""

    def submit(data: dict[str, Any]) -> str:
        actions.sign_on_paper(current_person(), protocol_id=protocol_id, **data)
        return _back(protocol_id)

    return form_page(
        "expertise/ask.html",
        schemas.NoteIn(),
        submit,
        title=_("Протокол подписан на бумаге"),
        done=_("Протокол подписан, решения вступили в силу"),
        name="note",
        question=_("Где подписанный протокол или его скан"),
        button_label=_("Записать"),
        back=_back(protocol_id),
    )


@bp.post("/protocols/<uuid:protocol_id>/publish")
@page_roles(*STAFF)
def publish_protocol(protocol_id: UUID) -> Response:
    """The button «Опубликовать протокол»."""
    return act_on(
        lambda: actions.publish_protocol(current_person(), protocol_id=protocol_id),
        back=_back(protocol_id),
        done=_("Протокол опубликован"),
    )


@bp.route("/protocols/<uuid:protocol_id>/supersede", methods=["GET", "POST"])
@page_roles(*STAFF)
def supersede_protocol(protocol_id: UUID) -> ResponseReturnValue:
    """Draft the protocol that will supersede a signed one."""

    def submit(data: dict[str, Any]) -> str:
        return _back(actions.supersede_protocol(current_person(), protocol_id=protocol_id, **data))

    return form_page(
        "expertise/supersede_form.html",
        schemas.SupersedingIn(),
        submit,
        title=_("Заменить протокол"),
        done=_("Составлен черновик нового протокола"),
        initial={"date": clock.today()},
        back=_back(protocol_id),
    )


@bp.post("/protocols/<uuid:protocol_id>/papers")
@page_roles(*STAFF)
def print_protocol(protocol_id: UUID) -> Response:
    """The button «Напечатать протокол»."""
    return act_on(
        lambda: actions.issue_protocol(current_person(), protocol_id=protocol_id),
        back=_back(protocol_id),
        done=_("Протокол напечатан"),
    )


def _back(protocol_id: UUID) -> str:
    return url_for(".session", protocol_id=protocol_id)


def _open_nominations(card: SessionCard, edition: Any) -> list[Any]:
    """Nominations that are not on the agenda yet."""
    there = {one.nomination_id for one in card.decisions}
    return [one for one in edition.nominations if one.nomination_id not in there]
