"""What is published at once: the files, who publishes them, and how."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.model.answers.answer import Key
from dashboard.model.answers.preview import Changes
from dashboard.model.limits import Progress
from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem
from dashboard.store.engine import HERE, Engine
from dashboard.store.permission import Writer

Guard = Callable[[duckdb.DuckDBPyConnection], Iterable[Problem]]
"""Reads what is published, under the lock and before any file is read, and may write the files. A Problem of weight
FILE stops the load."""
Inspect = Callable[[duckdb.DuckDBPyConnection, list[Staged]], None]
"""Reads the staged rows and the problems found, before the transaction of the load ends."""
Agree = Callable[[Changes], bool]
"""Whether changes of what is published are agreed to. Called under the lock, so it must not wait for anybody."""


def silent(share: float, step: str) -> None:
    """A progress callback that does nothing."""


@dataclass(frozen=True)
class Load:
    """Files to be loaded into a copy of what is published in a store.

    `paths` are table files, or folders: their tables, and the frameworks in a folder `frameworks` in or under them.
    `today` is the day by which dates are judged. With `all_or_nothing`, nothing is published if a row stays out. `kind`
    and `about` are for the history. With `agree`, nothing is published that asks and is not agreed to.
    `guard` is called once anything is published; `inspect` before this load is. `deed` is what the writer needs a role
    for. `keys` are the answers that all rows concern; only loads that say so are ever published together with others,
    and `paths` is then one folder. `engine` is where the answers are folded.
    """

    store: Path
    paths: Iterable[Path]
    writer: Writer
    today: date
    progress: Progress = silent
    guard: Guard | None = None
    all_or_nothing: bool = False
    kind: str = "publish"
    about: str = ""
    inspect: Inspect | None = None
    agree: Agree | None = None
    deed: Deed = Deed.LOAD
    keys: frozenset[Key] | None = None
    engine: Engine = HERE
