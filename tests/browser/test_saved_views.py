"""Can a view be saved and opened by somebody else, with a mouse alone or a keyboard alone?"""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visitor, Writable, still, words
from tests.browser.test_visits import address, main


def test_a_view_that_one_saves_another_opens(visitor: Visitor, phone: Visitor, writable: Writable) -> None:
    page = visitor.open(address(writable.address, "heatmap", "country=GHA"))
    page.locator(".st-key-share button").first.click()
    page.locator(".st-key-views_name input").fill("Ghana alone")
    page.keyboard.press("Tab")
    page.keyboard.type("What Ghana answered.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("link", name="Ghana alone")).to_be_visible()
    there = phone.open(writable.address)
    expect(main(there).get_by_text(words("views.title"))).to_be_visible()
    main(there).get_by_role("link", name="Ghana alone").tap()
    expect(there).to_have_url(re.compile(r"/heatmap\?.*country=GHA"))
    still(there)
    assert len(there.context.pages) == 1, "in the tab where it stood"
