"""Does Side by side answer a click and a keyboard without losing its place?"""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor, still, words
from tests.browser.test_visits import address, go_to, heading, main
from tests.conftest import said

PAIR = "subject=gha-op,col-op"
CODE = re.compile(r"CRBP-\d\d\.[a-z]")


def chart(page: Page) -> Locator:
    return main(page).get_by_test_id("stVegaLiteChart").first


def principles_in_the_table(page: Page) -> set[str]:
    """The principles of the criteria that the difference table lists."""
    tables = main(page).get_by_test_id("stTable")
    rows = tables.nth(1).get_by_role("row").all_inner_texts()
    return {found.group()[:7] for text in rows if (found := CODE.search(text))}


def click_a_mark(page: Page) -> None:
    """Click on a filled mark: one that stands on enough answers."""
    marks = chart(page).locator("svg g.mark-symbol.role-mark").last.locator("path")
    marks.last.click(force=True)
    still(page)


def test_a_click_on_a_mark_keeps_the_table_to_its_principle_and_a_double_click_ends_that(
    visitor: Visitor, server: str
) -> None:
    page = visitor.open(address(server, "compare", PAIR))
    expect(heading(page)).to_have_text(said("compare.finding"))
    still(page)
    assert len(principles_in_the_table(page)) > 1
    drawn = chart(page).locator("svg path").count()
    chart(page).scroll_into_view_if_needed()
    place = main(page).evaluate("element => element.scrollTop")
    click_a_mark(page)
    expect(page).to_have_url(re.compile(r"focus=CRBP-\d\d"))
    still(page)
    assert len(principles_in_the_table(page)) == 1
    assert chart(page).locator("svg path").count() == drawn, "the chart is not filtered by what was picked in it"
    assert main(page).evaluate("element => element.scrollTop") == place
    chart(page).locator("svg").dblclick(position={"x": 8, "y": 8})
    expect(page).not_to_have_url(re.compile("focus="))
    still(page)
    assert len(principles_in_the_table(page)) > 1


def test_a_click_on_a_line_of_changes_keeps_the_moves_to_its_country(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "changes"))
    still(page)
    expect(main(page).get_by_role("listitem").filter(has_text="Senegal").first).to_be_visible()
    lines = chart(page).locator("svg g.mark-symbol.role-mark").last.locator("path")
    expect(lines.first).to_be_visible()
    drawn = lines.count()
    lines.first.click(force=True)
    expect(main(page).get_by_role("combobox", name=re.compile(words("changes.moved_in")))).not_to_have_value(
        words("changes.all_moves")
    )
    still(page)
    told = main(page).get_by_role("listitem").all_inner_texts()
    assert len({text.split(":")[0] for text in told}) == 1
    assert lines.count() == drawn


def test_the_same_can_be_done_by_keyboard_alone(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "compare", PAIR))
    still(page)
    box = main(page).get_by_role("combobox", name=re.compile(words("compare.focus")))
    box.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("5 Safe")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    still(page)
    expect(page).to_have_url(re.compile("focus=CRBP-05"))
    assert principles_in_the_table(page) == {"CRBP-05"}


def test_what_is_compared_is_kept_on_other_pages_on_back_and_on_reload(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "compare", "subject=col-op,region.africa,gha-op@2024"))
    expect(heading(page)).to_have_text(said("compare.finding"))
    still(page)
    first = heading(page).inner_text()
    go_to(page, "heatmap")
    expect(page).to_have_url(re.compile("heatmap.*subject=col-op"))
    page.go_back()
    expect(heading(page)).to_have_text(first)
    page.reload()
    expect(heading(page)).to_have_text(first)


def test_a_part_of_the_gap_opens_its_criteria(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "compare", PAIR + "&by=risk_area"))
    still(page)
    waterfall = main(page).get_by_test_id("stVegaLiteChart").nth(1)
    bars = waterfall.locator("svg g.mark-rect.role-mark path")
    bars.last.scroll_into_view_if_needed()
    widths = [bar.evaluate("element => element.getBBox().width") for bar in bars.all()]
    second = sorted(range(len(widths)), key=lambda number: -widths[number])[1]
    bars.nth(second).click()
    still(page)
    expect(page).to_have_url(re.compile(r"focus=CRBP-\d\d"))
    still(page)
    area = re.search(r"focus=(CRBP-\d\d)", page.url)
    assert area is not None
    expect(main(page)).to_contain_text(said("compare.parts_of"))
    table = main(page).get_by_test_id("stTable").filter(has_text=words("column.answered_by"))
    codes = {found.group()[:7] for text in table.get_by_role("row").all_inner_texts() if (found := CODE.search(text))}
    assert codes == {area.group(1)}
