"""What does one staged row of a workbook say, and how is it rewritten or emptied?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import duckdb

from dashboard.loading.files.sheets import cell_name
from dashboard.loading.files.staging import FromBook, Staged
from dashboard.model.answers.workbook import BESIDE, SHEETS, HandedOut, asked_columns
from dashboard.model.records import RECORDS
from dashboard.store.records.columns import in_books

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
