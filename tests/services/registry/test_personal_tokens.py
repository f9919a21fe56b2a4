"""Personal tokens in the registry: made, listed, exchanged, revoked; what they never open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import jwt
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.registry import actions, model, queries
from shared import clock
from shared.person import Person, Role
from shared.refusal import NotAllowed, NotFound, Refused, SignInNeeded
from shared.service import service_of
from shared.unit import read
from tests.services.registry.conftest import World
from tests.services.registry.people import PASSWORD, SYSTEM, account, human

Clients = Callable[..., FlaskClient]


@pytest.fixture
def boss(world: World) -> Person:
    """An administrator and operator with a real account."""
    return account(world, "boss", Role.SYSTEM_ADMIN, Role.OPERATOR)


def made(world: World, who: Person, *services: str, write: bool = False, days: int = 30) -> str:
    return world.do(
        actions.make_token, who, name="сверка", services=services or ("registry",), may_write=write, days=days
    )


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def exchange(world: World, token: str) -> Any:
    return world.app.test_client().post("/api/v1/tokens/personal", headers=bearer(token))


def access(world: World, token: str) -> dict[str, str]:
    answer = exchange(world, token)
    assert answer.status_code == 200, answer.text
    return bearer(answer.json["access_token"])


def test_a_token_is_shown_once_and_kept_as_a_print(inside: World, boss: Person) -> None:
    token = made(inside, boss)
    assert token.startswith("mst_")
    row = read().execute(sa.select(model.PersonalToken.__table__)).mappings().one()
    assert token not in str(dict(row))
    assert queries.profile(boss).tokens[0].last_used_at is None
    actions.exchange_token(token)
    assert queries.profile(boss).tokens[0].last_used_at == clock.now()


def test_an_access_token_carries_the_scope_and_lives_five_minutes(world: World, boss: Person) -> None:
    answer = exchange(world, made(world, boss, "registry", "events"))
    assert (answer.json["scope"], answer.json["expires_in"]) == ("events:read registry:read", 300)
    claims = jwt.decode(answer.json["access_token"], options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 300
    assert claims["scope"] == "events:read registry:read"


def test_who_may_only_read_changes_nothing(world: World, boss: Person) -> None:
    api = world.app.test_client()
    reads = access(world, made(world, boss))
    assert api.get("/api/v1/people", headers=reads).status_code == 200
    new = {"last_name": "Иванова", "first_name": "Анна"}
    assert api.post("/api/v1/people", json=new, headers=reads).status_code == 403
    writes = access(world, made(world, boss, write=True))
    assert api.get("/api/v1/people", headers=writes).status_code == 200
    assert api.post("/api/v1/people", json=new, headers=writes).status_code == 201


def test_a_token_of_other_services_opens_nothing_here(world: World, boss: Person) -> None:
    other = access(world, made(world, boss, "events", "reports", write=True))
    assert world.app.test_client().get("/api/v1/people", headers=other).status_code == 403
    assert world.app.test_client().get("/api/v1/acts", headers=other).status_code == 403  # even public ones


def test_scope_is_not_escalated(world: World, boss: Person) -> None:
    """The widest token lets nobody in: no account, role, password, invitation, second factor, further token."""
    api = world.app.test_client()
    mine = access(world, made(world, boss, "registry", write=True))
    other = account(world, "other", Role.EXPERT)
    someone = human(world, "Полева")
    grants = [{"role": "OPERATOR"}]
    token = {"name": "ещё", "services": ["registry", "events"], "may_write": True}
    attempts: dict[str, dict[str, Any]] = {
        "/accounts": {"person_id": str(someone), "login": "evil", "password": PASSWORD, "grants": grants},
        "/invitations": {"person_id": str(someone), "grants": grants},
        f"/accounts/{other.account_id}/roles": {"role": "OPERATOR"},
        f"/accounts/{other.account_id}/password": {"new_password": "пароль для захвата"},
        f"/accounts/{other.account_id}/deactivate": {"reason": "x"},
        f"/accounts/{other.account_id}/activate": {},
        f"/accounts/{other.account_id}/second-factor/reset": {"reason": "x"},
        f"/accounts/{boss.account_id}/password": {
            "current_password": PASSWORD,
            "new_password": "пароль для захвата",
        },
        "/profile/tokens": token,
        "/profile/second-factor": {},
        "/profile/second-factor/confirm": {"code": "1"},
        "/profile/second-factor/codes": {"code": "1"},
        "/profile/second-factor/remove": {"code": "1"},
    }
    for path, body in attempts.items():
        answer = api.post(f"/api/v1{path}", json=body, headers=mine)
        assert answer.status_code == 403, (path, answer.json)
    for scheme in ("", "Basic ", "Bearer "):
        asked = api.post("/api/v1/tokens/personal", headers={"Authorization": scheme + mine["Authorization"]})
        assert asked.status_code == 401
    with world.app.app_context():
        tokens = read().scalar(sa.select(sa.func.count()).select_from(model.PersonalToken))
        accounts = read().scalar(sa.select(sa.func.count()).select_from(model.Account))
        assert (tokens, accounts) == (1, 2)


def test_neither_the_token_nor_its_access_token_opens_a_page(world: World, boss: Person) -> None:
    token = made(world, boss, write=True)
    inner = access(world, token)["Authorization"].removeprefix("Bearer ")
    for value in (token, inner):
        browser = world.app.test_client()
        browser.set_cookie("ms_access", value, domain="localhost", path="/")
        browser.set_cookie("ms_refresh", value, domain="localhost", path="/registry/session")
        assert browser.get("/cabinet").status_code == 303
        assert browser.get("/people").status_code == 303
        assert browser.post("/session/refresh").status_code == 401
        assert browser.get("/api/v1/people").status_code == 401
    assert world.app.test_client().get("/api/v1/people", headers=bearer(token)).status_code == 401
    assert world.app.test_client().get("/cabinet", headers=bearer(inner)).status_code == 303
    renewed = world.app.test_client().post("/api/v1/tokens/refresh", json={"refresh_token": inner})
    assert renewed.status_code == 401


ENDS = ["revoked", "deactivated", "password changed", "password set", "expired", "unknown"]


@pytest.mark.parametrize("how", ENDS)
def test_after_its_end_a_token_opens_nothing(world: World, boss: Person, how: str) -> None:
    other = account(world, "other", Role.IRO)
    token = made(world, other)
    before = access(world, token)
    api = world.app.test_client()
    assert api.get("/api/v1/agreements", headers=before).status_code == 200
    key = world.do(queries.profile, other).tokens[0].id
    moment = clock.now()
    if how == "revoked":
        world.do(actions.revoke_token, other, token_id=key)
    elif how == "deactivated":
        world.do(actions.deactivate_account, boss, account_id=other.account_id, reason="уволена")
        world.do(actions.activate_account, boss, account_id=other.account_id)
    elif how == "password changed":
        world.do(
            actions.change_password,
            other,
            account_id=other.account_id,
            current_password=PASSWORD,
            new_password="совсем другой пароль",
        )
    elif how == "password set":
        world.do(
            actions.change_password, boss, account_id=other.account_id, new_password="совсем другой пароль"
        )
    elif how == "expired":
        moment += timedelta(days=30)
    elif how == "unknown":
        token = token[:-2] + "zz"
    with clock.at(moment):
        assert exchange(world, token).status_code == 401
        if how != "unknown":
            # In the registry an access token made before ends with its personal token.
            assert api.get("/api/v1/agreements", headers=before).status_code == 401


def test_a_token_is_ones_own_affair(inside: World, boss: Person) -> None:
    other = account(inside, "other", Role.IRO)
    made(inside, other)
    key = queries.profile(other).tokens[0].id
    with pytest.raises(NotFound):
        actions.revoke_token(boss, token_id=key)
    assert queries.card_of_account(boss, other.account_id).tokens == []
    with pytest.raises(NotAllowed):
        made(inside, SYSTEM)
    for days in (0, 366):
        with pytest.raises(Refused, match="TOKEN"):
            made(inside, other, days=days)


def test_a_role_that_came_to_demand_a_second_factor_stops_the_exchange(inside: World, boss: Person) -> None:
    token = made(inside, boss)
    assert actions.exchange_token(token).person.account_id == boss.account_id
    service = service_of(inside.app)
    service.settings = replace(service.settings, require_second_factor_roles=(Role.OPERATOR,))
    with pytest.raises(SignInNeeded):
        actions.exchange_token(token)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_tokens_by_pages(world: World, client: Clients, boss: Person, lang: str) -> None:
    browser = client(world.app, boss)
    page = f"/profile/tokens/new?lang={lang}"
    assert browser.get(page).status_code == 200
    form = {"name": "<b>выгрузка</b>", "services": ["registry", "events"], "days": "30", "may_write": "false"}
    for wrong in ({"name": ""}, {"services": []}, {"services": ["mail"]}, {"days": "400"}, {"days": "-1"}):
        assert browser.post(page, data={**form, **wrong}).status_code == 422
    shown = browser.post(page, data=form)
    token = shown.text.split('data-copy="')[1].split('"')[0]
    assert exchange(world, token).status_code == 200
    profile = browser.get(f"/profile?lang={lang}").text
    assert "&lt;b&gt;выгрузка&lt;/b&gt;" in profile
    assert token not in profile
    path = profile.split("/registry/profile/tokens/")[2].split('"')[0]
    assert browser.post(f"/profile/tokens/{path}").status_code == 303
    assert exchange(world, token).status_code == 401


def test_tokens_by_the_api(world: World, client: Clients, boss: Person) -> None:
    api = client(world.app, boss)
    body = {"name": "сверка", "services": ["registry"], "days": 10}
    token = api.post("/api/v1/profile/tokens", json=body).json["token"]
    assert exchange(world, token).json["scope"] == "registry:read"
    (listed,) = api.get("/api/v1/profile/tokens").json
    assert not {"token", "token_hash"} & set(listed)
    assert api.get("/api/v1/profile").json["login"] == "boss"
    for wrong in ({"services": "registry"}, {"days": 366}, {"scope": "all"}, {"name": "x" * 81}):
        assert api.post("/api/v1/profile/tokens", json={**body, **wrong}).status_code == 422
    assert api.post(f"/api/v1/profile/tokens/{listed['id']}/revoke").status_code == 204
    assert exchange(world, token).status_code == 401
    assert world.app.test_client().get("/api/v1/profile").status_code == 401
    for header in ({}, {"Authorization": "Bearer "}, {"Authorization": "mst_x"}, bearer("mst_\x7f" * 2000)):
        assert world.app.test_client().post("/api/v1/tokens/personal", headers=header).status_code == 401
