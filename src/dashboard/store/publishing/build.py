"""Files become the content of one publication: staged as text, checked, merged with the former, summed into tallies."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from dashboard.loading.apart.limits import too_many_rows, within_limits
from dashboard.loading.files.staging import Staged, make_staging
from dashboard.loading.files.tables import stage
from dashboard.loading.files.unwritable import take_out
from dashboard.loading.library.asked_once import same_as
from dashboard.loading.library.library import Library
from dashboard.model.limits import Progress
from dashboard.model.problem import Problem
from dashboard.store.engine import HERE, Engine
from dashboard.store.publishing.apply_load import BuildResult, apply_load
from dashboard.store.publishing.inputs import InputFiles, read_inputs, tables_in, unfit_in
from dashboard.store.publishing.library import stored_library
from dashboard.store.publishing.library_numbers import names_before
from dashboard.store.publishing.load import Inspect, silent
from dashboard.store.publishing.notices import former_ids, write_numbers_alike
from dashboard.store.sql import run
from dashboard.store.workbooks.merge import settle_books
from dashboard.store.workbooks.missing import missing_rows
from dashboard.store.workbooks.older import older_books

# Small blocks: since there are dozens of small tables, they make a publication of the sample ten times smaller.
WRITING: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1500MB",
    "autoload_known_extensions": False,
    "default_block_size": 16384,
}
FEW_BYTES = 4_000_000
"""If the files together are at most this large, their rows are staged in memory."""


def build(
    target: Path,
    scratch: Path,
    paths: Iterable[Path],
    step: int,
    today: date,
    progress: Progress = silent,
    inspect: Inspect | None = None,
    engine: Engine = HERE,
) -> BuildResult:
    """Load the files of `paths` into the publication at `target` (made if missing), in one transaction.

    `paths` are table files, or folders: their tables, and the frameworks in a folder `frameworks` in or under them.
    `scratch` is a file to stage in, removed by the caller. `step` is the number that the publication will have.
    `progress` is called with a share from 0 to 1 and the step's name; `inspect` before anything in this load takes
    effect. The answers are folded in `engine`. Raises duckdb.Error or OSError only if the machine fails: disk full, no
    permission; StoreError if the engine does.
    """
    new = not target.exists()
    connection = duckdb.connect(str(target), config={**WRITING, **within_limits()})
    try:
        connection.execute("SET temp_directory = $folder", {"folder": str(scratch.with_suffix(".spill"))})
        # Staged data is discarded, so it need not be tidied up when the connection closes.
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        main = connection.execute("SELECT current_catalog()").fetchall()[0][0]
        stored = _stored(connection, new)
        connection.execute(*_scratch(scratch, paths))
        connection.execute("USE scratch")
        make_staging(connection)
        with ThreadPoolExecutor() as pool:
            beside = read_inputs(pool, list(paths), stored)
            staged, problems = _stage_all(connection, list(paths), beside, progress)
        connection.execute(f"SET search_path = '{main}.main,scratch.main'")
        if new:
            run(connection, "schema")
        # Staged data is in another file, and a transaction can write to only one file.
        run(connection, "load/lists/untitled")
        names = _names(connection, beside)
        problems += former_ids(connection, staged, names, _repeats(connection, beside))
        write_numbers_alike(connection, beside)
        books = [table for table in staged if table.book is not None]
        problems += _notes_on(connection, books, beside, names) if books else []
        problems += settle_books(connection, books)
        connection.execute("BEGIN")
        built = apply_load(connection, list(paths), staged, problems, beside, step, today, progress, engine)
        if inspect is not None and not built.refused:
            inspect(connection, staged)
        connection.execute("ROLLBACK" if built.refused else "COMMIT")
        if not built.refused:
            progress(0.9, "save")
            connection.execute("CHECKPOINT")
        return built
    finally:
        connection.close()


def _notes_on(
    connection: duckdb.DuckDBPyConnection, books: list[Staged], beside: InputFiles, names: dict[str, str]
) -> list[Problem]:
    """Notes on workbooks: that they are of an older version, or else that rows are missing."""
    older = older_books(connection, books, beside.joined(), names)
    of_before = {problem.file for problem in older if problem.kind == "older_version"}
    return [*older, *missing_rows(connection, books, names, of_before)]


def _stored(connection: duckdb.DuckDBPyConnection, new: bool) -> Callable[[], Library]:
    """The published library, read when first asked for: most loads do not need it."""

    @cache
    def stored() -> Library:
        # On a separate cursor, which uses the publication whatever the connection uses.
        with connection.cursor() as cursor:
            return Library() if new else stored_library(cursor)

    return stored


def _scratch(scratch: Path, paths: Iterable[Path]) -> tuple[str, dict[str, str]]:
    """Where rows are staged: in memory if they are few, since making a file would take longer than reading them."""
    if sum(file.stat().st_size for file, _ in tables_in(list(paths))) < FEW_BYTES:
        return "ATTACH ':memory:' AS scratch", {}
    return "ATTACH $scratch AS scratch (BLOCK_SIZE 262144)", {"scratch": str(scratch)}


def _names(connection: duckdb.DuckDBPyConnection, beside: InputFiles) -> dict[str, str]:
    """Every former name with the current one it leads to."""
    if beside.roots:
        return names_before(connection, beside.joined())
    return dict(connection.execute("SELECT former, code FROM former_name").fetchall())


def _repeats(connection: duckdb.DuckDBPyConnection, beside: InputFiles) -> dict[str, str]:
    """Every criterion that repeats another, with the one it repeats."""
    if beside.roots:
        return same_as(beside.joined().frameworks)
    return dict(connection.execute("SELECT criterion, same_as FROM repeated").fetchall())


def _stage_all(
    connection: duckdb.DuckDBPyConnection, paths: list[Path], beside: InputFiles, progress: Progress
) -> tuple[list[Staged], list[Problem]]:
    staged: list[Staged] = []
    problems = unfit_in(paths)
    named = tables_in(paths)
    for position, (file, name) in enumerate(named):
        progress(0.3 * position / len(named), "read")
        tables, noted = stage(connection, file, name, beside.joined)
        staged += tables
        problems += noted
        many = too_many_rows(sum(table.rows for table in staged), name)
        if many is not None:
            return [], [many]
    return staged, [*problems, *take_out(connection, staged)]
