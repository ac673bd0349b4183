"""What may be published together with what, and what of the result belongs to which load?

Of loads that are joined, each has a step of its own in the history, and its rows carry the number of that step. See
docs/decisions/0048-saved-together.md.
"""

import os
from collections.abc import Sequence
from dataclasses import replace

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.store.publishing.apply_load import BuildResult
from dashboard.store.publishing.load import Inspect, Load
from dashboard.store.sql import run

FOLDER = "typed-"
"""How the name of the folder of a load with `keys` begins; the rest of it is random."""


def may_join(load: Load, others: Sequence[Load]) -> bool:
    """Whether a load may be published together with others: all say which answers they concern, and no two the same."""
    if load.keys is None or not others:
        return not others
    return all(
        other.keys is not None and other.today == load.today and load.keys.isdisjoint(other.keys) for other in others
    )


def steps_apart(loads: Sequence[Load], number: int) -> Inspect:
    """What gives the rows of each load the number of its own step; `number` is that of the first load, and of all."""
    keys = [
        dict(zip(("round", "operation", "criterion", "step"), (*key, number + place), strict=True))
        for place, load in enumerate(loads)
        for key in sorted(load.keys or ())
    ]

    def inspect(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> None:
        run(connection, "load/answers/apart", together=number, keys=keys)

    return inspect


def of_load(load: Load, built: BuildResult) -> BuildResult:
    """What concerns one load: its problems and files, without the name of its folder, and what concerns all."""
    if load.keys is None:
        return built
    (folder,) = load.paths
    own = f"{folder.name}{os.sep}"
    problems = tuple(
        replace(problem, file=problem.file.removeprefix(own))
        for problem in built.problems
        if problem.file.startswith(own) or not problem.file.startswith(FOLDER)
    )
    files = tuple((name.removeprefix(own), sha, n) for name, sha, n in built.files if name.startswith(own))
    return replace(built, problems=problems, files=files)
