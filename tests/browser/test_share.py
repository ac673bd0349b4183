"""Can the current view be printed completely, without what only makes sense on a screen?"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor, still, words
from tests.browser.test_visits import address, heading, opened
from tests.conftest import rest_thorough

PDFTOTEXT = shutil.which("pdftotext") or ""
WATCHED = """() => {
  window.printed = window.sent = 0;
  window.print = () => { window.printed += 1; };
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...given) { window.sent += 1; return send.apply(this, given); };
}"""
MAKING_MS = 120_000
"""Milliseconds in which a pack is made, on a machine that does much else."""
LEAST = 700
"""Fewest characters on a printed page that make it worth its paper."""


def test_the_button_prints_at_once_and_asks_the_server_for_nothing(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap"))
    page.locator(".st-key-export button").click()
    still(page)
    page.evaluate(WATCHED)
    opened(page).locator(".st-key-print_view button").click()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    still(page)
    assert page.evaluate("() => [window.printed, window.sent]") == [1, 0]


@pytest.mark.parametrize("name", rest_thorough(["heatmap", "overview"]))
def test_a_click_on_export_while_the_page_is_being_drawn_opens_all_of_it(
    name: str, visitor: Visitor, server: str
) -> None:
    page = visitor.open(address(server, "plan"))
    page.goto(address(server, name))
    page.locator(".st-key-export button").first.click()
    for key in ("export.charts", "export.figures", "pack.label"):
        expect(opened(page).get_by_text(words(key), exact=True)).to_be_visible()
    expect(opened(page).locator(".st-key-print_view")).to_be_visible()
    expect(opened(page).get_by_test_id("stDownloadButton")).not_to_have_count(0)


@pytest.mark.thorough
def test_a_pack_is_made_and_downloaded_and_opens_without_a_network(
    visitor: Visitor, server: str, tmp_path: Path
) -> None:
    page = visitor.open(address(server, "heatmap", "country=GHA"))
    page.locator(".st-key-export button").click()
    for name in ("pack.as_html", "pack.as_pptx"):
        opened(page).locator(".st-key-pack_formats").get_by_role("button", name=words(name), exact=True).click()
        still(page)
    opened(page).locator(".st-key-pack_make button").click()
    made = opened(page).locator(".st-key-pack_file_html button")
    expect(made).to_be_visible(timeout=MAKING_MS)
    expect(opened(page).locator(".st-key-pack_file_pptx")).to_have_count(0)
    with page.expect_download() as taken:
        made.click()
    assert taken.value.suggested_filename == "board.html"
    taken.value.save_as(tmp_path / "board.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "board.html").as_uri())
    chart = page.locator("#chart-1-heatmap-chart.vega-embed svg")
    expect(chart).to_be_visible()
    chart.locator(".mark-rect path").first.hover(force=True)
    expect(page.locator("#vg-tooltip-element.visible")).to_contain_text("Ghana")
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}


@pytest.mark.skipif(not PDFTOTEXT, reason="reads what was printed with poppler: apt-get install poppler-utils")
@pytest.mark.parametrize(
    ("name", "most", "says"),
    rest_thorough(
        [
            ("overview", 3, ("What needs a decision", "Illustrative answers")),
            ("heatmap", 2, ("Illustrative answers",)),
            ("risks", 4, ("Ratings to look at",)),
            ("plan", 5, ("Without an owner",)),
        ]
    ),
)
def test_a_page_on_paper_has_no_bars_and_no_page_that_is_left_empty(
    name: str, most: int, says: tuple[str, ...], visitor: Visitor, server: str, tmp_path: Path
) -> None:
    page = visitor.open(address(server, name))
    finding = heading(page).inner_text()
    page.locator(".st-key-export button").click()
    still(page)
    pages = printed(page, tmp_path / "view.pdf")
    assert len(pages) <= most
    assert finding in pages[0]
    assert all(len(text) >= LEAST for text in pages[:-1])
    whole = " ".join(pages)
    for text in says:
        assert text in whole
    for key in (
        "export.print",
        "export.charts",
        "export.figures",
        "views.large",
        "safe.switch",
        "filter.reset",
        "show.as_table",
    ):
        assert not re.search(rf"\b{re.escape(words(key))}\b", whole), key


def printed(page: Page, file: Path) -> list[str]:
    """Return the text of each A4 page that the browser prints."""
    page.pdf(path=file, format="A4", print_background=True)
    text = subprocess.run([PDFTOTEXT, file, "-"], check=True, capture_output=True, text=True).stdout
    return [" ".join(one.split()) for one in text.split("\f")[:-1]]
