"""Can everybody use every page and part: by keyboard, by screen reader, in the dark, on a phone, in any language?

Checked with axe-core, and against the browser's layout.
"""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboard.model.known_codes import SHOWN_AS
from dashboard.model.pages import PAGES, url_path
from tests import stranger
from tests.browser.conftest import PHONE, Visitor, running, still, words
from tests.browser.test_visits import FIRST_LINE, address, bar, first_line, heading, main, navigation
from tests.conftest import some_of

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
CHROME: dict[str, str] = {}
"""Rules that Streamlit's own frame breaks and no app can fix, each with the reason."""
WEIGHTY = ("serious", "critical")
RUN = """async rules => {
  const off = Object.fromEntries(rules.map(rule => [rule, {enabled: false}]));
  const found = await axe.run(document, {rules: off, resultTypes: ["violations"]});
  return found.violations.map(
    v => ({id: v.id, impact: v.impact, help: v.help, at: v.nodes.map(n => [n.html, n.failureSummary]).slice(0, 3)})
  );
}"""
ONE_OF_THEM = {
    "guidance_item": "guidance=G-vendors-child-found-selling",
    "case": "case_study=C14",
    "presenter": "tour=ten-minutes&tour_step=2",
}
"""Pages that show one thing, and a query that names it."""
VIEWS = (
    *(
        (place, "")
        for name, page in PAGES.items()
        for place in (name, *(f"{name}/{part}" for part in [*page.parts][1:]))
    ),
    *((name, f"show_as={way}") for name, ways in SHOWN_AS.items() for way in ways[1:]),
    *ONE_OF_THEM.items(),
)
"""Every page, with its first part if it has any, every other part, and every other picture: place and parameters."""
QUARTERS = 4
LATER = (pytest.mark.thorough, pytest.mark.share)
WALKS = [
    *(("visitor", part) for part in range(QUARTERS)),
    *(
        pytest.param(who, part, marks=LATER)
        for who, part in some_of([(who, part) for who in ("night", "phone") for part in range(QUARTERS)], least=4)
    ),
]
"""In the light every view; in the dark and on a phone every other quarter of the views, and all in `make long`."""
SMALLEST = 12
ONE_LINE = 60
"""A row of menus or filters higher than this takes two lines."""
SMALL = """smallest => [...document.querySelectorAll("body *")]
  .filter(it => [...it.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
  .filter(it => it.checkVisibility({opacityProperty: true, visibilityProperty: true}))
  .filter(it => it.getBoundingClientRect().width)
  .map(it => {
    const drawn = it.ownerSVGElement ? it.getScreenCTM() : {a: 1, b: 0};
    return [Math.round(parseFloat(getComputedStyle(it).fontSize) * Math.hypot(drawn.a, drawn.b) * 10) / 10, it];
  })
  .filter(([size]) => size < smallest)
  .map(([size, it]) => `${size} px: ${it.textContent.trim()}`)"""
"""Finds text that is drawn too small; a chart may be turned, or drawn smaller than its layout."""
CUT = """() => {
  const cuts = it => it.clientWidth > 2 && (
    ["hidden", "clip"].includes(getComputedStyle(it).overflowX) && it.scrollWidth > it.clientWidth + 1 ||
    ["hidden", "clip"].includes(getComputedStyle(it).overflowY) && it.scrollHeight > it.clientHeight + 2);
  const around = it => [it, it.parentElement, it.parentElement?.parentElement].filter(Boolean);
  const written = [...document.querySelectorAll("body *")]
    .filter(it => [...it.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
    .filter(it => it.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    // The name of a button that is drawn as a picture stands there for ears alone.
    .filter(it => !around(it).some(up => getComputedStyle(up).clipPath !== "none"));
  const axes = document.querySelectorAll(".role-axis-label text, .role-axis-title text");
  return [...written.filter(it => !it.ownerSVGElement && around(it).some(cuts)),
    ...[...axes].filter(it => it.textContent.endsWith("…"))].map(it => it.textContent.trim());
}"""
"""Finds text that is not fully visible: cut off by a box, or cut in an axis label."""
LONGEST = 3000
"""A page longer than this on a phone has lists that should be folded."""
HEIGHT = "() => document.querySelector('[data-testid=stMain]').scrollHeight"
SQUEEZED = """() => [...document.querySelectorAll("img")]
  .filter(it => it.naturalWidth && it.checkVisibility() && !it.getBoundingClientRect().width)
  .map(it => it.alt || it.src.slice(0, 80))"""
"""Finds pictures that their place leaves no room."""
WIDTH = """() => Math.max(document.documentElement.scrollWidth,
  document.querySelector("[data-testid=stMain]").scrollWidth)"""


def in_the_way(page: Page) -> list[dict[str, Any]]:
    """Return what obstructs users of a keyboard, a screen reader or high contrast."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(f"() => {{ {AXE} }}")
    found: list[dict[str, Any]] = page.evaluate(RUN, list(CHROME))
    return [violation for violation in found if violation["impact"] in WEIGHTY]


def on_a_phone(page: Page) -> list[str]:
    """Return what does not suit a phone: small text, a wide or long page, rows in two lines, pictures without room."""
    width = page.evaluate(WIDTH)
    wide = [f"{width} px wide"] if width > PHONE["width"] else []
    rows = [row.bounding_box() for row in (navigation(page), bar(page))]
    tall = [f"a row is {box['height']} px high" for box in rows if box and box["height"] > ONE_LINE]
    height = page.evaluate(HEIGHT)
    long = [f"{height} px long"] if height > LONGEST else []
    return [*wide, *tall, *long, *page.evaluate(SMALL, SMALLEST), *page.evaluate(SQUEEZED)]


def walk(visitor: Visitor, server: str, part: int, more: str = "") -> Iterator[tuple[str, str, Page]]:
    """Visit a quarter of the views in one tab, each still and with its charts drawn. `more` is checked on each."""
    page = visitor.open(address(server, "overview", more))
    for place, query in VIEWS[part::QUARTERS]:
        visitor.turn_to(page, address(server, place, "&".join(filter(None, (query, more)))))
        name, _, open_part = place.partition("/")
        # The page itself adds framework and round, which the requested address lacks.
        expect(page).to_have_url(re.compile(rf"/{url_path(name)}\?framework=crbp&round=2025.*{open_part}"))
        still(page)
        charts = page.get_by_test_id("stVegaLiteChart")
        expect(charts.locator("canvas, svg.marks")).to_have_count(charts.count())
        yield place, query, page


def is_whole(page: Page, place: str, query: str) -> None:
    """Assert that the page has its banner, filters and finding, and describes its charts in words."""
    expect(main(page)).to_contain_text(words("shell.illustrative"))
    expect(navigation(page)).to_contain_text(words("shell.title"))
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    name, _, part = place.partition("/")
    if "tour=" not in query:  # Then one button opens them all.
        for filter_name in {"country", "risk_area", "right"} & {*PAGES[name].filters(part)}:
            expect(bar(page).locator(f".filter_{filter_name} summary")).to_contain_text(words(f"filter.{filter_name}"))
    if place in FIRST_LINE and not query:
        expect(heading(page)).to_have_text(first_line(place))
    assert page.evaluate(SQUEEZED) == []
    for chart in page.get_by_test_id("stVegaLiteChart").all():
        assert chart.locator("[aria-label*=' ']").count() or " " in (chart.get_attribute("aria-label") or "")


@pytest.mark.parametrize(("who", "part"), WALKS)
def test_nothing_stands_in_the_way_on_any_view_by_day_in_the_dark_or_on_a_phone(
    who: str, part: int, request: pytest.FixtureRequest, server: str
) -> None:
    wrong: dict[str, list[Any]] = {}
    for place, query, page in walk(request.getfixturevalue(who), server, part):
        if who == "phone":
            found: list[Any] = on_a_phone(page)
        else:
            is_whole(page, place, query)
            found = in_the_way(page)
        if who == "night":
            expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(21, 28, 32)")
            expect(heading(page)).to_have_css("color", re.compile(r"rgb\(2[3-5]\d, 2[3-5]\d, 2[3-5]\d\)"))
        if found:
            wrong[f"{place}?{query}"] = found
    assert not wrong


@pytest.fixture(scope="module")
def abroad(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield a server that also speaks the artificial language."""
    folder = stranger.write(tmp_path_factory.mktemp("words"))
    with running(sample_store, DASHBOARD_WORDS=str(folder)) as address:
        yield address


@pytest.mark.thorough
@pytest.mark.share
@pytest.mark.parametrize("part", some_of(range(QUARTERS), least=1))
def test_nothing_is_cut_in_a_language_with_longer_words_and_other_plurals(
    part: int, visitor: Visitor, abroad: str
) -> None:
    cut: dict[str, list[str]] = {}
    for place, query, page in walk(visitor, abroad, part, f"lang={stranger.STRANGE}"):
        expect(navigation(page)).to_contain_text(stranger.strange(words("shell.title")))
        if found := page.evaluate(CUT):
            cut[f"{place}?{query}"] = found
    assert not cut


def test_the_explanation_of_a_number_takes_the_keyboard_and_gives_it_back(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "overview"))
    button = main(page).get_by_role("button", name=words("number.how")).first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text(words("number.parts"))
    still(page)
    assert not in_the_way(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
