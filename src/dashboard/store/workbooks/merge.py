"""How do the rows of workbooks fit together and with what is published? Merged if they agree, else a Problem."""

from collections.abc import Iterable, Mapping, Sequence

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.model.answers.workbook import fingerprint_of
from dashboard.model.problem import Problem, Weight
from dashboard.store.workbooks.actions import named_actions
from dashboard.store.workbooks.evidence import settle_evidence
from dashboard.store.workbooks.row import (
    KINDS,
    BookRow,
    Key,
    book_rows,
    empty_rows,
    keys_elsewhere,
    published_rows,
    write_anew,
)


def settle_books(connection: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> list[Problem]:
    """Keep, of all workbook rows about one thing, the one that counts, or none if they contradict each other.

    A row that nobody changed yields to one that was changed, to a table in the same load, and to what was published
    since it was handed out. Rows that do not count are emptied in the staging tables. New actions get their ids.
    """
    problems = settle_evidence(connection, staged)
    for kind in KINDS:
        rows = list(book_rows(connection, kind, staged))
        if kind == "actions":
            rows, wrong = named_actions(connection, rows)
            problems += wrong
        groups: dict[Key, list[BookRow]] = {}
        for row in rows:
            groups.setdefault(row.key(), []).append(row)
        counting, wrong = _counting(connection, groups.values())
        elsewhere = keys_elsewhere(connection, rows)
        counting = [row for row in counting if row.touched or row.key() not in elsewhere]
        later, noted = _against_published(connection, counting)
        problems += [*wrong, *noted]
        counted = {row.row_id for row in counting} - later
        empty_rows(connection, kind, [row.row_id for row in rows if row.row_id not in counted])
    return problems


def _counting(
    connection: duckdb.DuckDBPyConnection, groups: Iterable[list[BookRow]]
) -> tuple[list[BookRow], list[Problem]]:
    """The one row of each group that counts, and the problems of groups that contradict themselves."""
    counting: list[BookRow] = []
    problems: list[Problem] = []
    for group in groups:
        changed = [row for row in group if row.touched] or group
        contradictions = [problem for row in changed for problem in _contradicted(row, changed)]
        problems += contradictions
        if not contradictions:
            counting.append(_merged(connection, changed))
    return counting, problems


def _contradicted(row: BookRow, group: Sequence[BookRow]) -> list[Problem]:
    """The first value of a row that another row of its group contradicts. Empty values contradict nothing."""
    for other in group:
        theirs = other.filled_in()
        for name, value in row.filled_in().items():
            if theirs.get(name, value) != value:
                there = f"“{other.shown(name)}”, {other.cell(name)}"
                column = row.table.column(name)
                return [Problem("contradicted", row.table.file, row.number, column, row.shown(name), there)]
    return []


def _merged(connection: duckdb.DuckDBPyConnection, group: Sequence[BookRow]) -> BookRow:
    """The first row, with values that only others in its group have."""
    first = group[0]
    values = {name: next((row.values[name] for row in group if row.values[name]), "") for name in first.values}
    return first if values == first.values else write_anew(connection, first, values)


def _against_published(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[BookRow]
) -> tuple[set[int], list[Problem]]:
    """The ids of rows that yield to something published since, and the problems of rows that differ from it."""
    published = published_rows(connection, rows)
    later: dict[str, list[BookRow]] = {}
    problems: list[Problem] = []
    for row in rows:
        now = published.get(row.key())
        if now is None:
            continue
        row = _with_later_columns(connection, row, now)
        there = {name: value for name, value in now.items() if name in row.book.positions}
        handed_out = row.handed_out.fingerprint if row.handed_out is not None else ""
        if fingerprint_of(there.values()) in (handed_out, fingerprint_of(row.asked().values())):
            continue
        if row.touched:
            problems.append(_published_meanwhile(row, now))
        else:
            later.setdefault(row.table.file, []).append(row)
    for file, those in later.items():
        number = str(len(those))
        problems.append(Problem("later_one_stands", file, those[0].number, value=number, weight=Weight.NOTE))
    return {row.row_id for those in later.values() for row in those}, problems


def _with_later_columns(connection: duckdb.DuckDBPyConnection, row: BookRow, now: Mapping[str, str]) -> BookRow:
    """The row with published values in columns that its older sheet lacks, so that it does not empty them.

    What another workbook says in these columns stays.
    """
    lacking = {name: value for name, value in now.items() if name not in row.book.positions}
    later = {name: value for name, value in lacking.items() if value and not row.values[name]}
    return write_anew(connection, row, {**row.values, **later}) if later else row


def _published_meanwhile(row: BookRow, now: Mapping[str, str]) -> Problem:
    asked = row.asked()
    name = next((name for name, value in asked.items() if value != now[name]), next(iter(asked)))
    value = f"{now[name]} → {asked[name]}"
    column = row.table.column(name)
    return Problem("published_meanwhile", row.table.file, row.number, column, value, weight=Weight.NOTE)
