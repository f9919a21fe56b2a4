"""Who is asking: short-lived tokens signed by registry (ES256), verified by every service offline.

Pages carry the token in a cookie (with double-submit CSRF), the API in the Authorization header;
never the other way round. Roles come from the account's newest known state, not from the token,
so a withdrawn role or a deactivated account counts as soon as the message is here, and a role whose
term is over counts for nothing from that day. A personal token's scope is in the token and is
enforced here, for every request of every API.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, current_app, g, request
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    get_jwt,
    verify_jwt_in_request,
)
from flask_jwt_extended.exceptions import CSRFError, JWTExtendedException
from jwt.exceptions import ExpiredSignatureError, PyJWTError

from shared import clock
from shared.person import PUBLIC, Grant, Person, Role
from shared.refusal import N_, NotAllowed, SignInNeeded
from shared.service import Tables, service_of
from shared.unit import read
from shared.web.origin import SAFE, ForeignForm

ISSUER = "metodset"
REFRESH_PATH = "/registry/session"

#: Where registry changes a personal token, which is no JWT, for an access token.
EXCHANGE_PATH = "/api/v1/tokens/personal"
#: An access token of a personal token cannot be recalled elsewhere, so it lives shortly.
PERSONAL_LIFETIME = timedelta(minutes=5)


@dataclass(frozen=True)
class AccountState:
    """What is known of an account when one of its tokens arrives."""

    active: bool
    not_before: datetime
    person_id: UUID
    grants: tuple[Grant, ...]


@dataclass(frozen=True)
class Identity:
    """Where keys and accounts are looked up; only registry also signs (``signing`` → kid, private PEM).

    ``personal`` tells whether a personal token is still good; only registry knows, elsewhere its access
    tokens live their few minutes out.
    """

    public_pem: Callable[[str], str | None]
    account: Callable[[UUID], AccountState | None]
    signing: Callable[[], tuple[str, str]] | None = None
    personal: Callable[[UUID], bool] | None = None


def known(tables: Tables) -> Identity:
    """Identity from the copies that messages keep (every service but registry)."""
    return Identity(
        public_pem=lambda kid: read().scalar(
            sa.select(tables.known_key.public_pem).where(
                tables.known_key.kid == kid, tables.known_key.retired_at.is_(None)
            )
        ),
        account=lambda key: _state(read().get(tables.known_account, key)),
    )


def _state(row: Any) -> AccountState | None:
    return row and AccountState(row.active, row.not_before, row.person_id, grants_of(row.grants))


def grants_of(data: Sequence[dict[str, Any]]) -> tuple[Grant, ...]:
    """The grants in force today, from their JSON data: out of its term a role gives nothing."""
    told = (
        Grant(
            Role(item["role"]),
            UUID(item["organisation_id"]) if item.get("organisation_id") else None,
            item.get("municipality_oktmo"),
            _day(item.get("valid_from")),
            _day(item.get("valid_to")),
        )
        for item in data
    )
    return tuple(grant for grant in told if grant.in_force(clock.today()))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def install_identity(app: Flask, identity: Identity) -> None:
    """Make the application recognise people."""
    settings = service_of(app).settings
    app.config.update(
        JWT_ALGORITHM="ES256",
        JWT_DECODE_ALGORITHMS=["ES256"],
        JWT_ENCODE_ISSUER=ISSUER,
        JWT_DECODE_ISSUER=ISSUER,
        JWT_ENCODE_AUDIENCE=ISSUER,
        JWT_DECODE_AUDIENCE=ISSUER,
        JWT_ACCESS_TOKEN_EXPIRES=settings.access_lifetime,
        JWT_REFRESH_TOKEN_EXPIRES=settings.refresh_lifetime,
        JWT_ACCESS_COOKIE_NAME="ms_access",
        JWT_REFRESH_COOKIE_NAME="ms_refresh",
        JWT_REFRESH_COOKIE_PATH=REFRESH_PATH,
        JWT_COOKIE_SECURE=settings.cookie_secure,
        JWT_COOKIE_SAMESITE="Lax",
        JWT_SESSION_COOKIE=False,
        JWT_CSRF_CHECK_FORM=True,
    )
    manager = JWTManager(app)

    @manager.decode_key_loader
    def key(header: dict[str, Any], _payload: dict[str, Any]) -> str:
        pem = identity.public_pem(str(header.get("kid", "")))
        if pem is None:
            raise SignInNeeded(N_("Токен подписан неизвестным ключом"))
        return pem

    @manager.token_in_blocklist_loader
    def withdrawn(_header: dict[str, Any], payload: dict[str, Any]) -> bool:
        try:
            account = identity.account(UUID(payload["sub"]))
            personal = payload.get("personal_token")
            if personal and identity.personal and not identity.personal(UUID(personal)):
                return True
        except ValueError:
            return True
        g.account = account
        return account is not None and (
            not account.active
            or datetime.fromtimestamp(payload["iat"], UTC) < account.not_before.replace(microsecond=0)
        )

    if identity.signing is not None:
        signing = identity.signing

        @manager.encode_key_loader
        def private(_identity: str) -> str:
            return signing()[1]

        app.extensions["metodset_kid"] = lambda: signing()[0]

    @app.before_request
    def recognise() -> None:
        g.person = PUBLIC
        if request.endpoint == "static" or request.path.startswith(
            ("/static/", "/session/", "/healthz", "/readyz")
        ):
            return
        if request.path == EXCHANGE_PATH:
            return
        api = request.path.startswith("/api/")
        try:
            if verify_jwt_in_request(optional=True, locations=["headers" if api else "cookies"]) is None:
                return
            claims = get_jwt()
            if "scope" in claims and not api:
                return
            g.person = _person(claims)
            if "scope" in claims:
                _stay_inside(str(claims["scope"]), settings.service)
        except CSRFError:
            raise ForeignForm(
                N_("Форма устарела или отправлена с чужого сайта. Откройте страницу снова.")
            ) from None
        except ExpiredSignatureError:
            if api:
                raise SignInNeeded(N_("Срок токена истёк")) from None
        except (JWTExtendedException, PyJWTError, SignInNeeded):
            if api:
                raise SignInNeeded(N_("Токен недействителен")) from None


def _stay_inside(scope: str, service: str) -> None:
    """A personal token opens the APIs of its services only, and changes nothing when it may only read."""
    enough = {f"{service}:write"} | ({f"{service}:read"} if request.method in SAFE else set())
    if not enough & set(scope.split()):
        raise NotAllowed(N_("Область личного токена не допускает этого действия"))


def _person(claims: dict[str, Any]) -> Person:
    by_token = "scope" in claims
    account: AccountState | None = g.get("account")
    # While the account's message is still on its way, the token speaks for itself.
    person_id, grants = (
        (account.person_id, account.grants)
        if account is not None
        else (UUID(claims["person_id"]), grants_of(claims["grants"]))
    )
    return Person(UUID(claims["sub"]), person_id, str(claims["name"]), grants, by_token=by_token)


def access_token(person: Person) -> str:
    """A token for the doors of every service (registry only)."""
    return str(
        create_access_token(
            str(person.account_id), additional_claims=claims_of(person), additional_headers=_kid()
        )
    )


def personal_access_token(person: Person, *, token_id: UUID, scope: str) -> str:
    """A short-lived token for the APIs that a personal token names (registry only)."""
    return str(
        create_access_token(
            str(person.account_id),
            additional_claims={**claims_of(person), "scope": scope, "personal_token": str(token_id)},
            additional_headers=_kid(),
            expires_delta=PERSONAL_LIFETIME,
        )
    )


def refresh_token(person: Person) -> str:
    """A token that only gets new access tokens (registry only)."""
    return str(create_refresh_token(str(person.account_id), additional_headers=_kid()))


def _kid() -> dict[str, str]:
    return {"kid": current_app.extensions["metodset_kid"]()}


def claims_of(person: Person) -> dict[str, Any]:
    """What a token says of a person beyond the account's identifier."""
    return {
        "name": person.name,
        "person_id": str(person.person_id),
        "grants": [
            {
                "role": grant.role.value,
                "organisation_id": str(grant.organisation_id) if grant.organisation_id else None,
                "municipality_oktmo": grant.municipality_oktmo,
                "valid_from": grant.valid_from.isoformat() if grant.valid_from else None,
                "valid_to": grant.valid_to.isoformat() if grant.valid_to else None,
            }
            for grant in person.grants
        ],
    }
