"""Does Side by side respond to mouse and keyboard without losing its place?"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor, still, words
from tests.browser.test_visits import address, go_to, heading, main
from tests.conftest import said

PAIR = "subject=gha-op,col-op"


def chart(page: Page) -> Locator:
    return main(page).get_by_test_id("stVegaLiteChart").first


def opened(visitor: Visitor, server: str, query: str) -> Page:
    """Return Side by side, drawn to its last line."""
    page = visitor.open(address(server, "compare", query))
    expect(main(page)).to_contain_text(words("compare.help_title"))
    still(page)
    return page


def difference(page: Page) -> Locator:
    """Return the table of criteria with the greatest difference."""
    return main(page).locator(".table").first


def others(principle: str) -> re.Pattern[str]:
    """Return a pattern for criteria of any principle but this one."""
    return re.compile(rf"CRBP-(?!{principle[-2:]})\d\d\.[a-z]")


def in_focus(page: Page) -> str:
    """Return the principle that the address puts in focus."""
    expect(page).to_have_url(re.compile(r"focus=CRBP-\d\d"))
    return page.url.split("focus=")[1][:7]


def click_a_mark(page: Page) -> None:
    """Click on a filled mark: one based on enough answers."""
    marks = chart(page).locator("svg g.mark-symbol.role-mark").last.locator("path")
    marks.last.click(force=True)
    close_menu(page)


def close_menu(page: Page) -> None:
    """Wait for the menu of a mark and close it."""
    expect(page.get_by_role("dialog").get_by_role("button", name=said("offer.filter"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    still(page)


def test_a_click_on_a_mark_keeps_the_table_to_its_principle_and_one_on_its_row_ends_that(
    visitor: Visitor, server: str
) -> None:
    page = opened(visitor, server, PAIR)
    expect(heading(page)).to_have_text(said("compare.finding.other"))
    expect(chart(page).locator("svg g.mark-symbol.role-mark path").first).to_be_visible()
    still(page)
    drawn = chart(page).locator("svg path").count()
    chart(page).scroll_into_view_if_needed()
    place = main(page).evaluate("element => element.scrollTop")
    click_a_mark(page)
    principle = in_focus(page)
    expect(difference(page)).not_to_contain_text(others(principle))
    expect(difference(page)).to_contain_text(f"{principle}.")
    assert chart(page).locator("svg path").count() == drawn, "the chart is not filtered by what was picked in it"
    assert main(page).evaluate("element => element.scrollTop") == place
    name = chart(page).locator("svg g.role-axis-label text", has_text=re.compile(rf"^{principle[-1]}\b"))
    name.click(force=True)
    expect(page).not_to_have_url(re.compile("focus="))
    expect(difference(page)).to_contain_text(others(principle))


@pytest.mark.thorough
def test_a_row_can_be_clicked_beside_its_marks_and_on_its_name(visitor: Visitor, server: str) -> None:
    page = opened(visitor, server, PAIR)
    axis = chart(page).locator("svg g.role-axis-label text")
    for number, across in (("5", -60), ("7", 60)):
        name = axis.filter(has_text=re.compile(rf"^{number}\b"))
        name.scroll_into_view_if_needed()
        box = name.bounding_box()
        assert box
        page.mouse.click(box["x"] + box["width"] + across, box["y"] + box["height"] - 2)
        expect(page).to_have_url(re.compile(rf"focus=CRBP-0{number}"))
        still(page)
        expect(difference(page)).not_to_contain_text(others(f"CRBP-0{number}"))


@pytest.mark.thorough
def test_a_country_is_set_beside_another_in_two_clicks(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "country", "operation=gha-op"))
    still(page)
    main(page).get_by_role("link", name=words("country.compare")).click()
    expect(heading(page)).to_have_text(said("compare.who_else", title="Ghana"))
    main(page).get_by_role("radio", name=re.compile("^Senegal")).click()
    expect(heading(page)).to_have_text(re.compile(r"Ghana \d+, .*Senegal \d+"))
    expect(page).to_have_url(re.compile("subject=gha-op%2Csen-op"))


@pytest.mark.thorough
def test_a_click_on_a_line_of_changes_keeps_the_moves_to_its_country(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "changes"))
    still(page)
    expect(main(page).get_by_role("listitem").filter(has_text="Senegal").first).to_be_visible()
    lines = chart(page).locator("svg g.mark-symbol.role-mark").last.locator("path")
    expect(lines.first).to_be_visible()
    drawn = lines.count()
    lines.first.click(force=True)
    expect(page.get_by_role("dialog").get_by_role("link", name=said("offer.compare"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    chosen = main(page).get_by_role("combobox", name=words("changes.moved_in"))
    expect(chosen).not_to_have_value("")
    country = chosen.locator("option:checked").inner_text()
    told = main(page).get_by_role("listitem")
    expect(told.filter(has_not_text=re.compile(f"^{country}:"))).to_have_count(0)
    expect(told).not_to_have_count(0)
    expect(lines).to_have_count(drawn)
    still(page)
    lines.first.click(force=True)
    expect(page.get_by_role("dialog").get_by_role("link", name=said("offer.compare"))).to_be_visible()


def test_the_same_can_be_done_by_keyboard_alone(visitor: Visitor, server: str) -> None:
    page = opened(visitor, server, PAIR)
    main(page).get_by_role("combobox", name=words("compare.focus")).focus()
    page.keyboard.type("5 Safe")
    assert in_focus(page) == "CRBP-05"
    expect(difference(page)).not_to_contain_text(others("CRBP-05"))


@pytest.mark.thorough
def test_what_is_compared_is_kept_on_other_pages_on_back_and_on_reload(visitor: Visitor, server: str) -> None:
    page = opened(visitor, server, "subject=col-op,region.africa,gha-op@2024")
    expect(heading(page)).to_have_text(said("compare.finding.other"))
    first = heading(page).inner_text()
    go_to(page, "heatmap")
    expect(page).to_have_url(re.compile("heatmap.*subject=col-op"))
    page.go_back()
    expect(heading(page)).to_have_text(first)
    page.reload()
    expect(heading(page)).to_have_text(first)


@pytest.mark.thorough
def test_a_part_of_the_gap_opens_its_criteria(visitor: Visitor, server: str) -> None:
    page = opened(visitor, server, PAIR + "&by=risk_area")
    bars = (
        main(page).get_by_test_id("stVegaLiteChart").nth(1).locator("svg g.mark-rect.role-mark").nth(1).locator("path")
    )
    bars.last.scroll_into_view_if_needed()
    still(page)
    widths = [bar.evaluate("element => element.getBBox().width") for bar in bars.all()]
    second = sorted(range(len(widths)), key=lambda number: -widths[number])[1]
    bars.nth(second).click()
    expect(page.get_by_role("dialog")).to_contain_text(words("column.answered_by"))
    close_menu(page)
    principle = in_focus(page)
    parts = main(page).locator(".table").filter(has_text=words("column.answered_by"))
    expect(parts).not_to_contain_text(others(principle))
    expect(parts).to_contain_text(f"{principle}.")
    name = main(page).get_by_test_id("stVegaLiteChart").nth(1).locator("svg g.role-axis-label text")
    other = "5" if principle != "CRBP-05" else "7"
    name.filter(has_text=re.compile(rf"^{other}\b")).click(force=True)
    expect(page).to_have_url(re.compile(rf"focus=CRBP-0{other}"))
