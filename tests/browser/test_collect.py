"""Can a person hand in a file, see what it would change, try it, compare, publish, and take it back?"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from dashboard.loading.apart.private_folder import PREFIX
from dashboard.store.history import current_number, history
from dashboard.store.reading.pool import IDLE_SECONDS
from tests.browser.conftest import LAPTOP, PHONE, Visitor, running, still, words
from tests.browser.test_visits import bar, go_to, heading, main
from tests.conftest import said
from tests.handles import handles_on, when_none
from tests.store.publishing.test_preview import files_of

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


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    """Where the server keeps what is temporary."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def server(own_store: Path, rooms: Path) -> Iterator[str]:
    """A server of its own, which leaves nothing behind when it ends."""
    with running(own_store, **{"TMPDIR": str(rooms), IDLE_SECONDS: "1"}) as address:
        yield address
    assert not list(rooms.glob(f"{PREFIX}*"))


@contextmanager
def someone(chromium: Browser, viewport: ViewportSize = LAPTOP) -> Iterator[Visitor]:
    visitor = Visitor(chromium.new_context(viewport=viewport))
    yield visitor
    visitor.leave()


def hand_in(page: Page, file: Path) -> None:
    main(page).locator("input[type=file]").set_input_files([file])
    expect(main(page).get_by_text(words("collect.would_change"))).to_be_visible()
    still(page)


def press(page: Page, key: str) -> None:
    main(page).get_by_role("button", name=words(key), exact=True).click()
    still(page)


def respect(page: Page) -> str:
    """The figure that the Overview opens with."""
    still(page)
    return heading(page).inner_text().split("at ")[1].split(" ")[0]


def show(page: Page, side: str) -> None:
    main(page).get_by_text(words(f"trial.side_{side}"), exact=True).click()
    still(page)


def test_a_file_is_seen_tried_compared_published_and_taken_back(
    chromium: Browser, server: str, own_store: Path, rooms: Path, file: Path
) -> None:
    before = files_of(own_store)
    with someone(chromium) as visitor, someone(chromium) as other:
        page = visitor.open(f"{server}/assess")
        hand_in(page, file)
        expect(main(page)).to_contain_text(said("collect.of_answers", of="Savandina Ghana, Round 2025"))
        expect(main(page)).to_contain_text(said("collect.raised.many", n="2"))
        expect(main(page).get_by_text(said("problem.unknown_criterion", value="CRBP-01.x"))).to_be_visible()

        press(page, "collect.try")
        expect(main(page)).to_contain_text(words("trial.on"))
        go_to(page, "overview")
        tried = respect(page)
        show(page, "published")
        expect(heading(page)).not_to_contain_text(f"at {tried} ")
        published = respect(page)
        expect(main(page)).to_contain_text(re.compile(rf"Respect {published} \D*→ {tried} "))
        elsewhere = other.open(server)
        assert respect(elsewhere) == published
        expect(main(elsewhere)).not_to_contain_text(words("trial.on"))
        assert files_of(own_store) == before, "nothing of it is stored"

        go_to(page, "assess")
        expect(main(page)).to_contain_text(said("collect.kept", names="ghana.csv"))
        main(page).get_by_label(words("data.role")).fill("programme lead")
        main(page).get_by_label(words("data.why"), exact=True).fill("the board was asked")
        press(page, "collect.publish")
        expect(main(page)).to_contain_text(said("collect.published", number="2"))
        expect(main(page)).not_to_contain_text(words("trial.on"))
        assert next(history(own_store)).role == "programme lead"
        elsewhere.reload()
        expect(heading(elsewhere)).to_contain_text(f"at {tried} ")

        press(page, "collect.undo")
        expect(main(page)).to_contain_text(said("collect.undone", number="2", step="3"))
        elsewhere.reload()
        expect(heading(elsewhere)).to_contain_text(f"at {published} ")
        assert current_number(own_store) == 3


def test_a_trial_ends_with_its_session_and_leaves_no_file(
    chromium: Browser, server: str, rooms: Path, file: Path
) -> None:
    with someone(chromium) as visitor:
        page = visitor.open(f"{server}/assess")
        hand_in(page, file)
        press(page, "collect.try")
        expect(main(page)).to_contain_text(words("trial.on"))
        assert len(list(rooms.glob(f"{PREFIX}*"))) == 1
        page.reload()
        still(page)
        expect(main(page)).to_contain_text(words("collect.hand_in"))
        expect(main(page)).not_to_contain_text(words("trial.on"))
    # The server hears of a browser that is gone a moment later.
    for _ in range(1000):
        urlopen(f"{server}/_stcore/health", timeout=30).close()  # noqa: S310
        if not list(rooms.glob(f"{PREFIX}*")):
            break
    assert not list(rooms.glob(f"{PREFIX}*"))
    assert when_none(lambda: handles_on(rooms, "*"))


def test_a_wrong_file_is_told_and_the_right_one_after_it_is_taken(
    chromium: Browser, server: str, file: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "photo.xlsx"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n and nothing else")
    with someone(chromium) as visitor:
        page = visitor.open(f"{server}/assess")
        hand_in(page, wrong)
        expect(main(page)).to_contain_text(words("collect.refused"))
        expect(main(page)).to_contain_text(words("collect.fix_unreadable"))
        expect(main(page).get_by_role("button", name=words("collect.publish"), exact=True)).not_to_be_visible()
        press(page, "collect.discard")
        expect(main(page)).not_to_contain_text(words("collect.would_change"))
        hand_in(page, file)
        expect(main(page)).to_contain_text(said("collect.raised.many", n="2"))


def test_a_visitor_of_a_server_that_publishes_nothing_may_try(chromium: Browser, own_store: Path, file: Path) -> None:
    environment = {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", "DASHBOARD_TRIALS": "1"}  # noqa: S104
    with running(own_store, **environment) as server, someone(chromium, PHONE) as visitor:
        page = visitor.open(f"{server}/assess")
        hand_in(page, file)
        expect(main(page)).to_contain_text("it shows everything and changes nothing")
        press(page, "collect.try")
        expect(main(page)).to_contain_text(words("trial.on"))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing is wider than it"
        assert bar(page).count() == 1
    assert current_number(own_store) == 1
