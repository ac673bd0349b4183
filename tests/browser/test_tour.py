"""Can a presenter lead a tour by button and keyboard, lose the way, and come back?"""

import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from dashboard.model.tour import Tour
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.browser.conftest import Visitor, Writable, still, words
from tests.browser.test_accessibility import in_the_way
from tests.browser.test_visits import choose, heading, main, open_page
from tests.conftest import ROOT, TODAY, said

TEN = Tour.model_validate(yaml.safe_load((ROOT / "frameworks/tours/ten-minutes.yaml").read_text("utf-8")))
DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
"""Waits until the current content of the page has been drawn."""
LARGE = 20
"""Pixels from which text can be read at the back of a room."""


def at(page: Page, number: int) -> None:
    """Assert that the bar shows this step, the page is still, and its buttons react to keys."""
    expect(heading(page)).to_have_text(f"{number} of {len(TEN.steps)} {TEN.steps[number - 1].title}")
    expect(page).to_have_url(re.compile(rf"/{_path(number)}\?.*tour_step={number}\b"))
    listening(page)


def listening(page: Page) -> None:
    """Wait until the page is still and its buttons react to keys: in a new window their code is loaded last."""
    still(page)
    expect(main(page).locator(".st-key-tour_previous").get_by_role("button")).to_be_visible()
    page.evaluate(DRAWN)


def _path(number: int) -> str:
    name = TEN.steps[number - 1].page
    return "" if name == "overview" else name


def press(page: Page, name: str) -> None:
    main(page).get_by_role("button", name=re.compile(f"^{re.escape(words(f'tour.{name}'))}")).click()


def start(page: Page) -> None:
    main(page).locator(".st-key-tour_start_ten-minutes").get_by_role("button").click()
    at(page, 1)


def start_again(page: Page) -> None:
    """Begin again for the next group, and confirm it."""
    main(page).get_by_role("button", name=re.compile(f"{re.escape(words('start_again.label'))}$")).click()
    expect(page.get_by_text(words("start_again.says"))).to_be_visible()
    page.get_by_role("button", name=words("start_again.do")).click()
    expect(page.get_by_text(words("start_again.says"))).to_be_hidden()


@pytest.fixture
def led(visitor: Visitor, server: str) -> Page:
    """Return the ten-minute tour, just started from a workshop page with its own filters."""
    page = visitor.open(f"{server}/workshop?framework=crbp&round=2024&country=GHA")
    start(page)
    return page


def test_a_tour_in_large_type_is_led_by_keyboard_to_its_end_and_left(led: Page) -> None:
    for level in ("h1", "h3", "h5"):
        size = main(led).locator(level).first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
        assert size >= LARGE
    expect(main(led)).to_contain_text(TEN.steps[0].text)
    expect(main(led)).not_to_contain_text("Say first that the data is invented")
    for number in range(2, len(TEN.steps) + 1):
        led.keyboard.press("ArrowRight" if number % 2 else "PageDown")
        at(led, number)
    for number, key in ((len(TEN.steps) - 1, "PageUp"), (len(TEN.steps) - 2, "ArrowLeft")):
        led.keyboard.press(key)
        at(led, number)
    led.keyboard.press("Shift+End")
    expect(heading(led)).to_have_text(said("workshop.finding.other"))
    expect(led).to_have_url(re.compile(r"/present\?framework=crbp&round=2024&country=GHA&part=tours$"))


@pytest.mark.thorough
def test_who_wanders_off_comes_back_to_the_step(led: Page) -> None:
    led.keyboard.press("PageDown")
    at(led, 2)
    still(led)
    choose(led, "country", "Chad")
    expect(led).to_have_url(re.compile("country=BOL(,|%2C)TCD(,|%2C)GHA|TCD"))
    open_page(led, "cases")
    expect(led).to_have_url(re.compile(r"/cases\?.*TCD.*tour_step=2"))
    expect(heading(led)).to_have_text(f"2 of 8 {TEN.steps[1].title}")
    still(led)
    press(led, "to_step")
    at(led, 2)
    expect(led).to_have_url(re.compile(r"/\?framework=crbp&round=2025&country=BOL(,|%2C)GHA&tour="))
    expect(main(led).get_by_role("button", name=words("tour.to_step"))).to_have_count(0)


@pytest.mark.thorough
def test_a_tour_is_led_by_button_and_a_reload_in_the_middle_keeps_it_and_the_way_back(led: Page) -> None:
    for number in (2, 3):
        press(led, "next")
        at(led, number)
    led.reload()
    at(led, 3)
    led.keyboard.press("PageDown")
    at(led, 4)
    press(led, "leave")
    expect(led).to_have_url(re.compile(r"/present\?framework=crbp&round=2024&country=GHA&part=tours$"))


def test_the_back_button_shows_every_step_before_and_no_mixture(led: Page) -> None:
    for number in (2, 3, 4):
        led.keyboard.press("PageDown")
        at(led, number)
    # Two presses lead via another page, one stays on the same; see `led_from`.
    for number in (3, 3, 2, 2, 1):
        led.go_back()
        at(led, number)
    led.go_forward()
    at(led, 2)


@pytest.mark.thorough
def test_the_keys_lead_again_after_a_click_beside_what_was_touched_and_the_next_group_begins_again(led: Page) -> None:
    for number in (2, 3):
        led.keyboard.press("PageDown")
        at(led, number)
    order = main(led).get_by_label(words("heatmap.sort"), exact=True)
    order.select_option("name")
    expect(led).to_have_url(re.compile("sort=name"))
    still(led)
    order.focus()
    led.keyboard.press("PageDown")  # The list handles this key.
    at(led, 3)
    main(led).get_by_text(TEN.steps[2].text).click()
    for number in (4, 3):
        led.keyboard.press("PageDown" if number == 4 else "PageUp")
        at(led, number)
    main(led).get_by_text(words("choose.common"), exact=True).click()
    expect(led).to_have_url(re.compile("common=yes"))
    still(led)
    start_again(led)
    at(led, 1)
    expect(led).not_to_have_url(re.compile("common|sort"))
    still(led)
    choose(led, "risk_area", "Privacy")
    expect(led).to_have_url(re.compile("risk_area=RA"))
    still(led)
    start_again(led)
    expect(led).not_to_have_url(re.compile("risk_area"))
    at(led, 1)


@pytest.mark.thorough
def test_the_presenters_window_has_the_notes_follows_the_room_and_leads_it(led: Page, visitor: Visitor) -> None:
    main(led).get_by_role("button", name=words("tour.more")).click()
    with visitor.context.expect_page() as opened:
        led.get_by_role("link", name=words("tour.window")).click()
    window = opened.value
    notes_at(window, 1)
    expect(main(window)).to_contain_text("Say first that the data is invented")
    led.bring_to_front()
    for number, key in ((2, "ArrowRight"), (3, "PageDown"), (2, "ArrowLeft")):
        led.keyboard.press(key)
        at(led, number)
        notes_at(window, number)
    window.bring_to_front()
    for number, key in ((3, "PageDown"), (4, "ArrowRight"), (3, "PageUp"), (2, "ArrowLeft")):
        window.keyboard.press(key)
        at(led, number)
        notes_at(window, number)
    press(window, "next")
    at(led, 3)
    notes_at(window, 3)
    press(led, "leave")
    expect(heading(window)).to_have_text(words("presenter.no_tour"))
    start(led)
    notes_at(window, 1)
    led.goto("about:blank")
    window.keyboard.press("PageDown")
    notes_at(window, 2)


def notes_at(window: Page, number: int) -> None:
    """Assert that the presenter's window shows the notes of a step, and its buttons react to keys."""
    title = TEN.steps[number - 1].title
    expect(heading(window)).to_have_text(said("presenter.finding", number=number, of=len(TEN.steps), title=title))
    listening(window)


@pytest.mark.thorough
def test_what_is_published_meanwhile_is_not_shown_until_it_is_taken(
    visitor: Visitor, writable: Writable, tmp_path: Path
) -> None:
    workshop = visitor.open(f"{writable.address}/present")
    start(workshop)
    (tmp_path / "late.csv").write_text("round,operation,criterion,status\n2025,cod-op,CRBP-01.b,partly\n")
    assert publish(Load(writable.store, [tmp_path / "late.csv"], Writer("steward", "late"), TODAY)).revision is not None
    open_page(workshop, "data")
    main(workshop).get_by_role("radio", name=words("part.publications")).click()
    expect(main(workshop)).to_contain_text(said("data.finding", number=1))
    expect(main(workshop)).to_contain_text(said("tour.frozen", number=1, newer=2))
    workshop.reload()
    expect(main(workshop)).to_contain_text(said("data.finding", number=1))
    still(workshop)
    main(workshop).get_by_role("button", name=said("tour.take", number=2)).click()
    expect(main(workshop)).to_contain_text(said("data.finding", number=2))
    expect(main(workshop).get_by_text(said("tour.frozen"))).to_have_count(0)
    still(workshop)


@pytest.mark.thorough
@pytest.mark.parametrize("theme", ["visitor", "night"])
def test_nothing_in_the_bar_stands_in_the_way(theme: str, request: pytest.FixtureRequest, server: str) -> None:
    page = request.getfixturevalue(theme).open(f"{server}/heatmap?tour=ten-minutes&tour_step=3&country=GHA")
    expect(main(page).get_by_role("button", name=re.compile(words("tour.to_step")))).to_be_visible()
    still(page)
    assert not in_the_way(page)
