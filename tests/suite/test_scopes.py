"""Roles with a term and personal tokens across services: told by messages and enforced offline."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from services.registry import actions, queries
from shared import clock
from shared.person import Person, Role
from shared.service import service_of
from shared.testing.suite import SERVICES, Suite

PASSWORD = "лиловый рассвет над морем"
SYSTEM = Person.system("registry")
PLAN = {"code": "I-02", "year": 2026, "value": "87"}
#: In every service something to read and something to change, for an operator.
READ = {
    "registry": "/api/v1/accounts",
    "events": "/api/v1/registrations",
    "expertise": "/api/v1/experts",
    "reports": "/api/v1/plans",
}
CHANGE = {
    "registry": "/api/v1/people",
    "events": "/api/v1/series",
    "expertise": "/api/v1/experts",
    "reports": "/api/v1/plans",
}


@pytest.fixture
def account(suite: Suite) -> Callable[..., Any]:
    """A factory of accounts that every service knows."""

    def make(login: str, **term: Any) -> Any:
        with suite.inside("registry"):
            person = actions.add_person(SYSTEM, last_name="Входова", first_name="Вера", is_synthetic=True)
            key = actions.open_account(
                SYSTEM,
                person_id=person,
                login=login,
                password=PASSWORD,
                grants=[{"role": Role.OPERATOR, **term}, {"role": Role.PARTICIPANT}],
            )
            actions.ensure_signing_key()
        suite.settle()
        return key

    return make


def bearer(suite: Suite, login: str) -> dict[str, str]:
    body = {"login": login, "password": PASSWORD}
    answer = suite.registry.test_client().post("/api/v1/tokens", json=body)
    return {"Authorization": f"Bearer {answer.json['access_token']}"}


def personal(
    suite: Suite, account_id: Any, *services: str, write: bool = False
) -> tuple[str, dict[str, str]]:
    with suite.inside("registry"):
        who = queries.account_card(account_id)
        token = actions.make_token(who, name="сверка", services=services, may_write=write, days=1)
    answer = suite.registry.test_client().post(
        "/api/v1/tokens/personal", headers={"Authorization": f"Bearer {token}"}
    )
    return token, {"Authorization": f"Bearer {answer.json['access_token']}"}


def statuses(suite: Suite, headers: dict[str, str], paths: dict[str, str] = READ) -> dict[str, int]:
    return {
        name: suite.apps[name].test_client().get(path, headers=headers).status_code
        for name, path in paths.items()
    }


def test_a_term_counts_in_every_service_from_day_to_day(suite: Suite, account: Any) -> None:
    """Nothing is told at midnight: every service compares the term with its own today."""
    today = clock.today()
    account("today", valid_from=today, valid_to=today)
    account("over", valid_to=today - timedelta(days=1))
    account("tomorrow", valid_from=today + timedelta(days=1))
    guarded = {name: path for name, path in READ.items() if name != "reports"}
    assert set(statuses(suite, bearer(suite, "today"), guarded).values()) == {200}
    for login in ("over", "tomorrow"):
        refused = statuses(suite, bearer(suite, login), guarded)
        assert (refused["registry"], refused["expertise"]) == (403, 403)
    post = suite.reports.test_client().post
    assert post("/api/v1/plans", json=PLAN, headers=bearer(suite, "today")).status_code == 201
    assert post("/api/v1/plans", json=PLAN, headers=bearer(suite, "over")).status_code == 403
    for name in ("events", "expertise", "reports"):
        with suite.inside(name) as app:
            service = service_of(app)
            told = service.db.session.scalars(sa.select(service.tables.known_account.grants)).all()
            assert any(grant["valid_to"] == today.isoformat() for grants in told for grant in grants)


def test_a_token_made_yesterday_gives_no_role_that_is_over_today(suite: Suite, account: Any) -> None:
    """Even where the account's message has not come yet and the token speaks for itself."""
    with suite.inside("registry"):
        person = actions.add_person(SYSTEM, last_name="Входова", first_name="Вера", is_synthetic=True)
        grants = [{"role": Role.OPERATOR, "valid_to": clock.today()}]
        actions.open_account(SYSTEM, person_id=person, login="last", password=PASSWORD, grants=grants)
        actions.ensure_signing_key()
        suite.postman.settle()
    headers = bearer(suite, "last")
    get = suite.expertise.test_client().get
    assert get("/api/v1/experts", headers=headers).status_code == 200
    with clock.at(clock.today() + timedelta(days=1)):
        assert get("/api/v1/experts", headers=headers).status_code == 403


@pytest.mark.parametrize("service", SERVICES)
def test_a_personal_token_opens_its_service_only(suite: Suite, account: Any, service: str) -> None:
    _, headers = personal(suite, account("oper"), service)
    found = statuses(suite, headers)
    assert found[service] == 200
    assert {status for name, status in found.items() if name != service} == {403}


@pytest.mark.parametrize("service", SERVICES)
def test_reading_changes_nothing_in_any_service(suite: Suite, account: Any, service: str) -> None:
    key = account("oper")
    _, reads = personal(suite, key, *SERVICES)
    client = suite.apps[service].test_client()
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(CHANGE[service], json={}, headers=reads).status_code in (403, 405)
    assert client.post(CHANGE[service], json={}, headers=reads).status_code == 403
    _, writes = personal(suite, key, service, write=True)
    assert (
        client.post(CHANGE[service], json={}, headers=writes).status_code == 422
    )  # let in, and told what lacks


@pytest.mark.parametrize("service", SERVICES)
def test_the_long_token_and_cookies_open_no_service(suite: Suite, account: Any, service: str) -> None:
    token, headers = personal(suite, account("oper"), *SERVICES, write=True)
    client = suite.apps[service].test_client()
    assert client.get(READ[service], headers={"Authorization": f"Bearer {token}"}).status_code == 401
    client.set_cookie(
        "ms_access", headers["Authorization"].removeprefix("Bearer "), domain="localhost", path="/"
    )
    assert client.get("/cabinet").status_code in (303, 401)
    assert client.get("/desk/").status_code in (303, 401)


def test_a_closed_account_ends_personal_access_everywhere(suite: Suite, account: Any) -> None:
    key = account("oper")
    token, headers = personal(suite, key, *SERVICES)
    assert set(statuses(suite, headers).values()) == {200}
    with suite.inside("registry"):
        actions.deactivate_account(SYSTEM, account_id=key, reason="уволена")
    suite.settle()
    assert set(statuses(suite, headers).values()) == {401}
    again = suite.registry.test_client().post(
        "/api/v1/tokens/personal", headers={"Authorization": f"Bearer {token}"}
    )
    assert again.status_code == 401


def test_after_revocation_the_access_token_dies_within_minutes_elsewhere(suite: Suite, account: Any) -> None:
    """At once in the registry; elsewhere, where nobody is asked, with its five minutes."""
    key = account("oper")
    _, headers = personal(suite, key, *SERVICES)
    with suite.inside("registry"):
        who = queries.account_card(key)
        actions.revoke_token(who, token_id=queries.profile(who).tokens[0].id)
    assert statuses(suite, headers)["registry"] == 401
    assert statuses(suite, headers)["events"] == 200
