"""Which cells of staged rows hold characters that no document can? They are taken out, each with a note."""

from collections.abc import Iterable, Iterator, Sequence

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.loading.files.yaml_file import Document, Place
from dashboard.model.formula import BLANKS as AROUND
from dashboard.model.problem import Problem, Weight
from dashboard.model.records import RECORDS
from dashboard.model.xml_text import BLANKS, UNSEEN, unwritable_in, xml_text

MOST = 1000
"""How many cells of one column are named in one load; the rest are only counted."""
HELD = {"blanks": f"[{BLANKS}]+", "unseen": f"[{UNSEEN}]", "any": f"[{BLANKS}{UNSEEN}]", "around": AROUND}


def take_out(connection: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> list[Problem]:
    """Take them out of everything that is staged, and return a note for each cell that held any."""
    kinds = dict.fromkeys(table.kind for table in staged)
    return [problem for kind in kinds for problem in _take_out(connection, kind, staged)]


def _take_out(connection: duckdb.DuckDBPyConnection, kind: str, staged: Sequence[Staged]) -> Iterator[Problem]:
    for column in _suspect(connection, kind):
        where = f'WHERE {_beyond_ascii(column)} AND regexp_matches("{column}", $any)'
        found = connection.execute(
            f'SELECT rowid, "{column}" FROM staged_{kind} {where} ORDER BY rowid LIMIT {MOST}',  # noqa: S608
            {"any": HELD["any"]},
        ).fetchall()
        if not found:
            continue
        cleaned = f"regexp_replace(regexp_replace(\"{column}\", $blanks, ' ', 'g'), $unseen, '', 'g')"
        ((n,),) = connection.execute(
            f"UPDATE staged_{kind} SET \"{column}\" = nullif(trim({cleaned}, $around), '') {where}",  # noqa: S608
            HELD,
        ).fetchall()
        # Rows of no table are of a file that could not be read to its end, so nothing is published.
        of = {row_id: table for table in staged if table.kind == kind for row_id, _ in found if table.holds(row_id)}
        for row_id, text in found:
            if table := of.get(row_id):
                yield _note(table.file, table.row(row_id), table.column(column, row_id), text)
        if n > len(found):
            files = ", ".join(dict.fromkeys(table.file for table in of.values()))
            yield Problem("and_more", files, None, column, str(n - len(found)), weight=Weight.NOTE)


def _suspect(connection: duckdb.DuckDBPyConnection, kind: str) -> list[str]:
    """The columns that hold anything but plain ASCII: few do, and the others need no search."""
    columns = RECORDS[kind].names
    asked = ", ".join(f"bool_or({_beyond_ascii(column)})" for column in columns)
    (found,) = connection.execute(f"SELECT {asked} FROM staged_{kind}").fetchall()  # noqa: S608
    return [column for column, beyond in zip(columns, found, strict=True) if beyond]


def _beyond_ascii(column: str) -> str:
    # As a blob is written, everything but printable ASCII is longer. That takes a tenth of the time of a search.
    return f'strlen(CAST(encode("{column}") AS VARCHAR)) <> strlen("{column}")'


def taken_out_of(documents: Iterable[Document]) -> list[Problem]:
    """A note for each text of these documents that held any; `validate` has taken them out."""
    return [
        _note(document.file(place), document.line(place), document.column(place), text)
        for document in documents
        for place, text in _texts(document.values, ())
        if xml_text(text) != text
    ]


def _texts(values: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(values, str):
        yield place, values
    elif isinstance(values, dict):
        for key, value in values.items():
            yield from _texts(value, (*place, key))
    elif isinstance(values, list):
        for position, value in enumerate(values):
            yield from _texts(value, (*place, position))


def _note(file: str, row: int | None, column: str | None, text: str) -> Problem:
    return Problem("unwritable", file, row, column, xml_text(text), unwritable_in(text), weight=Weight.NOTE)
