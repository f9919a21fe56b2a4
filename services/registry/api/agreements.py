"""Agreements and transformations."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, queries, schemas
from services.registry.api.door import bp, items, portion
from services.registry.schemas import agreement_answers, answers, filters
from shared.requisites import PaperFormat
from shared.web.export import attachment
from shared.web.person import current_person


@bp.route("/agreements")
class Agreements(MethodView):
    """Agreements."""

    @bp.arguments(filters.AgreementFilter, location="query", unknown="exclude")
    @bp.response(200, agreement_answers.AgreementOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """Agreements that you may read, as they were on a day, as known on a day."""
        page = queries.agreements(current_person(), **wanted, **portion(pagination_parameters))
        return items(page, pagination_parameters)

    @bp.arguments(schemas.AgreementIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Draft an agreement with a ТМС (operator)."""
        return {"id": actions.draft_agreement(current_person(), **data)}


@bp.route("/agreements/<uuid:agreement_id>")
class OneAgreement(MethodView):
    """An agreement."""

    @bp.arguments(filters.AsOfFilter, location="query", unknown="exclude")
    @bp.response(200, agreement_answers.AgreementCardOut)
    def get(self, wanted: dict[str, Any], agreement_id: UUID) -> Any:
        """An agreement as it was on a day, as known on a day, and its next step."""
        return queries.agreement(current_person(), agreement_id, **wanted)


@bp.route("/agreements/<uuid:agreement_id>/send")
class Sending(MethodView):
    """Sending for signing."""

    @bp.response(204)
    def post(self, agreement_id: UUID) -> None:
        """Send a draft to the parties."""
        actions.send_agreement(current_person(), agreement_id=agreement_id)


@bp.route("/agreements/<uuid:agreement_id>/sign")
class Signing(MethodView):
    """Signatures."""

    @bp.arguments(schemas.SignatureIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], agreement_id: UUID) -> None:
        """Record the signature of a party (BR-16)."""
        actions.sign_agreement(current_person(), agreement_id=agreement_id, **data)


@bp.route("/agreements/<uuid:agreement_id>/refuse")
class Refusing(MethodView):
    """Refusals."""

    @bp.arguments(schemas.RefusalIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], agreement_id: UUID) -> None:
        """A party refuses to sign."""
        actions.refuse_agreement(current_person(), agreement_id=agreement_id, **data)


@bp.route("/agreements/<uuid:agreement_id>/scan")
class Scan(MethodView):
    """The scan."""

    @bp.arguments(schemas.ScanIn, location="files")
    @bp.response(204)
    def post(self, data: dict[str, Any], agreement_id: UUID) -> None:
        """Attach the scan of a signed agreement (BR-16)."""
        scan = data["scan"]
        actions.attach_scan(
            current_person(), agreement_id=agreement_id, filename=scan.filename, content=scan.content
        )


@bp.route("/agreements/<uuid:agreement_id>/put-in-force")
class EntryIntoForce(MethodView):
    """Entry into force."""

    @bp.arguments(schemas.EntryIntoForceIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], agreement_id: UUID) -> None:
        """Put a signed agreement in force (BR-14, BR-16, BR-17)."""
        actions.put_in_force(current_person(), agreement_id=agreement_id, **data)


@bp.route("/agreements/<uuid:agreement_id>/terminate")
class Termination(MethodView):
    """Termination."""

    @bp.arguments(schemas.TerminationIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], agreement_id: UUID) -> None:
        """End an agreement before its term."""
        actions.terminate_agreement(current_person(), agreement_id=agreement_id, **data)


@bp.route("/agreements/<uuid:agreement_id>/prolong")
class Prolongation(MethodView):
    """Prolongations."""

    @bp.arguments(schemas.ProlongationIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], agreement_id: UUID) -> Any:
        """Make the term longer by a supplementary agreement (BR-14, BR-17)."""
        return {"id": actions.prolong_agreement(current_person(), agreement_id=agreement_id, **data)}


@bp.route("/agreements/<uuid:agreement_id>/correct")
class AgreementCorrection(MethodView):
    """Corrections of an agreement's days."""

    @bp.arguments(schemas.AgreementCorrectionIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], agreement_id: UUID) -> None:
        """Put right a wrong day of entry into force or termination; the old facts stay in the history (F7)."""
        actions.correct_agreement(current_person(), agreement_id=agreement_id, **data)


@bp.route("/agreements/<uuid:agreement_id>/acts")
class AgreementActs(MethodView):
    """Acts that an agreement refers to."""

    @bp.arguments(schemas.AgreementActIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], agreement_id: UUID) -> None:
        """Name an act that the agreement refers to."""
        actions.refer_to_act(current_person(), agreement_id=agreement_id, **data)


@bp.route("/agreements/<uuid:agreement_id>/print.<any(docx, pdf):form>")
class AgreementPrint(MethodView):
    """The working print-out."""

    @bp.response(200, content_type="application/octet-stream", description="DOCX or PDF")
    def get(self, agreement_id: UUID, form: str) -> Response:
        """The agreement in words, D-13, without the number of a paper."""
        file = queries.print_agreement(current_person(), agreement_id, PaperFormat(form))
        return attachment(file.content, file.name, file.media_type)


@bp.route("/agreements/<uuid:agreement_id>/paper")
class AgreementPaper(MethodView):
    """The paper of an agreement."""

    @bp.response(201, answers.CreatedOut)
    def post(self, agreement_id: UUID) -> Any:
        """Issue D-13 with a number and a checking code (operator, BR-67)."""
        return {"id": actions.issue_agreement(current_person(), agreement_id=agreement_id)}


@bp.route("/reminders")
class Reminders(MethodView):
    """Reminders."""

    @bp.response(200, agreement_answers.UnreadReminderOut(many=True))
    def get(self) -> Any:
        """Reminders of your agreements that your party has not read (BR-15)."""
        return queries.unread_reminders(current_person())


@bp.route("/reminders/<uuid:reminder_id>/read")
class ReadingReminder(MethodView):
    """Reading a reminder."""

    @bp.response(204)
    def post(self, reminder_id: UUID) -> None:
        """Say that your party has read it."""
        actions.read_reminder(current_person(), reminder_id=reminder_id)


@bp.route("/agreements/expire")
class Expiry(MethodView):
    """Ends of terms."""

    @bp.arguments(schemas.OnIn)
    @bp.response(200, answers.ChangedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Close agreements whose term is over on a day."""
        return {"ids": actions.expire_agreements(current_person(), **data)}


@bp.route("/transformations")
class Transformations(MethodView):
    """Transformations of municipal networks."""

    @bp.arguments(filters.AsOfFilter, location="query", unknown="exclude")
    @bp.response(200, answers.TransformationOut(many=True))
    def get(self, wanted: dict[str, Any]) -> Any:
        """How far every municipality has come on a day, open to everybody."""
        return queries.transformations(queries.as_of(**wanted))

    @bp.arguments(schemas.TransformationIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Record that a municipality reached a stage (BR-18)."""
        return {"id": actions.set_transformation(current_person(), **data)}
