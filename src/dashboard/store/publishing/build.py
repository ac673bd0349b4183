"""Builds the content of one publication from files, and counts what it changes of what is published.

Changes are counted before they count, so that somebody is asked first: a heading or a word may have been misread. A
private publication is published as it is or discarded, see docs/decisions/0013-loads-and-previews.md.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from dashboard.loading.criterion_weights import same_as
from dashboard.loading.library import Library
from dashboard.loading.process_limits import too_many_rows, within_limits
from dashboard.loading.staging import Staged, make_staging, take_out
from dashboard.loading.table_files import stage
from dashboard.model.answer import APPROVED
from dashboard.model.problem import Problem, Progress
from dashboard.model.publish_preview import COMPARED, Changes, Count, Few, Withdrawn, too_few
from dashboard.model.records import RECORDS
from dashboard.store.history import Revision, current_number, publication_path, read_revision
from dashboard.store.publishing.apply_load import BuildResult, apply_load
from dashboard.store.publishing.engine import HERE, Engine
from dashboard.store.publishing.library_tables import names_before, stored_library
from dashboard.store.publishing.load import (
    CompareClosed,
    FiguresOf,
    InputFiles,
    Inspect,
    Load,
    former_ids,
    read_inputs,
    silent,
    tables_in,
    unfit_in,
    write_numbers_alike,
)
from dashboard.store.publishing.staged_workbooks import missing_rows, older_books
from dashboard.store.publishing.workbook_merge import settle_books
from dashboard.store.reader import Published, pool_of
from dashboard.store.sql import replaced_rows, run, sql
from dashboard.store.verify import left_behind

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


PLANNED = tuple(form for form in COMPARED if form != "answers")
"""The forms, besides answers, whose rows are compared with what is published."""


def counting(load: Load, step: int, counted: list[Changes]) -> Inspect | None:
    """What inspects a load: as it says itself, and `counted` gets its changes if somebody must agree to them.

    `step` is the number that the load will have in the history.
    """
    if load.agree is None:
        return load.inspect

    def inspect(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> None:
        if load.inspect is not None:
            load.inspect(connection, staged)
        behind = left_behind(load.store)
        counted.append(
            replace(
                replaced(connection, staged, step), behind=behind.problem(load.store) if behind is not None else None
            )
        )

    return inspect


def with_closed(store: Path, target: Path, built: BuildResult, closed: CompareClosed | None) -> BuildResult:
    """The result of a load at `target` with what it changes in closed rounds of what is in force, as `closed` finds it.

    That is nothing unless lists or standards have changed.
    """
    over = current_revision(store)
    if closed is None or over is None or built.written is not None or built.refused:
        return built
    now = open_proof(Proof(target, target.stat().st_size, over, built))
    was = Published(over, pool_of(publication_path(store, over.publication), over.size))
    try:
        return replace(built, closed=closed(was, now))
    finally:
        now.pool.connection.close()


def keep_figures(target: Path, built: BuildResult, figures: FiguresOf | None) -> BuildResult:
    """The same result, once the publication at `target` keeps its figures with what the load approves in it."""
    levels = [one.level for one in built.signed if one.state == APPROVED]
    if figures is None or not levels or built.refused:
        return built
    now = open_proof(Proof(target, target.stat().st_size, None, built))
    try:
        found = figures(now, levels)
    finally:
        now.pool.connection.close()
    with duckdb.connect(str(target), config=WRITING) as connection:
        for level in levels:
            kept = [figure._asdict() for figure in found[level]]
            connection.execute(sql("load/answers/approved_figures"), {"level": level._asdict(), "figures": kept})
        connection.execute("CHECKPOINT")
    return built


def replaced(connection: duckdb.DuckDBPyConnection, staged: Iterable[Staged], step: int) -> Changes:
    """The changes as far as they concern something published, without the rows. Called within a load.

    As in a preview, but without comparing every value, which would take too long for millions of answers.
    """
    answers = connection.execute(sql("load/replaced/answers")).fetchall()
    counts = [Count(form, round_, operation, "changed", n) for form, round_, operation, n, _ in answers]
    if any(table.kind in PLANNED for table in staged):
        counts += _replaced_rows(connection)
    ((n_raised,),) = connection.execute(sql("load/replaced/raised"), {"step": step}).fetchall()
    return Changes(
        tuple(counts),
        n_raised=n_raised,
        n_unproven=sum(n for *_, n in answers),
        withdrawn=tuple(withdrawn(connection)),
        few=tuple(_few(connection)),
    )


def _replaced_rows(connection: duckdb.DuckDBPyConnection) -> list[Count]:
    # A cursor has a transaction of its own: it sees what is still published.
    with connection.cursor() as cursor:
        for form in PLANNED:
            table = RECORDS[form].table
            connection.register(f"was_{table}", cursor.execute(f"FROM {table}").to_arrow_table())
    rows = connection.execute(replaced_rows()).fetchall()
    return [Count(form, round_, operation, "changed", n) for form, round_, operation, n in rows]


def withdrawn(connection: duckdb.DuckDBPyConnection) -> list[Withdrawn]:
    """The operations that would keep too few of their published answers in a round. Called within a load."""
    # As above.
    with connection.cursor() as cursor:
        before = cursor.execute(sql("load/replaced/answered")).fetchall()
    after = {(round_, operation): n for round_, operation, n in _answered(connection)}
    return [
        Withdrawn(round_, operation, n - n_left, n)
        for round_, operation, n in before
        if too_few(n_left := after.get((round_, operation), 0), n)
    ]


def _answered(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int]]:
    return connection.execute(sql("load/replaced/answered")).fetchall()


def _few(connection: duckdb.DuckDBPyConnection) -> Iterable[Few]:
    rounds = connection.execute(sql("load/replaced/rounds_in")).fetchall()
    return (Few(round_, n_in, n) for round_, n_in, n in rounds if too_few(n_in, n))


@dataclass(frozen=True)
class Summary:
    """Rows accepted, rows left out by kind of problem (the most frequent first), rounds and operations covered."""

    taken: int
    left_out: tuple[tuple[str, int], ...]
    rounds: int
    operations: int


def summed_up(connection: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> Summary:
    """The numbers of a load, while its rows and findings are still there. Each row counts once."""
    counts = dict(connection.execute(sql("load/answers/left_out")).fetchall())
    torn = sum(len(table.torn) for table in staged)
    if torn:
        counts["torn_row"] = torn
    ((n_out, rounds, operations),) = connection.execute(sql("load/answers/reached")).fetchall()
    left_out = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return Summary(sum(table.rows for table in staged) - n_out, left_out, rounds, operations)


@dataclass(frozen=True)
class Proof:
    """A private publication: where it is, how large it is, and the step it is based on; None for the very first."""

    path: Path
    size: int
    over: Revision | None
    built: BuildResult


def current_revision(store: Path) -> Revision | None:
    """The move in force, None if nothing has been published yet. Raises StoreError if it cannot be read."""
    number = current_number(store)
    return read_revision(store, number) if number else None


def open_proof(proof: Proof) -> Published:
    """The private publication in the form that pages use. Its step is the one it is based on."""
    revision = proof.over or Revision(0, "trial", "", proof.size, "", "", "")
    return Published(replace(revision, kind="trial"), pool_of(proof.path, proof.size))
