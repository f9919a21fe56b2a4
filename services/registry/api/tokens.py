"""Tokens for programs: by login and password, and renewed by a refresh token."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_jwt_extended import get_jwt_identity, verify_jwt_in_request
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt.exceptions import PyJWTError
from marshmallow import fields

from services.registry import actions, queries, schemas
from services.registry.api.door import bp
from services.registry.schemas import answers
from shared.identity import access_token, refresh_token
from shared.refusal import N_, Refused, SignInNeeded
from shared.service import current
from shared.web.schema import InSchema


class RefreshIn(InSchema):
    """A refresh token; verified as a token, not as a field."""

    refresh_token = fields.String(required=True)


@bp.route("/tokens")
class Tokens(MethodView):
    """Signing in."""

    @bp.arguments(schemas.SignInIn)
    @bp.response(200, answers.TokensOut)
    @bp.doc(security=[])
    def post(self, data: dict[str, Any]) -> Any:
        """Tokens for a login and a password; ten failures close the account for 15 minutes."""
        try:
            person = actions.sign_in(**data)
        except Refused as refusal:
            raise SignInNeeded(refusal.text) from None
        return {
            "access_token": access_token(person),
            "refresh_token": refresh_token(person),
            "expires_in": int(current().settings.access_lifetime.total_seconds()),
        }


@bp.route("/tokens/refresh")
class Renewal(MethodView):
    """Staying signed in."""

    @bp.arguments(RefreshIn)
    @bp.response(200, answers.AccessOut)
    @bp.doc(security=[])
    def post(self, data: dict[str, Any]) -> Any:
        """A new access token for a refresh token."""
        try:
            verify_jwt_in_request(refresh=True, locations=["json"])
        except (JWTExtendedException, PyJWTError, SignInNeeded):
            raise SignInNeeded(N_("Токен недействителен")) from None
        person = queries.account_card(UUID(get_jwt_identity()))
        return {
            "access_token": access_token(person),
            "expires_in": int(current().settings.access_lifetime.total_seconds()),
        }
