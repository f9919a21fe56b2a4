"""The cabinet when other services are down: each missing part says so, the registry's own part stays."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route
from waitress import create_server
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from services.registry import actions
from shared.person import Person, Role
from shared.testing.suite import let_go, make_app
from shared.unit import work

pytestmark = pytest.mark.browser
LOGIN, PASSWORD = "service", "лиловый рассвет над морем"
SYSTEM = Person.system("registry")
FAILED = "Раздел «{title}» сейчас не отвечает. Остальное на странице верно. Обновите её позже."


@pytest.fixture
def lonely(tmp_path: Path) -> Iterator[str]:
    """The address of the registry alone, with somebody of a ТМС."""
    app = make_app("registry", tmp_path)
    with app.app_context(), work(SYSTEM):
        actions.add_municipality(SYSTEM, oktmo="03643000", short_name="Северский район", kind="DISTRICT")
        tms = actions.register_organisation(
            SYSTEM, full_name="Центр Северского района", roles=["TMS"], municipality_oktmo="03643000"
        )
        human = actions.add_person(
            SYSTEM, last_name="Рощина", first_name="Вера", organisation_id=tms, is_synthetic=True
        )
        actions.open_account(
            SYSTEM,
            person_id=human,
            login=LOGIN,
            password=PASSWORD,
            grants=[{"role": Role.TMS, "organisation_id": tms, "municipality_oktmo": "03643000"}],
        )
    server = create_server(
        DispatcherMiddleware(NotFound(), {"/registry": app}), host="127.0.0.1", port=0, threads=4
    )
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    let_go(app)


def signed_in(page: Page, url: str) -> None:
    page.goto(f"{url}/registry/session/sign-in")
    page.fill("[name=login]", LOGIN)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/registry/cabinet")


@pytest.mark.parametrize("width", [1280, 360])
def test_parts_that_do_not_come_say_so_and_the_rest_stays(browser: Browser, lonely: str, width: int) -> None:
    """Events answer 502, expertise refuses the connection, reports keep silent longer than we wait."""
    page = browser.new_page(locale="ru-RU", viewport={"width": width, "height": 800})
    silent: list[Route] = []
    page.route("**/events/cabinet", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))
    page.route("**/expertise/cabinet", lambda route: route.abort("connectionrefused"))
    page.route("**/reports/cabinet", lambda route: silent.append(route))
    # The page waits twenty seconds; the test sees that it does, and waits less.
    page.add_init_script(
        "window.waits = [];"
        "document.addEventListener('htmx:configRequest', event => {"
        "  window.waits.push(htmx.config.timeout); event.detail.timeout = 500; });"
    )
    try:
        signed_in(page, lonely)
        for title in ("Мероприятия", "Экспертиза", "Отчёты"):
            part = page.locator(f"section.remote[aria-label='{title}']")
            part.get_by_role("status").wait_for(timeout=10_000)
            assert part.inner_text() == FAILED.format(title=title)
            assert part.get_attribute("aria-busy") is None
        assert page.evaluate("window.waits") == [20_000] * 3
        assert len(silent) == 1
        own = page.get_by_role("region", name="Реестр", exact=True)
        assert "Договора ещё нет: его готовит оператор сети." in own.inner_text()
        assert "Bad Gateway" not in page.content()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        page.close()


def test_the_cabinet_is_walked_by_the_keyboard(browser: Browser, lonely: str) -> None:
    """Every link of the registry's part is reached by Tab, in the order in which it is read."""
    page = browser.new_page(locale="ru-RU")
    try:
        signed_in(page, lonely)
        region = page.get_by_role("region", name="Реестр", exact=True)
        links = region.get_by_role("link").evaluate_all("all => all.map(one => one.href)")
        reached: list[str] = []
        for _step in range(120):
            page.keyboard.press("Tab")
            inside = page.evaluate(
                "document.activeElement.closest('[aria-labelledby=registry-part]')"
                " ? document.activeElement.href : null"
            )
            if inside:
                reached.append(inside)
            elif reached:
                break
        assert links
        assert reached == links
    finally:
        page.close()
