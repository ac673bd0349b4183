"""What is published at once: the files, who publishes them, and how."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.model.limits import Progress
from dashboard.model.problem import Problem
from dashboard.store.permission import Writer

Guard = Callable[[duckdb.DuckDBPyConnection], Iterable[Problem]]
"""Looks at what is published, under the lock and before any file is read, and may write the files. A Problem of weight
FILE stops the load."""
Look = Callable[[duckdb.DuckDBPyConnection, list[Staged]], None]
"""Looks at what was handed in and found, while it still stands beside what it became."""


def silent(share: float, step: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Load:
    """Files to be laid over what is published in a store.

    `paths` are table files, or folders: their tables, and the frameworks in a folder `frameworks` in or under them.
    `today` is the day by which dates are judged. With `whole`, a row that stays out stops all. `kind` and `about` are
    what the history calls it. `guard` is asked once something is published; `look` is asked before anything counts.
    """

    store: Path
    paths: Iterable[Path]
    writer: Writer
    today: date
    progress: Progress = silent
    guard: Guard | None = None
    whole: bool = False
    kind: str = "publish"
    about: str = ""
    look: Look | None = None
