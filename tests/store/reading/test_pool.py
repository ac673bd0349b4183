"""Is a file of the store closed once nobody uses it, and never while somebody does?"""

import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import duckdb
import pytest

from dashboard.store.history import StoreError, publication_path
from dashboard.store.locking import Writer
from dashboard.store.pool import IDLE_SECONDS, Pool, PreparedPool, idle_seconds
from dashboard.store.reader import MOST_KEPT_OPEN, Published, Reader, pool_of
from dashboard.store.upkeep import revert
from tests.handles import handles_on, when_none

ROWS = 3_000
WHOLE = ROWS * (ROWS - 1) // 2
ASKERS = 4
QUESTIONS = 100

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux lists the open files of a process")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "some.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE number AS SELECT * FROM range($rows) AS n (i)", {"rows": ROWS})
    return path


@pytest.fixture
def pool(file: Path) -> Iterator[Pool]:
    found = pool_of(file, file.stat().st_size)
    yield found
    found.stays = False
    found.close_when_idle(0)


def total(pool: Pool) -> int:
    with pool.cursor() as cursor:
        ((found,),) = cursor.execute("SELECT sum(i) FROM number").fetchall()
        return int(found)


def test_what_nobody_asks_is_closed_and_the_next_question_opens_it_again(pool: Pool, file: Path) -> None:
    assert handles_on(file)
    pool.close_when_idle(3600)
    assert handles_on(file), "it was asked within the hour"
    pool.close_when_idle(0)
    assert not handles_on(file)
    assert total(pool) == WHOLE
    assert handles_on(file)


def test_what_somebody_asks_stays_open_however_long_it_takes(pool: Pool, file: Path) -> None:
    with pool.cursor() as cursor:
        pool.close_when_idle(0)
        assert cursor.execute("SELECT count(*) FROM number").fetchall() == [(ROWS,)]
        assert handles_on(file)
    pool.close_when_idle(0)
    assert not handles_on(file)


def test_a_prepared_cursor_is_lent_again_and_lets_the_file_go(pool: Pool, file: Path) -> None:
    made: list[int] = []

    def prepare(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute(f"CREATE TEMP TABLE mine AS SELECT {len(made)} AS n")
        made.append(1)

    prepared = PreparedPool(pool, prepare)

    def mine() -> int:
        with prepared.cursor() as cursor:
            ((found,),) = cursor.execute("SELECT n FROM mine, number LIMIT 1").fetchall()
            return int(found)

    assert [mine(), mine()] == [0, 0], "one after the other it is the same"
    with prepared.cursor() as first, prepared.cursor() as second:
        found = [cursor.execute("SELECT n FROM mine").fetchall() for cursor in (first, second)]
    assert found == [[(0,)], [(1,)]], "two at once have one each"
    prepared.close_when_idle(3600)
    pool.close_when_idle(0)
    assert handles_on(file), "it was asked within the hour"
    prepared.close_when_idle(0)
    pool.close_when_idle(0)
    assert not handles_on(file)
    assert mine() == 2, "what was closed is made anew"
    prepared.close_when_idle(0)


def test_an_error_in_a_question_gives_its_cursor_back(pool: Pool, file: Path) -> None:
    with pytest.raises(duckdb.CatalogException) as kept, pool.cursor() as cursor:
        cursor.execute("FROM nothing_of_this_name")
    pool.close_when_idle(0)
    assert kept.tb, "whoever keeps the error keeps the cursor, and the file closes all the same"
    assert not handles_on(file)


def test_what_stays_is_not_closed(pool: Pool, file: Path) -> None:
    pool.stays = True
    pool.close_when_idle(0)
    assert handles_on(file)


def test_a_file_that_is_gone_is_told_by_the_next_question(pool: Pool, file: Path) -> None:
    pool.close_when_idle(0)
    file.unlink()
    with pytest.raises(StoreError) as told, pool.cursor():
        pass
    assert told.value.problem.kind == "publication_damaged"


def test_nobody_needs_to_click_for_a_file_to_be_closed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(IDLE_SECONDS, "0.02")
    pool = pool_of(file, file.stat().st_size)
    assert when_none(partial(handles_on, file))
    assert total(pool) == WHOLE
    assert when_none(partial(handles_on, file))


def test_under_load_no_question_meets_a_closed_file(file: Path) -> None:
    opened: list[None] = []
    found: list[int] = []
    done = threading.Event()

    def open_file() -> duckdb.DuckDBPyConnection:
        opened.append(None)
        return duckdb.connect(str(file), read_only=True)

    pool = Pool(open_file)

    def close() -> None:
        while not done.is_set():
            pool.close_when_idle(0)

    askers = [
        threading.Thread(target=lambda: found.extend(total(pool) for _ in range(QUESTIONS))) for _ in range(ASKERS)
    ]
    closer = threading.Thread(target=close)
    for thread in (closer, *askers):
        thread.start()
    for thread in askers:
        thread.join()
    done.set()
    closer.join()
    assert found == [WHOLE] * (ASKERS * QUESTIONS)
    assert len(opened) > 1, "it was closed between two questions"


@pytest.mark.parametrize(("said", "seconds"), [("7.5", 7.5), ("soon", 20.0), (None, 20.0)])
def test_the_period_can_be_set(said: str | None, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(IDLE_SECONDS, raising=False)
    if said is not None:
        monkeypatch.setenv(IDLE_SECONDS, said)
    assert idle_seconds() == seconds


@pytest.fixture
def reader(store: Path) -> Reader:
    return Reader(store)


def current(reader: Reader) -> Published:
    found = reader.current()
    assert found is not None
    return found


def test_what_is_in_force_stays_open_and_what_was_closes(reader: Reader, writer: Writer) -> None:
    first = current(reader)
    path = publication_path(reader.store, first.revision.publication)
    first.pool.close_when_idle(0)
    assert handles_on(path)
    revert(reader.store, 1, writer)
    second = current(reader)
    first.pool.close_when_idle(0)
    assert handles_on(path), "the same file, as the second step"
    second.pool.stays = False
    second.pool.close_when_idle(0)
    assert not handles_on(path)


def test_what_a_tour_began_with_stays_open_until_others_take_its_place(reader: Reader, writer: Writer) -> None:
    first = current(reader)
    reader.keep(first)
    for _ in range(MOST_KEPT_OPEN):
        revert(reader.store, 1, writer)
        later = current(reader)
        assert first.pool.stays
        reader.keep(later)
    assert not first.pool.stays
    assert later.pool.stays
