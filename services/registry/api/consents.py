"""Consents to the processing of personal data."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from services.registry import actions, queries, schemas
from services.registry.api.door import bp
from services.registry.schemas import answers, privacy
from shared.web.export import attachment
from shared.web.person import current_person


@bp.route("/consent-texts")
class ConsentTexts(MethodView):
    """Texts of consents."""

    @bp.response(200, privacy.ConsentTextOut(many=True))
    def get(self) -> Any:
        """The newest text of every purpose, open to everybody."""
        return list(queries.consent_texts().values())

    @bp.arguments(privacy.ConsentTextIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Publish the next version of a text (operator, administrator, PD-01)."""
        return {"id": actions.publish_consent_text(current_person(), **data)}


@bp.route("/consents")
class Consents(MethodView):
    """The own consents."""

    @bp.arguments(privacy.ConsentIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Give the own consent for one purpose to the text that was read (PD-01, PD-02)."""
        return {"id": actions.give_consent(current_person(), **data)}


@bp.route("/consents/<uuid:consent_id>/withdraw")
class Withdrawal(MethodView):
    """Withdrawing."""

    @bp.arguments(privacy.WithdrawalIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], consent_id: UUID) -> None:
        """Withdraw a consent: 30 days run in which the data are destroyed (BR-69)."""
        actions.withdraw_consent(current_person(), consent_id=consent_id, **data)


@bp.route("/consents/<uuid:consent_id>/close")
class Closing(MethodView):
    """What was done after a withdrawal."""

    @bp.arguments(privacy.NoteIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], consent_id: UUID) -> None:
        """Record what was done after a withdrawal (operator, BR-69)."""
        actions.close_consent(current_person(), consent_id=consent_id, **data)


@bp.route("/consents/<uuid:consent_id>/scan")
class ConsentScan(MethodView):
    """The scan of a consent."""

    @bp.response(200, content_type="application/octet-stream", description="PDF, PNG or JPEG")
    def get(self, consent_id: UUID) -> Response:
        """The scan, for managers and the person."""
        scan = queries.consent_scan(current_person(), consent_id)
        return attachment(scan.content, scan.filename, scan.media_type)


@bp.route("/people/<uuid:person_id>/consents")
class PaperConsents(MethodView):
    """Consents on paper."""

    @bp.arguments(privacy.PaperConsentIn, location="query")
    @bp.arguments(schemas.ScanIn, location="files")
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], files: dict[str, Any], person_id: UUID) -> Any:
        """Enter a consent signed on paper, with its scan (operator, PD-01)."""
        scan = files["scan"]
        return {
            "id": actions.record_consent(
                current_person(), person_id=person_id, filename=scan.filename, content=scan.content, **data
            )
        }


@bp.route("/people/<uuid:person_id>/consents/print")
class ConsentForms(MethodView):
    """Forms of consents."""

    @bp.arguments(privacy.PurposeIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], person_id: UUID) -> Any:
        """Print the form of a consent to be signed by hand (D-15)."""
        return {"id": actions.print_consent(current_person(), person_id=person_id, **data)}
