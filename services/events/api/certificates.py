"""Certificates and their public check."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.events import actions, queries, schemas
from services.events.api.door import bp, download
from shared.web.person import current_person


@bp.route("/events/<uuid:event_id>/certificates")
class EventCertificates(MethodView):
    """Certificates of an event."""

    @bp.response(200, schemas.CertificateOut(many=True))
    @bp.paginate()
    def get(self, event_id: UUID, pagination_parameters: PaginationParameters) -> Any:
        """Certificates of the people whom the one who asks may see."""
        parameters = pagination_parameters
        page = queries.certificates(
            current_person(), event_id=event_id, page=parameters.page, size=parameters.page_size
        )
        parameters.item_count = page.total
        return page.items

    @bp.response(201, schemas.CertificatesIssuedOut)
    def post(self, event_id: UUID) -> Any:
        """Issue certificates to everybody who attended (operator, BR-34)."""
        return {"ids": actions.issue_certificates(current_person(), event_id=event_id)}


@bp.route("/certificates")
class Certificates(MethodView):
    """Certificates of all events."""

    @bp.response(200, schemas.CertificateOut(many=True))
    @bp.paginate()
    def get(self, pagination_parameters: PaginationParameters) -> Any:
        """Certificates of the people whom the one who asks may see."""
        parameters = pagination_parameters
        page = queries.certificates(current_person(), page=parameters.page, size=parameters.page_size)
        parameters.item_count = page.total
        return page.items


@bp.route("/certificates/<uuid:certificate_id>/pdf")
class CertificatePdf(MethodView):
    """A certificate on paper."""

    @bp.response(200, content_type="application/pdf", description="PDF/A with a QR code")
    def get(self, certificate_id: UUID) -> Response:
        """The certificate as PDF."""
        return download(queries.certificate_file(current_person(), certificate_id))


@bp.route("/certificates/<uuid:certificate_id>/cancel")
class CancelCertificate(MethodView):
    """Making a certificate void."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], certificate_id: UUID) -> None:
        """Cancel a certificate; it stays verifiable (operator, BR-68)."""
        actions.cancel_certificate(current_person(), certificate_id=certificate_id, **data)


@bp.route("/certificates/<uuid:certificate_id>/reissue")
class ReissueCertificate(MethodView):
    """A duplicate."""

    @bp.response(204)
    def post(self, certificate_id: UUID) -> None:
        """Print a certificate anew with the mark «дубликат» (operator, BR-34)."""
        actions.reissue_certificate(current_person(), certificate_id=certificate_id)


@bp.route("/verify/<code>")
class Verify(MethodView):
    """The public check."""

    @bp.response(200, schemas.VerifiedOut)
    def get(self, code: str) -> Any:
        """Kind, number, date, event and state of a printed certificate; no personal data (BR-67)."""
        return queries.verify(code)
