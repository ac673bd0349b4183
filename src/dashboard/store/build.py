"""Files become the content of one publication: staged as text, checked, laid over the former, folded into tallies."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from dashboard.loading.library import Library
from dashboard.loading.mapping_origin import as_theirs
from dashboard.loading.staging import Staged, make_staging
from dashboard.loading.tables import stage
from dashboard.model.problem import Problem, Weight
from dashboard.store.books import settle_books
from dashboard.store.changed import ANSWERED, LISTED, LISTS, TABLES, Changed, lists_now, of_forms
from dashboard.store.handed_in import Beside, read_beside, tables_in
from dashboard.store.library import names_before, stored_library, write_library
from dashboard.store.noticed import former_ids, moved_on
from dashboard.store.older_books import older_books
from dashboard.store.sql import checks, run
from dashboard.store.told import gone, keep_problems, renamed, told
from dashboard.store.tours import unsound_steps

Progress = Callable[[float, str], None]
Look = Callable[[duckdb.DuckDBPyConnection, list[Staged]], None]
"""Looks at what was handed in and found, while it still stands beside what it became."""
# Small blocks: with dozens of small tables in it, a publication of the sample is a tenth of the size.
WRITING: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1500MB",
    "autoload_known_extensions": False,
    "default_block_size": 16384,
}
FEW_BYTES = 4_000_000
"""Of files up to this size together the rows are staged in memory."""


@dataclass(frozen=True)
class Built:
    """What one load came to. `files` are name, SHA-256 and rows; with a problem of weight FILE nothing counts.

    `written` are the tables that were written to, None for any of them.
    """

    problems: tuple[Problem, ...]
    files: tuple[tuple[str, str, int], ...]
    written: frozenset[str] | None = None

    @property
    def refused(self) -> bool:
        return any(problem.weight is Weight.FILE for problem in self.problems)


def silent(share: float, step: str) -> None:
    """A progress that nobody watches."""


def build(
    target: Path,
    scratch: Path,
    paths: Iterable[Path],
    step: int,
    today: date,
    progress: Progress = silent,
    look: Look | None = None,
) -> Built:
    """Lay the files of `paths` over the publication at `target` (made when missing), in one transaction.

    `paths` are table files, or folders: their tables, and the frameworks in a folder `frameworks` in or under them.
    `scratch` is a file to stage in, removed by the caller. `step` is the number that the publication will have.
    `progress` is told a share from 0 to 1 and the step's name; `look` is asked before anything of this load counts.
    Raises duckdb.Error or OSError only when the machine fails: disk full, no permission.
    """
    new = not target.exists()
    connection = duckdb.connect(str(target), config=WRITING)
    try:
        connection.execute("SET temp_directory = $folder", {"folder": str(scratch.with_suffix(".spill"))})
        # What is staged is thrown away: it need not be put in order when the connection closes.
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        main = connection.execute("SELECT current_catalog()").fetchall()[0][0]
        stored = _stored(connection, new)
        connection.execute(*_scratch(scratch, paths))
        connection.execute("USE scratch")
        make_staging(connection)
        with ThreadPoolExecutor() as pool:
            beside = read_beside(pool, list(paths), stored)
            staged, problems = _stage_all(connection, list(paths), beside, progress)
        connection.execute(f"SET search_path = '{main}.main,scratch.main'")
        if new:
            run(connection, "schema")
        # What is staged lies in another file, and one transaction writes to one file only.
        names = _names(connection, beside)
        problems += former_ids(connection, staged, names)
        books = [table for table in staged if table.book is not None]
        problems += older_books(connection, books, beside.joined(), names) if books else []
        problems += settle_books(connection, books)
        connection.execute("BEGIN")
        built = _fill(connection, list(paths), staged, problems, beside, step, today, progress)
        if look is not None and not built.refused:
            look(connection, staged)
        connection.execute("ROLLBACK" if built.refused else "COMMIT")
        if not built.refused:
            progress(0.9, "save")
            connection.execute("CHECKPOINT")
        return built
    finally:
        connection.close()


def _stored(connection: duckdb.DuckDBPyConnection, new: bool) -> Callable[[], Library]:
    """The library that was published, read when it is first asked for: most loads need none of it."""

    @cache
    def stored() -> Library:
        # On a cursor of its own, which stands in the publication wherever the connection stands.
        with connection.cursor() as cursor:
            return Library() if new else stored_library(cursor)

    return stored


def _scratch(scratch: Path, paths: Iterable[Path]) -> tuple[str, dict[str, str]]:
    """Where rows are staged: in memory when they are few, since making a file takes longer than reading them."""
    if sum(file.stat().st_size for file, _ in tables_in(list(paths)) if file.exists()) < FEW_BYTES:
        return "ATTACH ':memory:' AS scratch", {}
    return "ATTACH $scratch AS scratch (BLOCK_SIZE 262144)", {"scratch": str(scratch)}


def _names(connection: duckdb.DuckDBPyConnection, beside: Beside) -> dict[str, str]:
    """Every former name with the present one it leads to."""
    if beside.roots:
        return names_before(connection, beside.joined())
    return dict(connection.execute("SELECT former, code FROM former_name").fetchall())


def _stage_all(
    connection: duckdb.DuckDBPyConnection, paths: list[Path], beside: Beside, progress: Progress
) -> tuple[list[Staged], list[Problem]]:
    staged: list[Staged] = []
    problems: list[Problem] = []
    named = tables_in(paths)
    for position, (file, name) in enumerate(named):
        progress(0.3 * position / len(named), "read")
        found, noted = stage(connection, file, name, beside.joined)
        staged += found
        problems += noted
    return staged, problems


def _fill(
    connection: duckdb.DuckDBPyConnection,
    paths: list[Path],
    staged: list[Staged],
    problems: list[Problem],
    beside: Beside,
    step: int,
    today: date,
    progress: Progress,
) -> Built:
    run(connection, "load/former")
    run(connection, "load/version_of")
    changed = Changed(everything=connection.execute("FROM library").fetchone() is None)
    problems = [*problems, *_fill_library(connection, beside, changed)]
    if not staged and not beside.roots and not problems:
        problems.append(Problem("nothing_found", ", ".join(str(path) for path in paths), weight=Weight.FILE))
    if any(problem.weight is Weight.FILE for problem in problems):
        return Built(tuple(as_theirs(problems, [file for file, _ in tables_in(paths)])), ())
    for table in ("found", "noticed"):
        connection.execute(
            f"CREATE TEMP TABLE {table} "
            "(kind VARCHAR, form VARCHAR, row_id BIGINT, col VARCHAR, value VARCHAR, expected VARCHAR)"
        )
    run(connection, "load/sound")
    run(connection, "load/blank")
    progress(0.35, "check")
    filled = of_forms(staged, connection.execute("SELECT count(*) > 0 FROM was_closed").fetchall()[0][0])
    for check in checks("masters"):
        run(connection, check, filled, today=today)
    problems += renamed(connection, staged)
    problems += _fill_lists(connection, changed, any(table.kind in LISTED for table in staged), step, today)
    run(connection, "load/asked_version")
    progress(0.4, "check")
    for check in checks("facts"):
        run(connection, check, filled, today=today)
    reviewed = any(table.kind == "reviews" for table in staged)
    if reviewed:
        # What is reviewed is known once every answer that stays out is.
        run(connection, "load/under_review")
        for check in checks("reviews"):
            run(connection, check)
    problems += told(connection, staged)
    problems += moved_on(connection, staged)
    progress(0.6, "lay")
    run(connection, "load/facts", filled)
    changed.names.update(name for table in staged for name in TABLES.get(table.kind, ()))
    run(connection, "load/answers", whole=changed.everything)
    for (round_no,) in connection.execute("SELECT DISTINCT round_no FROM renewed ORDER BY round_no").fetchall():
        run(connection, "load/lay", round_no=round_no)
        changed.names.update(ANSWERED)
    if reviewed:
        run(connection, "load/reviews")
    run(connection, "load/brought", step=step)
    run(connection, "load/touched", whole=changed.everything)
    progress(0.8, "fold")
    for made in ("scoring", "score", "search", "crosswalk"):
        run(connection, made, changed.reaches)
    if changed.everything:
        run(connection, "chosen")
        # Answers and actions come every day: what they leave of a tour is told on the page of tours alone.
        problems += unsound_steps(connection, beside.joined())
    problems = as_theirs(problems, [file for file, _ in tables_in(paths)])
    keep_problems(connection, problems)
    return Built(tuple(problems), _files(connection, staged, beside), changed.written())


def _files(
    connection: duckdb.DuckDBPyConnection, staged: list[Staged], beside: Beside
) -> tuple[tuple[str, str, int], ...]:
    """Name, SHA-256 and rows of everything that was read: a table is one, and a workbook of an operation is one."""
    rows: dict[tuple[str, str], int] = {}
    for table in staged:
        name, sha, n = _file(connection, table, beside)
        name = name if table.book is None else name.rpartition("[")[0]
        rows[name, sha] = rows.get((name, sha), 0) + n
    return tuple((name, sha, n) for (name, sha), n in rows.items())


def _file(connection: duckdb.DuckDBPyConnection, table: Staged, beside: Beside) -> tuple[str, str, int]:
    """Name, SHA-256 and rows of one table; rows that hold nothing or stayed out are not counted."""
    ((out,),) = connection.execute(
        "SELECT count(DISTINCT row_id) FROM found WHERE form = $kind AND row_id >= $first AND row_id < $last",
        {"kind": table.kind, "first": table.first, "last": table.first + table.rows},
    ).fetchall()
    return table.file, beside.checksums[table.path].result(), table.rows - out


def _fill_lists(
    connection: duckdb.DuckDBPyConnection, changed: Changed, listed: bool, step: int, today: date
) -> list[Problem]:
    """Lay the lists over those before. Where they or the frameworks say something else, who is asked what follows."""
    before = lists_now(connection)
    if changed.everything or listed:
        run(connection, "load/masters")
    after = lists_now(connection)
    changed.names.update(table for table in LISTS if before[table] != after[table])
    changed.everything |= not changed.names.isdisjoint(("country", "operation", "round"))
    if not changed.everything:
        return []
    run(connection, "readings")
    run(connection, "load/asked")
    run(connection, "load/versions", step=step, today=today)
    run(connection, "load/old_words")
    return gone(connection)


def _fill_library(connection: duckdb.DuckDBPyConnection, beside: Beside, changed: Changed) -> list[Problem]:
    roots = beside.roots
    if not roots:
        return []
    library, problems = beside.library.result()
    if not problems and library == Library():
        problems.append(Problem("nothing_found", ", ".join(str(root) for root in roots), weight=Weight.FILE))
    joined = beside.joined()
    if joined != beside.before() and not any(problem.weight is Weight.FILE for problem in problems):
        write_library(connection, joined)
        run(connection, "load/renamed_actions")
        changed.everything = True
    return problems
