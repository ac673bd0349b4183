"""What in a load is read differently from what is written, or seems not to be meant? It is accepted, with a note."""

from collections.abc import Iterator, Mapping
from datetime import date

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.model.problem import Problem, Weight
from dashboard.model.standard.scales import scales_of
from dashboard.store.publishing.inputs import InputFiles
from dashboard.store.sql import run, sql
from dashboard.store.workbooks.row import empty_rows

NUMBERS = "SELECT criterion, number, status FROM criterion JOIN scale USING (scale_no) WHERE number IS NOT NULL"
"""The numbers that each published criterion can be answered with, and the code of each."""
FEWEST = 3
"""Fewer operations than this are not typical of anything."""


def former_ids(
    connection: duckdb.DuckDBPyConnection, staged: list[Staged], names: Mapping[str, str], repeats: Mapping[str, str]
) -> list[Problem]:
    """A note for each former id that the tables use; it is read as the current one.

    `repeats` are those names that repeat a criterion: of several rows on the same thing one counts, and the others are
    emptied in the staging tables.
    """
    if not names:
        return []
    problems = _settle_repeats(connection, staged, repeats) if repeats else []
    connection.execute("CREATE TEMP TABLE former_names (former VARCHAR, code VARCHAR)")
    connection.executemany("INSERT INTO former_names VALUES (?, ?)", list(names.items()))
    run(connection, "load/lists/former_ids")
    named = connection.execute("SELECT form, row_id, criterion, code FROM former_id ORDER BY form DESC, row_id")
    by_former: dict[str, Problem] = {}
    for form, row_id, former, code in named.fetchall():
        table = next(t for t in staged if t.kind == form and t.holds(row_id))
        value = f"{former} → {code}"
        column = table.column("area" if form == "targets" else "criterion")
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
    hardly = connection.execute(sql("load/answers/hardly_answered"), {"today": today, "fewest": FEWEST}).fetchall()
    for framework, n, said, asked in hardly:
        yield Problem("hardly_answered", framework, value=f"{said}/{asked}", expected=str(n), weight=Weight.NOTE)
    hidden = connection.execute(sql("load/answers/hidden_figures"), {"today": today, "fewest": FEWEST}).fetchall()
    for framework, area, n_never, n in hidden:
        yield Problem("figure_hidden", framework, column=area, value=f"{n_never}/{n}", weight=Weight.NOTE)
