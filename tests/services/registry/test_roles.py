"""Roles with scope and term: given, withdrawn, counted within the term only; forced passwords."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.registry import actions, model, queries
from shared import clock, ids
from shared.person import Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import told
from shared.unit import read
from tests.services.registry.conftest import SEVERSKY, TODAY, World
from tests.services.registry.people import PASSWORD, account, human

Clients = Callable[..., FlaskClient]


def test_a_role_out_of_its_term_gives_nothing(world: World) -> None:
    over = {"role": "OPERATOR", "valid_to": TODAY - timedelta(days=1)}
    to_come = {"role": "SECRETARY", "valid_from": TODAY + timedelta(days=1)}
    last_day = {"role": "IRO", "valid_from": TODAY, "valid_to": TODAY}
    who = account(world, "terms", over, to_come, last_day)
    assert {grant.role for grant in who.grants} == {Role.IRO}
    with world.app.app_context():
        assert {g.role for g in queries.account_state(who.account_id).grants} == {Role.IRO}
        with clock.at(TODAY + timedelta(days=1)):
            assert {g.role for g in queries.account_card(who.account_id).grants} == {Role.SECRETARY}


def test_roles_are_given_withdrawn_told_and_journalled(inside: World) -> None:
    manager, other = account(inside, "boss", Role.SYSTEM_ADMIN), account(inside, "other", Role.EXPERT)
    key = actions.add_role(
        manager,
        account_id=other.account_id,
        role="TMS",
        organisation_id=inside.tms,
        valid_from=date(2020, 12, 1),
        valid_to=date(2021, 1, 31),
    )
    _, data = told(inside.app)[-1]
    assert data["grants"][-1] == {
        "role": "TMS",
        "organisation_id": str(inside.tms),
        "municipality_oktmo": SEVERSKY,
        "valid_from": "2020-12-01",
        "valid_to": "2021-01-31",
    }
    actions.withdraw_role(manager, account_id=other.account_id, grant_id=key, reason="перешла")
    assert [grant["role"] for grant in told(inside.app)[-1][1]["grants"]] == ["EXPERT"]
    lines = read().scalars(
        sa.select(model.Audit).where(model.Audit.what.like("account.role_%")).order_by(model.Audit.at)
    )
    assert [(line.what, line.note["role"]) for line in lines] == [
        ("account.role_added", "TMS"),
        ("account.role_withdrawn", "TMS"),
    ]


def test_roles_that_are_not_given_or_taken(inside: World) -> None:
    admin, operator = account(inside, "boss", Role.SYSTEM_ADMIN), account(inside, "oper", Role.OPERATOR)
    other = account(inside, "other", Role.EXPERT)
    give = {"account_id": other.account_id}
    for grant, rule in (
        ({"role": "EXPERT"}, "GRANT"),
        ({"role": "TMS"}, "GRANT"),
        ({"role": "IRO", "valid_from": TODAY, "valid_to": TODAY - timedelta(days=1)}, "GRANT"),
        ({"role": "EDU_AUTHORITY", "municipality_oktmo": "00000001"}, "BR-08"),
    ):
        with pytest.raises(Refused, match=rule):
            actions.add_role(admin, **give, **grant)
    for who, account_id, role in (
        (operator, other.account_id, "OPERATOR"),
        (operator, admin.account_id, "EXPERT"),
        (inside.stranger, other.account_id, "EXPERT"),
        (other, other.account_id, "OPERATOR"),
    ):
        with pytest.raises(NotAllowed):
            actions.add_role(who, account_id=account_id, role=role)
    last = queries.account(admin, other.account_id).grants[0].id
    own = queries.account(admin, admin.account_id).grants[0].id
    for account_id, grant, fault in (
        (other.account_id, last, Refused),
        (admin.account_id, own, Refused),
        (other.account_id, own, NotFound),
        (other.account_id, ids.new_id(), NotFound),
    ):
        with pytest.raises(fault):
            actions.withdraw_role(admin, account_id=account_id, grant_id=grant, reason="x")


def test_roles_by_the_api(world: World, client: Clients) -> None:
    api = client(world.app, account(world, "boss", Role.SYSTEM_ADMIN))
    other = account(world, "other", Role.EXPERT)
    path = f"/api/v1/accounts/{other.account_id}"
    made = api.post(f"{path}/roles", json={"role": "IRO", "valid_from": "2021-01-01"})
    assert made.status_code == 201
    grants = {grant["role"]: grant for grant in api.get(path).json["grants"]}
    assert grants["IRO"]["valid_from"] == "2021-01-01"
    assert api.post(f"{path}/roles", json={"role": "IRO", "valid_from": "1-1"}).status_code == 422
    assert api.post(f"{path}/roles", json={"role": "KING"}).status_code == 422
    withdraw = f"{path}/roles/{made.json['id']}/withdraw"
    assert api.post(withdraw, json={}).status_code == 422
    stranger = client(world.app, other)
    assert stranger.post(withdraw, json={"reason": "x"}).status_code == 403
    assert api.post(withdraw, json={"reason": "перешла"}).status_code == 204


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_manager_opens_an_account_with_several_roles_by_the_form(
    world: World, client: Clients, lang: str
) -> None:
    browser = client(world.app, account(world, "boss", Role.SYSTEM_ADMIN))
    page = f"/people/{human(world, 'Полева')}/account?lang={lang}"
    assert browser.get(page).status_code == 200
    form = {
        "login": "poleva",
        "password": PASSWORD,
        "grants-0-role": "EXPERT",
        "grants-0-valid_to": "2021-12-31",
        "grants-1-role": "",
        "grants-2-role": "TMS",
        "grants-2-organisation_id": str(world.tms),
    }
    nothing = browser.post(page, data={"login": "poleva", "password": PASSWORD})
    assert nothing.status_code == 422
    twice = browser.post(page, data={**form, "grants-1-role": "EXPERT"})
    assert twice.status_code == 422
    assert 'id="f-grants"' in twice.text
    assert browser.post(page, data=form).status_code == 303
    listed = browser.get("/accounts?text=poleva").text
    key = listed.split("/accounts/")[1].split('"')[0]
    assert browser.get(f"/accounts/{key}?lang={lang}").status_code == 200
    assert "31.12.2021" in browser.get(f"/accounts/{key}?lang=ru").text
    role = browser.get(f"/accounts/{key}/roles/new?lang={lang}")
    assert role.status_code == 200
    added = browser.post(f"/accounts/{key}/roles/new", data={"role": "IRO", "valid_from": "2021-02-01"})
    assert added.status_code == 303
    text = browser.get(f"/accounts/{key}?lang=ru").text
    assert "ещё не действует" in text
    withdraw = text.split(f"/accounts/{key}/roles/")[1].split('"')[0]
    assert browser.get(f"/accounts/{key}/roles/{withdraw}?lang={lang}").status_code == 200
    done = browser.post(f"/accounts/{key}/roles/{withdraw}", data={"reason": "ошибка"})
    assert done.status_code == 303
    for step in ("password", "deactivate", "second-factor/reset"):
        assert browser.get(f"/accounts/{key}/{step}?lang={lang}").status_code == 200


def test_a_password_of_somebody_else_is_replaced_before_the_session(world: World, client: Clients) -> None:
    manager, other = account(world, "boss", Role.SYSTEM_ADMIN), account(world, "other", Role.IRO)
    keeper = client(world.app, manager)
    given = "пароль от оператора 77"
    done = keeper.post(f"/accounts/{other.account_id}/password", data={"new_password": given})
    assert done.status_code == 303
    api = world.app.test_client()
    refused = api.post("/api/v1/tokens", json={"login": "other", "password": given})
    assert (refused.status_code, refused.json["rule"]) == (401, "PASSWORD")
    browser = world.app.test_client()
    first = browser.post("/session/sign-in", data={"login": "other", "password": given})
    assert first.headers["Location"].startswith("/registry/session/new-password")
    assert browser.get_cookie("ms_access") is None
    assert browser.get("/cabinet").status_code == 303  # no session
    assert browser.get("/session/new-password").status_code == 200
    for wrong in (given, "коротко", "Рощина и море 5"):
        assert browser.post("/session/new-password", data={"new_password": wrong}).status_code == 422
    ticket = browser.get_cookie("ms_sign_in", path="/registry/session")
    own = browser.post("/session/new-password", data={"new_password": "мой собственный секрет"})
    assert own.headers["Location"] == "/registry/cabinet"
    assert browser.get("/cabinet").status_code == 200
    # The ticket that led here opens nothing more.
    again = world.app.test_client()
    again.set_cookie("ms_sign_in", ticket.value, path="/registry/session")
    late = again.post("/session/new-password", data={"new_password": "захват чужого входа"})
    assert late.headers["Location"].startswith("/registry/session/sign-in")
    login = {"login": "other", "password": "мой собственный секрет"}
    assert api.post("/api/v1/tokens", json=login).status_code == 200


def test_an_account_opened_with_a_first_password_asks_for_an_own_one(world: World) -> None:
    account(world, "fresh", Role.EXPERT, must_change_password=True)
    with world.app.app_context(), pytest.raises(Refused, match="смените его"):
        actions.sign_in("fresh", PASSWORD)
