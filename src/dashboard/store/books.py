"""How do the rows of workbooks fit together, and with what is published? Merged where they agree, told where not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from dashboard.loading.sheets import cell_name
from dashboard.loading.staging import FromBook, Staged
from dashboard.model.action import next_id
from dashboard.model.answer_book import BESIDE, HandedOut, asked_columns, mark_of
from dashboard.model.problem import Problem, Weight
from dashboard.model.tables import FORM
from dashboard.store.sql import sql

KEYS: Mapping[str, tuple[str, ...]] = {
    "answers": ("round", "operation", "criterion"),
    "risk_ratings": ("round", "operation", "impact"),
    "opportunity_ratings": ("round", "operation", "impact"),
    "actions": ("operation", "action"),
}
SUBJECT = ("criterion", "impact", "text")
"""What tells new actions of one operation apart that have no id yet."""
Key = tuple[str, ...]


@dataclass(frozen=True)
class BookRow:
    """One staged row that came from a workbook."""

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
        return tuple(self.values[name] for name in KEYS[self.table.kind])

    def asked(self) -> dict[str, str]:
        return {column.name: self.values[column.name] for column in asked_columns(self.table.kind)}

    def said(self) -> tuple[str, ...]:
        """What makes two rows say the same: not who said so, or when."""
        return tuple(value for name, value in self.asked().items() if name not in BESIDE)

    def shown(self, name: str) -> str:
        """A value as it stands in the cell."""
        return self.book.typed[self.at].get(name, "")

    def cell(self, name: str) -> str:
        return f"{self.table.file} {cell_name(self.number - 1, self.book.positions[name])}"


def settle_books(connection: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> list[Problem]:
    """Leave of all rows that workbooks say on one thing the one that counts, or none where they contradict each other.

    A row that nobody changed yields to one that was changed, and to what was published since it was handed out.
    Rows that do not count are emptied in the staging tables. New actions get their ids.
    """
    problems: list[Problem] = []
    for kind in KEYS:
        rows = list(_rows(connection, kind, staged))
        if not rows:
            continue
        if kind == "actions":
            rows, told = _of_others(connection, rows)
            problems += told
            rows = _numbered(connection, rows)
        groups: dict[Key, list[BookRow]] = {}
        for row in rows:
            groups.setdefault(row.key(), []).append(row)
        counting, told = _counting(groups.values())
        later, noted = _against_published(connection, kind, counting)
        problems += [*told, *noted]
        kept = {row.row_id for row in counting} - later
        _empty(connection, kind, [row.row_id for row in rows if row.row_id not in kept])
    return problems


def _rows(connection: duckdb.DuckDBPyConnection, kind: str, staged: Iterable[Staged]) -> Iterator[BookRow]:
    columns = FORM[kind].columns
    for table in staged:
        if table.kind != kind or table.book is None:
            continue
        found = connection.execute(
            f"SELECT rowid, {', '.join(columns)} FROM staged_{kind} "  # noqa: S608
            "WHERE rowid >= $first AND rowid < $last ORDER BY rowid",
            {"first": table.first, "last": table.first + table.rows},
        ).fetchall()
        for row_id, *values in found:
            yield BookRow(row_id, table, table.book, {n: v or "" for n, v in zip(columns, values, strict=True)})


def _counting(groups: Iterable[list[BookRow]]) -> tuple[list[BookRow], list[Problem]]:
    """The one row of each group that counts, and what is told of groups that say different things."""
    counting: list[BookRow] = []
    problems: list[Problem] = []
    for group in groups:
        changed = [row for row in group if row.touched] or group
        if len({row.said() for row in changed}) == 1:
            counting.append(changed[0])
        else:
            problems += [_contradicted(row, next(o for o in changed if o.said() != row.said())) for row in changed]
    return counting, problems


def _contradicted(row: BookRow, other: BookRow) -> Problem:
    name = _differing(row.asked(), other.asked())
    where = f"“{other.shown(name)}”, {other.cell(name)}"
    return Problem("contradicted", row.table.file, row.number, row.table.column(name), row.shown(name), where)


def _differing(one: Mapping[str, str], other: Mapping[str, str]) -> str:
    return next(name for name, value in one.items() if name not in BESIDE and value != other[name])


def _against_published(
    connection: duckdb.DuckDBPyConnection, kind: str, rows: Iterable[BookRow]
) -> tuple[set[int], list[Problem]]:
    """The rows that something published since stands above, and what is told of rows that differ from it."""
    published = _published(connection, kind)
    later: dict[str, list[BookRow]] = {}
    problems: list[Problem] = []
    for row in rows:
        now = published.get(row.key())
        if now is None:
            continue
        mark = mark_of(now.values())
        handed_out = row.handed_out.mark if row.handed_out is not None else ""
        if mark in (handed_out, mark_of(row.asked().values())):
            continue
        if row.touched:
            problems.append(_published_meanwhile(row, now))
        else:
            later.setdefault(row.table.file, []).append(row)
    for file, those in later.items():
        number = str(len(those))
        problems.append(Problem("later_one_stands", file, those[0].number, value=number, weight=Weight.NOTE))
    return {row.row_id for those in later.values() for row in those}, problems


def _published_meanwhile(row: BookRow, now: Mapping[str, str]) -> Problem:
    asked = row.asked()
    name = next((name for name, value in asked.items() if value != now[name]), next(iter(asked)))
    value = f"{now[name]} → {asked[name]}"
    column = row.table.column(name)
    return Problem("published_meanwhile", row.table.file, row.number, column, value, weight=Weight.NOTE)


def _published(connection: duckdb.DuckDBPyConnection, kind: str) -> dict[Key, dict[str, str]]:
    """What is published of the operations that the staged rows are of: the asked values by key."""
    names = [column.name for column in asked_columns(kind)]
    operations = connection.execute(f"SELECT DISTINCT operation FROM staged_{kind}").fetchall()  # noqa: S608
    found = connection.execute(sql(f"load/book_{kind}"), {"operations": [operation for (operation,) in operations]})
    wide = len(KEYS[kind])
    return {
        tuple(row[:wide]): {name: value or "" for name, value in zip(names, row[wide:], strict=True)}
        for row in found.fetchall()
    }


def _of_others(connection: duckdb.DuckDBPyConnection, rows: Sequence[BookRow]) -> tuple[list[BookRow], list[Problem]]:
    """The actions without those that bear the id of an action of another operation, which would take its place."""
    owners = dict(
        connection.execute("SELECT action, operation FROM action JOIN operation USING (operation_no)").fetchall()
    )
    wrong = [
        row for row in rows if owners.get(row.values["action"], row.values["operation"]) != row.values["operation"]
    ]
    _empty(connection, "actions", [row.row_id for row in wrong])
    return [row for row in rows if row not in wrong], [
        Problem("id_of_another", row.table.file, row.number, row.table.column("action"), row.values["action"])
        for row in wrong
    ]


def _numbered(connection: duckdb.DuckDBPyConnection, rows: Sequence[BookRow]) -> list[BookRow]:
    """The actions, each new one with an id: that of the action that says the same already, or the next free one."""
    taken = {
        action
        for (action,) in connection.execute(
            "SELECT action FROM action UNION SELECT action FROM staged_actions"
        ).fetchall()
    }
    published = _published(connection, "actions")
    known = {(operation, *(now[name] for name in SUBJECT)): (id_, now) for (operation, id_), now in published.items()}
    numbered = []
    for row in rows:
        if not row.values["action"]:
            subject = (row.values["operation"], *(row.values[name] for name in SUBJECT))
            id_, now = known.setdefault(subject, (next_id(filter(None, taken)), {}))
            taken.add(id_)
            row = _named(connection, row, id_, now)
        numbered.append(row)
    return numbered


def _named(connection: duckdb.DuckDBPyConnection, row: BookRow, id_: str, now: Mapping[str, str]) -> BookRow:
    """A new action under its id. Handed in again, it takes nothing of what has been said of it since."""
    values = {name: value or now.get(name, "") for name, value in row.values.items()} | {"action": id_}
    cells = ", ".join(f"{name} = ${name}" for name in values)
    connection.execute(
        f"UPDATE staged_actions SET {cells} WHERE rowid = $row_id",  # noqa: S608
        {**{name: value or None for name, value in values.items()}, "row_id": row.row_id},
    )
    return replace(row, values=values)


def _empty(connection: duckdb.DuckDBPyConnection, kind: str, row_ids: list[int]) -> None:
    """Make rows hold nothing: then no check speaks of them, and none of them counts."""
    nothing = ", ".join(f"{name} = NULL" for name in FORM[kind].columns)
    connection.execute(
        f"UPDATE staged_{kind} SET {nothing} WHERE list_contains($row_ids, rowid)",  # noqa: S608
        {"row_ids": row_ids},
    )
