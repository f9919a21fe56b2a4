"""The second factor: codes by RFC 6238, each once; recovery codes; lock-out; roles that demand it."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pyotp
import pytest
import sqlalchemy as sa
from environs import EnvValidationError
from flask import Flask
from flask.testing import FlaskClient

from services.registry import actions, model, queries
from services.registry.rules.sign_in import Need
from shared import clock
from shared.person import Person, Role
from shared.refusal import NotAllowed, Refused, SignInNeeded
from shared.seals import SECOND_FACTOR, seal
from shared.service import service_of
from shared.settings import Settings
from shared.unit import read, work
from tests.services.registry.conftest import World
from tests.services.registry.people import PASSWORD, SYSTEM, account

Clients = Callable[..., FlaskClient]
START = datetime(2020, 12, 31, 9, tzinfo=UTC)


def code_of(secret: str, moment: datetime = START) -> str:
    return pyotp.TOTP(secret).at(moment)


def enrolled(world: World, who: Person) -> tuple[str, list[str]]:
    """Switch the second factor on a day before START; its secret and recovery codes."""
    before = START - timedelta(days=1)
    with clock.at(before):
        secret = world.do(actions.begin_enrolment, who).secret
        return secret, world.do(actions.confirm_enrolment, who, code=code_of(secret, before))


def demand(app: Flask, *roles: Role) -> None:
    service = service_of(app)
    service.settings = replace(service.settings, require_second_factor_roles=roles)


#: RFC 6238, appendix B, SHA-1; the last six of eight digits.
VECTORS = [
    (59, "94287082"),
    (1111111109, "07081804"),
    (1111111111, "14050471"),
    (1234567890, "89005924"),
    (2000000000, "69279037"),
    (20000000000, "65353130"),
]


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_the_codes_of_rfc_6238_are_accepted(inside: World, seconds: int, code: str) -> None:
    who = account(inside, "vera", Role.IRO)
    secret = base64.b32encode(b"12345678901234567890")
    with work(SYSTEM) as u:
        sealed = seal(SECOND_FACTOR).encrypt(secret)
        u.add(model.SecondFactor(account_id=who.account_id, sealed_secret=sealed, confirmed_at=START))
    with clock.at(datetime.fromtimestamp(seconds, UTC)):
        step = actions.begin_sign_in("vera", PASSWORD)
        assert step.need is Need.CODE
        with pytest.raises(Refused, match="SECOND_FACTOR"):
            actions.give_code(step.ticket, code="000000")
        assert actions.give_code(step.ticket, code=code[2:]).need is Need.NOTHING


def test_a_code_is_good_once_and_so_are_older_ones(inside: World) -> None:
    who = account(inside, "vera", Role.IRO)
    secret, _ = enrolled(inside, who)
    with clock.at(START):
        assert actions.sign_in("vera", PASSWORD, code_of(secret))
        older = code_of(secret, START - timedelta(seconds=30))
        for code in (code_of(secret), older):
            with pytest.raises(Refused, match="SECOND_FACTOR"):
                actions.sign_in("vera", PASSWORD, code)
        assert actions.sign_in("vera", PASSWORD, code_of(secret, START + timedelta(seconds=30)))
    far = START + timedelta(minutes=5)
    with clock.at(far), pytest.raises(Refused):
        actions.sign_in("vera", PASSWORD, code_of(secret, far - timedelta(seconds=60)))


def test_the_code_of_the_enrolment_does_not_sign_in(inside: World) -> None:
    who = account(inside, "vera", Role.IRO)
    with clock.at(START):
        secret = actions.begin_enrolment(who).secret
        actions.confirm_enrolment(who, code=code_of(secret))
        with pytest.raises(Refused, match="SECOND_FACTOR"):
            actions.sign_in("vera", PASSWORD, code_of(secret))


def test_recovery_codes_are_hashed_and_good_once(inside: World) -> None:
    who = account(inside, "vera", Role.IRO)
    secret, codes = enrolled(inside, who)
    assert len(set(codes)) == 10
    kept = " ".join(read().scalars(sa.select(model.RecoveryCode.code_hash)))
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    sealed = read().scalar(sa.select(model.SecondFactor.sealed_secret))
    assert secret.encode() not in sealed
    with clock.at(START):
        assert actions.sign_in("vera", PASSWORD, codes[3].upper().replace("-", " "))
        with pytest.raises(Refused):
            actions.sign_in("vera", PASSWORD, codes[3])
        assert queries.profile(who).codes_left == 9
        new = actions.renew_recovery_codes(who, code=code_of(secret))
        with pytest.raises(Refused):
            actions.sign_in("vera", PASSWORD, codes[4])
        assert actions.sign_in("vera", PASSWORD, new[0])


def test_who_knows_the_password_cannot_guess_codes_without_end(inside: World) -> None:
    """The right password forgets no failures before the code; the tenth wrong code closes the account."""
    secret, codes = enrolled(inside, account(inside, "vera", Role.IRO))
    with clock.at(START):
        for _ in range(10):
            step = actions.begin_sign_in("vera", PASSWORD)
            with pytest.raises(Refused, match="SECOND_FACTOR"):
                actions.give_code(step.ticket, code="000000")
        for code in (code_of(secret), codes[0]):
            with pytest.raises(Refused):
                actions.give_code(step.ticket, code=code)
        with pytest.raises(Refused, match="SIGN_IN"):
            actions.begin_sign_in("vera", PASSWORD)
    later = START + timedelta(minutes=16)
    with clock.at(later):
        assert actions.sign_in("vera", PASSWORD, code_of(secret, later))


def test_tickets_are_signed_short_lived_and_of_one_use(inside: World) -> None:
    secret, _ = enrolled(inside, account(inside, "vera", Role.IRO))
    with clock.at(START):
        first = actions.begin_sign_in("vera", PASSWORD)
        for early in (actions.finish_sign_in, actions.enrolment_at_sign_in):
            with pytest.raises(SignInNeeded):
                early(first.ticket)
        with pytest.raises(SignInNeeded):
            actions.choose_password(first.ticket, new_password="чужой новый пароль")
        with pytest.raises(SignInNeeded):
            actions.give_code(first.ticket[:-2] + "xx", code=code_of(secret))
        second = actions.give_code(first.ticket, code=code_of(secret))
        assert actions.finish_sign_in(second.ticket).name
        with pytest.raises(SignInNeeded):
            actions.finish_sign_in(second.ticket)
    old = actions.begin_sign_in("vera", PASSWORD)
    moment = clock.now() + timedelta(minutes=11)
    with clock.at(moment), pytest.raises(SignInNeeded):
        actions.give_code(old.ticket, code=code_of(secret, moment))


def test_a_manager_resets_a_lost_factor_and_it_is_journalled(inside: World) -> None:
    boss, operator = account(inside, "boss", Role.SYSTEM_ADMIN), account(inside, "oper", Role.OPERATOR)
    who = account(inside, "vera", Role.IRO)
    enrolled(inside, who)
    enrolled(inside, boss)
    with pytest.raises(NotAllowed):
        actions.reset_second_factor(operator, account_id=boss.account_id, reason="захват")
    with pytest.raises(NotAllowed):
        actions.reset_second_factor(who, account_id=who.account_id, reason="сама")
    actions.reset_second_factor(operator, account_id=who.account_id, reason="телефон утонул")
    assert actions.sign_in("vera", PASSWORD)
    line = read().scalars(sa.select(model.Audit).where(model.Audit.what == "second_factor.reset")).one()
    assert (line.account_id, line.object_id) == (operator.account_id, who.account_id)
    assert read().scalar(sa.select(sa.func.count()).select_from(model.RecoveryCode)) == 10  # the boss's


def test_one_switches_the_own_factor_off_by_a_code_only(inside: World) -> None:
    who = account(inside, "vera", Role.IRO)
    secret, _ = enrolled(inside, who)
    with clock.at(START):
        with pytest.raises(Refused, match="SECOND_FACTOR"):
            actions.begin_enrolment(who)  # an enrolled telephone is not replaced silently
        with pytest.raises(Refused, match="SECOND_FACTOR"):
            actions.drop_second_factor(who, code="111111")
        demand(inside.app, Role.IRO)
        with pytest.raises(Refused, match="SECOND_FACTOR"):
            actions.drop_second_factor(who, code=code_of(secret))
        demand(inside.app)
        actions.drop_second_factor(who, code=code_of(secret))
        assert actions.sign_in("vera", PASSWORD)


def test_a_changed_secret_of_the_service_lets_nobody_in_by_chance(inside: World) -> None:
    secret, codes = enrolled(inside, account(inside, "vera", Role.IRO))
    service = service_of(inside.app)
    service.settings = replace(service.settings, secret_key="another secret of the service, long enough")
    with clock.at(START):
        with pytest.raises(Refused):
            actions.sign_in("vera", PASSWORD, code_of(secret))
        assert actions.sign_in("vera", PASSWORD, codes[0])


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_enrolment_and_the_second_step_by_pages(world: World, client: Clients, lang: str) -> None:
    browser = client(world.app, account(world, "vera", Role.IRO))
    assert browser.get("/profile/second-factor").status_code == 303  # nothing begun
    assert browser.get(f"/profile?lang={lang}").status_code == 200
    assert browser.post("/profile/second-factor/begin").status_code == 303
    page = browser.get(f"/profile/second-factor?lang={lang}").text
    secret = page.split('data-copy="')[1].split('"')[0]
    assert unquote(page.split('src="data:image/svg+xml,')[1].split('"')[0]).startswith("<svg")
    wrong = browser.post("/profile/second-factor", data={"code": "12"})
    assert wrong.status_code == 422
    done = browser.post("/profile/second-factor", data={"code": code_of(secret, clock.now())})
    assert done.status_code == 200
    codes = [part.split("</code>")[0] for part in done.text.split("<code>")[1:]]
    assert len(codes) == 10
    for path in ("/profile", "/profile/second-factor/codes", "/profile/second-factor/remove"):
        assert browser.get(f"{path}?lang={lang}").status_code == 200
    guest = world.app.test_client()
    first = guest.post("/session/sign-in?next=/events/", data={"login": "vera", "password": PASSWORD})
    assert first.headers["Location"] == "/registry/session/code?next=/events/"
    assert guest.get_cookie("ms_access") is None
    assert guest.get_cookie("ms_refresh", path="/registry/session") is None
    assert guest.get("/cabinet").status_code == 303
    assert guest.get(f"/session/code?lang={lang}").status_code == 200
    assert guest.get("/session/enrolment").status_code == 303
    assert guest.post("/session/code", data={"code": "999"}).status_code == 422
    second = guest.post("/session/code?next=/events/", data={"code": codes[0]})
    assert second.headers["Location"] == "/events/"
    assert guest.get("/cabinet").status_code == 200
    assert guest.get_cookie("ms_sign_in", path="/registry/session") is None
    renewed = browser.post("/profile/second-factor/codes", data={"code": codes[1]})
    assert renewed.status_code == 200
    new = renewed.text.split("<code>")[1].split("</code>")[0]
    assert browser.post("/profile/second-factor/remove", data={"code": new}).status_code == 303


def test_a_role_that_demands_the_factor_enrols_before_the_session(world: World) -> None:
    account(world, "vera", Role.IRO)
    demand(world.app, Role.IRO, Role.SYSTEM_ADMIN)
    api = world.app.test_client()
    refused = api.post("/api/v1/tokens", json={"login": "vera", "password": PASSWORD})
    assert (refused.status_code, refused.json["rule"]) == (401, "SECOND_FACTOR")
    browser = world.app.test_client()
    first = browser.post("/session/sign-in", data={"login": "vera", "password": PASSWORD})
    assert first.headers["Location"].startswith("/registry/session/enrolment")
    assert browser.get("/cabinet").status_code == 303
    secret = browser.get("/session/enrolment").text.split('data-copy="')[1].split('"')[0]
    assert browser.post("/session/enrolment", data={"code": "1"}).status_code == 422
    shown = browser.post("/session/enrolment", data={"code": code_of(secret, clock.now())})
    assert shown.text.count("<code>") == 10
    assert browser.get("/cabinet").status_code == 303
    go_on = browser.post("/session/continue")
    assert go_on.headers["Location"] == "/registry/cabinet"
    assert browser.get("/cabinet").status_code == 200
    assert browser.post("/session/continue").headers["Location"].startswith("/registry/session/sign-in")


def test_a_session_ends_when_its_role_begins_to_demand_the_factor(world: World) -> None:
    account(world, "vera", Role.IRO)
    browser = world.app.test_client()
    browser.post("/session/sign-in", data={"login": "vera", "password": PASSWORD})
    refresh = (
        world.app.test_client()
        .post("/api/v1/tokens", json={"login": "vera", "password": PASSWORD})
        .json["refresh_token"]
    )
    demand(world.app, Role.IRO)
    answer = browser.get("/session/refresh")
    assert answer.headers["Location"].startswith("/registry/session/sign-in")
    renewed = world.app.test_client().post("/api/v1/tokens/refresh", json={"refresh_token": refresh})
    assert renewed.status_code == 401


def test_the_second_factor_by_the_api(world: World, client: Clients) -> None:
    api = client(world.app, account(world, "vera", Role.IRO))
    secret = api.post("/api/v1/profile/second-factor").json["secret"]
    wrong = api.post("/api/v1/profile/second-factor/confirm", json={"code": "0"})
    assert (wrong.status_code, wrong.json["errors"].keys()) == (422, {"code"})
    now = code_of(secret, clock.now())
    codes = api.post("/api/v1/profile/second-factor/confirm", json={"code": now}).json["codes"]
    guest = world.app.test_client()
    login = {"login": "vera", "password": PASSWORD}
    needed = guest.post("/api/v1/tokens", json=login)
    assert (needed.status_code, needed.json["rule"]) == (401, "SECOND_FACTOR")
    assert guest.post("/api/v1/tokens", json={**login, "code": now}).status_code == 401
    assert guest.post("/api/v1/tokens", json={**login, "code": codes[0]}).status_code == 200
    renewed = api.post("/api/v1/profile/second-factor/codes", json={"code": codes[1]}).json["codes"]
    assert api.post("/api/v1/profile/second-factor/remove", json={"code": codes[2]}).status_code == 422
    assert api.post("/api/v1/profile/second-factor/remove", json={"code": renewed[0]}).status_code == 204
    assert guest.post("/api/v1/profile/second-factor").status_code == 401


def test_settings_name_the_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in (("DATABASE_URL", "sqlite://"), ("SECRET_KEY", "s" * 32)):
        monkeypatch.setenv(f"REGISTRY_{key}", value)
    assert Settings.from_env("registry").require_second_factor_roles == ()
    monkeypatch.setenv("REGISTRY_REQUIRE_SECOND_FACTOR_ROLES", "OPERATOR, SYSTEM_ADMIN")
    assert Settings.from_env("registry").require_second_factor_roles == (Role.OPERATOR, Role.SYSTEM_ADMIN)
    monkeypatch.setenv("REGISTRY_REQUIRE_SECOND_FACTOR_ROLES", "KING")
    with pytest.raises(EnvValidationError, match="KING"):
        Settings.from_env("registry")
