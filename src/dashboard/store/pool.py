"""Closes a file of the store when nobody has used it for a while; the next question opens it again."""

import os
from collections.abc import Callable
from functools import partial
from threading import Event, Lock, RLock, Thread
from time import monotonic
from types import TracebackType
from typing import Any, Protocol
from weakref import WeakSet

import duckdb

IDLE_SECONDS = "DASHBOARD_IDLE_SECONDS"
"""The environment variable that sets how long a file must be unused before it is closed."""
USUAL_SECONDS = 20.0
EVERY = 0.5
"""Seconds between checks for unused files."""


def idle_seconds() -> float:
    """Seconds for which a file must be unused before it is closed: 20 by default, or if the value is not a number."""
    try:
        return float(os.environ.get(IDLE_SECONDS, USUAL_SECONDS))
    except ValueError:
        return USUAL_SECONDS


Why = Callable[[duckdb.Error], None]
"""Raises what explains an error of DuckDB, if anything but the question does: that its file is damaged."""


def _unexplained(_: duckdb.Error) -> None:
    """Let an error pass as it is."""


class Cursor:
    """A DuckDB cursor that reports when it is finished with: at the end of a `with`, or when nothing refers to it.

    An error within the `with` is passed to `why`.
    """

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        done: Callable[[], None],
        close: Callable[[], None] | None = None,
        why: Why = _unexplained,
    ) -> None:
        self._cursor = cursor
        self._done: Callable[[], None] | None = done
        self._close = close or cursor.close
        self.why = why

    def __enter__(self) -> duckdb.DuckDBPyConnection:
        return self._cursor

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        self.__del__()
        if isinstance(error, duckdb.Error):
            self.why(error)

    def __del__(self) -> None:
        done, self._done = self._done, None
        if done is not None:
            done()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


class Lends(Protocol):
    """Something that lends cursors, and releases what has not been used for a while."""

    stays: bool

    @property
    def connection(self) -> duckdb.DuckDBPyConnection: ...

    def cursor(self) -> Cursor: ...

    def close_when_idle(self, seconds: float) -> None: ...


class Pool:
    """One open file, lent to many readers at once: each takes a cursor for one question and gives it back.

    `opened` opens the file. It is called at once, so that a damaged file fails now, and again after the file was closed
    as idle; its exceptions are passed on. While `stays` is set, the file is not closed as idle. `why` explains errors
    of reading it.
    """

    def __init__(self, opened: Callable[[], duckdb.DuckDBPyConnection], why: Why = _unexplained) -> None:
        self.stays = False
        self._opened = opened
        self._why = why
        # Reentrant: the garbage collector may release an abandoned cursor while this thread holds the lock.
        self._lock = RLock()
        self._lent = 0
        self._asked = monotonic()
        self._connection: duckdb.DuckDBPyConnection | None = opened()
        _watch(self)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection itself, for a process that reads once. Code that serves readers borrows cursors instead."""
        with self._lock:
            return self._open()

    def cursor(self) -> "Cursor":
        """A cursor for one question. The file stays open until the cursor is closed."""
        with self._lock:
            lent = Cursor(self._open().cursor(), self._given_back, why=self._why)
            self._lent += 1
            return lent

    def _given_back(self) -> None:
        with self._lock:
            self._lent -= 1
            self._asked = monotonic()

    def close_when_idle(self, seconds: float) -> None:
        """Close the file if no cursor is lent, and none has been for this long."""
        with self._lock:
            if self._connection is None or self.stays or self._lent or monotonic() - self._asked < seconds:
                return
            self._connection.close()
            self._connection = None

    def _open(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            self._connection = self._opened()
            self._asked = monotonic()
        return self._connection


class PreparedPool:
    """Cursors of another pool, prepared with something temporary before they are lent for the first time.

    Returned cursors are lent again, until nobody has asked for a while.
    """

    def __init__(self, under: Lends, prepare: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
        self.stays = False
        self._under, self._prepare = under, prepare
        self._lock = RLock()
        self._idle: list[Cursor] = []
        self._asked = monotonic()
        _watch(self)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The underlying connection, which is not prepared."""
        return self._under.connection

    def cursor(self) -> Cursor:
        """A prepared cursor for one question. Only a closed one is lent again: others may still be in use."""
        with self._lock:
            lent = self._idle.pop() if self._idle else None
        if lent is None:
            lent = self._under.cursor()
            try:
                self._prepare(lent.__enter__())
            except duckdb.Error as error:
                lent.why(error)
                raise
        return Cursor(lent.__enter__(), self._given_back, partial(self._keep, lent), lent.why)

    def _keep(self, lent: Cursor) -> None:
        with self._lock:
            self._idle.append(lent)

    def _given_back(self) -> None:
        self._asked = monotonic()

    def close_when_idle(self, seconds: float) -> None:
        """Close the cursors that are not lent, if none has been for this long."""
        with self._lock:
            if monotonic() - self._asked < seconds:
                return
            idle, self._idle = self._idle, []
        for lent in idle:
            lent.__exit__(None, None, None)


# Closed by a thread, since nobody may click again, and the garbage collector runs too rarely to rely on.
_pools: WeakSet[Lends] = WeakSet()
_changing = Lock()
_closers: list[Thread] = []


def _watch(pool: Lends) -> None:
    with _changing:
        _pools.add(pool)
        # After a fork, the child does not have its parent's thread.
        if not any(closer.is_alive() for closer in _closers):
            _closers[:] = [Thread(target=_close_idle, name="close-idle", daemon=True)]
            _closers[0].start()


def _close_idle() -> None:
    """Close idle files until there are no pools left."""
    pause = Event()
    while pools := _watched():
        for pool in pools:
            pool.close_when_idle(idle_seconds())
        # The thread keeps no reference while it waits, so that a pool nobody else refers to can go.
        del pools, pool
        pause.wait(EVERY)


def _watched() -> list[Lends]:
    with _changing:
        pools = list(_pools)
        if not pools:
            _closers.clear()
        return pools
