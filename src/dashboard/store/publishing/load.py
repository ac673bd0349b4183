"""Describes a load: its files, who publishes them and how, and notes on what is read differently from what it says."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from dashboard.loading.file_contents import unfit
from dashboard.loading.frameworks import read_library
from dashboard.loading.library import Library
from dashboard.loading.references import former_names
from dashboard.loading.staging import Staged
from dashboard.loading.table_files import checksum, checksum_of, table_files
from dashboard.model.answer import ApprovalLevel, Key, LevelFigure
from dashboard.model.framework import scales_of
from dashboard.model.permissions import Deed
from dashboard.model.problem import Problem, Progress, Weight
from dashboard.model.publish_preview import Changes, ClosedChange
from dashboard.store.locking import Writer
from dashboard.store.publishing.engine import HERE, Engine
from dashboard.store.publishing.staged_workbooks import empty_rows
from dashboard.store.reader import Published
from dashboard.store.record_columns import LISTED, recode
from dashboard.store.sql import run, sql

Guard = Callable[[duckdb.DuckDBPyConnection], Iterable[Problem]]
"""Reads what is published, under the lock and before any file is read, and may write the files. A Problem of weight
FILE stops the load."""
Inspect = Callable[[duckdb.DuckDBPyConnection, list[Staged]], None]
"""Reads the staged rows and the problems found, before the transaction of the load ends."""
CompareClosed = Callable[[Published, Published], tuple[ClosedChange, ...]]
"""The figures and severe gaps of closed rounds that differ between what is in force and what would be."""
FiguresOf = Callable[[Published, Iterable[ApprovalLevel]], Mapping[ApprovalLevel, tuple[LevelFigure, ...]]]
"""The figures of levels, which are kept with an approval."""
Agree = Callable[[Changes], bool]
"""Whether changes of what is published are agreed to. Called under the lock, so it must not wait for anybody."""


def silent(share: float, step: str) -> None:
    """A progress callback that does nothing."""


@dataclass(frozen=True)
class Load:
    """Files to be loaded into a copy of what is published in a store.

    `paths` are table files, or folders: their tables, and the frameworks in a folder `frameworks` in or under them.
    `today` is the day by which dates are judged. With `all_or_nothing`, nothing is published if a row stays out. `kind`
    and `about` are for the history. With `agree`, nothing is published that asks and is not agreed to; `closed` finds
    what changes in closed rounds, and `figures` what is kept with an approval. `guard` is called once anything is
    published; `inspect` before this load is. `deed` is what the writer needs a role for. `keys` are the answers that
    all rows concern; only loads that say so are ever published together with others, and `paths` is then one folder.
    `engine` is where the answers are folded.
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
    closed: CompareClosed | None = None
    figures: FiguresOf | None = None
    deed: Deed = Deed.LOAD
    keys: frozenset[Key] | None = None
    engine: Engine = HERE


@dataclass(frozen=True)
class InputFiles:
    """What is read in separate threads while the tables are staged, since it needs no database."""

    roots: list[Path]
    before: Callable[[], Library]
    library: Future[tuple[Library, list[Problem]]]
    checksums: dict[Path, Future[str]]

    def joined(self) -> Library:
        """The published library, updated with what was read; former ids in it are replaced by current ones."""
        library, _ = self.library.result()
        return self.before().renamed(former_names(library.frameworks)).joined(library)


def read_inputs(pool: ThreadPoolExecutor, paths: list[Path], before: Callable[[], Library]) -> InputFiles:
    """Start reading the frameworks of `paths` and hashing every file; `before` returns the published library."""
    roots = framework_roots(paths)
    library = pool.submit(read_library, roots, beside=before() if roots else Library())
    checksums = {file: pool.submit(checksum, file) for file, _ in tables_in(paths)}
    return InputFiles(roots, before, library, checksums | {root: pool.submit(checksum_of, root) for root in roots})


def tables_in(paths: list[Path]) -> list[tuple[Path, str]]:
    """Every readable table file among and in `paths`, each with the name that problems call it by."""
    return [(file, name) for file, name, wrong in _with_faults(paths) if wrong is None]


def unfit_in(paths: list[Path]) -> list[Problem]:
    """Why other files among and in `paths` are not read."""
    return [wrong for _, _, wrong in _with_faults(paths) if wrong is not None]


def _with_faults(paths: list[Path]) -> Iterator[tuple[Path, str, Problem | None]]:
    for path in paths:
        if path.is_dir() and _is_framework_root(path):
            continue
        for file in table_files(path):
            name = str(file.relative_to(path.parent)) if path.is_dir() else file.name
            yield file, name, unfit(file, name, path if path.is_dir() else None)


def _is_framework_root(path: Path) -> bool:
    return path.is_dir() and (path.name == "frameworks" or any(path.glob("*/framework.yaml")))


def framework_roots(paths: Iterable[Path]) -> list[Path]:
    """The folders among and in `paths` that hold frameworks."""
    roots = []
    for path in paths:
        roots += [place for place in (path, path / "frameworks") if _is_framework_root(place)]
    return roots


NUMBERS = "SELECT criterion, number, status FROM criterion JOIN scale USING (scale_no) WHERE number IS NOT NULL"
"""The numbers that each published criterion can be answered with, and the code of each."""
FEWEST_ANSWERED = 3
"""Fewer operations than this are not typical of anything."""


def former_ids(
    connection: duckdb.DuckDBPyConnection, staged: list[Staged], names: Mapping[str, str], repeats: Mapping[str, str]
) -> list[Problem]:
    """A note for each former id or code that the tables use; it is read as the current one.

    `names` are those of criteria and areas; what countries and operations were called, the lists say. `repeats` are
    those names that repeat a criterion: of several rows on the same thing one counts, and the others are emptied in the
    staging tables.
    """
    problems = _settle_repeats(connection, staged, repeats) if names and repeats else []
    connection.execute("CREATE TEMP TABLE former_names (kind VARCHAR, former VARCHAR, code VARCHAR)")
    connection.execute(
        "CREATE TEMP TABLE former_id (form VARCHAR, col VARCHAR, former VARCHAR, code VARCHAR, row_id BIGINT)"
    )
    if names:
        connection.executemany("INSERT INTO former_names VALUES ('criterion', ?, ?)", list(names.items()))
    if any(table.kind in LISTED for table in staged) or connection.execute(sql("load/lists/had_codes")).fetchall():
        run(connection, "load/lists/former_codes")
    for (of,) in connection.execute("SELECT DISTINCT kind FROM former_names ORDER BY kind").fetchall():
        for statement in recode(of):
            connection.execute(statement)
    named = connection.execute("SELECT form, col, row_id, former, code FROM former_id ORDER BY form DESC, row_id")
    by_former: dict[str, Problem] = {}
    for form, name, row_id, former, code in named.fetchall():
        table = next(t for t in staged if t.kind == form and t.holds(row_id))
        value = f"{former} → {code}"
        column = table.column(name)
        kind = "asked_once" if former in repeats else "former_id"
        problem = Problem(kind, table.file, table.row(row_id), column, value, weight=Weight.NOTE)
        by_former.setdefault(former, problem)
    return [*by_former.values(), *problems]


def _settle_repeats(
    connection: duckdb.DuckDBPyConnection, staged: list[Staged], repeats: Mapping[str, str]
) -> list[Problem]:
    """Keep, of rows on the same thing, those that count; a note for each criterion with answers that differed."""
    connection.execute("CREATE TEMP TABLE repeats (criterion VARCHAR, same_as VARCHAR)")
    connection.executemany("INSERT INTO repeats VALUES (?, ?)", list(repeats.items()))
    run(connection, "load/lists/same_said")
    problems = []
    for criterion, counts, row_id, n in connection.execute(
        "SELECT criterion, counts, min(row_id), count(*) FROM same_said WHERE criterion <> counts "
        "AND status NOT IN ('unanswered', counting) GROUP BY criterion, counts ORDER BY min(row_id)"
    ).fetchall():
        table = next(t for t in staged if t.kind == "answers" and t.holds(row_id))
        problems.append(_other_answers(table.file, criterion, counts, n, table.row(row_id), table.column("criterion")))
    for kind, said in (("answers", "same_said"), ("reviews", "same_reviewed")):
        rows = connection.execute(f"SELECT row_id FROM {said} WHERE criterion <> counts").fetchall()  # noqa: S608
        empty_rows(connection, kind, [row_id for (row_id,) in rows])
    return problems


def other_answers(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """A note for each criterion whose stored answers give way to others on the same thing."""
    run(connection, "load/lists/same_stored")
    found = connection.execute(
        "SELECT w.criterion, c.criterion, count(*) FROM settled AS s JOIN former AS w USING (criterion_no) "
        "JOIN former AS c ON c.criterion_no = counts WHERE s.criterion_no <> counts AND s.status_no <> counting "
        "GROUP BY w.criterion, c.criterion ORDER BY ALL"
    )
    return [_other_answers("frameworks", criterion, counts, n) for criterion, counts, n in found.fetchall()]


def _other_answers(
    file: str, criterion: str, counts: str, n: int, row: int | None = None, column: str | None = "same_as"
) -> Problem:
    return Problem("same_differs", file, row, column, f"{criterion} → {counts}", str(n), weight=Weight.NOTE)


def moved_on(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> list[Problem]:
    """Imported answers that would leave the version they were given to for one that asks something else."""
    problems = []
    for row_id, round_, was, becomes in connection.execute(sql("load/lists/moved_on")).fetchall():
        table = next(t for t in staged if t.kind == "answers" and t.holds(row_id))
        value = f"{round_}: {was} → {becomes}"
        problems.append(
            Problem("moved_on", table.file, table.row(row_id), "framework_version", value, was, weight=Weight.NOTE)
        )
    return problems


def write_numbers_alike(connection: duckdb.DuckDBPyConnection, beside: InputFiles) -> None:
    """Write staged answers that are numbers as their scale does: 62.5 for 62.50, 62,5 and 62.5 %."""
    codes = _number_codes(beside) if beside.roots else connection.execute(NUMBERS).fetchall()
    if not codes:
        return
    connection.execute("CREATE TEMP TABLE number_codes (criterion VARCHAR, number DOUBLE, status VARCHAR)")
    connection.executemany("INSERT INTO number_codes VALUES (?, ?, ?)", codes)
    run(connection, "load/answers/numbers")


def _number_codes(beside: InputFiles) -> list[tuple[str, float, str]]:
    """The numbers that each criterion can be answered with, and the code of each."""
    return [
        (criterion.criterion, choice.number, choice.status)
        for framework in beside.joined().frameworks
        if framework.numbers
        for scales in [scales_of(framework)]
        for area in framework.areas
        for criterion in area.criteria
        for choice in scales.get(criterion.scale or "", ())
        if choice.number is not None
    ]


def hard_to_answer(connection: duckdb.DuckDBPyConnection, today: date) -> Iterator[Problem]:
    """A note for each standard that operations hardly answer, and for each figure that unanswered criteria hide."""
    hardly = connection.execute(
        sql("load/answers/hardly_answered"), {"today": today, "fewest": FEWEST_ANSWERED}
    ).fetchall()
    for framework, n, said, asked in hardly:
        yield Problem("hardly_answered", framework, value=f"{said}/{asked}", expected=str(n), weight=Weight.NOTE)
    hidden = connection.execute(
        sql("load/answers/hidden_figures"), {"today": today, "fewest": FEWEST_ANSWERED}
    ).fetchall()
    for framework, area, n_never, n in hidden:
        yield Problem("figure_hidden", framework, column=area, value=f"{n_never}/{n}", weight=Weight.NOTE)
