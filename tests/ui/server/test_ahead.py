"""Is the first page's reading done before the first page, and does a store that cannot be read stop no server?"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from dashboard.queries import ask
from dashboard.store.reader import Published
from dashboard.ui import session
from dashboard.ui.server.app import FIRST, read_ahead
from tests.ui.conftest import OpenPage


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The questions that were answered from the store, not from memory, by a process that has just begun."""
    found: list[str] = []
    real = ask.rows_of

    def noted(published: Published, name: str, given: Mapping[str, ask.Value]) -> object:
        found.append(name)
        return real(published, name, given)

    session._reader.cache_clear()
    monkeypatch.setattr(ask, "rows_of", noted)
    yield found
    session._reader.cache_clear()


def test_what_was_read_ahead_is_what_the_first_pages_ask(here: None, asked: list[str], page: OpenPage) -> None:
    read_ahead()
    assert set(FIRST) <= set(asked)
    asked.clear()
    page("overview")
    page("heatmap")
    assert asked
    assert not set(FIRST) & set(asked)


def test_a_store_that_cannot_be_read_is_left_for_the_page_to_speak_of(own: Path, asked: list[str]) -> None:
    for file in (own / "publications").iterdir():
        file.write_bytes(b"no publication")
    read_ahead()
    assert not asked


def test_an_empty_folder_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "nothing"))
    read_ahead()
    assert not asked
