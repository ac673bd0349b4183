"""Can a person import a file, preview its changes, compare, publish and undo?"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from dashboard.loading.sandbox import PREFIX
from dashboard.store.history import current_number, history
from dashboard.store.pool import IDLE_SECONDS
from dashboard.store.reader import Reader
from tests.browser.conftest import (
    LAPTOP,
    PHONE,
    Visitor,
    Writable,
    hand_over,
    put_back,
    running,
    someone,
    still,
    words,
    writable_server,
)
from tests.browser.test_visits import bar, go_to, heading, main, say_who
from tests.conftest import rest_thorough, said
from tests.handles import handles_on, when_none
from tests.messy import MESSY, MessySheet
from tests.tasks.test_preview import files_of
from tests.waiting import happens

ROWS = """round,operation,criterion,status,note
2025,gha-op,CRBP-01.b,not_implemented,the board has not signed
2025,gha-op,CRBP-02.a,not_implemented,
2025,gha-op,CRBP-01.x,partly,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ghana.csv"
    path.write_text(ROWS, "utf-8")
    return path


@pytest.fixture(scope="module")
def collecting(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Writable, Path]]:
    """Yield a server that leaves nothing behind when it ends, and its temporary folder."""
    folder = tmp_path_factory.mktemp("collecting")
    rooms = folder / "temporary"
    rooms.mkdir()
    with writable_server(sample_store, folder, **{"TMPDIR": str(rooms), IDLE_SECONDS: "1"}) as found:
        yield found, rooms
    assert not list(rooms.glob(f"{PREFIX}*"))


@pytest.fixture
def writable(collecting: tuple[Writable, Path], sample_store: Path) -> Writable:
    put_back(collecting[0], sample_store)
    return collecting[0]


@pytest.fixture
def rooms(collecting: tuple[Writable, Path]) -> Path:
    return collecting[1]


@contextmanager
def visiting(chromium: Browser, viewport: ViewportSize = LAPTOP) -> Iterator[Visitor]:
    visitor = Visitor(someone(chromium, viewport=viewport))
    yield visitor
    visitor.leave()


def hand_in(page: Page, file: Path) -> None:
    hand_over(page, [file])
    expect(main(page).get_by_text(words("collect.would_change"))).to_be_visible()
    still(page)


def press(page: Page, key: str) -> None:
    main(page).get_by_role("button", name=words(key), exact=True).click()
    still(page)


def respect(page: Page) -> str:
    """Return the figure that the Overview opens with."""
    still(page)
    return heading(page).inner_text().split("Respect: ")[1].split(" ")[0]


def show(page: Page, side: str) -> None:
    main(page).get_by_text(words(f"trial.side_{side}"), exact=True).click()
    still(page)


@pytest.mark.thorough
def test_a_file_is_seen_tried_compared_published_and_taken_back(
    chromium: Browser, writable: Writable, file: Path
) -> None:
    before = files_of(writable.store)
    with visiting(chromium) as visitor, visiting(chromium) as other:
        page = visitor.open(f"{writable.address}/collect")
        hand_in(page, file)
        expect(main(page)).to_contain_text(said("collect.of_answers", of="Ghana, Round 2025"))
        expect(main(page)).to_contain_text(said("collect.raised.other", n="2"))
        expect(main(page).get_by_text(said("problem.unknown_criterion", value="CRBP-01.x"))).to_be_visible()

        press(page, "collect.try")
        expect(main(page)).to_contain_text(words("trial.on"))
        go_to(page, "overview")
        tried = respect(page)
        show(page, "published")
        expect(heading(page)).not_to_contain_text(f"Respect: {tried} ")
        published = respect(page)
        expect(main(page)).to_contain_text(re.compile(rf"Respect {published} \D*→ {tried} "))
        elsewhere = other.open(writable.address)
        assert respect(elsewhere) == published
        expect(main(elsewhere)).not_to_contain_text(words("trial.on"))
        assert files_of(writable.store) == before, "nothing of it is stored"

        go_to(page, "collect")
        expect(main(page)).to_contain_text(said("collect.kept", names="ghana.csv"))
        say_who(page, "programme lead", "the board was asked")
        main(page).get_by_text(said("collect.few_rows", n_in="2", n="3")).click()
        still(page)
        press(page, "collect.publish")
        expect(main(page)).to_contain_text(said("collect.published", number="2"))
        expect(main(page)).not_to_contain_text(words("trial.on"))
        assert next(history(writable.store)).role == "programme lead"
        elsewhere.reload()
        expect(heading(elsewhere)).to_contain_text(f"Respect: {tried} ")

        press(page, "collect.undo")
        expect(main(page)).to_contain_text(said("collect.undone", number="2", step="3"))
        elsewhere.reload()
        expect(heading(elsewhere)).to_contain_text(f"Respect: {published} ")
        assert current_number(writable.store) == 3


@pytest.mark.thorough
def test_a_trial_ends_with_its_session_and_leaves_no_file(
    chromium: Browser, writable: Writable, rooms: Path, file: Path
) -> None:
    with visiting(chromium) as visitor:
        page = visitor.open(f"{writable.address}/collect")
        hand_in(page, file)
        press(page, "collect.try")
        expect(main(page)).to_contain_text(words("trial.on"))
        assert len(list(rooms.glob(f"{PREFIX}*"))) == 1
        page.reload()
        still(page)
        expect(main(page)).to_contain_text(words("collect.hand_in"))
        expect(main(page)).not_to_contain_text(words("trial.on"))
    # The server notices a moment later that a browser has gone.
    assert happens(lambda: not list(rooms.glob(f"{PREFIX}*")))
    assert when_none(lambda: handles_on(rooms, "*"))


@pytest.mark.thorough
def test_a_wrong_file_is_told_and_the_right_one_after_it_is_taken(
    chromium: Browser, writable: Writable, file: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "photo.xlsx"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n and nothing else")
    with visiting(chromium) as visitor:
        page = visitor.open(f"{writable.address}/collect")
        hand_in(page, wrong)
        expect(main(page)).to_contain_text(words("collect.refused"))
        expect(main(page)).to_contain_text(words("collect.fix_a_picture"))
        expect(main(page).get_by_role("button", name=words("collect.publish"), exact=True)).not_to_be_visible()
        press(page, "collect.discard")
        expect(main(page)).not_to_contain_text(words("collect.would_change"))
        hand_in(page, file)
        expect(main(page)).to_contain_text(said("collect.raised.other", n="2"))


@pytest.fixture(scope="module")
def toys(tiny_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writable]:
    """Yield a server with the toy group, about which the messy sheets are."""
    with writable_server(tiny_store, tmp_path_factory.mktemp("toys")) as found:
        yield found


IN_BROWSER = (
    "our headings, their words",
    "merged cells",
    "two header lines",
    "a sheet for each operation",
    "a workbook saved as .ods",
    "two groups of columns, of which one says whether that is as before",
)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "sheet", rest_thorough(one for one in MESSY if one.name in IN_BROWSER), ids=lambda sheet: sheet.name
)
def test_a_messy_sheet_is_compared_accepted_and_published(
    visitor: Visitor, toys: Writable, tiny_store: Path, tmp_path: Path, sheet: MessySheet
) -> None:
    put_back(toys, tiny_store)
    page = visitor.open(f"{toys.address}/collect")
    hand_over(page, [sheet.write(tmp_path)])
    main(page).get_by_text(words("mapping.compared")).click()
    still(page)
    press(page, "mapping.use")
    expect(main(page).get_by_text(words("collect.would_change"))).to_be_visible()
    say_who(page, "programme lead", "as they answered")
    press(page, "collect.publish")
    expect(main(page)).to_contain_text(said("collect.published", number="2"))
    published = Reader(toys.store).current()
    assert published is not None
    with published.cursor() as cursor:
        stored = cursor.execute(
            "SELECT operation, criterion, status, coalesce(note, ''), coalesce(na_reason, '') FROM answer "
            "JOIN round USING (round_no) JOIN operation USING (operation_no) JOIN criterion USING (criterion_no) "
            "JOIN scale USING (status_no) WHERE round = ?",
            [sheet.round],
        ).fetchall()
    assert set(sheet.rows) <= set(stored)


@pytest.mark.thorough
def test_a_visitor_of_a_server_that_publishes_nothing_may_try(chromium: Browser, own_store: Path, file: Path) -> None:
    environment = {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", "DASHBOARD_TRIALS": "1"}  # noqa: S104
    with running(own_store, **environment) as server, visiting(chromium, PHONE) as visitor:
        page = visitor.open(f"{server}/collect")
        hand_in(page, file)
        expect(main(page)).to_contain_text("it shows everything and changes nothing")
        press(page, "collect.try")
        expect(main(page)).to_contain_text(words("trial.on"))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing is wider than it"
        assert bar(page).count() == 1
    assert current_number(own_store) == 1
