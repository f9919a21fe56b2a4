"""The score sheet in a real browser: keyboard only, autosave, a lost server, two tabs, an expired session (BR-45)."""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from services.expertise import queries
from shared import clock
from shared.person import Person
from shared.testing.keys import token_for
from shared.unit import read
from tests.pages.test_browser import AXE, RULES
from tests.services.expertise.conftest import World, moment

pytestmark = pytest.mark.browser
LONG = "Обоснование, которое эксперт печатал долго и не хочет потерять"


@dataclass
class Desk:
    """An expert's assignment, served for real; the server can be stopped and started again."""

    app: Flask
    who: Person
    task: Any
    port: int = 0
    server: Any = None

    def start(self) -> None:
        self.server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self.port = self.server.port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def sign_in(self, context: BrowserContext) -> None:
        token, csrf = token_for(self.app, self.who)
        url = f"http://127.0.0.1:{self.port}"
        context.add_cookies(
            [
                {"name": "ms_access", "value": token, "url": url},
                {"name": "csrf_access_token", "value": csrf, "url": url},
            ]
        )

    def page(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{self.port}/assignments/{self.task}")
        accept = page.locator("button", has_text="Принять и подтвердить независимость")
        if accept.count():
            accept.click()
        expect(page.locator("#sheet")).to_be_visible()
        return page


@pytest.fixture
def desk(app_of: Callable[[str], Flask]) -> Iterator[Desk]:
    """An entry under expertise and its expert."""
    app = app_of("expertise")
    with app.app_context():
        world = World(app)
        for _ in range(3):
            world.expert()
        world.open()
        world.admit(world.file(summary="Описание работы. " * 60))
        with clock.at(moment(9, 29)):
            world.assign()
            who, task = world.tasks()[0]
        assert queries.queue(who)
        read().rollback()
        made = Desk(app, who, task)
        made.start()
        yield made
        made.stop()


@pytest.fixture
def expert(browser: Browser, desk: Desk) -> Iterator[BrowserContext]:
    """The browser of the expert, signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ru-RU")
    desk.sign_in(context)
    yield context
    context.close()


def test_the_sheet_is_filled_by_the_keyboard_and_saves_itself(expert: BrowserContext, desk: Desk) -> None:
    page = desk.page(expert)
    first = page.locator(".criterion").first
    code = first.get_attribute("data-code")
    first.locator("input[type=radio]").first.focus()
    page.keyboard.press("1")
    assert first.locator("input:checked").get_attribute("value") == "1"
    page.keyboard.press("Enter")
    page.keyboard.type(LONG)
    page.keyboard.press("Control+Enter")
    assert page.evaluate("document.activeElement.closest('.criterion').dataset.code") != code
    page.keyboard.press("2")
    expect(page.locator("#sheet-status")).to_contain_text("Сохранено")
    assert page.locator("#tally-total").inner_text() != "0,00"
    page.reload()
    assert page.locator(f"[name='comments-{code}']").input_value() == LONG
    assert page.evaluate("localStorage.length") == 0
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(AXE)
        found = page.evaluate("async rules => (await axe.run(document, rules)).violations", RULES)
        assert [(v["id"], [node["target"] for node in v["nodes"]][:5]) for v in found] == []


def test_nothing_is_lost_when_the_server_is_gone(expert: BrowserContext, desk: Desk) -> None:
    page = desk.page(expert)
    address = page.url
    remarks = page.locator("[name=remarks]")
    desk.stop()
    remarks.fill(LONG)
    expect(page.locator("#sheet-status")).to_contain_text("Нет связи")
    page.close()
    desk.start()
    page = expert.new_page()
    page.goto(address)
    note = page.locator("#sheet-news")
    expect(note).to_contain_text("несохранённый текст")
    note.get_by_role("button", name="Вернуть его").click()
    assert page.locator("[name=remarks]").input_value() == LONG
    expect(page.locator("#sheet-status")).to_contain_text("Сохранено")
    page.reload()
    assert page.locator("[name=remarks]").input_value() == LONG
    expect(page.locator("#sheet-news")).to_be_empty()


def test_what_was_typed_meanwhile_is_sent_when_the_connection_is_back(
    expert: BrowserContext, desk: Desk
) -> None:
    page = desk.page(expert)
    expert.set_offline(True)
    page.locator("[name=conclusion]").fill("Первая строка")
    expect(page.locator("#sheet-status")).to_contain_text("Нет связи")
    page.locator("[name=conclusion]").fill("Первая строка и вторая")
    expert.set_offline(False)
    expect(page.locator("#sheet-status")).to_contain_text("Сохранено", timeout=15_000)
    page.reload()
    assert page.locator("[name=conclusion]").input_value() == "Первая строка и вторая"


def test_two_tabs_show_both_texts(expert: BrowserContext, desk: Desk) -> None:
    one = desk.page(expert)
    two = expert.new_page()
    two.goto(one.url)
    one.locator("[name=conclusion]").fill("Текст первой вкладки")
    expect(one.locator("#sheet-status")).to_contain_text("Сохранено")
    two.locator("[name=conclusion]").fill("Текст второй вкладки")
    news = two.locator("#sheet-news")
    expect(news).to_contain_text("Текст первой вкладки")
    expect(news).to_contain_text("Текст второй вкладки")
    news.get_by_role("button", name="Оставить мой текст").click()
    expect(two.locator("#sheet-status")).to_contain_text("Сохранено")
    one.locator("[name=remarks]").fill("Ещё из первой")
    one.locator("#sheet-news").get_by_role("button", name="Взять сохранённый текст").click()
    assert one.locator("[name=conclusion]").input_value() == "Текст второй вкладки"


def test_an_expired_session_keeps_the_text_until_signed_in_again(
    expert: BrowserContext, desk: Desk
) -> None:
    page = desk.page(expert)
    expert.clear_cookies()
    page.locator("[name=remarks]").fill("Набрано без сеанса")
    expect(page.locator("#sheet-status")).to_contain_text("Сеанс закончился")
    desk.sign_in(expert)
    expect(page.locator("#sheet-status")).to_contain_text("Сохранено", timeout=15_000)


def test_the_sheet_is_a_plain_form_without_scripts(browser: Browser, expert: BrowserContext, desk: Desk) -> None:
    page = desk.page(expert)
    plain = browser.new_context(java_script_enabled=False, locale="ru-RU")
    desk.sign_in(plain)
    form = plain.new_page()
    form.goto(page.url)
    form.locator("[name=conclusion]").fill("Без сценариев")
    form.locator("button", has_text="Сохранить черновик").click()
    assert re.search("Черновик сохранён", form.content())
    assert form.locator("[name=conclusion]").input_value() == "Без сценариев"
    plain.close()
