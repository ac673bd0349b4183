"""What do all tests share? The toy group, the sample published once, a writer and a day."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pyarrow as pa
import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from dashboard.loading.yaml_file import read_words
from dashboard.model.view_state import ViewState, normalised
from dashboard.model.words import Words
from dashboard.queries import ask
from dashboard.store.locking import Writer
from dashboard.store.mask import FILE as SAFE
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from dashboard.ui.view import View
from tests import next_round
from tests.queries.declared import may_be_null, nulls

# Commands answer in the language of the terminal.
os.environ["LC_ALL"] = "C.UTF-8"
pytest_plugins = ["tests.costs"]
MakeView = Callable[..., View]
Case = TypeVar("Case")
ROOT = Path(__file__).parents[1]
TINY = Path(__file__).parent / "tiny"
LEVELS = Path(__file__).parent / "levels"
TODAY = date(2026, 1, 1)
READ_ON = date(2026, 12, 1)
"""The day on which pages were read that the sample names: it cannot be published before."""
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


# Without limits of time, which a slow machine would not keep.
for profile, share in (("few", 10), ("some", 25), ("many", 100)):
    settings.register_profile(profile, max_examples=share, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("some")


def most(examples: int) -> int:
    """The number of examples for a property: all in `make long`, a share in `make ci`, a few in `make test`."""
    return max(3, examples * settings().max_examples // 100)


def some_of(cases: Iterable[Case], least: int = 3) -> list[Case]:
    """All cases in `make long`, else a share of them, spread evenly and including the first. Needs the mark `share`."""
    found = list(cases)
    n = min(len(found), max(least, most(len(found))))
    return [found[position * len(found) // n] for position in range(n)]


def rest_thorough(cases: Iterable[Any], now: int = 1) -> list[Any]:
    """All cases of a parametrised test: the first `now` in `make test`, the rest marked as thorough."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.thorough if n >= now else ())
        for n, case in enumerate(cases)
    ]


STARTS = {"subprocess.Popen", "os.fork", "os.posix_spawn", "os.system"}
_tested: list[pytest.Item] = []


def _notice(event: str, given: tuple[Any, ...]) -> None:
    """`make check` starts no process: a test that does must be marked."""
    if event in STARTS and _tested and not _may_start(_tested[-1], given):
        raise AssertionError(f"{_tested[-1].name} starts a process: mark it with pytest.mark.outside ({given})")


def _may_start(item: pytest.Item, given: tuple[Any, ...]) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("outside", "browser"))
    return marked or "dashboard.loading.sandbox_process" in str(given)


sys.addaudithook(_notice)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _tested.append(item)
    try:
        return (yield)
    finally:
        _tested.pop()


@pytest.fixture(scope="session", autouse=True)
def no_null_where_none_is_declared() -> Iterator[None]:
    """In every test, rows hold nulls only where their types allow them."""
    real = ask.rows_of

    def looked_through(published: Published, name: str, asked: Mapping[str, ask.Value]) -> pa.Table:
        table = real(published, name, asked)
        declared = may_be_null(name)
        beyond = {place for place in nulls(table) if not declared.get(place, True)}
        assert not beyond, f"{name} holds nulls in {beyond}: let their types say so, with them in NULL_TOO if need be"
        return table

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ask, "rows_of", looked_through)
        yield


def copy_of(store: Path, to: Path) -> Path:
    """A copy of a store, free to change. It takes a millisecond, so that links are not worth their risk."""
    return Path(shutil.copytree(store, to))


MakeOnce = Callable[[str, Callable[[Path], None]], Path]
PublishOnce = Callable[..., Path]
_shared: dict[Path, dict[str, tuple[int, int]]] = {}
"""The contents of the folders that tests share: size and modification time of each file."""


@pytest.fixture(scope="session")
def make_once(tmp_path_factory: pytest.TempPathFactory) -> MakeOnce:
    """A folder by name, filled by the first process that asks and read by all parallel test processes."""
    base = tmp_path_factory.getbasetemp()
    around = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def once(name: str, fill: Callable[[Path], None]) -> Path:
        folder, made = around / name / "store", around / name / "made"
        with FileLock(around / f"{name}.lock"):
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                fill(folder)
                made.touch()
        _shared[folder] = _files(folder)
        return folder

    return once


@pytest.fixture(scope="session")
def publish_once(make_once: MakeOnce) -> PublishOnce:
    """A store by name, with these folders published."""

    def published(name: str, folders: Sequence[Path], silently: bool = False, today: date = TODAY) -> Path:
        def fill(store: Path) -> None:
            outcome = publish(Load(store, folders, WRITER, today))
            assert outcome.revision is not None, outcome.problems
            assert not (silently and outcome.problems)

        return make_once(name, fill)

    return published


def _files(store: Path) -> dict[str, tuple[int, int]]:
    # Whoever hides names writes the aliases there, whatever they may change.
    files = (path for path in sorted(store.rglob("*")) if path.is_file() and path.parent.name != SAFE.parent.name)
    found = ((path, path.stat()) for path in files)
    return {str(path.relative_to(store)): (about.st_size, about.st_mtime_ns) for path, about in found}


@pytest.fixture(scope="module", autouse=True)
def nobody_writes_into_what_is_shared() -> Iterator[None]:
    """Fails the last test of a file in which a shared store was changed."""
    yield
    for store, before in _shared.items():
        assert _files(store) == before, f"{store} was changed: take a copy"


@pytest.fixture(scope="session")
def sample_store(publish_once: PublishOnce) -> Path:
    """The built-in frameworks and data. Read-only: tests that change it use a copy."""
    return publish_once("sample", [ROOT / "frameworks", ROOT / "data"], today=READ_ON)


@pytest.fixture(scope="session")
def tiny_store(publish_once: PublishOnce) -> Path:
    """The toy group. Read-only."""
    return publish_once("tiny", [TINY], silently=True)


@pytest.fixture(scope="session")
def next_round_store(make_once: MakeOnce, sample_store: Path) -> Path:
    """The sample a round later (`tests.next_round`). Read-only."""

    def fill(store: Path) -> None:
        shutil.copytree(sample_store, store, dirs_exist_ok=True)
        next_round.publish_it(store, next_round.write_files(store.parent / "files"))

    return make_once("next_round", fill)


@pytest.fixture
def store(tiny_store: Path, tmp_path: Path) -> Path:
    """A copy of the toy group's store, free to change."""
    return copy_of(tiny_store, tmp_path / "store")


@pytest.fixture(scope="session")
def sample(sample_store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the sample's publication, like that of a page."""
    published = Reader(sample_store).current()
    assert published is not None
    with published.cursor() as cursor:
        yield cursor
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
    """Makes the view of a page on the sample, with some fields of the state set."""
    known = known_codes(published)

    def made(**chosen: object) -> View:
        return View("test", normalised(replace(ViewState(), **chosen), known), words, published, known, TODAY)  # type: ignore[arg-type]

    return made


def said(key: str, **places: object) -> re.Pattern[str]:
    """A sentence of the words as it looks on screen, matching any text at each placeholder that is not given."""
    words = read_words()
    pieces = re.split(r"\{(\w+)\}", words(key))
    return re.compile(
        "".join(
            (re.escape(words.shown(places[piece])) if piece in places else r"[\s\S]*?")
            if position % 2
            else re.escape(piece)
            for position, piece in enumerate(pieces)
        )
    )
