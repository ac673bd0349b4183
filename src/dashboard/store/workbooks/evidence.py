"""How does the evidence of workbooks fit together and with what is published? It is replaced answer by answer."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.model.answers.evidence import (
    Evidence,
    Subject,
    as_handed_out,
    completed,
    evidence_of,
    fingerprint_of_items,
    of_answer,
)
from dashboard.model.problem import Problem, Weight
from dashboard.store.reading.evidence import stored_evidence
from dashboard.store.workbooks.row import BookRow, book_rows, empty_rows, write_anew

Items = Sequence[BookRow]


def settle_evidence(connection: duckdb.DuckDBPyConnection, staged: Iterable[Staged]) -> list[Problem]:
    """Keep the items of an answer that some workbook has changed, all of them or none; others are emptied in staging.

    They replace what is published, with a note if that is something else than was handed out.
    """
    answers: dict[Subject, dict[Path, list[BookRow]]] = {}
    rows = list(book_rows(connection, "evidence", staged))
    for row in rows:
        subject = of_answer((row.values["round"], row.values["operation"], row.values["criterion"]))
        answers.setdefault(subject, {}).setdefault(row.table.path, []).append(row)
    problems: list[Problem] = []
    counting: set[int] = set()
    for subject, books in answers.items():
        changed = {_said(items): items for items in books.values() if items[0].touched}
        if len(changed) > 1:
            problems += _contradicted(list(changed.values()))
        for said, items in changed.items() if len(changed) == 1 else ():
            stored = stored_evidence(connection, subject)
            now = fingerprint_of_items(asdict(as_handed_out(item)) for item in stored)
            handed_out = next((row.handed_out.fingerprint for row in items if row.handed_out is not None), "")
            if said == now:
                continue
            if now != handed_out:
                problems.append(_published_meanwhile(items, stored))
            counting.update(_completed(connection, row, stored).row_id for row in items)
    empty_rows(connection, "evidence", [row.row_id for row in rows if row.row_id not in counting])
    return problems


def _said(items: Items) -> str:
    return fingerprint_of_items(row.values for row in items)


def _completed(connection: duckdb.DuckDBPyConnection, row: BookRow, stored: Sequence[Evidence]) -> BookRow:
    """The row with what its workbook was not told of a confidential item, so that it does not empty that."""
    return write_anew(connection, row, asdict(completed(evidence_of(row.values), stored)))


def _contradicted(books: Sequence[Items]) -> list[Problem]:
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


def _published_meanwhile(items: Items, stored: Sequence[Evidence]) -> Problem:
    first = items[0]
    value = f"{_titles(item.title for item in stored)} → {_titles(row.values['title'] for row in items)}"
    column = first.table.column("title")
    return Problem("published_meanwhile", first.table.file, first.number, column, value, weight=Weight.NOTE)


def _titles(titles: Iterable[str]) -> str:
    return "; ".join(titles)
