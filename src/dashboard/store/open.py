"""The publication in force, opened for reading only and locked down; a new one is noticed by its pointer."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

import duckdb

from dashboard.loading.limits import is_memory
from dashboard.model.problem import Problem, Weight
from dashboard.store.history import Move, StoreError, current_number, history, publication_path, read_move

SHAPE = 10
"""The shape of tables that this version asks, as `schema.sql` writes it."""

MOST_KEPT = 4
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
    """One open publication. Take a `cursor()` per run; the connection itself is shared.

    `answers` keeps what was asked lately: a publication never changes, so an answer stays right as long as it is open.
    """

    move: Move
    connection: duckdb.DuckDBPyConnection
    answers: dict[object, object] = field(default_factory=dict)
    safe: bool = False
    """Whether it is masked, so that a room may see it."""

    def cursor(self) -> duckdb.DuckDBPyConnection:
        return self.connection.cursor()


def has_our_shape(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a publication holds the tables that this version asks."""
    try:
        return connection.execute("SELECT shape FROM shape").fetchall() == [(SHAPE,)]
    except duckdb.CatalogException:
        return False


class Reader:
    """Gives the publication in force. One per process and store; safe to use from many threads."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._lock = Lock()
        self._published: Published | None = None
        self._kept: dict[int, Published] = {}

    def current(self) -> Published | None:
        """The publication in force, or None when there is none yet. Raises StoreError when it cannot be read."""
        number = current_number(self.store)
        if number == 0:
            return None
        published = self._published
        if published is not None and published.move.number == number:
            return published
        with self._lock:
            # A reader that still holds the former publication keeps it open; it closes with its last cursor.
            self._published = _opened(self.store, number)
            return self._published

    def keep(self, published: Published) -> None:
        """Keep a publication open after another is in force; of several kept, the latest few."""
        with self._lock:
            self._kept.pop(published.move.number, None)
            self._kept[published.move.number] = published
            for number in list(self._kept)[:-MOST_KEPT]:
                del self._kept[number]

    def kept(self, number: str) -> Published | None:
        """The publication of this number, if it is kept open. No other: what was taken back stays out of reach."""
        return next((kept for kept in self._kept.copy().values() if str(kept.move.number) == number), None)

    def newer(self, published: Published) -> int | None:
        """The number of the publication in force, if it is not this one and can be told."""
        try:
            number = current_number(self.store)
        except StoreError:
            return None
        return number if number != published.move.number else None


def open_whole(path: Path, size: int) -> duckdb.DuckDBPyConnection:
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


def _damaged(path: Path) -> Problem:
    return Problem("publication_damaged", str(path), weight=Weight.FILE)


def _opened(store: Path, number: int) -> Published:
    move = read_move(store, number)
    try:
        connection = open_whole(publication_path(store, move.publication), move.size)
    except StoreError as error:
        others = (earlier for earlier in history(store) if earlier.publication != move.publication)
        hint = next((f"dashboard revert {earlier.number}" for earlier in others), None)
        raise StoreError(replace(error.problem, hint=hint)) from error
    if not has_our_shape(connection):
        connection.close()
        raise StoreError(Problem("outdated", str(store), weight=Weight.FILE))
    return Published(move, connection)
