"""Every page that a person can reach by links answers, in both languages, with a heading and labelled inputs."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
import requests

from tests.pages.conftest import Demo, pattern

CABINETS = [
    "",
    "admin",
    "operator",
    "secretary",
    "council",
    "expert",
    "tms",
    "edu_authority",
    "organisation",
    "iro",
    "participant",
]
#: Answers that are files, and the way out.
NOT_PAGES = (
    "/sign-out", ".pdf", ".docx", ".xlsx", ".csv", ".json", ".py", ".zip", "/pdf", "/docx", "/xlsx", "/csv", "/export",
)  # fmt: skip


class Reader(HTMLParser):
    """What a screen reader would look for: links, language, headings, inputs and their labels."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fragments: list[str] = []
        self.lang = ""
        self.headings = 0
        self.labels: set[str] = set()
        self.inputs: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.lang = given.get("lang") or ""
        elif tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        elif tag == "h1":
            self.headings += 1
        elif tag == "label":
            self.labels.add(given.get("for") or "")
        elif tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit"):
            self.inputs.append(
                (given.get("id") or "", bool(given.get("aria-label") or given.get("aria-labelledby")))
            )
        if given.get("hx-get"):
            self.fragments.append(given["hx-get"] or "")


def signed_in(demo: Demo, cabinet: str) -> requests.Session:
    session = requests.Session()
    if cabinet:
        login, password = demo.accounts[cabinet]
        answer = session.post(
            f"{demo.url}/registry/session/sign-in",
            data={"login": login, "password": password},
            allow_redirects=False,
        )
        assert answer.status_code == 303, answer.text[:500]
    return session


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("cabinet", CABINETS)
def test_pages_answer(demo: Demo, cabinet: str, language: str) -> None:
    """Breadth first from the landing page and the cabinet; one page of each kind."""
    session = signed_in(demo, cabinet)
    session.cookies.set("lang", language)
    start = "/registry/cabinet" if cabinet else "/registry/"
    waiting, seen, faults = [start, "/events/", "/expertise/", "/reports/"], set(), []
    while waiting:
        path = waiting.pop(0)
        kind = pattern(urlsplit(path).path)
        if kind in seen:
            continue
        seen.add(kind)
        answer = session.get(demo.url + path)
        if answer.status_code >= 400:
            faults.append(f"{path}: {answer.status_code}")
            continue
        if "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        page = Reader()
        page.feed(answer.text)
        if "<html" in answer.text:
            if page.lang != language:
                faults.append(f"{path}: lang={page.lang!r}")
            if page.headings != 1:
                faults.append(f"{path}: {page.headings} h1")
        faults += [
            f"{path}: input {key!r} without a label"
            for key, named in page.inputs
            if not named and key not in page.labels
        ]
        for href in page.links + page.fragments:
            target = urlsplit(urljoin(answer.url, href))
            if target.netloc != urlsplit(demo.url).netloc or target.path.endswith(NOT_PAGES):
                continue
            waiting.append(
                target.path + (f"?{target.query}" if target.query and "lang=" not in target.query else "")
            )
    assert faults == []
    assert len(seen) > 8, seen
