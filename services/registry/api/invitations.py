"""Invitations."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, queries, schemas
from services.registry.api.door import bp, items, portion
from services.registry.schemas import answers
from shared.web import links
from shared.web.person import current_person


@bp.route("/invitations")
class Invitations(MethodView):
    """Invitations."""

    @bp.response(200, answers.InvitationOut(many=True))
    @bp.paginate()
    def get(self, pagination_parameters: PaginationParameters) -> Any:
        """Who has been invited and what has become of it (operator, administrator)."""
        page = queries.invitations(current_person(), **portion(pagination_parameters))
        return items(page, pagination_parameters)

    @bp.arguments(schemas.InvitationIn)
    @bp.response(201, answers.InvitationTokenOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Invite a person; the token is shown this once and is good for 7 days."""
        token = actions.invite(current_person(), **data)
        return {"token": token, "url": links.absolute("registry", "/session/invitation", token=token)}


@bp.route("/invitations/<uuid:invitation_id>/revoke")
class Revocation(MethodView):
    """Taking an invitation back."""

    @bp.response(204)
    def post(self, invitation_id: UUID) -> None:
        """Revoke an invitation that waits."""
        actions.revoke_invitation(current_person(), invitation_id=invitation_id)


@bp.route("/invitations/accept")
class Acceptance(MethodView):
    """Answering an invitation."""

    @bp.arguments(schemas.TokenAcceptanceIn)
    @bp.response(201, answers.CreatedOut)
    @bp.doc(security=[])
    def post(self, data: dict[str, Any]) -> Any:
        """Open the own account by the token of an invitation."""
        return {"id": actions.accept_invitation(**data)}
