"""The publication in force, opened for reading only and locked down; a new one is noticed by its pointer."""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import duckdb

from dashboard.model.problem import Problem, Weight
from dashboard.store.history import Move, StoreError, current_number, publication_path, read_move

LOCKED_DOWN = {
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "memory_limit": "1GB",
    "lock_configuration": True,
}


@dataclass(frozen=True)
class Published:
    """One open publication. Take a `cursor()` per run; the connection itself is shared."""

    move: Move
    connection: duckdb.DuckDBPyConnection

    def cursor(self) -> duckdb.DuckDBPyConnection:
        return self.connection.cursor()


class Reader:
    """Gives the publication in force. One per process and store; safe to use from many threads."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._lock = Lock()
        self._published: Published | None = None

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


def _opened(store: Path, number: int) -> Published:
    move = read_move(store, number)
    path = publication_path(store, move.publication)
    try:
        return Published(move, duckdb.connect(str(path), read_only=True, config=LOCKED_DOWN))
    except duckdb.Error as error:
        problem = Problem("publication_damaged", str(path), hint=f"dashboard revert {number - 1}", weight=Weight.FILE)
        raise StoreError(problem) from error
