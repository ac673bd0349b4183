"""Can a group get from a setting to a printed page of actions, in a browser limited to this machine?"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Locator, Page, PdfMargins, expect
from python_calamine import CalamineWorkbook

from dashboard.model.tour import Tour
from tests.browser.conftest import Visitor, running, still, words
from tests.browser.test_accessibility import in_the_way
from tests.browser.test_tour import DRAWN, press, start_again
from tests.browser.test_visits import heading, main
from tests.conftest import ROOT, said

EXERCISE = Tour.model_validate(yaml.safe_load((ROOT / "frameworks/tours/setting-exercise.yaml").read_text("utf-8")))
ACTIONS = ("Ask every shop for its rules on age", "Train those who sell SIM cards", "Put the hotline on every receipt")

ON_SOMETHING = re.compile(r"[?&](impact|criterion)=")
"""An address that says what the new action addresses."""
MOST_TIMES = 5


def at(page: Page, number: int) -> None:
    expect(heading(page)).to_have_text(f"{number} of {len(EXERCISE.steps)} {EXERCISE.steps[number - 1].title}")
    expect(page).to_have_url(re.compile(rf"/{EXERCISE.steps[number - 1].page}\?.*tour_step={number}\b"))
    still(page)


def next_step(page: Page, number: int) -> None:
    press(page, "next")
    at(page, number)


@pytest.fixture
def own_server(own_store: Path) -> Iterator[str]:
    # In the large type of `make demo`, in which a page fills up soonest.
    with running(own_store, STREAMLIT_THEME_BASE_FONT_SIZE="18") as address:
        yield address


def choose(page: Page, key: str, position: int) -> None:
    """Choose the entry at a position of a list by keyboard, because a list opened by click closes on scrolling."""
    box = main(page).locator(f".st-key-{key}").get_by_role("combobox")
    box.focus()
    page.evaluate(DRAWN)
    box.press("ArrowDown")
    page.get_by_role("option").nth(position).click()


def agree(page: Page, position: int, text: str) -> None:
    """Agree one action on the entry at a position of the list, in the plan's own form."""
    choose(page, "plan_agree_on", position)
    expect(page).to_have_url(ON_SOMETHING)
    field = main(page).get_by_label(words("column.action_text"))
    expect(field).not_to_have_value("")
    write(page, field, text)
    owner = main(page).get_by_label(words("column.owner_role"))
    owner.fill("sales manager")
    owner.press("Enter")
    still(page)
    box = main(page).get_by_label(words("data.role"), exact=True)
    if box.input_value() == "":
        box.fill("facilitator")
        box.press("Enter")
        still(page)
    expect(field).to_have_value(text)
    main(page).get_by_role("button", name=words("edit.save"), exact=True).click()
    expect(main(page)).to_contain_text(said("edit.saved.one"))
    expect(page).not_to_have_url(ON_SOMETHING)
    still(page)


def write(page: Page, field: Locator, text: str) -> None:
    """Type into a field and check that it is kept: text typed during a redraw is lost."""
    for _ in range(MOST_TIMES):
        still(page)
        field.fill(text)
        field.press("Control+Enter")
        still(page)
        if field.input_value() == text:
            return
    raise AssertionError(f"{text} does not stay in its field")


@pytest.fixture
def done(own_server: str, visitor: Visitor) -> Page:
    """Return the page of a group that has finished the exercise and sees its summary."""
    page = visitor.open(f"{own_server}/workshop?framework=crbp&round=2025&country=GHA&setting=retail_agents")
    main(page).locator(".st-key-tour_start_setting-exercise").get_by_role("button").click()
    at(page, 1)
    choose(page, "picked_shown", 0)
    expect(page).to_have_url(re.compile("picked=IMP"))
    page.keyboard.press("Escape")
    still(page)
    for number in (2, 3, 4):
        next_step(page, number)
    choose(page, "read_shown", 1)
    expect(page).to_have_url(re.compile("guidance_item.*looked=G-"))
    still(page)
    press(page, "to_step")
    at(page, 4)
    next_step(page, 5)
    choose(page, "read_shown", 1)
    expect(page).to_have_url(re.compile("/case\\?.*looked=G-.*C"))
    still(page)
    next_step(page, 6)
    for position, text in enumerate(ACTIONS, start=1):
        agree(page, position, text)
    next_step(page, 7)
    return page


@pytest.mark.thorough
def test_a_group_goes_from_a_setting_to_its_three_actions_takes_them_home_and_prints_them(
    done: Page, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    expect(main(done)).to_contain_text(said("outcome.title.other", n=3))
    expect(main(done)).to_contain_text(said("exercise.agreed", n=3, of=3))
    table = main(done).locator(".table")
    for text in ACTIONS:
        expect(table).to_contain_text(text)
    expect(table).to_contain_text("sales manager")
    with done.expect_download() as taken:
        main(done).get_by_role("button", name=re.compile(words("outcome.file"))).click()
    taken.value.save_as(tmp_path / "outcome.xlsx")
    assert taken.value.suggested_filename == "outcome-retail_agents.xlsx"
    sheet = CalamineWorkbook.from_path(tmp_path / "outcome.xlsx").get_sheet_by_index(0).to_python()
    said_there = [str(cell) for row in sheet for cell in row]
    for text in ACTIONS:
        assert [cell for cell in said_there if text in cell]
    with subtests.test("printed"):
        if not PDFTOTEXT:
            pytest.skip("reads what was printed with poppler: apt-get install poppler-utils")
        prints_on_one_page(done, tmp_path)
    done.reload()
    at(done, 7)
    for text in ACTIONS:
        expect(table).to_contain_text(text)
    start_again(done)
    at(done, 1)
    expect(done).not_to_have_url(re.compile("picked|looked|agreed"))
    expect(done).to_have_url(re.compile("country=GHA.*setting=retail_agents"))


def prints_on_one_page(done: Page, tmp_path: Path) -> None:
    """Assert that the summary prints on one A4 page with everything on it."""
    main(done).get_by_text(words("outcome.alone")).click()
    expect(main(done).locator(".st-key-tour_leave")).to_have_count(0)
    still(done)
    pages, text = printed(done, tmp_path)
    assert pages == 1
    for shown in (*ACTIONS, *(words(f"outcome.{name}") for name in ("risks", "openings", "gaps", "read"))):
        assert shown in text
    assert f"· {words('outcome.case')}" in text, "down to the last line"
    main(done).get_by_text(words("outcome.alone")).click()
    at(done, 7)


def printed(page: Page, folder: Path) -> tuple[int, str]:
    """Return the number of A4 pages the browser prints, and their text."""
    file = folder / "outcome.pdf"
    page.pdf(path=file, format="A4", margin=PdfMargins(top="0.4in", right="0.4in", bottom="0.4in", left="0.4in"))
    told = subprocess.run([PDFINFO, file], check=True, capture_output=True, text=True).stdout
    text = subprocess.run([PDFTOTEXT, file, "-"], check=True, capture_output=True, text=True).stdout
    (pages,) = re.findall(r"^Pages:\s+(\d+)$", told, re.MULTILINE)
    return int(pages), " ".join(text.split())


PDFINFO, PDFTOTEXT = (shutil.which(name) or "" for name in ("pdfinfo", "pdftotext"))


def address(server: str, number: int) -> str:
    step = EXERCISE.steps[number - 1]
    query = {**step.query(), "tour": EXERCISE.tour, "tour_step": str(number), "setting": "retail_agents"}
    return f"{server}/{step.page}?" + "&".join(f"{name}={held}" for name, held in query.items())


@pytest.mark.thorough
@pytest.mark.parametrize("who", ["visitor", "night", "phone"])
def test_nothing_in_an_exercise_stands_in_the_way(who: str, request: pytest.FixtureRequest, server: str) -> None:
    visitor: Visitor = request.getfixturevalue(who)
    page = visitor.open(address(server, 1))
    for number in (1, 6, 7):
        visitor.turn_to(page, address(server, number))
        at(page, number)
        assert not in_the_way(page), number
