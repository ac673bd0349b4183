"""Does a browser receive any name or word of the group while it is safe to show? Everything received is read."""

import re
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, Response, WebSocket, expect

from dashboard.model.pages import PAGES, url_path
from dashboard.model.tour import Step, cookie_of_views
from dashboard.ui.session import COOKIE
from tests.browser.conftest import Visitor, running, still, words
from tests.browser.test_share import PDFTOTEXT
from tests.browser.test_visits import address, bar, go_to, heading, main, opened
from tests.canary import CODES, MARK, leaks, publish_canary
from tests.conftest import MakeOnce, rest_thorough

MORE = {
    "compare": ("subject=qxv-op-3,qxv-op-3@2024&by=risk_area",),
    "heatmap": (f"framework=cop-2014&kind=support&country={CODES[0]},{CODES[4]}",),
    "review": ("criterion=CRBP-05.a",),
    "case": ("case_study=C14",),
    "guidance_item": ("guidance=G-vendors-child-found-selling",),
    "presenter": ("tour=own&tour_step=2",),
    "overview": (f"back=heatmap;country:{CODES[1]}&tour=own&tour_step=1",),
    "plan": ("action=qxv-A-001", "show_as=form", "show_as=grid", "show_as=board", "show_as=timeline"),
}
"""Pages that show more with some filters; `tests/ui/versions/test_masking.py` has more of them."""
WITH_FILES = {("plan", "part=actions"), ("heatmap", ""), ("collect", "part=owed"), ("compare", "")}
"""Pages with at least one file to download."""
VISITS = {
    name: (*(f"part={part}" for part in PAGES[name].parts), *(() if PAGES[name].parts else ("",)), *MORE.get(name, ()))
    for name in PAGES
}
MENUS = tuple(dict.fromkeys(page.menu for page in PAGES.values()))


class Ear(Visitor):
    """A visitor who records everything received: bodies, websocket frames, downloads."""

    def __init__(self, context: BrowserContext) -> None:
        super().__init__(context)
        self.received: list[tuple[str, bytes]] = []
        self._answers: list[Response] = []
        self.heed("response", lambda answer: self._answers.append(answer))
        self.heed_connections(self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._hear)

    def _hear(self, payload: str | bytes) -> None:
        self.received.append(("frame", payload.encode() if isinstance(payload, str) else payload))

    def keep(self) -> None:
        """Read the bodies of all answers so far, because a browser drops them with the page."""
        while self._answers:
            answer = self._answers.pop()
            self.received.append((f"headers of {answer.url}", str(answer.all_headers()).encode()))
            # The program is the same for every group; a downloaded file is read from the disk.
            if "/static/" not in answer.url and "attachment" not in answer.headers.get("content-disposition", ""):
                self.received.append((answer.url, answer.body()))

    def heard(self) -> list[str]:
        """Return what was received about the group, and how."""
        self.keep()
        return [f"{way}: {name}" for way, body in self.received for text in _texts(way, body) for name in leaks(text)]


def _texts(way: str, body: bytes) -> Iterator[str]:
    if "://" not in way:  # The name of a file. An address is what the visitor requested.
        yield way
    if body.startswith(b"PK"):  # Compressed data may contain these letters by chance.
        with zipfile.ZipFile(BytesIO(body)) as archive:
            for name in archive.namelist():
                yield name
                yield archive.read(name).decode("utf-8", "replace")
    elif body.startswith(b"\x89PNG"):
        yield str(Image.open(BytesIO(body)).info)
    else:
        yield body.decode("utf-8", "replace")
        yield body.decode("utf-16-le", "replace")


@pytest.fixture(scope="module")
def canary_server(make_once: MakeOnce) -> Iterator[str]:
    folder = make_once("canary", publish_canary)
    with running(folder / "store") as server:
        yield server


@pytest.fixture
def ear(laptop: BrowserContext) -> Iterator[Ear]:
    found = Ear(laptop)
    yield found
    found.leave(stays=True)


def turn(toggle: Locator, page: Page) -> None:
    """Turn a switch and check that it stays, unless the page no longer has it."""
    knob = toggle.locator("input")
    was = knob.is_checked()
    toggle.locator("label").click()
    still(page)
    assert not knob.count() or knob.is_checked() != was, f"a switch goes back to {was} by itself"


def look_at_everything(page: Page, ear: Ear, files: bool = False) -> None:
    """Turn every switch, open everything, download every file, and have a number explained.

    `files` says that there is at least one file.
    """
    expect(heading(page)).to_be_visible()
    still(page)
    toggles, turned = main(page).get_by_test_id("stCheckbox"), 0
    # Counted every time, because turning one on may add another.
    while turned < toggles.count():
        turn(toggles.nth(turned), page)
        turned += 1
    main(page).locator("summary").evaluate_all("found => found.forEach(one => one.click())")
    still(page)
    if files:
        expect(main(page).get_by_test_id("stDownloadButton")).not_to_have_count(0)
    found = main(page).get_by_test_id("stDownloadButton").get_by_role("button").all()
    for button in found:
        with page.expect_download() as taken:
            button.click()
        path = taken.value.path()
        ear.received.append((taken.value.suggested_filename, Path(path).read_bytes()))
        assert taken.value.suggested_filename.startswith("safe-")
    for box in main(page).get_by_test_id("stTextInput").get_by_role("textbox").all():
        box.fill("children")
        box.press("Enter")
        still(page)
    explain = main(page).get_by_role("button", name=words("number.how"), exact=True)
    if explain.count():
        explain.first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        still(page)
        page.keyboard.press("Escape")


@pytest.mark.parametrize("menu", rest_thorough(MENUS))
def test_nothing_that_is_received_names_anybody(menu: str, ear: Ear, canary_server: str) -> None:
    """Every page and part of a menu, one after the other in one tab."""
    page = ear.open(address(canary_server, "present", "safe=yes"))
    heard = []
    for name in (name for name, of in PAGES.items() if of.menu == menu):
        for query in VISITS[name]:
            ear.turn_to(page, address(canary_server, name, f"safe=yes&{query}"))
            # The page itself adds the round, which the requested address lacks.
            expect(page).to_have_url(re.compile(rf"/{url_path(name)}\?(?=.*round=)(?=.*safe=yes)"))
            look_at_everything(page, ear, files=(name, query) in WITH_FILES)
            assert len(ear.received) > 3, (name, query)
            heard += [(name, query, way) for way in ear.heard()]
            ear.received.clear()
    assert not heard


def take_all_that_is_offered(page: Page, ear: Ear, folder: Path) -> None:
    """Use everything that *Export* and *View* offer: pictures, files, figures, print, saved views; then search."""
    page.locator(".st-key-export button").first.click()
    expect(opened(page).locator(".st-key-print_view")).to_be_visible()
    still(page)
    take_files(page, ear)
    for link in opened(page).locator("a[href*='/api/']").all():
        answer = page.request.get(str(link.evaluate("link => link.href")))
        assert answer.ok
        named = re.findall(r'filename="([^"]+)"', answer.headers["content-disposition"])[0]
        ear.received.append((named, answer.body()))
    page.keyboard.press("Escape")
    page.locator(".st-key-view_menu button").first.click()
    expect(opened(page).get_by_text(words("views.large"), exact=True)).to_be_visible()
    still(page)
    take_files(page, ear)
    page.pdf(path=folder / "view.pdf", format="A4")
    printed = subprocess.run([PDFTOTEXT, folder / "view.pdf", "-"], check=True, capture_output=True).stdout
    ear.received.append(("view.print", printed))
    page.keyboard.press("Escape")
    expect(opened(page)).to_have_count(0)
    still(page)
    page.keyboard.press("/")
    box = page.get_by_role("dialog", name=words("search.title")).get_by_role("textbox")
    box.fill(f"{MARK}land {MARK}tel {MARK}")
    still(page)


def take_files(page: Page, ear: Ear) -> None:
    """Download every file of what is open."""
    for button in opened(page).get_by_test_id("stDownloadButton").get_by_role("button").all():
        with page.expect_download() as taken:
            button.click()
        ear.received.append((taken.value.suggested_filename, Path(taken.value.path()).read_bytes()))


def of_the_browser() -> str:
    """Return a view stored in the browser, with names in all of its parts."""
    view = Step.of_view("country", {"country": CODES[0]}, f"{MARK}land of mine", f"What {MARK}tel has done.")
    return cookie_of_views((view,)) or ""


@pytest.mark.thorough
@pytest.mark.skipif(not PDFTOTEXT, reason="reads what was printed with poppler: apt-get install poppler-utils")
@pytest.mark.parametrize("name", ["overview", "heatmap", "country"])
def test_nothing_that_is_exported_and_the_search_finds_names_anybody_and_each_would_without_the_switch(
    name: str, ear: Ear, canary_server: str, tmp_path: Path
) -> None:
    ear.context.add_cookies([{"name": COOKIE, "value": of_the_browser(), "url": canary_server}])
    page = ear.open(address(canary_server, name))
    take_all_that_is_offered(page, ear, tmp_path)
    ways = {way.partition(": ")[0].rpartition(".")[2] for way in ear.heard()}
    assert ways >= {"frame", "svg", "csv", "xlsx", "print", "yaml"}
    ear.received.clear()
    page.goto("about:blank")
    ear.received.clear()
    page.goto(address(canary_server, name, "safe=yes"))
    still(page)
    take_all_that_is_offered(page, ear, tmp_path)
    taken = {way.rpartition(".")[2] for way, _ in ear.received}
    assert taken >= {"frame", "svg", "png", "csv", "xlsx", "print"}
    assert not ear.heard()


def test_the_ear_hears_names_when_the_switch_is_off(ear: Ear, canary_server: str) -> None:
    ear.open(address(canary_server, "heatmap"))
    ways = ear.heard()
    assert any("frame" in way for way in ways)


@pytest.mark.thorough
def test_the_switch_hides_names_at_once_and_keeps_them_hidden(ear: Ear, canary_server: str) -> None:
    page = ear.open(address(canary_server, "heatmap", f"country={CODES[2]}"))
    bar(page).get_by_role("button", name=words("views.label")).click()
    opened(page).get_by_text(words("safe.switch"), exact=True).click()
    expect(page).to_have_url(re.compile(r"country=safe-country-\w+&safe=yes"))
    still(page)
    ear.keep()
    ear.received.clear()
    for name in ("overview", "country", "risks", "data"):
        go_to(page, name)
        look_at_everything(page, ear)
    page.go_back()
    still(page)
    ear.keep()
    page.reload()
    still(page)
    expect(page).to_have_url(re.compile(r"safe=yes"))
    assert not ear.heard()
