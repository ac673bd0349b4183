"""Files become the content of one publication: staged as text, checked, laid over the former, folded into tallies."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from dashboard.loading.former_names import former_names
from dashboard.loading.frameworks import read_library
from dashboard.loading.library import Library
from dashboard.loading.staging import Staged, make_staging
from dashboard.loading.tables import checksum, stage, table_files
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.store.library import names_before, stored_library, write_library
from dashboard.store.noticed import former_ids, moved_on
from dashboard.store.sql import checks, run, sql
from dashboard.store.tours import unsound_steps

Progress = Callable[[float, str], None]
# Small blocks: with dozens of small tables in it, a publication of the sample is a tenth of the size.
WRITING: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1500MB",
    "autoload_known_extensions": False,
    "default_block_size": 16384,
}
MOST_ALIKE = 5
"""Of rows with the same problem in the same column with the same value, so many are told; the rest as a number."""
MOST_OF_A_KIND = 1000
"""Of one kind of problem in one load, so many different ones are told; the rest as a number."""


@dataclass(frozen=True)
class Built:
    """What one load came to. `files` are name, SHA-256 and rows; with a problem of weight FILE nothing counts."""

    problems: tuple[Problem, ...]
    files: tuple[tuple[str, str, int], ...]

    @property
    def refused(self) -> bool:
        return any(problem.weight is Weight.FILE for problem in self.problems)


def silent(share: float, step: str) -> None:
    """A progress that nobody watches."""


def build(
    target: Path, scratch: Path, paths: Iterable[Path], step: int, today: date, progress: Progress = silent
) -> Built:
    """Lay the files of `paths` over the publication at `target` (made when missing), in one transaction.

    `paths` are table files, or folders: their tables, and the frameworks in a folder `frameworks` in or under them.
    `scratch` is a file to stage in, removed by the caller. `step` is the number that the publication will have.
    `progress` is told a share from 0 to 1 and the step's name.
    Raises duckdb.Error or OSError only when the machine fails: disk full, no permission.
    """
    new = not target.exists()
    connection = duckdb.connect(str(target), config=WRITING)
    try:
        connection.execute("SET temp_directory = $folder", {"folder": str(scratch.with_suffix(".spill"))})
        # What is staged is thrown away: it need not be put in order when the connection closes.
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        main = connection.execute("SELECT current_catalog()").fetchall()[0][0]
        before = Library() if new else stored_library(connection)
        connection.execute("ATTACH $scratch AS scratch (BLOCK_SIZE 262144)", {"scratch": str(scratch)})
        connection.execute("USE scratch")
        make_staging(connection)
        with ThreadPoolExecutor() as pool:
            beside = _read_beside(pool, list(paths), before)
            staged, problems = _stage_all(connection, list(paths), progress)
        connection.execute(f"SET search_path = '{main}.main,scratch.main'")
        if new:
            run(connection, "schema")
        run(connection, "readings")
        # What is staged lies in another file, and one transaction writes to one file only.
        problems += former_ids(connection, staged, names_before(connection, _joined(beside)))
        connection.execute("BEGIN")
        built = _fill(connection, list(paths), staged, problems, beside, step, today, progress)
        connection.execute("ROLLBACK" if built.refused else "COMMIT")
        if not built.refused:
            progress(0.9, "save")
            connection.execute("CHECKPOINT")
        return built
    finally:
        connection.close()


@dataclass(frozen=True)
class Beside:
    """What is read in threads of its own while the tables are staged, since it needs no database."""

    before: Library
    library: Future[tuple[Library, list[Problem]]]
    checksums: dict[Path, Future[str]]


def _read_beside(pool: ThreadPoolExecutor, paths: list[Path], before: Library) -> Beside:
    library = pool.submit(read_library, framework_roots(paths), beside=before)
    return Beside(before, library, {file: pool.submit(checksum, file) for file, _ in _named(paths)})


def _named(paths: list[Path]) -> list[tuple[Path, str]]:
    """Every table file among and in `paths`, each with the name it is told by."""
    return [
        (file, str(file.relative_to(path.parent)) if path.is_dir() else file.name)
        for path in paths
        if path.is_file() or not _is_framework_root(path)
        for file in table_files(path)
    ]


def _stage_all(
    connection: duckdb.DuckDBPyConnection, paths: list[Path], progress: Progress
) -> tuple[list[Staged], list[Problem]]:
    staged: list[Staged] = []
    problems: list[Problem] = []
    named = _named(paths)
    for position, (file, name) in enumerate(named):
        progress(0.3 * position / len(named), "read")
        found, noted = stage(connection, file, name)
        staged += found
        problems += noted
    return staged, problems


def _is_framework_root(path: Path) -> bool:
    return path.is_dir() and (path.name == "frameworks" or any(path.glob("*/framework.yaml")))


def framework_roots(paths: Iterable[Path]) -> list[Path]:
    """The folders among and in `paths` that hold frameworks."""
    roots = []
    for path in paths:
        roots += [place for place in (path, path / "frameworks") if _is_framework_root(place)]
    return roots


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
    problems = [*problems, *_fill_library(connection, framework_roots(paths), beside)]
    if not staged and not framework_roots(paths) and not problems:
        problems.append(Problem("nothing_found", ", ".join(str(path) for path in paths), weight=Weight.FILE))
    if any(problem.weight is Weight.FILE for problem in problems):
        return Built(tuple(problems), ())
    for table in ("found", "noticed"):
        connection.execute(
            f"CREATE TEMP TABLE {table} "
            "(kind VARCHAR, form VARCHAR, row_id BIGINT, col VARCHAR, value VARCHAR, expected VARCHAR)"
        )
    run(connection, "load/sound")
    run(connection, "load/blank")
    progress(0.35, "check")
    for check in checks("masters"):
        run(connection, check, today=today)
    problems += _renamed(connection, staged)
    run(connection, "load/masters")
    run(connection, "load/asked")
    run(connection, "load/versions", step=step, today=today)
    run(connection, "load/old_words")
    run(connection, "load/asked_version")
    whole = bool(framework_roots(paths)) or any(table.kind in ("operations", "rounds") for table in staged)
    if whole:
        problems += _gone(connection)
    progress(0.4, "check")
    for check in checks("facts"):
        run(connection, check, today=today)
    problems += _told(connection, staged)
    problems += moved_on(connection, staged)
    progress(0.6, "lay")
    run(connection, "load/facts")
    run(connection, "load/answers", whole=whole)
    for (round_no,) in connection.execute("SELECT DISTINCT round_no FROM renewed ORDER BY round_no").fetchall():
        run(connection, "load/lay", round_no=round_no)
    run(connection, "load/touched", whole=whole)
    progress(0.8, "fold")
    run(connection, "scoring")
    run(connection, "score")
    run(connection, "search")
    run(connection, "crosswalk")
    run(connection, "chosen")
    if whole:
        problems += unsound_steps(connection, _joined(beside))
    _keep_problems(connection, problems)
    return Built(tuple(problems), tuple(_file(connection, table, beside) for table in staged))


def _file(connection: duckdb.DuckDBPyConnection, table: Staged, beside: Beside) -> tuple[str, str, int]:
    """Name, SHA-256 and rows of one table; rows that hold nothing or stayed out are not counted."""
    ((out,),) = connection.execute(
        "SELECT count(DISTINCT row_id) FROM found WHERE form = $kind AND row_id >= $first AND row_id < $last",
        {"kind": table.kind, "first": table.first, "last": table.first + table.rows},
    ).fetchall()
    return table.file, beside.checksums[table.path].result(), table.rows - out


def _fill_library(connection: duckdb.DuckDBPyConnection, roots: list[Path], beside: Beside) -> list[Problem]:
    if not roots:
        return []
    library, problems = beside.library.result()
    if not problems and library == Library():
        problems.append(Problem("nothing_found", ", ".join(str(root) for root in roots), weight=Weight.FILE))
    if not any(problem.weight is Weight.FILE for problem in problems):
        write_library(connection, _joined(beside))
        run(connection, "load/renamed_actions")
    return problems


def _joined(beside: Beside) -> Library:
    """What is read laid over what was published, which points at everything by its new name."""
    library, _ = beside.library.result()
    return beside.before.renamed(former_names(library.frameworks)).joined(library)


def _renamed(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> list[Problem]:
    """Titles that change: allowed, but every group that shares the country or operation is shown the new one."""
    problems = []
    for row_id, form, column, was, becomes in connection.execute(sql("load/renamed")).fetchall():
        table = next(t for t in staged if t.kind == form and t.holds(row_id))
        row = table.row(row_id)
        problems.append(Problem("renamed", table.file, row, column, f"{was} → {becomes}", weight=Weight.NOTE))
    return problems


def _gone(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Answers given before to something that is not asked any more: they must not vanish without a word."""
    return [
        Problem("answered_but_gone", "frameworks", column="criterion", value=criterion, weight=Weight.FILE)
        for criterion, _ in connection.execute(sql("load/gone")).fetchall()
    ]


CODES = {
    "unknown_round": "round",
    "unknown_operation": "operation",
    "unknown_criterion": "criterion",
    "unknown_country": "country",
    "unknown_indicator": "indicator",
    "unknown_impact": "impact",
    "unknown_framework": "framework",
}

CHOICES = ("off_scale", "unknown_version")
"""Kinds of problems whose `expected` lists every right word."""


def _told(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> list[Problem]:
    """What the checks found, as Problems in the order of the files."""
    found = connection.execute(sql("load/told"), {"alike": MOST_ALIKE, "most": MOST_OF_A_KIND}).fetchall()
    known = {
        kind: [code for (code,) in connection.execute(f"SELECT {table} FROM {table}").fetchall()]  # noqa: S608
        for kind, table in CODES.items()
        if any(row[0] == kind for row in found)
    }
    problems = []
    for kind, form, row_id, column, value, expected, weight, more in found:
        table = next(t for t in staged if t.kind == form and t.holds(row_id))
        choices = known.get(kind) or ((expected or "").split(", ") if kind in CHOICES else [])
        hint = nearest(value, [choice for choice in choices if choice != value])
        problems.append(Problem(kind, table.file, table.row(row_id), column, value, expected, hint, Weight(weight)))
        if more:
            problems.append(Problem("and_more", table.file, column=column, value=str(more), weight=Weight(weight)))
    files = ", ".join(table.file for table in staged)
    for weight, n_found in connection.execute("SELECT weight, count(*) FROM told GROUP BY ALL ORDER BY ALL").fetchall():
        n_told = sum(more + 1 for *_, of, more in found if of == weight)
        if n_found > n_told:
            problems.append(Problem("and_others", files, value=str(n_found - n_told), weight=Weight(weight)))
    return problems


def _keep_problems(connection: duckdb.DuckDBPyConnection, problems: list[Problem]) -> None:
    """The problems of this load go into the publication, so that the Data page can show them."""
    connection.execute("DELETE FROM problem")
    rows = [
        (position, p.kind, p.file, p.row, p.column, p.value, p.expected, p.hint, p.weight.value)
        for position, p in enumerate(problems)
    ]
    if rows:
        connection.executemany("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
