"""Can the heat map be sorted and each cell opened, filtered to and compared, by mouse and keyboard?"""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.conftest import LAPTOP, PHONE, Visitor, running, someone, still, words
from tests.browser.test_visits import address, bar, heading, main
from tests.conftest import ROOT, PublishOnce, rest_thorough, said

ROW = 29


def dialog(page: Page) -> Locator:
    """Return what a click on a cell opens."""
    return page.get_by_role("dialog")


def cell(page: Page, country: str, column: int) -> None:
    """Click on a cell: 0 is the figure for everything, 1 the first principle."""
    chart = main(page).get_by_test_id("stVegaLiteChart").first
    name = chart.locator("svg .role-axis-label text", has_text=re.compile(f"^{country}$")).bounding_box()
    heads = [one.bounding_box() for one in chart.locator("svg .role-axis-label text").all()]
    assert name is not None
    columns = sorted({round(box["x"] + box["width"] / 2) for box in heads if box and box["y"] + ROW < name["y"]})
    inside = [x for x in columns if x > name["x"] + name["width"]]
    page.mouse.click(inside[column], name["y"] + name["height"] / 2)


@pytest.fixture
def page(visitor: Visitor, server: str) -> Page:
    """Return the heat map as it opens."""
    opened = visitor.open(address(server, "heatmap", "framework=crbp&round=2025"))
    expect(main(opened).get_by_test_id("stVegaLiteChart").locator("svg").first).to_be_visible()
    still(opened)
    return opened


def rows(page: Page) -> list[str]:
    """Return the countries from top to bottom."""
    chart = main(page).get_by_test_id("stVegaLiteChart").first
    texts = [(one.bounding_box(), one.text_content() or "") for one in chart.locator("svg .role-axis-label text").all()]
    countries = ("Bolivia", "Chad", "Colombia", "Ghana")
    return [text for _, text in sorted((box["y"], text) for box, text in texts if box and text in countries)]


def test_the_tools_of_a_chart_stand_below_its_key_and_heads(page: Page) -> None:
    chart, legend = main(page).get_by_test_id("stVegaLiteChart").first, main(page).locator(".legend").first
    chart.hover()
    tools = main(page).get_by_test_id("stElementToolbar").first
    expect(tools).to_have_css("opacity", "1")
    at, around, key = tools.bounding_box(), chart.bounding_box(), legend.bounding_box()
    assert at
    assert around
    assert key
    assert key["y"] + key["height"] <= around["y"] + around["height"] / 2 <= at["y"]


@pytest.mark.parametrize("name", ["whatif", "crosswalk"])
def test_a_code_at_the_end_of_a_text_is_never_in_two_lines(name: str, visitor: Visitor, server: str) -> None:
    opened = visitor.open(address(server, name, "framework=crbp&round=2025"))
    code = main(opened).locator("span", has_text=re.compile(r"^CRBP-\d\d\.\w$")).last
    expect(code).to_have_css("white-space", "nowrap")


def test_the_order_is_chosen_by_keyboard_and_kept_in_the_address(page: Page) -> None:
    assert rows(page) == ["Chad", "Ghana", "Bolivia", "Colombia"]
    box = main(page).get_by_role("combobox", name=words("heatmap.sort"))
    box.focus()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("sort=name"))
    still(page)
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("sort=figure"))
    still(page)
    assert rows(page) == ["Colombia", "Ghana", "Bolivia", "Chad"]
    page.reload()
    expect(box).to_have_value("figure")
    expect(box.locator("option:checked")).to_have_text(words("heatmap.sorted").format(by=words("heatmap.sort_figure")))
    still(page)
    assert rows(page) == ["Colombia", "Ghana", "Bolivia", "Chad"]


@pytest.mark.parametrize("window", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("place", rest_thorough(["heatmap", "compare"]))
def test_what_explains_a_choice_stays_within_the_window_and_names_its_term(
    place: str, window: ViewportSize, visitor: Visitor, server: str
) -> None:
    opened = visitor.open(address(server, place))
    opened.set_viewport_size(window)
    still(opened)
    told = main(opened).locator(".choices details").first
    told.locator("summary").click()
    shown = told.locator("div")
    expect(shown).to_contain_text(f"{words('term.common_set.title')}: {words('term.common_set.text')}")
    box = shown.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= window["width"]
    opened.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    opened.set_viewport_size(LAPTOP)


@pytest.mark.thorough
def test_a_cell_filters_to_its_country_and_principle(page: Page) -> None:
    cell(page, "Ghana", 5)
    expect(dialog(page)).to_contain_text(words("number.parts"))
    dialog(page).get_by_role("button", name=said("offer.filter", what="Ghana · 5 Safe products and services")).click()
    expect(page).to_have_url(re.compile(r"country=GHA&principle=CRBP-05"))
    expect(dialog(page)).to_have_count(0)
    expect(heading(page)).to_have_text(said("heatmap.finding_one", title="Ghana"))


def test_the_menu_closes_as_soon_as_its_filter_is_chosen_before_the_server_answers(page: Page) -> None:
    cell(page, "Ghana", 5)
    expect(dialog(page)).to_contain_text(words("number.parts"))
    still(page)
    page.evaluate("() => { WebSocket.prototype.send = () => {}; }")
    dialog(page).get_by_role("button", name=said("offer.filter")).click()
    expect(dialog(page)).to_have_count(0)


@pytest.mark.thorough
def test_a_cell_begins_a_comparison_of_its_country(page: Page) -> None:
    cell(page, "Ghana", 5)
    dialog(page).get_by_role("link", name=said("offer.compare", country="Ghana")).click()
    expect(page).to_have_url(re.compile(r"/compare\?.*subject=gha-op.*focus=CRBP-05"))
    expect(main(page)).to_contain_text("Ghana")
    page.go_back()
    expect(heading(page)).to_have_text(said("heatmap.finding"))


@pytest.mark.thorough
def test_the_figure_of_everything_is_that_of_the_country_page(page: Page, visitor: Visitor, server: str) -> None:
    cell(page, "Ghana", 0)
    expect(dialog(page)).to_contain_text(words("number.parts"))
    still(page)
    told = re.search(r"(\d+)\s*=", dialog(page).inner_text())
    assert told
    own = visitor.open(address(server, "country", "framework=crbp&round=2025&operation=gha-op"))
    expect(main(own)).to_contain_text(re.compile(rf"\b{told[1]}\b"))


def test_the_keyboard_opens_a_cell_from_the_table(page: Page) -> None:
    main(page).get_by_role("switch", name=words("show.as_table")).focus()
    page.keyboard.press("Space")
    grid = main(page).get_by_test_id("stDataFrame").get_by_test_id("data-grid-canvas")
    expect(grid).to_be_visible()
    still(page)
    grid.focus()
    for key in ("ArrowDown", "ArrowDown", "Shift+Space"):
        page.keyboard.press(key)
    expect(dialog(page)).to_contain_text(words("number.parts"))
    expect(dialog(page).get_by_role("button", name=said("offer.filter"))).to_be_visible()


# A map taller than the screen: its heads are separate, and stay in sight.

MANY = [f"X{n:02}" for n in range(24)]
"""Countries that answer as Ghana does."""
IN_PLACE = """() => {
    const middles = (found) => Object.fromEntries([...document.querySelectorAll(found)].map((one) => {
        const box = one.getBoundingClientRect();
        return [one.textContent, box.x + box.width / 2];
    }));
    const columns = middles(".stVegaLiteChart svg .role-axis-label text");
    const heads = Object.entries(middles(".heads b"));
    return heads.length > 10 && heads.every(([code, at]) => Math.abs(at - columns[code]) < 2);
}"""
"""Whether each head is centred above its column."""


@pytest.fixture(scope="module")
def tall(publish_once: PublishOnce, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the server of a group of many countries."""
    folder = copytree(ROOT / "data", tmp_path_factory.mktemp("tall") / "data")
    for name, code in (("countries", "GHA,"), ("operations", "gha-op,"), ("answers/2025", "2025,gha-op,")):
        _repeat(folder / f"{name}.csv", code)
    with running(publish_once("tall", [ROOT / "frameworks", folder])) as server:
        yield server


def _repeat(path: Path, begins: str) -> None:
    """Repeat each line about Ghana for every one of the many."""
    lines = [line for line in path.read_text("utf-8").splitlines(keepends=True) if line.startswith(begins)]
    with path.open("a", encoding="utf-8") as file:
        for code in MANY:
            of = (("Ghana", f"Land {code}"), ("GHA", code), ("gha-op", f"{code.lower()}-op"))
            for line in lines:
                for was, now in of:
                    line = line.replace(was, now)
                file.write(line)


@pytest.fixture
def tall_page(tall: str, chromium: Browser) -> Iterator[Page]:
    visitor = Visitor(someone(chromium, viewport=LAPTOP))
    yield visitor.open(address(tall, "heatmap", "framework=crbp&round=2025"))
    visitor.leave()


@pytest.mark.thorough
def test_the_heads_of_columns_are_seen_above_the_last_row(tall_page: Page) -> None:
    head = main(tall_page).locator(".heads b", has_text=re.compile("^10$"))
    last = main(tall_page).locator("svg .role-axis-label text", has_text=f"Land {MANY[-1]}")
    expect(last).not_to_be_in_viewport()
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    expect(head).to_be_in_viewport()
    head.hover()  # Nothing covers it.
    above, below, filters = head.bounding_box(), last.bounding_box(), bar(tall_page).bounding_box()
    assert above
    assert below
    assert filters
    assert filters["y"] + filters["height"] <= above["y"] < below["y"]


@pytest.mark.thorough
def test_the_heads_stand_above_their_columns_on_any_screen(tall_page: Page) -> None:
    for width in (LAPTOP["width"], 900, 620, 500, 390):
        tall_page.set_viewport_size({"width": width, "height": 768})
        tall_page.wait_for_function(IN_PLACE)
