"""A person in front of a browser: finds things by their labels and roles only, as a screen reader does."""

import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import Browser, Download, Locator, Page, Response, TimeoutError, expect

#: Where pictures of the key steps are put, wide and narrow; without it none are taken.
SHOTS = os.environ.get("METODSET_SHOTS", "")
WIDE, NARROW = 1280, 360
#: Seconds for a message to come from another service, and for one look at the page.
PATIENCE, LOOK = 15, 1
#: Required inputs carry a mark in their label.
_MARK = r"(\s*\*?\s*обязательное поле)?"

#: Words that give away English on a Russian page.
_ENGLISH = re.compile(
    r"\b(the|and|are|not|for|with|must|may|this|field|error|invalid|required|missing)\b", re.IGNORECASE
)

Value = str | bool | dict[str, Any]


class Seat:
    """One person's browser: an own context, Russian, in Moscow."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.context = browser.new_context(
            locale="ru-RU", timezone_id="Europe/Moscow", viewport={"width": WIDE, "height": 900}
        )
        self.context.set_default_timeout(PATIENCE * 1000)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._listen)
        self.page.goto(url)

    def _listen(self, response: Response) -> None:
        if response.status >= 400 and not response.url.endswith("/session/refresh"):
            self.complaints.append(f"{response.status} {response.request.method} {response.url}")

    def _read(self) -> None:
        """Notice English words in what the page shows."""
        words = sorted(set(_ENGLISH.findall(self.page.get_by_role("main").inner_text())))
        if words:
            self.complaints.append(f"{self.page.url}: {words}")

    def sign_in(self, login: str, password: str) -> None:
        """Sign in from the first page and come to one's cabinet."""
        self.go("Войти в кабинет")
        self.fill({"Логин": login, "Пароль": password})
        self.press("Войти")
        if self.page.get_by_label(_labelled("Новый пароль")).count():  # the first one was set by a manager
            self.fill({"Новый пароль": f"{password}, уже свой"})
            self.press("Сменить пароль")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Здравствуйте")

    def go(self, *names: str) -> None:
        """Follow links by their names, one page after another."""
        for name in names:
            with self.page.expect_navigation():
                self.page.get_by_role("link", name=name, exact=True).first.click()
            self._read()

    def press(self, name: str, *, confirm: bool = False) -> None:
        """Press a button; say yes when the page asks. The next page must be there afterwards."""
        button = self.page.get_by_role("button", name=name, exact=True)
        with self.page.expect_navigation():
            button.click()
            if confirm:
                self.page.get_by_role("dialog").get_by_role("button", name="Продолжить").click()
        self._read()
        fault = self.page.get_by_role("alert")
        assert fault.count() == 0, f"«{name}»: {fault.first.inner_text()}"

    def fill(self, values: Mapping[str, Value], within: Locator | None = None) -> None:
        """Fill inputs by their labels: texts, choices, ticks and files; a radio by the name of its group."""
        for label, value in values.items():
            place, name = within or self.page, _labelled(label)
            self._enter(place.get_by_label(name).or_(place.get_by_role("group", name=name)), value)

    def _enter(self, found: Locator, value: Value) -> None:
        kind = found.evaluate("e => e.tagName == 'INPUT' ? e.type : e.tagName.toLowerCase()")
        if kind == "fieldset":
            found.get_by_label(str(value), exact=True).check()
        elif kind == "select":
            option = found.locator("option").filter(has_text=str(value))
            found.select_option(value=option.first.get_attribute("value"))
        elif isinstance(value, bool):
            found.set_checked(value)
        elif isinstance(value, dict):
            found.set_input_files(value)
        else:
            found.fill(value)

    def group(self, name: str) -> Locator:
        """A fieldset by its legend."""
        return self.page.get_by_role("group", name=name, exact=True)

    def sees(self, *texts: str) -> None:
        """All the texts are shown in the content of the page."""
        for text in texts:
            expect(self.page.get_by_role("main").get_by_text(text).first).to_be_visible()

    def row(self, *texts: str) -> Locator:
        """The row of a table that has all the texts."""
        found = self.page.get_by_role("row")
        for text in texts:
            found = found.filter(has_text=text)
        return found.first

    def waits_for(self, find: Callable[[], Locator]) -> Locator:
        """Reload until what is found is shown: messages between services take their time."""
        until = monotonic() + PATIENCE
        while monotonic() < until:
            with suppress(AssertionError, TimeoutError):
                expect(find()).to_be_visible(timeout=LOOK * 1000)
                return find()
            self.page.reload()
        raise AssertionError(f"not in {PATIENCE} s: {find()} on {self.page.url}")

    def waits_for_text(self, text: str) -> None:
        """Reload until the text is shown."""
        self.waits_for(lambda: self.page.get_by_role("main").get_by_text(text).first)

    def waits_for_choice(self, label: str, text: str) -> None:
        """Reload until a select offers a choice."""
        until = monotonic() + PATIENCE
        while not self.page.get_by_label(_labelled(label)).locator("option").filter(has_text=text).count():
            assert monotonic() < until, f"«{label}» does not offer «{text}» in {PATIENCE} s"
            self.page.reload()

    def chosen(self, label: str) -> str:
        """What a select stands at."""
        return self.page.get_by_label(_labelled(label)).locator("option:checked").inner_text()

    def download(self, name: str) -> bytes:
        """The bytes of the file behind a link."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=name).first.click()
        saved: Download = coming.value
        return Path(saved.path()).read_bytes()

    def shot(self, name: str) -> None:
        """Pictures of the page, wide and narrow, when somebody wants them."""
        if not SHOTS:
            return
        self.page.wait_for_load_state("networkidle")
        for width in (WIDE, NARROW):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.screenshot(
                path=Path(SHOTS) / f"{name}-{width}.png", full_page=True, animations="disabled"
            )
            assert self.page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}"
        self.page.set_viewport_size({"width": WIDE, "height": 900})


def _labelled(label: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(label)}{_MARK}\s*$")
