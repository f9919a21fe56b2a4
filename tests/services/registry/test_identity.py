"""Signing in and out, lock-out, tokens, keys, deactivation."""

import base64
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt
import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.registry import actions, queries
from shared import clock
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, Refused
from shared.testing.suite import person, told
from tests.services.registry.conftest import SEVERSKY, World

PASSWORD = "очень длинный пароль"


def account(world: World, login: str = "Anna.TMS", **grant: object) -> UUID:
    """An account of a ТМС, or with another role."""
    someone = world.do(
        actions.add_person,
        last_name="Ёлкина",
        first_name="Анна",
        middle_name="Петровна",
        organisation_id=world.tms,
    )
    grants = [grant or {"role": "TMS", "organisation_id": world.tms}]
    return world.do(actions.open_account, person_id=someone, login=login, password=PASSWORD, grants=grants)


def test_an_account_is_told_with_the_scope_of_its_organisation(world: World) -> None:
    key = account(world)
    name, data = told(world.app)[-1]
    assert name == "registry.account.changed.v1"
    assert data["account_id"] == str(key)
    assert data["grants"] == [
        {
            "role": "TMS",
            "organisation_id": str(world.tms),
            "municipality_oktmo": SEVERSKY,
            "valid_from": None,
            "valid_to": None,
        }
    ]
    assert not {"login", "password_hash"} & set(data)


def test_logins_are_unique_regardless_of_case(world: World) -> None:
    account(world, "Anna")
    with pytest.raises(Refused, match="LOGIN"):
        account(world, "aNNA")


def test_sign_in_recognises_the_person(world: World) -> None:
    key = account(world)
    with world.app.app_context():
        who = actions.sign_in("anna.tms", PASSWORD)
    assert (who.account_id, who.name) == (key, "Ёлкина А.П.")
    assert who.municipalities(Role.TMS) == {SEVERSKY}


def test_every_refusal_reads_the_same(world: World) -> None:
    key = account(world)
    texts = set()
    for login, password in (
        ("nobody", PASSWORD),
        ("anna.tms", "wrong"),
        ("' OR 1=1 --", "x"),
        ("anna.tms", "x" * 5000),
    ):
        with world.app.app_context(), pytest.raises(Refused) as refused:
            actions.sign_in(login, password)
        texts.add((refused.value.rule, refused.value.text, refused.value.field))
    world.do(actions.deactivate_account, account_id=key, reason="уволилась")
    with world.app.app_context(), pytest.raises(Refused) as refused:
        actions.sign_in("anna.tms", PASSWORD)
    assert texts == {(refused.value.rule, refused.value.text, None)}


def test_ten_failures_close_the_account_for_15_minutes(world: World) -> None:
    account(world)
    start = datetime(2020, 12, 31, 9, tzinfo=UTC)
    with world.app.app_context():
        with clock.at(start):
            for _ in range(10):
                with pytest.raises(Refused):
                    actions.sign_in("anna.tms", "wrong")
        with clock.at(start + timedelta(minutes=14)), pytest.raises(Refused):
            actions.sign_in("anna.tms", PASSWORD)
        with clock.at(start + timedelta(minutes=16)):
            assert actions.sign_in("anna.tms", PASSWORD).name


def test_a_success_forgets_earlier_failures(world: World) -> None:
    account(world)
    with world.app.app_context():
        for _ in range(3):
            for _ in range(9):
                with pytest.raises(Refused):
                    actions.sign_in("anna.tms", "wrong")
            actions.sign_in("anna.tms", PASSWORD)


def test_a_manager_opens_a_locked_account(world: World) -> None:
    key = account(world)
    with world.app.app_context():
        for _ in range(10):
            with pytest.raises(Refused):
                actions.sign_in("anna.tms", "wrong")
        actions.activate_account(world.operator, account_id=key)
        assert actions.sign_in("anna.tms", PASSWORD)


def test_passwords_are_changed_by_the_owner_or_a_manager(world: World) -> None:
    key = account(world)
    with world.app.app_context():
        me = actions.sign_in("anna.tms", PASSWORD)
        change = {"account_id": key, "new_password": "совсем другой пароль"}
        with pytest.raises(Refused, match="PASSWORD"):
            actions.change_password(me, **change, current_password="не тот")
        with pytest.raises(Refused, match="PASSWORD") as refused:
            actions.change_password(me, account_id=key, new_password="коротко", current_password=PASSWORD)
        assert refused.value.field == "new_password"
        with pytest.raises(NotAllowed):
            actions.change_password(world.stranger, **change)
        actions.change_password(me, **change, current_password=PASSWORD)
        with pytest.raises(Refused):
            actions.sign_in("anna.tms", PASSWORD)
        actions.change_password(world.operator, account_id=key, new_password=PASSWORD)
        with pytest.raises(Refused, match="смените его"):  # somebody else knows it
            actions.sign_in("anna.tms", PASSWORD)


def test_the_operator_cannot_raise_itself(world: World) -> None:
    operator = person(Role.OPERATOR)
    admin = account(world, "root", role="SYSTEM_ADMIN")
    someone = world.do(actions.add_person, last_name="А", first_name="Б")
    for role in ("SYSTEM_ADMIN", "OPERATOR"):
        with pytest.raises(NotAllowed):
            world.do(
                actions.open_account,
                operator,
                person_id=someone,
                login="me2",
                password=PASSWORD,
                grants=[{"role": role}],
            )
    for action, more in (
        (actions.deactivate_account, {"reason": "захват"}),
        (actions.activate_account, {}),
        (actions.change_password, {"new_password": "совсем другой пароль"}),
    ):
        with pytest.raises(NotAllowed):
            world.do(action, operator, account_id=admin, **more)
    with pytest.raises(NotAllowed):
        world.do(actions.rotate_signing_key, operator)


def test_wrong_grants(world: World) -> None:
    with pytest.raises(Refused, match="GRANT"):
        account(world, role="TMS")
    with pytest.raises(Refused, match="GRANT"):
        account(world, role="EDU_AUTHORITY", organisation_id=world.tms)
    with pytest.raises(Refused, match="BR-08"):
        account(world, role="EDU_AUTHORITY", municipality_oktmo="00000001")


def test_deactivation_is_told_and_works_at_once(world: World, client: Callable[..., FlaskClient]) -> None:
    key = account(world)
    browser = signed_in_by_form(world.app)
    assert browser.get("/cabinet").status_code == 200
    world.do(actions.deactivate_account, account_id=key, reason="уволилась")
    data = told(world.app)[-1][1]
    assert (data["active"], data["not_before"][:10]) == (False, "2020-12-31")
    assert browser.get("/cabinet").status_code == 303
    with pytest.raises(Refused, match="ACCOUNT"):
        me = person(Role.SYSTEM_ADMIN)
        own = account(world, "self", role="EXPERT")
        me = type(me)(own, me.person_id, me.name, me.grants)
        world.do(actions.deactivate_account, me, account_id=own, reason="x")


def signed_in_by_form(app: Flask, login: str = "anna.tms") -> FlaskClient:
    """A browser that signed in by the form."""
    browser = app.test_client()
    answer = browser.post("/session/sign-in", data={"login": login, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    return browser


def test_signing_in_and_out_by_the_form(world: World) -> None:
    account(world)
    browser = world.app.test_client()
    wrong = browser.post("/session/sign-in", data={"login": "anna.tms", "password": "wrong"})
    assert wrong.status_code == 422
    assert "Неверный логин или пароль" in wrong.text
    assert browser.get("/cabinet").headers["Location"].startswith("/registry/session/sign-in?next=")
    browser = signed_in_by_form(world.app)
    assert "Ёлкина А.П." in browser.get("/cabinet").text
    cookie = browser.get_cookie("ms_refresh", path="/registry/session")
    assert cookie is not None
    assert cookie.http_only
    assert browser.post("/session/sign-out").status_code == 303
    assert browser.get("/cabinet").status_code == 303


@pytest.mark.parametrize(
    "asked",
    ["//evil.example/", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "%09//evil"],
)
def test_sign_in_sends_nobody_to_another_site(world: World, asked: str) -> None:
    account(world)
    browser = world.app.test_client()
    answer = browser.post(
        "/session/sign-in", query_string={"next": asked}, data={"login": "anna.tms", "password": PASSWORD}
    )
    assert answer.headers["Location"] == "/registry/cabinet"
    again = browser.get("/session/refresh", query_string={"next": asked})
    assert again.headers["Location"] == "/registry/cabinet"


def test_sign_in_returns_to_the_page_that_asked(world: World) -> None:
    account(world)
    answer = world.app.test_client().post(
        "/session/sign-in?next=/events/?a=1", data={"login": "anna.tms", "password": PASSWORD}
    )
    assert answer.headers["Location"] == "/events/?a=1"


def test_a_refresh_token_renews_a_page_and_a_script(world: World) -> None:
    account(world)
    browser = signed_in_by_form(world.app)
    browser.delete_cookie("ms_access", path="/")
    first = browser.get("/cabinet")
    assert first.status_code == 303
    sign_in = browser.get("/session/sign-in?next=/registry/cabinet")
    assert sign_in.headers["Location"].startswith("/registry/session/refresh")
    assert browser.get("/session/refresh?next=/registry/cabinet").headers["Location"] == "/registry/cabinet"
    assert browser.get("/cabinet").status_code == 200
    assert browser.get("/session/sign-in").status_code == 200  # just renewed: no endless circle
    csrf = browser.get_cookie("csrf_refresh_token", path="/")
    assert csrf is not None
    assert browser.post("/session/refresh").status_code == 401
    assert browser.post("/session/refresh", headers={"X-CSRF-TOKEN": csrf.value}).status_code == 204


def test_without_a_refresh_token_the_form_is_shown(world: World) -> None:
    browser = world.app.test_client()
    assert browser.get("/session/sign-in").status_code == 200
    assert browser.get("/session/refresh").headers["Location"].startswith("/registry/session/sign-in")
    assert browser.post("/session/refresh").status_code == 401


def test_tokens_for_programs(world: World) -> None:
    account(world)
    api = world.app.test_client()
    assert api.post("/api/v1/tokens", json={"login": "anna.tms", "password": "x"}).status_code == 401
    tokens = api.post("/api/v1/tokens", json={"login": "anna.tms", "password": PASSWORD}).json
    assert tokens["expires_in"] == 900
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert api.get("/api/v1/agreements", headers=bearer).status_code == 200
    renewed = api.post("/api/v1/tokens/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert renewed.status_code == 200
    for wrong in (tokens["access_token"], "x.y.z", ""):
        assert api.post("/api/v1/tokens/refresh", json={"refresh_token": wrong}).status_code == 401
    assert (
        api.get(
            "/api/v1/agreements", headers={"Authorization": f"Bearer {tokens['refresh_token']}"}
        ).status_code
        == 401
    )


def test_a_forged_token_is_nobody(world: World) -> None:
    account(world)
    api = world.app.test_client()
    token = api.post("/api/v1/tokens", json={"login": "anna.tms", "password": PASSWORD}).json["access_token"]
    head, body, _ = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["grants"] = [{"role": "SYSTEM_ADMIN", "organisation_id": None, "municipality_oktmo": None}]
    kid = jwt.get_unverified_header(token)["kid"]
    forged = [
        jwt.encode(claims, "guess" * 10, "HS256", headers={"kid": kid}),
        jwt.encode(claims, "", "none", headers={"kid": kid}),
        f"{head}.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.{token.split('.')[2]}",
    ]
    for one in forged:
        answer = api.get("/api/v1/accounts", headers={"Authorization": f"Bearer {one}"})
        assert answer.status_code == 401


def test_keys_are_sealed_published_rotated_and_retired(world: World) -> None:
    with world.app.app_context():
        kid, private = actions.ensure_signing_key()
        assert actions.ensure_signing_key() == (kid, private)
        kept = queries.active_key()
        assert private.encode() not in kept.sealed_pem
        new = actions.rotate_signing_key(world.operator)
        assert actions.ensure_signing_key()[0] == new != kid
        assert [key["kid"] for key in queries.public_keys()["keys"]] == [kid, new]
        last = actions.rotate_signing_key(world.operator, compromised=True)
        assert [key["kid"] for key in queries.public_keys()["keys"]] == [last]
    keys = [data for name, data in told(world.app) if name == "registry.signing_key.changed.v1"]
    assert not any("PRIVATE" in json.dumps(data) for data in keys)
    assert {data["kid"] for data in keys if data["retired_at"]} == {kid, new}


def test_public_keys_verify_tokens(world: World) -> None:
    account(world)
    api = world.app.test_client()
    token = api.post("/api/v1/tokens", json={"login": "anna.tms", "password": PASSWORD}).json["access_token"]
    jwks = api.get("/.well-known/jwks.json").json
    key = jwt.PyJWK(jwks["keys"][0])
    assert "d" not in jwks["keys"][0]
    assert jwt.decode(token, key, ["ES256"], audience="metodset")["name"] == "Ёлкина А.П."


def test_old_keys_are_retired_when_no_token_of_theirs_lives(world: World) -> None:
    start = datetime(2020, 12, 1, tzinfo=UTC)
    with world.app.app_context():
        for weeks, expected in ((0, 1), (1, 2), (4, 2)):
            with clock.at(start + timedelta(weeks=weeks)):
                actions.rotate_signing_key(world.operator)
                assert len(queries.public_keys()["keys"]) == expected


def test_the_first_administrator_comes_from_the_command_line(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = app.test_cli_runner()
    monkeypatch.setenv("METODSET_ADMIN_PASSWORD", "коротко")
    assert runner.invoke(args=["create-admin", "root"]).exit_code == 1
    monkeypatch.setenv("METODSET_ADMIN_PASSWORD", PASSWORD)
    made = runner.invoke(args=["create-admin", "root"])
    assert made.exit_code == 0, made.output
    assert re.search("SYSTEM_ADMIN, OPERATOR", made.output)
    assert runner.invoke(args=["create-admin", "ROOT"]).exit_code == 1
    with app.app_context():
        assert actions.sign_in("root", PASSWORD).has(Role.SYSTEM_ADMIN)
        assert queries.people(actions.sign_in("root", PASSWORD)).total == 1
        with pytest.raises(NotAllowed):
            queries.accounts(PUBLIC)
