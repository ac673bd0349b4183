"""The publication in force, opened for reading only and locked down; a new one is noticed by its pointer."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.loading.apart.limits import is_memory
from dashboard.model.problem import Problem, Weight
from dashboard.store.history import (
    Revision,
    StoreError,
    current_number,
    is_first_in_the_making,
    publication_path,
    read_revision,
)
from dashboard.store.reading.cache import MOST_ANSWERS, MOST_BYTES, Cache
from dashboard.store.reading.pool import Cursor, Lends, Pool

StatusChange = tuple[str, str, str]
"""An operation, a criterion, and the status it is imagined to have."""

SHAPE = 17
"""The shape of tables that this version asks, as `schema.sql` writes it."""

MOST_FORMER = 4
"""So many former publications are held to be compared with; each is closed while nobody asks."""
MOST_KEPT_OPEN = 4
"""So many former publications are kept open for the tours that began with them."""

LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "memory_limit": "1GB",
    # One thread a query: score tables are small, and many visitors share the cores better than one query does.
    "threads": 1,
    "lock_configuration": True,
}


@dataclass(frozen=True, eq=False)
class Published:
    """One publication, open while it is asked. Take a `cursor()` a question, and give it back."""

    revision: Revision
    pool: Lends
    answers: Cache[pa.Table] = field(
        default_factory=lambda: Cache(MOST_ANSWERS, MOST_BYTES, lambda table: table.nbytes)
    )
    """What was asked lately, by question and parameters."""
    caches: dict[object, Cache[Any]] = field(default_factory=dict)
    """What functions under `once` have made of it."""
    masked: bool = False
    """Whether it is masked, so that a room may see it."""
    imagined: "Imagined | None" = None
    """Which answers are imagined, and over what."""
    locale: str = "en"
    """By whose order names are sorted."""

    @property
    def real(self) -> "Published":
        """The publication itself, where answers are imagined over it. Whatever depends on no answer is kept there."""
        return self.imagined.real if self.imagined else self

    def cursor(self) -> Cursor:
        """A cursor for one question. Raises StoreError when the file was closed as idle, and is no longer there."""
        return self.pool.cursor()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection itself, for a process that reads once."""
        return self.pool.connection


@dataclass(frozen=True)
class Level:
    """Changes to answers of one round. `of` tells them from others: what they were made of.

    `changed` has a row an answer, each once: `operation_no`, `criterion_no`, `status_no`, and maybe more.
    """

    round: str
    of: Hashable
    changed: pa.Table = field(compare=False)


@dataclass(frozen=True, eq=False)
class Imagined:
    """What is imagined, the first level first: a later one is laid over it.

    `real` holds no such answers; `over` holds those of every level but the last.
    """

    real: Published
    over: Published
    levels: tuple[Level, ...]


def shape_of(connection: duckdb.DuckDBPyConnection) -> int:
    """Which shape the tables of a publication have; 0 for the first ones, which did not say."""
    try:
        ((shape,),) = connection.execute("SELECT shape FROM shape").fetchall()
    except duckdb.CatalogException:
        return 0
    return int(shape)


def require_shape(connection: duckdb.DuckDBPyConnection, store: Path) -> None:
    """Raise StoreError unless a publication holds the tables that this version asks."""
    shape = shape_of(connection)
    if shape != SHAPE:
        kind = "made_by_newer" if shape > SHAPE else "outdated"
        raise StoreError(Problem(kind, str(store), weight=Weight.FILE))


class Reader:
    """Gives the publication in force. One per process and store; safe to use from many threads."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._lock = Lock()
        self._published: Published | None = None
        self._kept_open: dict[int, Published] = {}
        self._former: dict[int, Published] = {}

    def current(self) -> Published | None:
        """The publication in force, or None when there is none yet. Raises StoreError when it cannot be read."""
        if is_first_in_the_making(self.store):
            return None
        number = current_number(self.store)
        if number == 0:
            return None
        published = self._published
        if published is not None and published.revision.number == number:
            return published
        with self._lock:
            former, self._published = self._published, _opened(self.store, number)
            self._settle(self._published, former)
            return self._published

    def keep(self, published: Published) -> None:
        """Keep a publication open after another is in force; of several kept, the latest few."""
        with self._lock:
            same_number = self._kept_open.pop(published.revision.number, None)
            self._kept_open[published.revision.number] = published
            let_go = [self._kept_open.pop(number) for number in list(self._kept_open)[:-MOST_KEPT_OPEN]]
            self._settle(published, same_number, *let_go)

    def kept_open(self, number: str) -> Published | None:
        """The publication of this number, if it is kept open. No other: what was taken back stays out of reach."""
        return next(
            (one for one in self._kept_open.copy().values() if str(one.revision.number) == number),
            None,
        )

    def former(self, number: int) -> Published:
        """A publication that was in force before. Raises StoreError when it cannot be read, or no more."""
        with self._lock:
            found = self._former.pop(number, None) or _opened(self.store, number)
            self._former[number] = found
            for oldest in list(self._former)[:-MOST_FORMER]:
                del self._former[oldest]
            return found

    def _settle(self, *those: Published | None) -> None:
        """What is in force or kept stays open; what is neither closes after its last reader."""
        for one in those:
            if one is not None:
                one.pool.stays = one is self._published or one in self._kept_open.values()

    def newer(self, published: Published) -> int | None:
        """The number of the publication in force, if it is not this one and can be read."""
        try:
            number = current_number(self.store)
        except StoreError:
            return None
        return number if number != published.revision.number else None


def open_publication(path: Path, size: int) -> duckdb.DuckDBPyConnection:
    """A publication of `size` bytes, opened for reading and locked down. Raises StoreError when it is not whole.

    One configuration for every reader of a process: DuckDB refuses to open one file in two ways at once.
    """
    try:
        # DuckDB opens a file that was cut off, and fails only when somebody asks for what is missing.
        if path.stat().st_size != size:
            raise StoreError(_damaged(path))
        return duckdb.connect(str(path), read_only=True, config=LOCKED_DOWN)
    except (duckdb.Error, OSError) as error:
        if is_memory(error):
            raise
        raise StoreError(_damaged(path)) from error


def pool_of(path: Path, size: int) -> Pool:
    """The same, to be lent to many readers and closed while nobody asks."""
    return Pool(partial(open_publication, path, size))


def _damaged(path: Path) -> Problem:
    return Problem("publication_damaged", str(path), weight=Weight.FILE)


def _opened(store: Path, number: int) -> Published:
    revision = read_revision(store, number)
    pool = pool_of(publication_path(store, revision.publication), revision.size)
    try:
        require_shape(pool.connection, store)
    except StoreError:
        pool.close_when_idle(0)
        raise
    return Published(revision, pool)
