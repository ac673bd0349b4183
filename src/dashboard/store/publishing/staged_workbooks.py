"""Reads and rewrites the staged rows of workbooks, and notes what is missing or has changed since they were made."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from dashboard.loading.file_contents import cell_name
from dashboard.loading.library import Library
from dashboard.loading.staging import AskedRow, FromBook, Staged
from dashboard.loading.workbook_words import framework_named
from dashboard.model.framework import Framework, version_key
from dashboard.model.problem import Problem, Weight
from dashboard.model.records import RECORDS
from dashboard.model.workbook import BESIDE, SHEETS, HandedOut, asked_columns
from dashboard.store.record_columns import in_books
from dashboard.store.sql import sql

KINDS = tuple(kind for kind in SHEETS if kind != "evidence")
"""The sheets whose rows are told apart one by one; all items of evidence of an answer go together."""
Key = tuple[str, ...]


def key_of(kind: str) -> tuple[str, ...]:
    """The columns by which the rows of a sheet are known within a load: also whose they are."""
    key = RECORDS[kind].key
    return key if "operation" in key else ("operation", *key)


@dataclass(frozen=True)
class BookRow:
    """One staged row that came from a workbook; missing values are empty."""

    row_id: int
    table: Staged
    book: FromBook
    values: Mapping[str, str]

    @property
    def at(self) -> int:
        return self.row_id - self.table.first

    @property
    def touched(self) -> bool:
        return self.book.touched[self.at]

    @property
    def handed_out(self) -> HandedOut | None:
        return self.book.handed_out[self.at]

    @property
    def number(self) -> int:
        return self.book.numbers[self.at]

    def key(self) -> Key:
        return tuple(self.values[name] for name in key_of(self.table.kind))

    def asked(self) -> dict[str, str]:
        """The values of the columns that its sheet has; an older one lacks columns that were added later."""
        columns = asked_columns(self.table.kind)
        return {column.name: self.values[column.name] for column in columns if column.name in self.book.positions}

    def filled_in(self) -> dict[str, str]:
        """What is filled in, apart from who said so and when."""
        return {name: value for name, value in self.asked().items() if value and name not in BESIDE}

    def shown(self, name: str) -> str:
        """A value as written in the cell."""
        return self.book.typed[self.at].get(name, "")

    def cell(self, name: str) -> str:
        """Where a value is: file, sheet and cell."""
        return f"{self.table.file} {cell_name(self.number - 1, self.book.positions[name])}"


def book_rows(connection: duckdb.DuckDBPyConnection, kind: str, staged: Iterable[Staged]) -> Iterator[BookRow]:
    """The rows of one kind that came from workbooks, in the order in which they were read."""
    columns = RECORDS[kind].names
    for table in staged:
        if table.kind != kind or table.book is None:
            continue
        rows = connection.execute(
            f"SELECT rowid, {', '.join(columns)} FROM staged_{kind} "  # noqa: S608
            "WHERE rowid >= $first AND rowid < $last ORDER BY rowid",
            {"first": table.first, "last": table.first + table.rows},
        ).fetchall()
        for row_id, *values in rows:
            yield BookRow(row_id, table, table.book, {n: v or "" for n, v in zip(columns, values, strict=True)})


def published_rows(connection: duckdb.DuckDBPyConnection, rows: Iterable[BookRow]) -> dict[Key, dict[str, str]]:
    """What the operations of these rows, all of one kind, have published: the asked values by key."""
    there = list(rows)
    if not there:
        return {}
    kind = there[0].table.kind
    names, wide = [column.name for column in asked_columns(kind)], len(key_of(kind))
    operations = sorted({row.values["operation"] for row in there})
    stored = connection.execute(in_books(kind, key_of(kind)), {"operations": operations}).fetchall()
    return {
        tuple(row[:wide]): {name: value or "" for name, value in zip(names, row[wide:], strict=True)} for row in stored
    }


def keys_elsewhere(connection: duckdb.DuckDBPyConnection, rows: Iterable[BookRow]) -> set[Key]:
    """The keys that other tables of the same load mention, for rows of one kind."""
    there = list(rows)
    if not there:
        return set()
    kind = there[0].table.kind
    named = ", ".join(f"coalesce({name}, '')" for name in key_of(kind))
    keys = connection.execute(
        f"SELECT DISTINCT {named} FROM staged_{kind} "  # noqa: S608
        "WHERE list_contains($operations, operation) AND rowid NOT IN (SELECT unnest($row_ids))",
        {
            "operations": sorted({row.values["operation"] for row in there}),
            "row_ids": [row.row_id for row in there],
        },
    )
    return set(keys.fetchall())


def write_anew(connection: duckdb.DuckDBPyConnection, row: BookRow, values: Mapping[str, str]) -> BookRow:
    """The row with other values, which are also written to staging."""
    cells = ", ".join(f"{name} = ${name}" for name in values)
    connection.execute(
        f"UPDATE staged_{row.table.kind} SET {cells} WHERE rowid = $row_id",  # noqa: S608
        {**{name: value or None for name, value in values.items()}, "row_id": row.row_id},
    )
    return replace(row, values=values)


def empty_rows(connection: duckdb.DuckDBPyConnection, kind: str, row_ids: list[int]) -> None:
    """Empty rows, so that no check reports them, and none of them counts."""
    if row_ids:
        nothing = ", ".join(f"{name} = NULL" for name in RECORDS[kind].names)
        connection.execute(
            f"UPDATE staged_{kind} SET {nothing} WHERE rowid IN (SELECT unnest($row_ids))",  # noqa: S608
            {"row_ids": row_ids},
        )


Workbook = tuple[Path, str, str]


def missing_rows(
    connection: duckdb.DuckDBPyConnection,
    staged: Iterable[Staged],
    names: Mapping[str, str],
    older: Collection[str],
) -> list[Problem]:
    """A note for each workbook that lacks questions, except those of an `older` version, which have notes of their own.

    `names` map former names to current ones.
    """
    asked: dict[Workbook, set[str]] = {}
    for table in staged:
        if table.book is not None and table.book.asked and table.path.name not in older:
            workbook = (table.path, table.book.round, table.book.operation)
            asked.setdefault(workbook, set()).update(names.get(row.id, row.id) for row in table.book.asked)
    problems = []
    for (path, round_, operation), there in asked.items():
        given = {"round": round_, "operation": operation, "there": sorted(there)}
        found = [id_ for (id_,) in connection.execute(sql("workbooks/missing"), given).fetchall()]
        if found:
            problems.append(Problem("rows_gone", path.name, value=", ".join(found), weight=Weight.NOTE))
    return problems


Texts = Mapping[str, str]


def older_books(
    connection: duckdb.DuckDBPyConnection, staged: Iterable[Staged], library: Library, names: Mapping[str, str]
) -> list[Problem]:
    """Notes on workbooks of an older version: one per workbook and framework, then one per question that has changed.

    `names` map former names to current ones.
    """
    named = {
        (round_, edition.partition("=")[0]): edition.partition("=")[2]
        for round_, versions in connection.execute("SELECT round, versions FROM round").fetchall()
        for edition in versions
    }
    problems: list[Problem] = []
    noted: set[tuple[object, str, str]] = set()
    for table in staged:
        for (framework, version, round_), rows in _asked(table).items():
            present = framework_named(library, framework)
            if present is None or _same(version, present.version, named.get((round_, framework))):
                continue
            former = _former(connection, framework, version)
            if (table.path, framework, version) not in noted:
                noted.add((table.path, framework, version))
                problems += _notes_on_workbook(table, present, version, former, names)
            problems += _each(table, rows, present, former, names)
    return problems


def _same(version: str, *others: str | None) -> bool:
    """Whether a version equals one of the others. The check of versions reports invalid ones."""
    try:
        return any(version_key(version) == version_key(other) for other in others if other)
    except ValueError:
        return True


def _asked(table: Staged) -> dict[tuple[str, str, str], list[AskedRow]]:
    by_version: dict[tuple[str, str, str], list[AskedRow]] = {}
    for row in table.book.asked if table.book is not None else ():
        if row.framework and row.version:
            by_version.setdefault((row.framework, row.version, row.round), []).append(row)
    return by_version


def _former(connection: duckdb.DuckDBPyConnection, framework: str, version: str) -> Texts:
    """What a version asked, by the ids at the time; empty if it was never published."""
    rows = connection.execute(
        "SELECT v.version, t.criterion, t.text FROM former_text AS t JOIN framework_version AS v USING (version_no) "
        "JOIN framework AS f USING (framework_no) WHERE f.framework = $framework",
        {"framework": framework},
    ).fetchall()
    return {id_: text for edition, id_, text in rows if _same(version, edition)}


def _present(framework: Framework) -> dict[str, str]:
    return {criterion.criterion: criterion.text for area in framework.areas for criterion in area.criteria}


def _notes_on_workbook(
    table: Staged, present: Framework, version: str, former: Texts, names: Mapping[str, str]
) -> list[Problem]:
    """Notes that the workbook is older, and which questions have been added since."""
    value = f"{present.short_title} {version} → {present.version}"
    problems = [Problem("older_version", table.path.name, value=value, weight=Weight.NOTE)]
    known = {names.get(id_, id_) for id_ in former}
    added = [id_ for id_ in _present(present) if id_ not in known]
    if former and added:
        problems.append(Problem("asked_since", table.path.name, value=", ".join(added), weight=Weight.NOTE))
    return problems


def _each(
    table: Staged, rows: Iterable[AskedRow], present: Framework, former: Texts, names: Mapping[str, str]
) -> list[Problem]:
    """The questions of one sheet that have been reworded or are no longer asked."""
    texts, column = _present(present), table.column("criterion")
    problems = []
    for row in rows:
        now, was = texts.get(names.get(row.id, row.id)), former.get(row.id)
        if now is None:
            problems.append(Problem("asked_no_more", table.file, row.number, column, row.id, weight=Weight.NOTE))
        elif was is not None and now.split() != was.split():
            problems.append(
                Problem("worded_otherwise", table.file, row.number, column, f"{was} → {now}", weight=Weight.NOTE)
            )
    return problems
