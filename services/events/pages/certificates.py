"""Certificates: lists, the paper itself, the public check."""

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from services.events import access, actions, queries
from services.events.pages.door import bp
from services.events.pages.registrations import download
from services.events.rules.codes import plain_verify_code
from shared.refusal import NotFound
from shared.web.forms import act_on
from shared.web.person import current_person, page_roles


@bp.get("/certificates")
@page_roles()
def certificates() -> str:
    """Certificates of oneself and of the people whom one answers for."""
    who = current_person()
    page = queries.certificates(who, page=request.args.get("page", 1, type=int))
    return render_template(
        "events/certificates.html", page=page, card=None, keeps=access.keeps_attendance(who)
    )


@bp.get("/<uuid:event_id>/certificates")
@page_roles()
def event_certificates(event_id: UUID) -> str:
    """Certificates of one event."""
    who = current_person()
    page = queries.certificates(who, event_id=event_id, page=request.args.get("page", 1, type=int))
    card = queries.event(who, event_id)
    return render_template(
        "events/certificates.html", page=page, card=card, keeps=access.keeps_attendance(who)
    )


@bp.post("/<uuid:event_id>/certificates")
def issue_certificates(event_id: UUID) -> Answer:
    """The button «Выдать сертификаты»."""
    return act_on(
        lambda: actions.issue_certificates(current_person(), event_id=event_id),
        back=url_for(".event_certificates", event_id=event_id),
        done=_("Сертификаты выданы"),
    )


@bp.get("/certificates/<uuid:certificate_id>.pdf")
@page_roles()
def certificate_pdf(certificate_id: UUID) -> Response:
    """The certificate on paper, with its QR code (BR-67)."""
    return download(queries.certificate_file(current_person(), certificate_id))


@bp.post("/<uuid:event_id>/certificates/<uuid:certificate_id>/cancel")
def cancel_certificate(event_id: UUID, certificate_id: UUID) -> Answer:
    """The button «Аннулировать»."""
    reason = request.form.get("reason", "")
    return act_on(
        lambda: actions.cancel_certificate(current_person(), certificate_id=certificate_id, reason=reason),
        back=url_for(".event_certificates", event_id=event_id),
        done=_("Сертификат аннулирован"),
    )


@bp.post("/<uuid:event_id>/certificates/<uuid:certificate_id>/reissue")
def reissue_certificate(event_id: UUID, certificate_id: UUID) -> Answer:
    """The button «Выдать дубликат»."""
    return act_on(
        lambda: actions.reissue_certificate(current_person(), certificate_id=certificate_id),
        back=url_for(".event_certificates", event_id=event_id),
        done=_("Дубликат оформлен: номер прежний"),
    )


@bp.get("/verify")
def verify_form() -> ResponseReturnValue:
    """Where a code is typed in by whoever has no camera."""
    typed = plain_verify_code(request.args.get("code", ""))
    if typed:
        return redirect(url_for(".verify", code=typed), 303)
    return render_template("events/verify.html", verified=None, typed="")


@bp.get("/verify/<code>")
def verify(code: str) -> ResponseReturnValue:
    """What the QR code leads to: kind, number, date, event, state; no personal data (BR-67, BR-68)."""
    try:
        verified = queries.verify(code)
    except NotFound:
        return render_template("events/verify.html", verified=None, typed=code), 404
    return render_template("events/verify.html", verified=verified, typed=code)
