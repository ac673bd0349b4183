"""Does a key open the search from anywhere but a field, and is what it finds reached and opened without a mouse?"""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor, still, words
from tests.browser.test_visits import address, bar, heading, main, opened
from tests.conftest import said


def search_dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name=words("search.title"))


def test_keys_open_the_search_and_an_arrow_and_enter_the_first_thing_it_finds(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap", "country=GHA"))
    dialog = search_dialog(page)
    box = dialog.get_by_role("textbox")
    for key in ("Control+k", "/"):
        page.keyboard.press(key)
        expect(box).to_be_focused()
        expect(box).to_have_value("")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("state/brith regstration")
    expect(dialog).to_contain_text(words("search.near").format(sought="brith", near="birth"))
    link = dialog.get_by_role("link")
    expect(dialog.locator(".st-key-found_guidance")).to_contain_text(said("search.n_guidance.one"))
    page.keyboard.press("ArrowDown")
    expect(link.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(link.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    title = link.nth(0).inner_text()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/(case|guidance_item)\?.*country=GHA"))
    expect(dialog).to_have_count(0)
    expect(heading(page)).to_contain_text(title)
    still(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/heatmap\?.*country=GHA"))
    still(page)


def test_no_key_is_taken_from_whoever_types_or_has_something_open(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "frameworks"))
    box = main(page).get_by_role("textbox", name=words("standard.search"))
    box.click()
    page.keyboard.type("sex/")
    page.keyboard.press("Control+k")
    expect(box).to_have_value("sex/")
    expect(search_dialog(page)).to_have_count(0)
    page.keyboard.press("Enter")
    still(page)
    bar(page).locator(".st-key-share button").click()
    expect(opened(page)).to_be_visible()
    page.locator(".st-key-share button").focus()
    page.keyboard.press("/")
    expect(search_dialog(page)).to_have_count(0)
    page.keyboard.press("Escape")
    still(page)
