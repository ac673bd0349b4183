"""Can a workshop choose an operation or a setting, ask its question and share what it sees, also without a mouse?"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor, still, words
from tests.browser.test_visits import address, choose, first_line, heading, main, open_page
from tests.conftest import said

FILTERED = re.compile(r"^Offices and contractors: ")
"""What the page begins with if its filter keeps this setting alone."""


def box(page: Page) -> Locator:
    return main(page).get_by_role("combobox", name=words("setting.choose"))


def test_an_operation_is_chosen_by_keyboard_and_back_leads_to_the_one_before(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "country"))
    listed = main(page).get_by_role("combobox", name=words("choose.operation"))
    still(page)
    before, first = heading(page).inner_text(), listed.input_value()
    main(page).get_by_role("radio", name=words("part.summary")).focus()
    page.keyboard.press("Shift+Tab")
    expect(listed).to_be_focused()
    page.keyboard.type("Gh")
    expect(page).to_have_url(re.compile(r"[?&]operation=gha-op\b"))
    expect(heading(page)).to_contain_text("Ghana")
    still(page)
    page.go_back()
    expect(heading(page)).to_have_text(before)
    expect(listed).to_have_value(first)
    assert "operation=" not in page.url, "a page's own default is in no address"


def test_a_list_of_long_texts_fits_a_phone(phone: Visitor, server: str) -> None:
    page = phone.open(address(server, "review"))
    listed = main(page).get_by_role("combobox", name=words("review.criterion"))
    still(page)
    box = listed.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    listed.select_option("CRBP-06.b")
    expect(page).to_have_url(re.compile(r"criterion=CRBP-06\.b"))


@pytest.mark.thorough
def test_a_setting_is_chosen_with_the_keyboard_and_back_brings_the_one_before(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "risks/settings"))
    expect(heading(page)).to_have_text(first_line("risks/settings"))
    question = main(page).locator("h3").first
    before = question.inner_text()
    box(page).focus()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"&of_setting=\w+"))
    expect(question).not_to_have_text(before)
    still(page)
    page.go_back()
    expect(question).to_have_text(before)
    still(page)
    box(page).focus()
    page.keyboard.type("Mobile")
    expect(page).to_have_url(re.compile(r"&of_setting=mobile_money\b"))
    expect(question).to_have_text("Is there a way to freeze payments that the police have flagged?")
    still(page)


@pytest.mark.thorough
def test_a_deep_link_opens_the_setting_in_the_countries_it_names(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "risks/settings", "setting=call_centre&country=GHA&round=2024"))
    expect(heading(page)).to_contain_text("Call centre, customer care: ")
    expect(main(page)).to_contain_text(said("setting.everywhere.one").pattern.replace("\\", "").strip("*"))
    expect(main(page)).to_contain_text("IMP-care-RA01-r1")
    choose(page, "country", "Senegal")
    expect(main(page)).to_contain_text(said("rated.by", n=2))
    expect(page).to_have_url(re.compile("setting=call_centre"))


@pytest.mark.thorough
def test_a_setting_is_kept_on_the_way_through_other_pages(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "risks/settings", "setting=office"))
    for name, place in (("overview", "overview"), ("risks", "risks/settings")):
        open_page(page, name)
        expect(heading(page)).to_have_text(FILTERED if name == "risks" else first_line(place))
        still(page)
        expect(page).to_have_url(re.compile("setting=office"))
    expect(heading(page)).to_contain_text("Offices and contractors: ")


@pytest.mark.thorough
def test_the_rest_of_the_risks_is_one_click_away_on_the_page_of_a_country(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "country/own_risks", "operation=sen-op"))
    expect(main(page)).to_contain_text(words("country.risks"))
    main(page).get_by_test_id("stExpander").get_by_text(said("show.more.other")).first.click()
    tables = main(page).get_by_test_id("stExpander").first.locator(".table")
    expect(tables).to_contain_text("IMP-")


def test_without_our_script_a_plain_form_filters(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap"))
    form = page.locator("form.plain")
    still(page)
    expect(form).to_be_hidden()
    page.route("**/bidi-components/**", lambda route: route.abort())
    page.reload()
    expect(form).to_be_visible()
    form.get_by_role("textbox", name=words("filter.country")).fill("GHA,COL")
    form.get_by_role("combobox", name=words("filter.round")).select_option("2024")
    # The browser says that the script did not come; the next page has it again.
    page.unroute("**/bidi-components/**")
    form.get_by_role("button", name=words("filter.apply")).click()
    expect(main(page)).to_contain_text("Round 2024")
    expect(main(page)).to_contain_text("Colombia, Ghana")
    expect(form).to_be_hidden()
    assert visitor.wrong
    visitor.wrong.clear()
