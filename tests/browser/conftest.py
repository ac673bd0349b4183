"""What do browser tests share? A separate server, Chromium, and a visitor who notices what goes wrong."""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    FilePayload,
    Page,
    Request,
    Response,
    ViewportSize,
    WebSocket,
    expect,
    sync_playwright,
)

from dashboard.loading.yaml_file import read_words
from tests.conftest import copy_of
from tests.servers import STREAMLIT, free_port, started
from tests.waiting import LONGEST

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next((path for name in BROWSERS if (path := shutil.which(name))), "")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
    "--disable-threaded-animation", "--js-flags=--no-opt --min-semi-space-size=64",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)  # fmt: skip
"""The last argument cuts off the network, leaving only this machine. The line before it saves a third of the time:
pages this short-lived are not worth optimising, nor animating smoothly.
"""
TURN = "address => { history.pushState({}, '', address); dispatchEvent(new PopStateEvent('popstate', {state: {}})) }"
LAPTOP: ViewportSize = {"width": 1366, "height": 768}
PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
PHONE: ViewportSize = {"width": 390, "height": 844}
ON_A_PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/150.0.0.0 Mobile Safari/537.36"
"""The user agent of a phone's browser."""
WATCH = """(() => {
  if (window.watched) return;
  window.watched = {stirred: true, unanswered: false, quiet: 0};
  const stirs = () => { window.watched.stirred = true; };
  new MutationObserver(stirs).observe(
    document, {childList: true, subtree: true, characterData: true, attributes: true});
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...given) {
    window.watched.unanswered = true;
    stirs();
    return send.apply(this, given);
  };
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => { window.watched.unanswered = false; stirs(); });
    }
  };
})()"""
"""Notes, from before a page's first script, what it asks the server, what it hears, and what changes in it."""
IS_STILL = """() => {
  const found = window.watched;
  const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
  const ends = it => it.playState === "running" && Number.isFinite(it.effect?.getComputedTiming().endTime);
  const fading = document.getAnimations().some(ends);
  const coming =
    found.unanswered || state !== "notRunning" || fading || document.querySelector("[data-testid=stSkeleton]");
  found.quiet = found.stirred || coming ? 0 : found.quiet + 1;
  found.stirred = false;
  return found.quiet >= 4;
}"""
"""Whether nothing has happened between this look and the three before it, nothing fades, and nothing is to come."""
FORGET = "() => { try { localStorage.clear(); sessionStorage.clear() } catch { /* an empty tab has neither */ } }"
OURS = ("localhost", "127.0.0.1")
StartServer = Callable[..., str]

SLOW = float(os.environ.get("DASHBOARD_TEST_SLOW", "1"))
"""How many times slower the browser is made; CONTRIBUTING.md says when."""

expect.set_options(timeout=LONGEST * SLOW * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a browser test; skip it if there is no browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not PROGRAM:
                item.add_marker(pytest.mark.skip(reason="browser tests need Chromium: apt-get install chromium"))


@contextmanager
def running(store: Path, **environment: str) -> Iterator[str]:
    """Run `streamlit run app.py` on a free port of this machine; yield its address once it answers."""
    port = free_port()
    with started(*STREAMLIT, "app.py", "--server.port", str(port), DASHBOARD_STORE=str(store), **environment):
        with urlopen(f"http://localhost:{port}/_stcore/health", timeout=30) as answer:
            assert answer.status == 200
        yield f"http://localhost:{port}"


@pytest.fixture(scope="session")
def server(sample_store: Path) -> Iterator[str]:
    """Yield the address of the server that tests share; nobody publishes to it."""
    with running(sample_store) as address:
        yield address


@pytest.fixture
def own_store(sample_store: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample's store that the test may change."""
    return copy_of(sample_store, tmp_path / "store")


@dataclass(frozen=True)
class Writable:
    """A server that may publish, and its store."""

    address: str
    store: Path


@contextmanager
def writable_server(sample_store: Path, folder: Path, **environment: str) -> Iterator[Writable]:
    store = copy_of(sample_store, folder / "store")
    with running(store, **environment) as address:
        yield Writable(address, store)


def put_back(writable: Writable, sample_store: Path) -> None:
    """Restore the initial store, so that the next test finds only publication 1, in force."""
    shutil.rmtree(writable.store)
    copy_of(sample_store, writable.store)


@pytest.fixture(scope="session")
def one_writable(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writable]:
    with writable_server(sample_store, tmp_path_factory.mktemp("writable"), DASHBOARD_ROOM_HOST="127.0.0.1") as found:
        yield found


@pytest.fixture
def writable(one_writable: Writable, sample_store: Path) -> Writable:
    """Return the server shared by tests that publish; each starts from the sample's first publication."""
    put_back(one_writable, sample_store)
    return one_writable


def someone(browser: Browser, *scripts: str, **of: Any) -> BrowserContext:
    """Return a new browser of somebody, whose pages `still` can wait for; each page runs these scripts first."""
    context = browser.new_context(**of)
    for script in (*scripts, WATCH):
        context.add_init_script(script)
    context.set_default_timeout(LONGEST * SLOW * 1000)
    if SLOW > 1:
        context.on("page", slow_down)
    return context


def slow_down(page: Page) -> None:
    """Let a tab compute as slowly as on a machine that is `SLOW` times slower than this one."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Visitor:
    """A person using a browser: opens pages, and records whatever should not have happened."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.wrong: list[str] = []
        self._empty = list(context.pages)
        self._heeded: list[tuple[BrowserContext | Page, str, Callable[..., object]]] = []
        self.heed("request", self._asked)
        self.heed("console", self._heard)
        self.heed("weberror", lambda error: self.wrong.append(f"error in the page: {error.error}"))
        self.heed_connections(self._connected)

    def heed(self, event: str, heard: Callable[..., object], of: BrowserContext | Page | None = None) -> None:
        """Listen to an event of the browser, or of one of its tabs, until this visitor leaves."""
        of = of or self.context
        of.on(event, heard)  # type: ignore[call-overload]
        self._heeded.append((of, event, heard))

    def heed_connections(self, heard: Callable[[WebSocket], object]) -> None:
        """Report every connection that a tab makes."""
        for page in self._empty:
            self.heed("websocket", heard, page)
        self.heed("page", lambda page: page.on("websocket", heard))

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme.startswith("http") and address.hostname not in OURS:
            self.wrong.append(f"asked another machine for {request.url}")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrong.append(f"console: {message.text} {message.location.get('url')}")

    def _connected(self, socket: WebSocket) -> None:
        if urlsplit(socket.url).hostname not in OURS:
            self.wrong.append(f"connected to {socket.url}")

    def open(self, address: str) -> Page:
        """Open a tab at an address, and wait until its page is still."""
        page = self._empty.pop() if self._empty else self.context.new_page()
        page.goto(address)
        still(page)
        return page

    def turn_to(self, page: Page, address: str) -> None:
        """Go to another address in an open tab, as Back would, without loading Streamlit again.

        The caller waits for the expected content.
        """
        self._no_trace(page)
        page.evaluate(TURN, address)

    def _no_trace(self, page: Page) -> None:
        if re.search(r"Traceback|Error:|Exception", page.locator("body").inner_text()):
            self.wrong.append(f"a trace of an error on {page.url}")

    def leave(self, stays: bool = False) -> None:
        """Close everything; fail if anything went wrong, or if an error trace was shown on a page.

        With `stays`, the browser remains for the next visitor with one empty tab and nothing left of this visitor.
        """
        for page in self.context.pages:
            self._no_trace(page)
        for of, event, heard in self._heeded:
            of.remove_listener(event, heard)
        if stays:
            self._tidy()
        else:
            self.context.close()
        assert not self.wrong

    def _tidy(self) -> None:
        self.context.clear_cookies()
        for number, page in enumerate(self.context.pages):
            if number:
                page.close()
            else:
                page.evaluate(FORGET)
                page.mouse.move(-1, -1)
                page.goto("about:blank")


def visits(context: BrowserContext) -> Iterator[Visitor]:
    """Yield visitors of a browser that many share in turn, always in the same tab.

    In a new tab Streamlit is loaded and compiled again, which costs more than everything else about opening a page.
    """
    found = Visitor(context)
    yield found
    found.leave(stays=True)


@pytest.fixture(scope="session")
def laptop(chromium: Browser) -> BrowserContext:
    return someone(chromium, viewport=LAPTOP)


@pytest.fixture(scope="session")
def telephone(chromium: Browser) -> BrowserContext:
    return someone(chromium, viewport=PHONE, has_touch=True, is_mobile=True, user_agent=ON_A_PHONE)


@pytest.fixture(scope="session")
def darkness(chromium: Browser) -> BrowserContext:
    return someone(chromium, viewport=LAPTOP, color_scheme="dark")


@pytest.fixture
def visitor(laptop: BrowserContext) -> Iterator[Visitor]:
    """Yield a visitor with a laptop."""
    yield from visits(laptop)


@pytest.fixture
def phone(telephone: BrowserContext) -> Iterator[Visitor]:
    """Yield a visitor with a phone."""
    yield from visits(telephone)


@pytest.fixture
def phones(chromium: Browser) -> Iterator[list[Visitor]]:
    """Yield two people, each with a phone."""
    found = [Visitor(someone(chromium, viewport=PHONE, has_touch=True, is_mobile=True)) for _ in range(2)]
    yield found
    for one in found:
        one.leave()


@pytest.fixture
def night(darkness: BrowserContext) -> Iterator[Visitor]:
    """Yield a visitor whose system is set to dark."""
    yield from visits(darkness)


def still(page: Page) -> None:
    """Wait until the page has been answered, its script has run, and everything is drawn.

    However slow the machine is: the page is looked at several times, with time for its own work in between.
    """
    expect(page.get_by_test_id("stMain").get_by_test_id("stMarkdownContainer")).not_to_have_count(0)
    page.evaluate("() => { window.watched.stirred = true; }")
    page.wait_for_function(IS_STILL, polling=50)


def hand_over(page: Page, files: Sequence[Path] | Sequence[FilePayload]) -> None:
    """Choose files in the page's only field for them, and wait until the server has them all."""
    came: list[str] = []

    def is_last(answer: Response) -> bool:
        came.extend([answer.url] if answer.request.method == "PUT" and answer.ok else [])
        return len(came) == len(files)

    with page.expect_response(is_last):
        page.get_by_test_id("stMain").locator("input[type=file]").set_input_files(files)
    still(page)


def words(key: str) -> str:
    """Return a sentence in English, as plain text."""
    return read_words()(key)
