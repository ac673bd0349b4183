"""Can a person bring files, be told what is wrong with them, publish, see it everywhere, and go back?"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from dashboard.store.history import current_number
from tests.browser.conftest import LAPTOP, Visitor, running, still, words
from tests.browser.test_visits import bar, go_to, heading, main, say_who
from tests.conftest import said

HEADER = "round,operation,criterion,status,note\n"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


@pytest.fixture(scope="module")
def refusing(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server whose store stays as it is, since nothing sound is brought to it, and that store."""
    store = Path(shutil.copytree(sample_store, tmp_path_factory.mktemp("refusing") / "store"))
    with running(store) as server:
        yield server, store


@pytest.fixture
def unchanged(refusing: tuple[str, Path], visitor: Visitor) -> Iterator[Page]:
    """The Data page of that server; whatever is done there, no step is made."""
    server, store = refusing
    yield visitor.open(f"{server}/data")
    assert current_number(store) == 1


@pytest.fixture
def page(chromium: Browser, own_store: Path) -> Iterator[Page]:
    """The Data page of a server of its own, opened by its first visitor."""
    with running(own_store) as server:
        visitor = Visitor(chromium.new_context(viewport=LAPTOP))
        yield visitor.open(f"{server}/data")
        visitor.leave()


def bring(page: Page, content: bytes, button: str, role: str = "", why: str = "") -> None:
    """Choose a file, say who and why, and press a button of the form."""
    file = FilePayload(name="answers.csv", mimeType="text/csv", buffer=content)
    main(page).locator("input[type=file]").set_input_files([file])
    expect(main(page).get_by_test_id("stFileChipName").first).to_be_visible()
    say_who(page, role, why)
    main(page).get_by_role("button", name=words(button), exact=True).click()
    still(page)


def test_checking_tells_what_is_wrong_and_changes_nothing(unchanged: Page) -> None:
    rows = "2025,gha-op,CRBP-01.b,implemented,\n2025,gha-op,CRBP-01.x,partly,\n"
    bring(unchanged, (HEADER + rows).encode(), "data.check")
    told = main(unchanged).get_by_text(said("problem.unknown_criterion", value="CRBP-01.x"))
    expect(told).to_be_visible()
    expect(told).to_contain_text("answers.csv, row 3, criterion")


def test_a_picture_named_as_a_table_is_told(unchanged: Page) -> None:
    bring(unchanged, PICTURE, "data.check")
    expect(main(unchanged)).to_contain_text(re.compile(r"answers\.csv.*: "))
    expect(main(unchanged)).to_contain_text(words("data.costs_file"))
    bring(unchanged, PICTURE, "data.publish", role="facilitator")
    expect(main(unchanged)).to_contain_text(words("data.not_published"))


def test_publishing_without_a_role_is_refused(unchanged: Page) -> None:
    bring(unchanged, (HEADER + "2025,gha-op,CRBP-01.b,implemented,\n").encode(), "data.publish")
    expect(main(unchanged)).to_contain_text(words("problem.role_missing"))


def test_what_is_published_stands_in_the_history_and_on_every_page_until_it_is_reverted(
    page: Page, own_store: Path
) -> None:
    note = "seen in the capital, ![x](https://elsewhere.example/x.png)"
    bring(
        page,
        (HEADER + f'2025,gha-op,CRBP-01.b,not_implemented,"{note}"\n').encode(),
        "data.publish",
        role="facilitator",
        why="a workshop",
    )
    expect(main(page).get_by_text(said("data.published", number=2))).to_be_visible()
    expect(heading(page)).to_have_text(said("data.finding", number=2))
    expect(main(page)).to_contain_text("a workshop")
    expect(main(page)).to_contain_text("facilitator")
    assert current_number(own_store) == 2

    go_to(page, "country")
    # A list that is open closes when the page moves under it, so the chart is drawn first.
    expect(main(page).get_by_test_id("stVegaLiteChart").locator("svg").first).to_be_visible()
    main(page).get_by_role("combobox").first.click()
    page.get_by_role("option", name="Ghana").click()
    expect(main(page)).to_contain_text("seen in the capital")

    bar(page).get_by_role("link", name=words("page.data"), exact=True).click()
    expect(heading(page)).to_have_text(said("data.finding", number=2))
    still(page)
    say_who(page, why="an exercise")
    main(page).get_by_role("button", name=words("data.revert")).click()
    expect(heading(page)).to_have_text(said("data.finding", number=3))
    expect(main(page)).to_contain_text("an exercise")
    go_to(page, "country")
    expect(main(page)).not_to_contain_text("seen in the capital")
    assert current_number(own_store) == 3
