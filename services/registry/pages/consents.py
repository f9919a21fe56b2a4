"""Consents for the operator: texts, papers with scans, withdrawals; incidents."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import actions, queries
from services.registry.pages.door import bp, choices
from services.registry.pages.privacy import MANAGERS
from services.registry.rules.consents import ConsentPurpose, DataCategory
from services.registry.rules.incidents import IncidentKind
from services.registry.schemas import privacy
from shared import clock
from shared.person import Role
from shared.web.export import attachment
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles


@bp.get("/consent-texts")
@page_roles(*MANAGERS)
def consent_texts() -> str:
    """The newest text of every purpose."""
    return render_template(
        "registry/consent_texts.html", texts=queries.consent_texts(), purposes=list(ConsentPurpose)
    )


@bp.route(
    "/consent-texts/<any(PROCESSING, DISTRIBUTION, PHOTO_VIDEO, CROSS_BORDER):purpose>",
    methods=["GET", "POST"],
)
@page_roles(*MANAGERS)
def publish_consent_text(purpose: str) -> ResponseReturnValue:
    """Publish the next version of a text."""
    now = queries.consent_texts().get(ConsentPurpose(purpose))

    def submit(data: dict[str, Any]) -> str:
        actions.publish_consent_text(current_person(), **data)
        return url_for(".consent_texts")

    return form_page(
        "registry/consent_text_form.html",
        privacy.ConsentTextIn(),
        submit,
        title=_("Текст согласия"),
        done=_("Новая редакция опубликована. Данные раньше согласия остаются с прежним текстом."),
        initial={"purpose": purpose, "text": now.text if now else ""},
        purpose=ConsentPurpose(purpose),
    )


@bp.route("/people/<uuid:person_id>/consents/new", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def record_consent(person_id: UUID) -> ResponseReturnValue:
    """Enter a consent on paper with its scan."""
    card = actions.read_privacy(current_person(), person_id=person_id)

    def submit(data: dict[str, Any]) -> str:
        scan = data.pop("scan")
        actions.record_consent(
            current_person(), person_id=person_id, filename=scan.filename, content=scan.content, **data
        )
        return url_for(".person_privacy", person_id=person_id)

    return form_page(
        "registry/consent_paper.html",
        privacy.PaperConsentFormIn(),
        submit,
        title=_("Согласие на бумаге"),
        done=_("Согласие записано"),
        initial={"given_on": clock.today()},
        card=card,
        purposes=choices(card.open_texts),
        categories=choices(DataCategory),
    )


@bp.post(
    "/people/<uuid:person_id>/consents/<any(PROCESSING, DISTRIBUTION, PHOTO_VIDEO, CROSS_BORDER):purpose>/print"
)
@page_roles(Role.OPERATOR)
def print_consent(person_id: UUID, purpose: str) -> ResponseReturnValue:
    """Print the form of a consent (D-15)."""
    paper = actions.print_consent(current_person(), person_id=person_id, purpose=ConsentPurpose(purpose))
    return redirect(url_for(".paper", paper_id=paper), 303)


@bp.get("/consents/<uuid:consent_id>/scan")
@page_roles()
def consent_scan(consent_id: UUID) -> Response:
    """Download the scan of a consent."""
    scan = queries.consent_scan(current_person(), consent_id)
    return attachment(scan.content, scan.filename, scan.media_type)


@bp.route("/people/<uuid:person_id>/consents/<uuid:consent_id>/withdraw", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def withdraw_consent(person_id: UUID, consent_id: UUID) -> ResponseReturnValue:
    """Enter a withdrawal that came by letter."""

    def submit(data: dict[str, Any]) -> str:
        actions.withdraw_consent(current_person(), consent_id=consent_id, **data)
        return url_for(".person_privacy", person_id=person_id)

    return form_page(
        "registry/consent_withdraw.html",
        privacy.WithdrawalIn(),
        submit,
        title=_("Отзыв согласия"),
        done=_("Отзыв записан, идёт срок 30 дней"),
        initial={"withdrawn_on": clock.today()},
        card=actions.read_privacy(current_person(), person_id=person_id),
    )


@bp.route("/people/<uuid:person_id>/consents/<uuid:consent_id>/close", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def close_consent(person_id: UUID, consent_id: UUID) -> ResponseReturnValue:
    """Record what was done after a withdrawal."""

    def submit(data: dict[str, Any]) -> str:
        actions.close_consent(current_person(), consent_id=consent_id, **data)
        return url_for(".person_privacy", person_id=person_id)

    return form_page(
        "registry/consent_close.html",
        privacy.NoteIn(),
        submit,
        title=_("Что сделано по отзыву"),
        done=_("Записано"),
        card=actions.read_privacy(current_person(), person_id=person_id),
    )


@bp.get("/incidents")
@page_roles(*MANAGERS)
def incidents() -> str:
    """Incidents with their deadlines."""
    return render_template("registry/incidents.html", rows=queries.all_incidents(current_person()))


@bp.route("/incidents/new", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def new_incident() -> ResponseReturnValue:
    """Open the card of an incident."""
    return form_page(
        "registry/incident_form.html",
        privacy.IncidentIn(),
        lambda data: url_for(".incident", incident_id=actions.record_incident(current_person(), **data)),
        title=_("Новый инцидент"),
        done=_("Карточка открыта, сроки посчитаны"),
        initial={"discovered_at": clock.now()},
        kinds=choices(IncidentKind),
    )


@bp.route("/incidents/<uuid:incident_id>", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def incident(incident_id: UUID) -> ResponseReturnValue:
    """The card of an incident, and closing it."""

    def submit(data: dict[str, Any]) -> str:
        actions.close_incident(current_person(), incident_id=incident_id, **data)
        return url_for(".incident", incident_id=incident_id)

    return form_page(
        "registry/incident.html",
        privacy.NoteIn(),
        submit,
        title=_("Инцидент"),
        done=_("Инцидент закрыт"),
        card=queries.incident(current_person(), incident_id),
        now=clock.now(),
    )
