"""Can people who use a keyboard, a screen reader or strong contrast use every page? Asked of axe-core."""

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor, still, words
from tests.browser.test_visits import address, each_page, heading, is_whole, main

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
CHROME: dict[str, str] = {}
"""Rules that Streamlit's own frame breaks and no app can mend, each with the reason."""
WEIGHTY = ("serious", "critical")
COLOURS = ("color-contrast", "link-in-text-block")
"""Rules that ask how something is coloured; by all others a page is the same by day and in the dark."""
RUN = """async ([rules, only]) => {
  const off = Object.fromEntries(rules.map(rule => [rule, {enabled: false}]));
  const asked = only.length ? {runOnly: only} : {rules: off};
  const found = await axe.run(document, {...asked, resultTypes: ["violations"]});
  return found.violations.map(
    v => ({id: v.id, impact: v.impact, help: v.help, at: v.nodes.map(n => [n.html, n.failureSummary]).slice(0, 3)})
  );
}"""


def in_the_way(page: Page, only: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What stands in the way of whoever uses a keyboard, a screen reader or strong contrast; by some rules `only`."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(f"() => {{ {AXE} }}")
    found: list[dict[str, Any]] = page.evaluate(RUN, [list(CHROME), list(only)])
    return [violation for violation in found if violation["impact"] in WEIGHTY]


@pytest.mark.parametrize("theme", ["visitor", "night"])
def test_nothing_stands_in_the_way_on_any_page_by_day_or_in_the_dark(
    theme: str, request: pytest.FixtureRequest, server: str
) -> None:
    """All pages one after the other in one tab: each is whole, and can be used."""
    visitor: Visitor = request.getfixturevalue(theme)
    wrong = {}
    for name, page in each_page(visitor, server):
        if theme == "visitor":
            is_whole(page, name)
        else:
            expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(21, 28, 32)")
            expect(heading(page)).to_have_css("color", re.compile(r"rgb\(2[3-5]\d, 2[3-5]\d, 2[3-5]\d\)"))
        if found := in_the_way(page, () if theme == "visitor" else COLOURS):
            wrong[name] = found
    assert not wrong


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
