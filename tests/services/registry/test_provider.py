"""Signing in by an outer provider (OpenID Connect), against a real small provider on loopback."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import sqlalchemy as sa
from environs import EnvValidationError
from flask import Flask
from flask.testing import FlaskClient

from services.registry import actions, model
from shared import clock
from shared.person import Person, Role
from shared.refusal import Refused
from shared.settings import Settings
from shared.testing.suite import let_go, make_app
from shared.unit import read
from tests.services.registry import provider as outer
from tests.services.registry.conftest import TODAY, World
from tests.services.registry.people import PASSWORD, SYSTEM, account

Clients = Callable[..., FlaskClient]


@pytest.fixture
def provider() -> Iterator[outer.Provider]:
    with outer.running() as one:
        yield one


@pytest.fixture
def app(tmp_path: Path, provider: outer.Provider) -> Iterator[Flask]:
    """The registry with the provider set."""
    made = make_app(
        "registry",
        tmp_path,
        oidc_issuer=provider.issuer,
        oidc_client_id=outer.CLIENT,
        oidc_client_secret=outer.SECRET,
    )
    with clock.at(TODAY):
        yield made
    let_go(made)


@pytest.fixture
def vera(world: World) -> Person:
    """Somebody with an account."""
    return account(world, "vera", Role.IRO)


def linked(world: World, who: Person, provider: outer.Provider, subject: str = "subject-1") -> None:
    world.do(actions.link_provider, who, issuer=provider.issuer, subject=subject)


def sent(browser: FlaskClient, path: str = "/session/provider") -> str:
    """Where the registry sends the browser."""
    answer = browser.get(path)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def back(address: str) -> str:
    """Let the provider recognise the person; the path of ours that it sends the browser to."""
    answer = requests.get(address, allow_redirects=False, timeout=10)
    return str(answer.headers["Location"]).removeprefix("http://localhost/registry")


def test_a_linked_identity_signs_in(world: World, vera: Person, provider: outer.Provider) -> None:
    linked(world, vera, provider)
    browser = world.app.test_client()
    assert "/session/provider" in browser.get("/session/sign-in").text
    answer = browser.get(back(sent(browser, "/session/provider?next=/registry/acts")))
    assert answer.headers["Location"] == "/registry/acts"
    assert "Рощина В." in browser.get("/cabinet").text
    (asked,) = provider.asked
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert len(asked["state"]) > 20
    assert len(asked["nonce"]) > 15
    assert asked["redirect_uri"] == "http://localhost/registry/session/provider/callback"


def test_nobody_gets_an_account_silently(world: World, vera: Person, provider: outer.Provider) -> None:
    """Neither an unknown subject nor a known e-mail opens anything."""
    linked(world, vera, provider, subject="somebody else")
    browser = world.app.test_client()
    answer = browser.get(back(sent(browser)))
    assert answer.headers["Location"] == "/registry/session/sign-in"
    assert "не связан ни с одной" in browser.get("/session/sign-in?lang=ru").text
    assert browser.get("/cabinet").status_code == 303
    with world.app.app_context():
        assert read().scalar(sa.select(sa.func.count()).select_from(model.Account)) == 1


LIES: list[tuple[str, dict[str, Any]]] = [
    ("wrong nonce", {"lies": {"nonce": "another"}}),
    ("no nonce", {"lies": {"nonce": None}}),
    ("wrong audience", {"lies": {"aud": "another client"}}),
    ("wrong audience in our name", {"lies": {"aud": "another client", "azp": outer.CLIENT}}),
    ("several audiences without ours", {"lies": {"aud": ["one", "two"], "azp": outer.CLIENT}}),
    ("wrong issuer", {"lies": {"iss": "https://elsewhere.example"}}),
    ("expired", {"lies": {"exp": 1_600_000_000}}),
    ("no subject", {"lies": {"sub": None}}),
    ("foreign key", {"key": outer.STRANGE_KEY}),
    ("no signature", {"algorithm": "none"}),
    ("no id token", {"with_id_token": False}),
]


@pytest.mark.parametrize(("what", "how"), LIES, ids=[what for what, _ in LIES])
def test_a_lying_provider_is_refused(
    world: World, vera: Person, provider: outer.Provider, what: str, how: dict[str, Any]
) -> None:
    linked(world, vera, provider)
    for name, value in how.items():
        setattr(provider, name, value)
    browser = world.app.test_client()
    answer = browser.get(back(sent(browser)))
    assert answer.headers["Location"] == "/registry/session/sign-in", what
    assert browser.get_cookie("ms_access") is None
    assert browser.get("/cabinet").status_code == 303


def test_forged_and_repeated_answers_are_refused(
    world: World, vera: Person, provider: outer.Provider
) -> None:
    """State belongs to the browser that began, and code and state are good once."""
    linked(world, vera, provider)
    victim, thief = world.app.test_client(), world.app.test_client()
    theirs = back(sent(thief))
    assert sent(victim)
    code = parse_qs(urlsplit(theirs).query)["code"][0]
    for path in (
        theirs,  # login CSRF: the thief's code and state in the victim's browser
        f"/session/provider/callback?code={code}&state=forged",
        f"/session/provider/callback?code={code}",
        "/session/provider/callback?error=access_denied&state=x",
        "/session/provider/callback",
    ):
        answer = victim.get(path)
        assert answer.headers["Location"] == "/registry/session/sign-in", path
        assert victim.get_cookie("ms_access") is None
    good = back(sent(victim))
    assert victim.get(good).headers["Location"] == "/registry/cabinet"
    again = world.app.test_client()
    again.set_cookie("registry_session", victim.get_cookie("registry_session", path="/registry").value)
    assert again.get(good).headers["Location"] == "/registry/session/sign-in"


def test_further_steps_and_a_closed_account_are_not_walked_around(
    world: World, vera: Person, provider: outer.Provider
) -> None:
    linked(world, vera, provider)
    world.do(actions.change_password, SYSTEM, account_id=vera.account_id, new_password="пароль оператора 7")
    browser = world.app.test_client()
    step = browser.get(back(sent(browser, "/session/provider?next=//evil.example")))
    assert step.headers["Location"] == "/registry/session/new-password?next=/registry/cabinet"
    assert browser.get("/cabinet").status_code == 303
    world.do(actions.deactivate_account, SYSTEM, account_id=vera.account_id, reason="уволена")
    other = world.app.test_client()
    assert other.get(back(sent(other))).headers["Location"] == "/registry/session/sign-in"


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_person_links_and_unlinks_in_the_profile(
    world: World, client: Clients, vera: Person, provider: outer.Provider, lang: str
) -> None:
    browser = client(world.app, vera)
    assert "/profile/provider" in browser.get(f"/profile?lang={lang}").text
    assert browser.get("/profile/provider/confirm").status_code == 303  # nothing to confirm
    answer = browser.get(back(sent(browser, "/profile/provider")))
    assert answer.headers["Location"] == "/registry/profile/provider/confirm"
    page = browser.get(f"/profile/provider/confirm?lang={lang}")
    assert "vera@example.org" in page.text
    with world.app.app_context():
        assert read().scalar(sa.select(sa.func.count()).select_from(model.ProviderLink)) == 0
    assert browser.post("/profile/provider/confirm").status_code == 303
    guest = world.app.test_client()
    assert guest.get(back(sent(guest))).headers["Location"] == "/registry/cabinet"
    with world.app.app_context():
        row = read().execute(sa.select(model.ProviderLink.__table__)).mappings().one()
        assert "vera@example.org" not in str(dict(row))  # PD-12
    profile = browser.get(f"/profile?lang={lang}").text
    key = profile.split("/registry/profile/provider/")[1].split("/remove")[0]
    assert browser.post(f"/profile/provider/{key}/remove").status_code == 303
    late = world.app.test_client()
    assert late.get(back(sent(late))).headers["Location"] == "/registry/session/sign-in"


def test_linking_by_a_trick_fails(
    world: World, client: Clients, vera: Person, provider: outer.Provider
) -> None:
    """An offer belongs to the account that asked; without the form's token nothing is linked."""
    browser = client(world.app, vera)
    browser.get(back(sent(browser, "/profile/provider")))
    csrf = browser.environ_base.pop("HTTP_X_CSRF_TOKEN")
    assert browser.post("/profile/provider/confirm").status_code == 403
    other = client(world.app, account(world, "other", Role.IRO))
    other.set_cookie(
        "registry_session", browser.get_cookie("registry_session", path="/registry").value, path="/registry"
    )
    assert other.post("/profile/provider/confirm").headers["Location"] == "/registry/profile"
    with world.app.app_context():
        assert read().scalar(sa.select(sa.func.count()).select_from(model.ProviderLink)) == 0
    browser.environ_base["HTTP_X_CSRF_TOKEN"] = csrf
    assert world.app.test_client().get("/profile/provider").status_code == 303


def test_one_identity_opens_one_account(world: World, vera: Person, provider: outer.Provider) -> None:
    linked(world, vera, provider)
    other = account(world, "other", Role.IRO)
    with pytest.raises(Refused, match="PROVIDER"):
        linked(world, other, provider)
    with pytest.raises(Refused, match="PROVIDER"):
        linked(world, vera, provider, subject="subject-2")


def test_a_provider_that_is_down_stops_nobody_from_using_the_password(
    world: World, vera: Person, provider: outer.Provider
) -> None:
    with world.app.app_context():
        world.app.extensions["metodset_provider"]._server_metadata_url = "http://127.0.0.1:9/nothing"
    browser = world.app.test_client()
    assert browser.get("/session/provider").headers["Location"] == "/registry/session/sign-in"
    signed = browser.post("/session/sign-in", data={"login": "vera", "password": PASSWORD})
    assert signed.headers["Location"] == "/registry/cabinet"


def test_without_the_settings_there_is_no_door(app_of: Callable[[str], Flask], tmp_path: Path) -> None:
    (tmp_path / "off").mkdir()
    plain = make_app("registry", tmp_path / "off", oidc_issuer="https://id.example.org")
    browser = plain.test_client()
    assert "/session/provider" not in browser.get("/session/sign-in").text
    for path in ("/session/provider", "/session/provider/callback?code=1&state=1"):
        assert browser.get(path).status_code == 404
    let_go(plain)


@pytest.mark.parametrize(
    ("issuer", "taken"),
    [
        ("https://id.example.org", True),
        ("http://127.0.0.1:8080/realm", True),
        ("http://id.example.org", False),
        ("http://localhost.evil.example", False),
        ("ftp://id.example.org", False),
    ],
)
def test_the_provider_is_asked_over_https(issuer: str, taken: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in (("DATABASE_URL", "sqlite://"), ("SECRET_KEY", "s" * 32), ("OIDC_ISSUER", issuer)):
        monkeypatch.setenv(f"REGISTRY_{key}", value)
    if taken:
        assert Settings.from_env("registry").oidc_issuer == issuer
    else:
        with pytest.raises(EnvValidationError, match="OIDC_ISSUER"):
            Settings.from_env("registry")
