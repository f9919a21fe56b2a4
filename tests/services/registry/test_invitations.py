"""Invitations: a one-time link by which a person opens the own account."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.registry import actions, model, queries
from services.registry.rules.sign_in import INVITATION_REFUSED
from shared import clock
from shared.person import Person, Role
from shared.refusal import NotAllowed, Refused
from shared.unit import read
from tests.services.registry.conftest import TODAY, World
from tests.services.registry.people import PASSWORD, SYSTEM, account, human

Clients = Callable[..., FlaskClient]
GRANTS = [{"role": "EXPERT", "valid_to": TODAY + timedelta(days=30)}, {"role": "IRO"}]


@pytest.fixture
def boss(world: World) -> Person:
    """An administrator with a real account."""
    return account(world, "boss", Role.SYSTEM_ADMIN)


def invited(world: World, boss: Person, **more: object) -> str:
    return world.do(actions.invite, boss, **{"person_id": human(world, "Полева"), "grants": GRANTS, **more})


def test_an_invitation_opens_an_account_with_its_roles_once(world: World, boss: Person) -> None:
    with world.app.app_context():
        token = invited(world, boss)
        assert token not in str(
            [list(row) for row in read().execute(sa.select(model.Invitation.__table__)).all()]
        )
        for bad in ({"password": "коротко", "login": "poleva"}, {"password": PASSWORD}):
            with pytest.raises(Refused):  # and the link is not used up
                actions.accept_invitation(token, **bad)
        actions.accept_invitation(token, password=PASSWORD, login="poleva")
        who = actions.sign_in("poleva", PASSWORD)
        assert {(g.role, g.valid_to) for g in who.grants} == {
            (Role.EXPERT, TODAY + timedelta(days=30)),
            (Role.IRO, None),
        }
        assert queries.invitations(boss).items[0].state == "ACCEPTED"


def spoil(how: str, world: World, boss: Person, token: str) -> str:
    """Make an invitation void in one of the ways."""
    line = queries.invitations(boss).items[0].invitation
    if how == "replayed":
        actions.accept_invitation(token, password=PASSWORD, login="poleva")
    elif how == "revoked":
        actions.revoke_invitation(boss, invitation_id=line.id)
    elif how == "unknown":
        return token[:-1] + ("A" if token[-1] != "A" else "B")
    elif how == "the inviter is gone":
        actions.deactivate_account(SYSTEM, account_id=boss.account_id, reason="уволен")
    elif how == "another account":
        actions.open_account(
            SYSTEM, person_id=line.person_id, login="earlier", password=PASSWORD, grants=[{"role": "IRO"}]
        )
    return token


WAYS = ["replayed", "revoked", "unknown", "expired", "the inviter is gone", "another account"]


@pytest.mark.parametrize("how", WAYS)
def test_void_invitations_are_refused_with_one_wording(world: World, boss: Person, how: str) -> None:
    with world.app.app_context():
        token = spoil(how, world, boss, invited(world, boss))
        later = clock.now() + (timedelta(days=7) if how == "expired" else timedelta())
        with clock.at(later), pytest.raises(Refused) as refused:
            actions.accept_invitation(token, password=PASSWORD, login="second")
        assert (refused.value.rule, refused.value.text, refused.value.field) == (
            "INVITATION",
            INVITATION_REFUSED,
            None,
        )
        with pytest.raises(Refused):
            actions.sign_in("second", PASSWORD)


def test_it_is_good_to_the_last_moment_of_seven_days(world: World, boss: Person) -> None:
    with world.app.app_context():
        token = invited(world, boss, login="poleva")
        with clock.at(clock.now() + timedelta(days=7) - timedelta(seconds=1)):
            actions.accept_invitation(token, password=PASSWORD, login="ignored")
            assert actions.sign_in("poleva", PASSWORD)


def test_who_may_invite_and_revoke(world: World, boss: Person) -> None:
    operator = account(world, "oper", Role.OPERATOR)
    with world.app.app_context():
        for who, role in ((operator, "OPERATOR"), (operator, "SYSTEM_ADMIN"), (world.stranger, "EXPERT")):
            with pytest.raises(NotAllowed):
                actions.invite(who, person_id=human(world, "Полева"), grants=[{"role": role}])
        invited(world, boss, grants=[{"role": "OPERATOR"}])
        key = queries.invitations(boss).items[0].invitation.id
        for who in (operator, world.stranger):
            with pytest.raises(NotAllowed):
                actions.revoke_invitation(who, invitation_id=key)
        with pytest.raises(NotAllowed):
            queries.invitations(world.stranger)
        actions.revoke_invitation(boss, invitation_id=key)
        with pytest.raises(Refused, match="INVITATION"):
            actions.revoke_invitation(boss, invitation_id=key)


def test_wrong_invitations_are_refused(world: World, boss: Person) -> None:
    with world.app.app_context():
        for change, rule in (
            ({"grants": []}, "GRANT"),
            ({"grants": [{"role": "TMS"}]}, "GRANT"),
            ({"login": "boss"}, "LOGIN"),
            ({"login": "где"}, "LOGIN"),
            ({"person_id": boss.person_id}, "INVITATION"),
        ):
            with pytest.raises(Refused, match=rule):
                invited(world, boss, **change)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_invitations_by_pages(world: World, client: Clients, boss: Person, lang: str) -> None:
    browser = client(world.app, boss)
    someone = human(world, "Полева")
    assert browser.get(f"/invitations?lang={lang}").status_code == 200
    page = f"/people/{someone}/invitation?lang={lang}"
    assert browser.get(page).status_code == 200
    assert browser.post(page, data={"login": "x y"}).status_code == 422
    form = {"grants-0-role": "EXPERT", "grants-1-role": "TMS", "grants-1-organisation_id": str(world.tms)}
    made = browser.post(page, data=form)
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "private, no-store"
    link = made.text.split('data-copy="')[1].split('"')[0]
    assert link.startswith("http://localhost/registry/session/invitation?token=")
    path = link.removeprefix("http://localhost/registry")
    guest = world.app.test_client()
    shown = guest.get(f"{path}&lang={lang}")
    assert "Полева" in shown.text
    assert guest.post(path, data={"login": "poleva", "password": "12345678901"}).status_code == 422
    foreign = {"Sec-Fetch-Site": "cross-site"}
    answer = {"login": "poleva", "password": PASSWORD}
    assert guest.post(path, data=answer, headers=foreign).status_code == 403
    assert guest.post(path, data=answer).status_code == 303
    over = guest.get(f"{path}&lang=ru")
    assert (over.status_code, INVITATION_REFUSED in over.text) == (410, True)
    signed = guest.post("/session/sign-in", data={"login": "poleva", "password": PASSWORD})
    assert signed.headers["Location"] == "/registry/cabinet"
    listed = browser.get("/invitations?lang=ru").text
    assert "принято" in listed
    browser.post(f"/people/{human(world, 'Лугова')}/invitation", data={"grants-0-role": "EXPERT"})
    waiting = browser.get("/invitations").text.split("/invitations/")[1].split("/revoke")[0]
    assert browser.post(f"/invitations/{waiting}/revoke").status_code == 303
    assert "отозвано" in browser.get("/invitations?lang=ru").text


def test_invitations_by_the_api(world: World, client: Clients, boss: Person) -> None:
    api = client(world.app, boss)
    body = {"person_id": str(human(world, "Полева")), "grants": [{"role": "EXPERT"}]}
    made = api.post("/api/v1/invitations", json=body)
    assert made.status_code == 201
    listed = api.get("/api/v1/invitations").json
    assert [(one["state"], "token" in one) for one in listed] == [("WAITING", False)]
    guest = world.app.test_client()
    accept = {"token": made.json["token"], "login": "poleva", "password": PASSWORD}
    assert guest.post("/api/v1/invitations/accept", json={**accept, "token": "x"}).status_code == 409
    assert guest.post("/api/v1/invitations/accept", json={**accept, "person_id": "1"}).status_code == 422
    assert guest.post("/api/v1/invitations/accept", json=accept).status_code == 201
    again = guest.post("/api/v1/invitations/accept", json=accept)
    assert (again.status_code, again.json["rule"]) == (409, "INVITATION")
    assert guest.get("/api/v1/invitations").status_code == 401
    assert api.post(f"/api/v1/invitations/{listed[0]['id']}/revoke").status_code == 409
