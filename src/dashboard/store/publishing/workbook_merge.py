"""Merges the rows of workbooks with each other and with what is published if they agree; else there is a Problem.

Evidence is replaced answer by answer. An action that somebody has added gets an id that nobody else uses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import duckdb

from dashboard.loading.staging import Staged
from dashboard.model import answer
from dashboard.model.plan import next_id
from dashboard.model.problem import Problem, Weight
from dashboard.model.workbook import fingerprint_of
from dashboard.store.published_codes import stored_evidence
from dashboard.store.publishing.staged_workbooks import (
    KINDS,
    BookRow,
    Key,
    book_rows,
    empty_rows,
    keys_elsewhere,
    published_rows,
    write_anew,
)

SUBJECT = ("criterion", "impact", "text")
"""The columns that identify new actions of one operation, which have no id yet."""


def named_actions(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[BookRow]
) -> tuple[list[BookRow], list[Problem]]:
    """The actions, each with its id, without those that would replace an action of another operation."""
    owners = dict(
        connection.execute("SELECT action, operation FROM action JOIN operation USING (operation_no)").fetchall()
    )
    wrong = [
        row for row in rows if owners.get(row.values["action"], row.values["operation"]) != row.values["operation"]
    ]
    empty_rows(connection, "actions", [row.row_id for row in wrong])
    return _numbered(connection, [row for row in rows if row not in wrong], set(owners)), [
        Problem("id_of_another", row.table.file, row.number, row.table.column("action"), row.values["action"])
        for row in wrong
    ]


def _numbered(connection: duckdb.DuckDBPyConnection, rows: Sequence[BookRow], taken: set[str]) -> list[BookRow]:
    """The actions; each new one gets the id of an identical existing action, or else the next free one.

    If a new action is imported again, it loses nothing that has been said about it since.
    """
    staged = connection.execute("SELECT action FROM staged_actions WHERE action IS NOT NULL").fetchall()
    taken |= {action for (action,) in staged}
    known = {
        (operation, *(now[name] for name in SUBJECT)): (id_, now)
        for (operation, id_), now in published_rows(connection, rows).items()
    }
    numbered = []
    for row in rows:
        if not row.values["action"]:
            subject = (row.values["operation"], *(row.values[name] for name in SUBJECT))
            id_, now = known.setdefault(subject, (next_id(taken), {}))
            taken.add(id_)
            values = {name: value or now.get(name, "") for name, value in row.values.items()} | {"action": id_}
            row = write_anew(connection, row, values)
        numbered.append(row)
    return numbered


Items = Sequence[BookRow]


def settle_evidence(connection: duckdb.DuckDBPyConnection, staged: Iterable[Staged]) -> list[Problem]:
    """Keep the items of an answer that some workbook has changed, all of them or none; others are emptied in staging.

    They replace what is published, with a note if that is something else than was handed out.
    """
    answers: dict[answer.Subject, dict[Path, list[BookRow]]] = {}
    rows = list(book_rows(connection, "evidence", staged))
    for row in rows:
        subject = answer.of_answer((row.values["round"], row.values["operation"], row.values["criterion"]))
        answers.setdefault(subject, {}).setdefault(row.table.path, []).append(row)
    problems: list[Problem] = []
    counting: set[int] = set()
    for subject, books in answers.items():
        changed = {_said(items): items for items in books.values() if items[0].touched}
        if len(changed) > 1:
            problems += _contradicted_items(list(changed.values()))
        for said, items in changed.items() if len(changed) == 1 else ():
            stored = stored_evidence(connection, subject)
            now = answer.fingerprint_of_items(asdict(answer.as_handed_out(item)) for item in stored)
            handed_out = next((row.handed_out.fingerprint for row in items if row.handed_out is not None), "")
            if said == now:
                continue
            if now != handed_out:
                problems.append(_evidence_published_meanwhile(items, stored))
            counting.update(_completed(connection, row, stored).row_id for row in items)
    empty_rows(connection, "evidence", [row.row_id for row in rows if row.row_id not in counting])
    return problems


def _said(items: Items) -> str:
    return answer.fingerprint_of_items(row.values for row in items)


def _completed(connection: duckdb.DuckDBPyConnection, row: BookRow, stored: Sequence[answer.Evidence]) -> BookRow:
    """The row with what its workbook was not told of a confidential item, so that it does not empty that."""
    return write_anew(connection, row, asdict(answer.completed(answer.Evidence.of(row.values), stored)))


def _contradicted_items(books: Sequence[Items]) -> list[Problem]:
    """A problem for each item of workbooks that say different things about one answer."""
    problems = []
    for at, items in enumerate(books):
        other = books[at - 1]
        there = f"“{_titles(row.values['title'] for row in other)}”, {other[0].cell('title')}"
        problems += [
            Problem("contradicted", row.table.file, row.number, row.table.column("title"), row.shown("title"), there)
            for row in items
        ]
    return problems


def _evidence_published_meanwhile(items: Items, stored: Sequence[answer.Evidence]) -> Problem:
    first = items[0]
    value = f"{_titles(item.title for item in stored)} → {_titles(row.values['title'] for row in items)}"
    column = first.table.column("title")
    return Problem("published_meanwhile", first.table.file, first.number, column, value, weight=Weight.NOTE)


def _titles(titles: Iterable[str]) -> str:
    return "; ".join(titles)


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
