"""Who is let in, across services: keys and accounts travel as messages; a closed account is refused everywhere."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import jwt
import pytest
from flask.testing import FlaskClient
from flask_jwt_extended import create_access_token, create_refresh_token

from services.registry import actions
from shared.identity import access_token
from shared.person import Grant, Person, Role
from shared.testing.suite import SERVICES, Suite

PASSWORD = "слово для проверки входа 5"
SYSTEM = Person.system("registry")
PLAN = {"code": "I-02", "year": 2026, "value": "87"}
#: In every service, something that only a signed-in person with a role may do.
PROTECTED: dict[str, dict[str, Any]] = {
    "registry": {"method": "GET", "path": "/api/v1/accounts"},
    "events": {"method": "GET", "path": "/api/v1/registrations"},
    "expertise": {"method": "GET", "path": "/api/v1/experts"},
    "reports": {"method": "POST", "path": "/api/v1/plans", "json": PLAN},
}


@pytest.fixture
def account(suite: Suite) -> Iterator[Any]:
    """An operator's account, known to every service."""
    with suite.inside("registry"):
        person = actions.add_person(SYSTEM, last_name="Входова", first_name="Вера", is_synthetic=True)
        key = actions.open_account(
            SYSTEM, person_id=person, login="operator", password=PASSWORD, grants=[{"role": Role.OPERATOR}]
        )
        actions.ensure_signing_key()
    suite.settle()
    return key


def token(suite: Suite) -> str:
    answer = suite.registry.test_client().post(
        "/api/v1/tokens", json={"login": "operator", "password": PASSWORD}
    )
    assert answer.status_code == 200, answer.json
    return str(answer.json["access_token"])


def ask(suite: Suite, service: str, bearer: str | None) -> int:
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    status = suite.apps[service].test_client().open(**PROTECTED[service], headers=headers).status_code
    return 200 if status == 201 else status


@pytest.mark.parametrize("service", SERVICES)
def test_one_token_opens_every_service_and_no_token_none(suite: Suite, account: Any, service: str) -> None:
    """Signed by registry, verified by the others offline."""
    assert ask(suite, service, token(suite)) == 200
    assert ask(suite, service, None) == 401


@pytest.mark.parametrize("service", SERVICES)
def test_a_deactivated_account_is_refused_as_soon_as_the_message_is_there(
    suite: Suite, account: Any, service: str
) -> None:
    """Even with a valid token; and let in again after activation, with a new one."""
    bearer = token(suite)
    with suite.inside("registry"):
        actions.deactivate_account(SYSTEM, account_id=account, reason="уволена")
    suite.settle()
    assert ask(suite, service, bearer) == 401
    with suite.inside("registry"):
        actions.activate_account(SYSTEM, account_id=account)
    suite.settle()
    time.sleep(1.1)  # a token's time of issue has whole seconds
    assert ask(suite, service, token(suite)) == 200


@pytest.mark.parametrize("service", SERVICES)
def test_keys_rotate_without_signing_anybody_out_unless_compromised(
    suite: Suite, account: Any, service: str
) -> None:
    """The old key verifies on; a compromised one does not (kid)."""
    old = token(suite)
    with suite.inside("registry"):
        actions.rotate_signing_key(SYSTEM)
    suite.settle()
    new = token(suite)
    assert jwt.get_unverified_header(old)["kid"] != jwt.get_unverified_header(new)["kid"]
    assert (ask(suite, service, old), ask(suite, service, new)) == (200, 200)
    with suite.inside("registry"):
        actions.rotate_signing_key(SYSTEM, compromised=True)
    suite.settle()
    assert (ask(suite, service, old), ask(suite, service, new)) == (401, 401)
    assert ask(suite, service, token(suite)) == 200


@pytest.mark.parametrize("service", SERVICES)
def test_forged_tokens_are_refused(suite: Suite, account: Any, service: str) -> None:
    """No signature, a foreign key under a known kid, another audience, expired, a refresh token, nonsense."""
    bearer = token(suite)
    header, claims = (
        jwt.get_unverified_header(bearer),
        jwt.decode(bearer, options={"verify_signature": False}),
    )
    foreign = "-----not a key of ours, thirty-two bytes at least-----"
    forged = [
        jwt.encode(claims, None, "none", headers={"kid": header["kid"]}),
        jwt.encode(claims, foreign, "HS256", headers={"kid": header["kid"]}),
        jwt.encode(claims, foreign, "HS256", headers={"kid": "unknown"}),
        bearer[:-6] + "AAAAAA",
        "a.b.c",
    ]
    with suite.inside("registry"):
        kid = {"additional_headers": {"kid": header["kid"]}}
        person = {"name": "x", "person_id": claims["person_id"], "grants": claims["grants"]}
        forged += [
            create_access_token(
                claims["sub"], additional_claims=person, expires_delta=timedelta(seconds=-5), **kid
            ),
            create_access_token(claims["sub"], additional_claims={**person, "aud": "elsewhere"}, **kid),
            create_refresh_token(claims["sub"], **kid),
        ]
    assert [ask(suite, service, one) for one in forged] == [401] * len(forged)


def test_a_withdrawn_role_counts_at_once(suite: Suite, account: Any) -> None:
    """A token's own claims give nothing that the account no longer has."""
    with suite.inside("registry"):
        claims_of_admin = Person(
            account, account, "Входова В.", (Grant(Role.SYSTEM_ADMIN), Grant(Role.OPERATOR))
        )
        bearer = access_token(claims_of_admin)
    headers = {"Authorization": f"Bearer {bearer}"}
    answer = suite.registry.test_client().post(
        "/api/v1/accounts",
        json={
            "person_id": str(account),
            "login": "second",
            "password": PASSWORD,
            "grants": [{"role": "SYSTEM_ADMIN"}],
        },
        headers=headers,
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("service", SERVICES)
def test_a_cookie_gives_the_api_nothing_and_pages_need_the_forms_token(
    suite: Suite, account: Any, service: str
) -> None:
    """CSRF: another site can send the cookie, but neither the header nor the form's hidden value."""
    client: FlaskClient = suite.apps[service].test_client()
    client.set_cookie("ms_access", token(suite), domain="localhost", path="/")
    assert client.open(**PROTECTED[service]).status_code == 401
    assert client.get("/cabinet").status_code == 200
    assert client.post("/desk/", data={}).status_code in (403, 405)
    foreign = client.get("/cabinet", headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in foreign.headers
