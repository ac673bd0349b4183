"""What do browser tests share? A server of their own, Debian's Chromium, and a visitor who notices what goes wrong."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect, sync_playwright

from dashboard.loading.words_file import read_words
from tests.conftest import ROOT

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next((path for name in BROWSERS if (path := shutil.which(name))), "")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
OURS = ("localhost", "127.0.0.1")
StartServer = Callable[..., str]

expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test, and is skipped where there is no browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not PROGRAM:
                item.add_marker(pytest.mark.skip(reason="browser tests need Chromium: apt-get install chromium"))


@contextmanager
def running(store: Path, **environment: str) -> Iterator[str]:
    """`streamlit run app.py` on a free port of this machine; gives its address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", "true",
        "--server.fileWatcherType", "none",
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "DASHBOARD_STORE": str(store), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if "URL:" in line:
            break
    reader = threading.Thread(target=said.extend, args=(process.stdout,), daemon=True)
    reader.start()
    try:
        assert process.poll() is None, "".join(said)
        with urlopen(f"http://localhost:{port}/_stcore/health", timeout=30) as answer:
            assert answer.status == 200
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(30)
        reader.join(30)
        process.stdout.close()
    assert "Traceback" not in "".join(said), "".join(said)


@pytest.fixture(scope="session")
def server(sample_store: Path) -> Iterator[str]:
    """The address of the server that the tests share; nobody publishes into it."""
    with running(sample_store) as address:
        yield address


@pytest.fixture
def own_store(sample_store: Path, tmp_path: Path) -> Path:
    """A copy of the sample's store, to be changed."""
    return Path(shutil.copytree(sample_store, tmp_path / "store"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Visitor:
    """One person at a browser: opens pages, and keeps whatever should not have happened."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.wrong: list[str] = []
        context.route("**/*", self._let_pass)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.wrong.append(f"error in the page: {error.error}"))

    def _let_pass(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname in OURS:
            route.continue_()
        else:
            self.wrong.append(f"asked another machine for {route.request.url}")
            route.abort()

    def _heard(self, message: ConsoleMessage) -> None:
        # Streamlit asks for two addresses of its own that this server does not have.
        known = "404" in message.text and "/_stcore/" in str(message.location.get("url", ""))
        if message.type == "error" and not known:
            self.wrong.append(f"console: {message.text} {message.location.get('url')}")

    def open(self, address: str) -> Page:
        """A new tab at an address, once its page stands still."""
        page = self.context.new_page()
        page.on("websocket", self._connected)
        page.goto(address)
        still(page)
        return page

    def _connected(self, socket: object) -> None:
        url = str(getattr(socket, "url", ""))
        if urlsplit(url).hostname not in OURS:
            self.wrong.append(f"connected to {url}")

    def leave(self) -> None:
        """Close everything; fail if anything went wrong, or a trace of an error was written on a page."""
        for page in self.context.pages:
            if re.search(r"Traceback|Error:|Exception", page.locator("body").inner_text()):
                self.wrong.append(f"a trace of an error on {page.url}")
        self.context.close()
        assert not self.wrong


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    """Somebody at a laptop."""
    found = Visitor(chromium.new_context(viewport=LAPTOP))
    yield found
    found.leave()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Visitor]:
    """Somebody with a phone."""
    found = Visitor(chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True))
    yield found
    found.leave()


@pytest.fixture
def night(chromium: Browser) -> Iterator[Visitor]:
    """Somebody whose system is set to dark."""
    found = Visitor(chromium.new_context(viewport=LAPTOP, color_scheme="dark"))
    yield found
    found.leave()


def still(page: Page) -> None:
    """Wait until the script of the page has run and something is drawn."""
    expect(page.get_by_test_id("stMain").get_by_test_id("stMarkdownContainer")).not_to_have_count(0)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def words(key: str) -> str:
    """A sentence as it stands in the English words."""
    return read_words()(key)
