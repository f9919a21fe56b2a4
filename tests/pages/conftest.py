"""The demo suite, served for real on a free port, and a browser."""

import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from waitress import create_server

from services.demo import load
from services.local import Local

CHROMIUM = Path("/usr/bin/chromium")


@dataclass(frozen=True)
class Demo:
    """The address of a running demo and its accounts: cabinet → (login, password)."""

    url: str
    accounts: dict[str, tuple[str, str]]


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> Iterator[Demo]:
    """The demo network, loaded once and served by waitress, messages carried in the background."""
    suite = Local(demo_folder)
    server = create_server(suite.wsgi(), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    suite.postman.start()
    yield Demo(f"http://127.0.0.1:{server.effective_port}", load.accounts(suite.folder))
    suite.postman.stop()
    server.close()
    suite.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The installed Chromium, headless."""
    if not CHROMIUM.exists():
        missing = f"{CHROMIUM} is not installed: apt install chromium"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
        )
        yield chromium
        chromium.close()


def pattern(path: str) -> str:
    """A path with identifiers taken out: pages of one kind have one pattern."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b\d+\b", "*", path)
