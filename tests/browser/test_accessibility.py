"""Can people who use a keyboard, a screen reader or strong contrast use every page? Asked of axe-core."""

import re
from importlib.resources import files

import pytest
from playwright.sync_api import expect

from dashboard.model.pages import PAGES
from tests.browser.conftest import Visitor, still, words
from tests.browser.test_visits import address, first_line, heading, main

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
CHROME: dict[str, str] = {}
"""Rules that Streamlit's own frame breaks and no app can mend, each with the reason."""
WEIGHTY = ("serious", "critical")
RUN = """async rules => {
  const found = await axe.run(document, {rules: Object.fromEntries(rules.map(rule => [rule, {enabled: false}]))});
  return found.violations.map(
    v => ({id: v.id, impact: v.impact, help: v.help, at: v.nodes.map(n => [n.html, n.failureSummary]).slice(0, 3)})
  );
}"""


@pytest.mark.parametrize("theme", ["visitor", "night"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_stands_in_the_way_by_day_or_in_the_dark(
    name: str, theme: str, request: pytest.FixtureRequest, server: str
) -> None:
    visitor: Visitor = request.getfixturevalue(theme)
    page = visitor.open(address(server, name))
    expect(heading(page)).to_have_text(first_line(name))
    still(page)
    if theme == "night":
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(21, 28, 32)")
        expect(heading(page)).to_have_css("color", re.compile(r"rgb\(2[3-5]\d, 2[3-5]\d, 2[3-5]\d\)"))
    page.evaluate(AXE)
    found = page.evaluate(RUN, list(CHROME))
    assert [violation for violation in found if violation["impact"] in WEIGHTY] == []


def test_the_explanation_of_a_number_takes_the_keyboard_and_gives_it_back(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "overview"))
    button = main(page).get_by_role("button", name=words("number.how")).first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text(words("number.parts"))
    still(page)
    page.evaluate(AXE)
    found = page.evaluate(RUN, list(CHROME))
    assert [violation for violation in found if violation["impact"] in WEIGHTY] == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
