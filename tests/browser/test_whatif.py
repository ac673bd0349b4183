"""Can a room see a scenario beside the published data, on every page and in another browser, and take actions home?"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor, Writable, still, words
from tests.browser.test_visits import go_to, heading, main
from tests.conftest import said
from tests.tasks.test_preview import files_of


@pytest.fixture
def server(writable: Writable) -> Iterator[str]:
    """Yield a server that may publish, although nothing in its store may change here."""
    before = files_of(writable.store)
    yield writable.address
    assert files_of(writable.store) == before


def choose(page: Page, label: str, option: str) -> None:
    box = main(page).get_by_role("combobox", name=label)
    # A list closes when the page is scrolled.
    box.scroll_into_view_if_needed()
    still(page)
    box.click()
    page.get_by_role("option", name=option, exact=True).click()
    still(page)


def press(page: Page, key: str) -> None:
    main(page).get_by_role("button", name=words(key), exact=True).click()
    still(page)


def show(page: Page, side: str) -> None:
    main(page).get_by_text(words(f"whatif.side_{side}"), exact=True).first.click()
    still(page)


def respect(page: Page) -> str:
    """Return the figure that the Overview opens with."""
    still(page)
    return heading(page).inner_text().split("Respect: ")[1].split(" ")[0]


@pytest.mark.thorough
def test_a_scenario_is_made_seen_on_every_page_sent_to_another_and_begun_as_actions(
    server: str, visitor: Visitor, phone: Visitor
) -> None:
    page = visitor.open(server)
    real = respect(page)
    go_to(page, "whatif")
    choose(page, words("whatif.where"), "Ghana")
    choose(page, words("area_word.principle.one").capitalize(), "5 Safe products and services")
    press(page, "whatif.assume")
    expect(main(page)).to_contain_text(said("whatif.on", name="Scenario 1"))
    expect(page).to_have_url(re.compile("imagined=called~Scenario_201%2Cin~2025%2CGHA~CRBP-05~implemented"))

    go_to(page, "overview")
    expect(heading(page)).not_to_contain_text(f"Respect: {real} ")
    imagined = respect(page)
    expect(main(page)).to_contain_text(re.compile(rf"Respect {real} · \w+ → {imagined} "))
    show(page, "real")
    expect(heading(page)).to_contain_text(f"Respect: {real} ")
    show(page, "imagined")
    expect(heading(page)).to_contain_text(f"Respect: {imagined} ")

    theirs = phone.open(page.url)
    expect(main(theirs)).to_contain_text(said("whatif.on", name="Scenario 1"))
    assert respect(theirs) == imagined
    theirs.reload()
    still(theirs)
    assert respect(theirs) == imagined

    go_to(page, "whatif")
    main(page).get_by_role("button", name=said("whatif.draft.other")).click()
    expect(main(page)).to_contain_text(said("whatif.drafted.other"))
    main(page).get_by_role("link", name=words("whatif.to_plan")).click()
    expect(main(page)).to_contain_text(words("whatif.refused"))
    show(page, "real")
    expect(main(page).get_by_role("button", name=words("edit.save"), exact=True)).to_be_visible()


@pytest.mark.thorough
def test_back_and_a_reload_keep_what_is_imagined(server: str, visitor: Visitor) -> None:
    page = visitor.open(f"{server}/whatif?imagined=called~A,in~2025,GHA~CRBP-05~implemented")
    expect(main(page)).to_contain_text(said("whatif.on", name="A"))
    go_to(page, "heatmap")
    page.reload()
    still(page)
    expect(main(page)).to_contain_text(said("whatif.on", name="A"))
    page.go_back()
    still(page)
    expect(heading(page)).to_contain_text("With “A”")
    press(page, "whatif.end")
    expect(heading(page)).to_have_text(words("whatif.begin"))
    page.go_back()
    still(page)
    expect(main(page)).to_contain_text(said("whatif.on", name="A"))


@pytest.mark.thorough
@pytest.mark.parametrize("who", ["visitor", "phone"])
def test_nothing_stands_beyond_the_edge(who: str, request: pytest.FixtureRequest, server: str) -> None:
    someone: Visitor = request.getfixturevalue(who)
    longest = "called~A_20name_20that_20is_20as_20long_20as_20any_20may"
    imagined = f"imagined={longest},in~2025,GHA~CRBP-05~implemented,all~planned~2026-12-31"
    page = someone.open(f"{server}/whatif?{imagined}")
    for name in ("whatif", "heatmap"):
        someone.turn_to(page, f"{server}/{name}?{imagined}")
        expect(page).to_have_url(re.compile(rf"/{name}\?.*round="))
        still(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
