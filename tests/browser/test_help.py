"""At the end of the bar: is a choice behind "?" remembered, every help text reachable by keyboard, a view saved?"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor, Writable, running, still, words
from tests.browser.test_visits import address, main
from tests.conftest import rest_thorough

LIGHT, DARK = "rgb(255, 255, 255)", "rgb(21, 28, 32)"


def looks(page: Page, colour: str) -> None:
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", colour)


def open_help(page: Page) -> None:
    page.locator(".st-key-help button").click()


def choose_look(page: Page, look: str) -> None:
    open_help(page)
    page.locator(f".st-key-remember_look_{look} button").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(
    ("who", "first", "chosen"), rest_thorough([("visitor", LIGHT, "dark"), ("night", DARK, "light")])
)
def test_light_or_dark_is_chosen_at_once_and_lasts_over_reloads_and_on_every_page(
    who: str, first: str, chosen: str, request: pytest.FixtureRequest, server: str
) -> None:
    somebody: Visitor = request.getfixturevalue(who)
    page, other = somebody.open(address(server, "heatmap")), DARK if first == LIGHT else LIGHT
    looks(page, first)
    choose_look(page, chosen)
    looks(page, other)
    page.reload()
    still(page)
    looks(page, other)
    page.goto(address(server, "plan"))
    still(page)
    looks(page, other)
    open_help(page)
    chosen_button = page.locator(f".st-key-remember_look_{chosen} button")
    expect(chosen_button).to_have_attribute("kind", "primary")
    page.keyboard.press("Escape")
    choose_look(page, "system")
    looks(page, first)
    page.reload()
    still(page)
    looks(page, first)


@pytest.mark.thorough
def test_the_first_visit_is_answered_once(visitor: Visitor, server: str) -> None:
    page = visitor.open(server)
    later = page.locator(".st-key-remember_welcome_later button")
    later.click()
    expect(later).to_have_count(0)
    page.goto(server)
    still(page)
    expect(later).to_have_count(0)
    expect(page.get_by_text(words("welcome.sentences")[:40])).to_have_count(0)


WITH_HELP = ("risks", "part=settings")
"""A page with help texts of Streamlit, whose terms lead to the glossary."""


def help_of_risks(page: Page) -> Locator:
    title = main(page).get_by_test_id("stMarkdown").filter(has_text=words("setting.risks"))
    return title.get_by_test_id("stTooltipIcon").get_by_role("button")


def test_a_help_opens_by_keyboard_and_by_touch(visitor: Visitor, phone: Visitor, server: str) -> None:
    page = visitor.open(address(server, *WITH_HELP))
    shown = page.get_by_role("tooltip")
    help_of_risks(page).scroll_into_view_if_needed()
    expect(shown).to_have_count(0)
    page.keyboard.press("Tab")
    for _ in range(60):
        if page.evaluate("() => !!document.activeElement.closest('[data-testid=stTooltipIcon]')"):
            break
        page.keyboard.press("Tab")
    expect(shown).to_have_text(re.compile(r"\w+ \w+"))
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    there = phone.open(address(server, *WITH_HELP))
    help_of_risks(there).tap()
    expect(there.get_by_role("tooltip")).to_contain_text(words("setting.risks_help")[:40])


@pytest.mark.thorough
def test_what_explains_the_decisions_opens_by_keyboard_and_by_touch_and_its_terms_lead_to_the_glossary(
    visitor: Visitor, phone: Visitor, server: str
) -> None:
    page, there = visitor.open(server), phone.open(server)
    mark, text = (main(page).locator(f".told .explained > {part}").first for part in ("summary", "div"))
    expect(text).to_be_hidden()
    mark.focus()
    page.keyboard.press("Enter")
    expect(text).to_contain_text(words("overview.decisions_help")[-40:])
    page.keyboard.press("Escape")
    expect(text).to_be_hidden()
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    main(there).locator(".told .explained > summary").first.tap()
    main(there).locator(".told .explained a[href^='#term-']").first.tap()
    for one in (page, there):
        expect(one.get_by_role("dialog").get_by_text(words("term.severity.title"), exact=True)).to_be_visible()


def open_saved(page: Page) -> None:
    page.locator(".st-key-view_menu button").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    still(page)


def save_view(page: Page, title: str, text: str, whose: str = "") -> None:
    """Fill in the form in *View* by keyboard, and wait until the view is listed there."""
    page.locator(".st-key-views_name input").fill(title)
    page.locator(".st-key-views_sentence input").fill(text)
    if whose:
        page.get_by_role("dialog").get_by_text(words(whose), exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=words("views.do_save"), exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("link", name=title)).to_be_visible()


@pytest.fixture(params=rest_thorough(["this machine", "all"]))
def own(request: pytest.FixtureRequest, own_store: Path) -> Iterator[Writable]:
    """Yield a server open to this machine or to others, until its visitors have left."""
    if request.param == "this machine":
        yield request.getfixturevalue("writable")
        return
    with running(own_store, STREAMLIT_SERVER_ADDRESS="0.0.0.0") as found:  # noqa: S104
        yield Writable(found, own_store)


@pytest.mark.thorough
def test_a_view_of_one_browser_lasts_over_reloads_and_no_other_browser_sees_it(
    own: Writable, visitor: Visitor, phone: Visitor
) -> None:
    page = visitor.open(address(own.address, "heatmap", "country=GHA"))
    open_saved(page)
    for name in ("Mine", "Mine too"):
        with page.expect_response(re.compile("/keep/")) as answer:
            save_view(page, name, "What Ghana answered.")
        assert answer.value.status == 204
    assert not (own.store / "views").exists()
    page.goto(own.address)
    still(page)
    for name in ("Mine", "Mine too"):
        expect(main(page).get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(main(phone.open(own.address)).get_by_text(words("views.title"))).to_have_count(0)
    open_saved(page)
    box = page.locator(".st-key-views_old").get_by_role("combobox")
    expect(box).to_be_visible()
    still(page)
    box.focus()
    box.press("ArrowDown")
    page.get_by_role("option", name=re.compile("^Mine [(]")).click()
    still(page)
    with page.expect_response(re.compile("/keep/")):
        page.locator(".st-key-views_remove button").click()
    page.reload()
    still(page)
    expect(main(page).get_by_role("link", name="Mine too")).to_be_visible()
    expect(main(page).get_by_role("link", name="Mine", exact=True)).to_have_count(0)


@pytest.mark.thorough
def test_a_view_that_one_saves_another_opens(visitor: Visitor, phone: Visitor, writable: Writable) -> None:
    page = visitor.open(address(writable.address, "heatmap", "country=GHA"))
    open_saved(page)
    save_view(page, "Ghana alone", "What Ghana answered.", "views.who_store")
    there = phone.open(writable.address)
    expect(main(there).get_by_text(words("views.title"))).to_be_visible()
    main(there).get_by_role("link", name="Ghana alone").tap()
    expect(there).to_have_url(re.compile(r"/heatmap\?.*country=GHA"))
    still(there)
    assert len(there.context.pages) == 1, "in the tab where it stood"


@pytest.mark.thorough
def test_a_term_in_a_help_opens_the_glossary_by_mouse_and_by_touch(
    visitor: Visitor, phone: Visitor, server: str
) -> None:
    page, there = (whose.open(address(server, *WITH_HELP)) for whose in (visitor, phone))
    help_of_risks(page).hover()
    page.get_by_role("tooltip").locator("a[href^='#term-']").first.click()
    help_of_risks(there).tap()
    there.get_by_role("tooltip").locator("a[href^='#term-']").first.tap()
    for one in (page, there):
        expect(one.get_by_role("dialog").get_by_text(words("term.severity.title"), exact=True)).to_be_visible()


@pytest.mark.thorough
def test_a_term_under_a_chart_opens_the_glossary_at_its_meaning(visitor: Visitor, server: str) -> None:
    page = visitor.open(address(server, "heatmap/map", "shade=severity"))
    main(page).locator("a[href='#term-severity']").click()
    meant = page.get_by_role("dialog").locator("strong", has_text=re.compile(f"^{words('term.severity.title')}$"))
    expect(meant).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"shade=severity$"))
