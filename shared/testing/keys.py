"""Tokens for tests: signed by a test key that a lone service is told about, or by registry itself."""

import time
from functools import cache

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from flask.testing import FlaskClient

from shared import ids
from shared.identity import ISSUER, access_token, claims_of
from shared.person import Person
from shared.service import service_of
from shared.unit import transaction

KID = "test-key"


@cache
def _pair() -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


def know_key(app: Flask) -> None:
    """Let a lone service know the test key, as registry's message would."""
    table = service_of(app).tables.known_key
    if table is None:
        return
    with app.app_context(), transaction() as session:
        session.add(table(id=ids.new_id(), source_version=1, kid=KID, public_pem=_pair()[1], retired_at=None))


def token_for(app: Flask, who: Person, **changes: object) -> tuple[str, str]:
    """An access token of ``who`` and its CSRF value; ``changes`` replace claims (expired, foreign …)."""
    if service_of(app).tables.known_key is None and not changes:
        with app.app_context():
            token = access_token(who)
        return token, jwt.decode(token, options={"verify_signature": False})["csrf"]
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": ISSUER,
        "sub": str(who.account_id),
        "iat": now,
        "nbf": now,
        "exp": now + 900,
        "jti": str(ids.new_id()),
        "type": "access",
        "fresh": False,
        "csrf": "test-csrf",
        **claims_of(who),
        **changes,
    }
    return jwt.encode(claims, _pair()[0], "ES256", headers={"kid": KID}), str(claims["csrf"])


def signed_in(app: Flask, who: Person | None = None) -> FlaskClient:
    """A client of the service's pages (cookie, CSRF) and API (bearer), signed in as ``who``."""
    browser = app.test_client()
    if who is not None and not who.is_public:
        token, csrf = token_for(app, who)
        browser.set_cookie("ms_access", token, domain="localhost", path="/")
        browser.set_cookie("csrf_access_token", csrf, domain="localhost", path="/")
        browser.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        browser.environ_base["HTTP_X_CSRF_TOKEN"] = csrf
    return browser
