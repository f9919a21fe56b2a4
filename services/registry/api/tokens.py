"""Tokens for programs: by login and password, and renewed by a refresh token."""

from typing import Any
from uuid import UUID

from flask import request
from flask.views import MethodView
from flask_jwt_extended import get_jwt_identity, verify_jwt_in_request
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt.exceptions import PyJWTError
from marshmallow import fields

from services.registry import actions, queries, schemas
from services.registry.api.door import bp
from services.registry.schemas import answers
from shared.identity import PERSONAL_LIFETIME, access_token, personal_access_token, refresh_token
from shared.refusal import N_, Refused, SignInNeeded
from shared.service import current
from shared.web.schema import InSchema


class RefreshIn(InSchema):
    """A refresh token; verified as a token, not as a field."""

    refresh_token = fields.String(required=True)


@bp.route("/tokens")
class Tokens(MethodView):
    """Signing in."""

    @bp.arguments(schemas.ProgramSignInIn)
    @bp.response(200, answers.TokensOut)
    @bp.doc(security=[])
    def post(self, data: dict[str, Any]) -> Any:
        """Tokens for a login and a password; ten failures close the account for 15 minutes.

        Rule SECOND_FACTOR: repeat with a code. Rule PASSWORD: somebody else has set the password; its
        owner replaces it on the sign-in page.
        """
        try:
            person = actions.sign_in(**data)
        except Refused as refusal:
            needed = SignInNeeded(refusal.text)
            needed.rule = refusal.rule
            raise needed from None
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
        account_id = UUID(get_jwt_identity())
        if not queries.may_stay_signed_in(account_id):
            raise SignInNeeded(N_("Токен недействителен"))
        person = queries.account_card(account_id)
        return {
            "access_token": access_token(person),
            "expires_in": int(current().settings.access_lifetime.total_seconds()),
        }


@bp.route("/tokens/personal")
class PersonalExchange(MethodView):
    """Personal tokens of programs."""

    @bp.response(200, answers.PersonalAccessOut)
    def post(self) -> Any:
        """A short-lived access token for a personal token (``Authorization: Bearer mst_…``).

        It opens the APIs of the services that the personal token names; who may only read may only GET.
        """
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise SignInNeeded()
        exchanged = actions.exchange_token(token.strip())
        access = personal_access_token(exchanged.person, token_id=exchanged.token_id, scope=exchanged.scope)
        return {
            "access_token": access,
            "expires_in": int(PERSONAL_LIFETIME.total_seconds()),
            "scope": exchanged.scope,
        }
