"""The own account: second factor and personal tokens. Personal tokens themselves open none of this."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from services.registry import actions, queries, schemas
from services.registry.api.door import bp
from services.registry.schemas import answers
from shared.web.person import current_person


@bp.route("/profile")
class Profile(MethodView):
    """The own account."""

    @bp.response(200, answers.AccountOut)
    def get(self) -> Any:
        """The own account with all roles and terms."""
        return queries.profile(current_person()).account


@bp.route("/profile/tokens")
class PersonalTokens(MethodView):
    """Personal tokens."""

    @bp.response(200, answers.PersonalTokenOut(many=True))
    def get(self) -> Any:
        """The own tokens that are still good."""
        return queries.profile(current_person()).tokens

    @bp.arguments(schemas.PersonalTokenIn)
    @bp.response(201, answers.MadeTokenOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Make a personal token (365 days at most); it is shown this once."""
        return {"token": actions.make_token(current_person(), **data)}


@bp.route("/profile/tokens/<uuid:token_id>/revoke")
class TokenRevocation(MethodView):
    """Taking a token back."""

    @bp.response(204)
    def post(self, token_id: UUID) -> None:
        """Revoke an own token."""
        actions.revoke_token(current_person(), token_id=token_id)


@bp.route("/profile/second-factor")
class SecondFactor(MethodView):
    """The second factor."""

    @bp.response(201, answers.EnrolmentOut)
    def post(self) -> Any:
        """Make a secret for the telephone (RFC 6238); it counts after its first code."""
        return actions.begin_enrolment(current_person())


@bp.route("/profile/second-factor/confirm")
class SecondFactorConfirmation(MethodView):
    """The first code."""

    @bp.arguments(schemas.CodeIn)
    @bp.response(200, answers.RecoveryCodesOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Switch the second factor on; the recovery codes are shown this once."""
        return {"codes": actions.confirm_enrolment(current_person(), **data)}


@bp.route("/profile/second-factor/codes")
class RecoveryCodes(MethodView):
    """Recovery codes."""

    @bp.arguments(schemas.CodeIn)
    @bp.response(200, answers.RecoveryCodesOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Ten new recovery codes; the old ones end."""
        return {"codes": actions.renew_recovery_codes(current_person(), **data)}


@bp.route("/profile/second-factor/remove")
class SecondFactorRemoval(MethodView):
    """Doing without."""

    @bp.arguments(schemas.CodeIn)
    @bp.response(204)
    def post(self, data: dict[str, Any]) -> None:
        """Switch the second factor off, unless a role demands it."""
        actions.drop_second_factor(current_person(), **data)
