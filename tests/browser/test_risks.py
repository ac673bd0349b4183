"""Can risks and opportunities be found and followed to their cell and country, by mouse and keyboard?"""

import re

import pytest
from playwright.sync_api import expect

from dashboard.model.pages import PAGES
from tests.browser.conftest import Visitor, still, words
from tests.browser.test_visits import address, choose, first_line, heading, main
from tests.conftest import said

STANDS_AT = "y => Math.abs(document.querySelector('h1').getBoundingClientRect().y - y) < 1"


@pytest.mark.thorough
def test_every_part_can_be_reached_by_keyboard_and_stands_in_the_address(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "risks"))
    expect(heading(page)).to_have_text(first_line("risks"))
    main(page).get_by_role("radio", name=words("part.gaps"), exact=True).focus()
    *_, before, last = parts = list(PAGES["risks"].parts)
    for part in parts[1:]:
        for key in ("ArrowRight", "Space"):
            page.keyboard.press(key)
        still(page)
        expect(page).to_have_url(re.compile(rf"part={part}\b"))
    page.reload()
    still(page)
    expect(page).to_have_url(re.compile(rf"part={last}\b"))
    page.go_back()
    expect(page).to_have_url(re.compile(rf"part={before}\b"))


@pytest.mark.thorough
def test_another_view_moves_nothing_above_it_and_has_a_finding_of_its_own(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "risks", "part=opportunities"))
    still(page)
    box = heading(page).bounding_box()
    assert box is not None
    found: set[str] = set()
    for part in PAGES["risks"].parts:
        main(page).get_by_role("radio", name=words(f"part.{part}"), exact=True).click()
        still(page)
        page.wait_for_function(STANDS_AT, arg=box["y"])
        found.add(heading(page).inner_text())
    assert len(found) == len(PAGES["risks"].parts)


@pytest.mark.thorough
def test_a_mark_says_in_words_what_it_shows(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "risks"))
    row = main(page).get_by_role("row").nth(2)
    expect(row.get_by_role("img").first).to_have_accessible_name("Severity: severe")
    expect(row.get_by_role("img").last).to_have_accessible_name(re.compile(r"^\d+ .*\d+ of \d+ answered"))


TEXTS = """paragraphs => paragraphs.flatMap((one) => [...one.childNodes])
  .filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim())
  .map((node) => node.textContent.trim())"""
"""Gives what paragraphs say, without what is small or a mark in them."""


@pytest.mark.thorough
def test_a_click_on_a_cell_lists_it_opens_its_setting_and_filters_to_it(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "risks", "part=settings"))
    marks = main(page).get_by_test_id("stVegaLiteChart").first.locator("svg g.mark-symbol.role-mark path")
    expect(marks.first).to_be_visible()
    marks.first.click(force=True)
    menu = page.get_by_role("dialog")
    expect(menu.locator("p:has(img)").first).to_be_visible()
    still(page)
    listed = menu.locator("p:has(img)").evaluate_all(TEXTS)
    assert listed
    menu.get_by_role("button", name=said("offer.filter")).click()
    expect(page).to_have_url(re.compile(r"risk_area=RA\d\d.*setting=\w+"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    for text in listed:
        expect(main(page)).to_contain_text(text)


def test_a_click_on_the_map_offers_to_filter_to_the_country_and_nothing_is_fetched_from_outside(
    visitor: Visitor, server: str
) -> None:
    page = visitor.open(address(server, "heatmap/map"))
    chart = main(page).get_by_test_id("stVegaLiteChart").first
    names = chart.locator("svg g.mark-text.role-mark text", has_text=re.compile(r"^Rwanda"))
    expect(names.first).to_be_visible()
    names.first.click(force=True)
    page.get_by_role("dialog").get_by_role("button", name=said("offer.filter", what="Rwanda")).click()
    expect(page).to_have_url(re.compile(r"country=RWA\b"))
    expect(main(page)).to_contain_text("Rwanda")


def test_the_shapes_of_the_map_are_not_sent_again_when_a_filter_changes(visitor: Visitor, server: str) -> None:
    asked: list[str] = []
    page = visitor.open(address(server, "heatmap/map"))
    expect(main(page).get_by_test_id("stVegaLiteChart").first.locator("svg path").first).to_be_visible()
    still(page)
    visitor.heed("request", lambda request: asked.append(request.url), page)
    choose(page, "kind", words("kind.support"))
    expect(page).to_have_url(re.compile("kind=support"))
    assert [url for url in asked if "/media/" in url] == []


@pytest.mark.thorough
def test_the_picture_stands_before_and_after_and_names_every_point_in_a_table(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "country/own_risks", "operation=tcd-op"))
    charts = main(page).get_by_test_id("stVegaLiteChart")
    expect(charts).to_have_count(2)
    for chart in charts.all():
        for grade in ("severe", "serious", "moderate", "minor", "remote", "happening"):
            expect(chart.locator("svg text", has_text=re.compile(rf"^{grade}$"))).to_have_count(1)
    expect(main(page).locator(".table").first).to_contain_text(re.compile(r"(Implemented|Partly implemented) CRBP-"))
    expect(main(page)).to_contain_text(said("risks.doubt_lowered_by_nothing.one"))
