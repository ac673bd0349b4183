"""What do all tests share? The toy group, the sample published once, a writer and a day."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.loading.files.words_file import read_words
from dashboard.model.view.view_state import ViewState, normalised
from dashboard.model.words import Words
from dashboard.store.permission import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reading.reader import Published, Reader
from dashboard.ui.view import View, known_codes

MakeView = Callable[..., View]
ROOT = Path(__file__).parents[1]
TINY = Path(__file__).parent / "tiny"
TODAY = date(2026, 1, 1)
WRITER = Writer(role="data steward", why="for a test")


@pytest.fixture(scope="session")
def tiny() -> Path:
    """The folder of a toy group: its own standard, lists and answers."""
    return TINY


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def writer() -> Writer:
    return WRITER


@pytest.fixture(scope="session")
def words() -> Words:
    return read_words()


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frameworks and data that ship, published once. For reading only: whoever changes it takes a copy."""
    store = tmp_path_factory.mktemp("sample") / "store"
    outcome = publish(Load(store, [ROOT / "frameworks", ROOT / "data"], WRITER, TODAY))
    assert outcome.revision is not None, outcome.problems
    return store


@pytest.fixture(scope="session")
def tiny_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy group published once. For reading only."""
    store = tmp_path_factory.mktemp("tiny") / "store"
    outcome = publish(Load(store, [TINY], WRITER, TODAY))
    assert outcome.revision is not None, outcome.problems
    assert not outcome.problems
    return store


@pytest.fixture
def store(tiny_store: Path, tmp_path: Path) -> Path:
    """A copy of the toy group's store, to be changed."""
    return Path(shutil.copytree(tiny_store, tmp_path / "store"))


@pytest.fixture(scope="session")
def sample(sample_store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the sample's publication, as a page would have it."""
    published = Reader(sample_store).current()
    assert published is not None
    yield published.cursor()
    published.connection.close()


# What the tests of queries, charts, pages and the browser share.


@pytest.fixture(scope="session")
def published(sample_store: Path) -> Published:
    """The sample's publication, opened as a page opens it."""
    found = Reader(sample_store).current()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def view_of(published: Published, words: Words) -> MakeView:
    """Makes the view of a page on the sample, with some fields of the state chosen."""
    known = known_codes(published)

    def made(**chosen: object) -> View:
        return View("test", normalised(replace(ViewState(), **chosen), known), words, published, known, TODAY)  # type: ignore[arg-type]

    return made


def said(key: str, **places: object) -> re.Pattern[str]:
    """How a sentence of the words looks on screen: as it stands, any text at each place that is not given."""
    pieces = re.split(r"\{(\w+)\}", read_words()(key))
    return re.compile(
        "".join(
            (re.escape(str(places[piece])) if piece in places else r"[\s\S]*?") if position % 2 else re.escape(piece)
            for position, piece in enumerate(pieces)
        )
    )
