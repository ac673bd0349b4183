"""Opens the publication in force read-only and locked down, and notices a new one by its pointer."""

import re
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.loading.process_limits import is_memory
from dashboard.model.problem import Problem, Weight
from dashboard.store import history
from dashboard.store.cache import MOST_ANSWERS, MOST_BYTES, Cache
from dashboard.store.pool import Cursor, Lends, Pool
from dashboard.store.sql import sql

StatusChange = tuple[str, str, str]
"""An operation, a criterion, and the status that is imagined."""

SHAPE = int(re.findall(r"INSERT INTO shape VALUES \((\d+)\)", sql("schema"))[0])
"""The shape of tables that this version reads."""

MOST_FORMER = 4
"""How many former publications are held for comparison; each is closed while unused."""
MOST_KEPT_OPEN = 4
"""How many former publications are kept open for the tours that began with them."""

LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "memory_limit": "1GB",
    # One thread per query: score tables are small, and many visitors share the cores better than one query does.
    "threads": 1,
    "lock_configuration": True,
}


def _recent_answers() -> Cache[pa.Table]:
    return Cache(MOST_ANSWERS, MOST_BYTES, pa.Table.get_total_buffer_size)


@dataclass(frozen=True, eq=False)
class Published:
    """One publication, open while it is in use. Take a `cursor()` for each question, and give it back."""

    revision: history.Revision
    pool: Lends
    answers: Cache[pa.Table] = field(default_factory=_recent_answers)
    """Recent answers, by question and parameters."""
    caches: dict[object, Cache[Any]] = field(default_factory=dict)
    """Results of functions decorated with `once`."""
    masked: bool = False
    """Whether names are hidden in it, so that a room may see it."""
    partial: bool = False
    """Whether some operations are left out of it, or shown only as one sum."""
    imagined: "Imagined | None" = None
    """Which answers are imagined, and over what."""
    locale: str = "en"
    """By whose order names are sorted."""
    language: str = "en"
    """The language in which everything is called."""
    stored: "Published | None" = None
    """What it was before it spoke that language; None if it is as it was stored."""

    @property
    def real(self) -> "Published":
        """The publication beneath imagined answers. Whatever does not depend on answers is cached there."""
        return self.imagined.real if self.imagined else self

    def through(self, pool: Lends, **changes: Any) -> "Published":
        """The same publication read through another pool, with some fields changed; nothing remembered goes along."""
        return replace(self, pool=pool, **{"answers": _recent_answers(), "caches": {}, **changes})

    def cursor(self) -> Cursor:
        """A cursor for one question. Raises StoreError if the file was closed as idle and no longer exists."""
        return self.pool.cursor()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection itself, for a process that reads once."""
        return self.pool.connection


@dataclass(frozen=True)
class Level:
    """Changes to answers of one round. `of` identifies them: what they were made from.

    `changed` has one row per answer, without repeats: `operation_no`, `criterion_no`, `status_no`, and perhaps more.
    """

    round: str
    of: Hashable
    changed: pa.Table = field(compare=False)


@dataclass(frozen=True, eq=False)
class Imagined:
    """What is imagined, in levels, each laid over the one before.

    `real` holds no imagined answers; `over` holds those of every level but the last.
    """

    real: Published
    over: Published
    levels: tuple[Level, ...]


def shape_of(connection: duckdb.DuckDBPyConnection) -> int:
    """The shape of a publication's tables; 0 for the first ones, which did not record it."""
    try:
        ((shape,),) = connection.execute("SELECT shape FROM shape").fetchall()
    except duckdb.CatalogException:
        return 0
    return int(shape)


def require_shape(connection: duckdb.DuckDBPyConnection, store: Path) -> None:
    """Raise StoreError unless a publication has the tables that this version reads."""
    shape = shape_of(connection)
    if shape != SHAPE:
        kind = "made_by_newer" if shape > SHAPE else "outdated"
        raise history.StoreError(Problem(kind, str(store), weight=Weight.FILE))


def _signs_of(path: Path) -> tuple[int, ...]:
    """What shows that a file was changed or replaced: inode, size and times; empty if there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


class Reader:
    """Provides the publication in force. One per process and store; thread-safe."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._lock = Lock()
        self._published: Published | None = None
        self._found: tuple[Published, tuple[int, ...], tuple[int, ...]] | None = None
        self._kept_open: dict[int, Published] = {}
        self._former: dict[int, Published] = {}

    def current(self) -> Published | None:
        """The publication in force, or None if there is none yet. Raises StoreError if it cannot be read."""
        # Asked in every run: as long as neither the pointer nor its move has changed, nothing has to be read.
        pointer = _signs_of(self.store / "CURRENT")
        if self._found is not None:
            published, *signs = self._found
            if signs == [pointer, _signs_of(history.revision_path(self.store, published.revision.number))]:
                return published
        if history.is_first_in_the_making(self.store):
            return None
        if (number := history.current_number(self.store)) == 0:
            return None
        published = self._in_force(number)
        self._found = published, pointer, _signs_of(history.revision_path(self.store, number))
        return published

    def _in_force(self, number: int) -> Published:
        published = self._published
        if published is None or published.revision.number != number:
            with self._lock:
                former, self._published = self._published, _opened(self.store, number)
                published = self._published
                self._settle(published, former)
        return published

    def keep(self, published: Published) -> None:
        """Keep a publication open after another comes into force; only the latest few are kept."""
        with self._lock:
            same_number = self._kept_open.pop(published.revision.number, None)
            self._kept_open[published.revision.number] = published
            let_go = [self._kept_open.pop(number) for number in list(self._kept_open)[:-MOST_KEPT_OPEN]]
            self._settle(published, same_number, *let_go)

    def kept_open(self, number: str) -> Published | None:
        """The publication with this number, if it is kept open. No other: what was withdrawn stays out of reach."""
        return next(
            (one for one in self._kept_open.copy().values() if str(one.revision.number) == number),
            None,
        )

    def former(self, number: int) -> Published:
        """A publication that was in force before. Raises StoreError if it cannot be read, or no longer exists."""
        with self._lock:
            found = self._former.pop(number, None) or _opened(self.store, number)
            self._former[number] = found
            for oldest in list(self._former)[:-MOST_FORMER]:
                del self._former[oldest]
            return found

    def _settle(self, *those: Published | None) -> None:
        """Keep open what is in force or kept; let anything else close after its last reader."""
        for one in those:
            if one is not None:
                one.pool.stays = one is self._published or one in self._kept_open.values()

    def newer(self, published: Published) -> int | None:
        """The number of the publication in force, if it is a different one and can be read."""
        try:
            number = history.current_number(self.store)
        except history.StoreError:
            return None
        return number if number != published.revision.number else None


def open_publication(path: Path, size: int) -> duckdb.DuckDBPyConnection:
    """A publication of `size` bytes, opened read-only and locked down. Raises StoreError if it is not intact.

    All readers of a process use one configuration: DuckDB refuses to open a file in two ways at once.
    """
    try:
        # DuckDB opens a truncated file, and fails only when the missing part is read.
        if path.stat().st_size != size:
            raise history.StoreError(_damaged(path))
        return duckdb.connect(str(path), read_only=True, config=LOCKED_DOWN)
    except (duckdb.Error, OSError) as error:
        if is_memory(error):
            raise
        raise history.StoreError(_damaged(path)) from error


def pool_of(path: Path, size: int, sha256: str = "") -> Pool:
    """The same, to be lent to many readers and closed while unused.

    With `sha256`, an error of reading that comes from other bytes than were published is raised as a StoreError.
    """
    return Pool(partial(open_publication, path, size), partial(_require_whole, path, sha256))


def _require_whole(path: Path, sha256: str, error: duckdb.Error) -> None:
    """Raise StoreError from an error if the file is no longer what was published; memory has its own sentence."""
    if not sha256 or is_memory(error):
        return
    try:
        is_whole = history.sha256_of(path) == sha256
    except OSError:
        is_whole = False
    if not is_whole:
        raise history.StoreError(_damaged(path)) from error


def _damaged(path: Path) -> Problem:
    return Problem("publication_damaged", str(path), weight=Weight.FILE)


def _opened(store: Path, number: int) -> Published:
    revision = history.read_revision(store, number)
    path = history.publication_path(store, revision.publication)
    pool = pool_of(path, revision.size, revision.sha256)
    try:
        require_shape(pool.connection, store)
    except duckdb.Error as error:
        pool.close_when_idle(0)
        _require_whole(path, revision.sha256, error)
        raise
    except history.StoreError:
        pool.close_when_idle(0)
        raise
    return Published(revision, pool)
