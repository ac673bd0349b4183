"""Writes a table of figures for other tools, with its metadata, as JSON, CSV, Parquet or a workbook.

Rows are written as they are read, part by part: there may be more of them than memory holds.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.exports.csv_files import write_table
from dashboard.exports.table_workbook import rows_of, write_workbook
from dashboard.model.problem import Problem, sentence
from dashboard.model.words import Words

PART = 10_000
"""The most rows written at once."""
MOST_ROWS = 50_000
"""The most rows of one JSON response of the server."""


class FigureRows(Protocol):
    """The rows of a table: a `pa.Table`, or what reads them part by part whenever they are asked for."""

    @property
    def schema(self) -> pa.Schema: ...

    def to_batches(self, max_chunksize: int) -> Iterable[pa.RecordBatch]: ...


@dataclass(frozen=True)
class FigureColumn:
    """One column: `type` is text, whole, number, flag, date or list."""

    name: str
    type: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class FiguresTable:
    """The flat rows of one table of a page, and their metadata."""

    page: str
    table: str
    publication: int
    published_on: date
    made_on: date
    illustrative: bool
    masked: bool
    choice: Mapping[str, str]
    """The filters as applied, in codes: by field, several codes separated by commas."""
    many: frozenset[str]
    """The fields of the filters that hold several codes."""
    titles: Mapping[str, str]
    """The titles of codes in the filters, if they have one."""
    problems: tuple[Problem, ...]
    """The parts of the filters that could not be applied."""
    columns: tuple[FigureColumn, ...]
    rows: FigureRows
    standard: str = ""
    """The title and version of the selected standard."""
    approval: str = ""
    """Whether the round is approved, by which role and when; empty if that is not known."""
    program: str = ""
    """The version of the program that made it."""


def about(figures: FiguresTable, words: Words) -> dict[str, Any]:
    """Return the metadata of the rows as plain values."""
    return {
        "page": figures.page,
        "table": figures.table,
        "illustrative": figures.illustrative,
        "names_hidden": figures.masked,
        "publication": figures.publication,
        "published_on": figures.published_on.isoformat(),
        "program": figures.program,
        "approval": figures.approval,
        "choice": {name: codes.split(",") if name in figures.many else codes for name, codes in figures.choice.items()},
        "problems": [
            {"field": p.column, "value": p.value, "nearest": p.hint, "sentence": sentence(p, words)}
            for p in figures.problems
        ],
        "columns": [asdict(column) for column in figures.columns],
    }


@dataclass(frozen=True)
class FiguresPage:
    """Which rows of a table one JSON response has: at most `most` from the `first`, counted from 1.

    `address` gives the address of the rows from another one on.
    """

    address: Callable[[int], str]
    first: int = 1
    most: int = MOST_ROWS

    @property
    def end(self) -> int:
        """The first row after it."""
        return self.first + self.most

    def of(self, batch: pa.RecordBatch, before: int) -> pa.RecordBatch:
        """The rows of a batch that are on it, if so many rows came before the batch."""
        start, end = (min(max(0, row - 1 - before), len(batch)) for row in (self.first, self.end))
        return batch.slice(start, end - start)


def write_json(figures: FiguresTable, words: Words, to: Path, page: FiguresPage | None = None) -> int:
    """Write one object: the metadata, `rows` with one object per row, and `n_rows`: how many there are in all.

    Dates are written 2025-12-31. Without a page, it has all rows; with one, `next` is the address of those that follow,
    null after the last. Returns how many rows there are in all.
    """
    n_rows, separator = 0, b"\n"
    with to.open("wb") as into:
        into.write(_json(about(figures, words))[:-1] + b', "rows": [')
        for batch in figures.rows.to_batches(PART):
            for row in (page.of(batch, n_rows) if page else batch).to_pylist():
                into.write(separator + _json(row))
                separator = b",\n"
            n_rows += len(batch)
        following = page.address(page.end) if page and page.end <= n_rows else None
        into.write(b"], " + _json({"n_rows": n_rows, "next": following})[1:])
    return n_rows


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=str).encode()


def write_csv(figures: FiguresTable, words: Words, to: Path, excel: bool = False) -> None:
    """Write the rows, each with the notices in five final columns; with the mark by which `excel` knows UTF-8.

    Columns rather than lines before the header: Excel reads such lines as rows, and what makes pandas skip a comment
    also cuts texts that contain the sign. A notice in a column stays with its row when rows are sorted, filtered or
    copied.
    """
    marks = {
        "about_illustrative": figures.illustrative,
        "about_publication": figures.publication,
        "about_choice": urlencode(figures.choice, safe=","),
        "about_problems": " ".join(sentence(problem, words) for problem in figures.problems),
        "about_approval": figures.approval,
    }
    names = [*figures.rows.schema.names, *marks]
    with to.open("wb") as into:
        write_table(into, names, (_marked(batch, marks) for batch in figures.rows.to_batches(PART)), excel)


def _marked(batch: pa.RecordBatch, marks: Mapping[str, object]) -> pa.RecordBatch:
    for name, mark in marks.items():
        batch = batch.append_column(name, pa.repeat(mark, len(batch)))
    return batch


def write_parquet(figures: FiguresTable, words: Words, to: Path) -> None:
    """Write the rows with their types; units and meanings are in the fields' metadata, the rest under `about`."""
    said = {column.name: {"unit": column.unit, "meaning": column.meaning} for column in figures.columns}
    fields = [field.with_metadata(said[field.name]) for field in figures.rows.schema]
    schema = pa.schema(fields, {"about": json.dumps(about(figures, words), ensure_ascii=False)})
    with pq.ParquetWriter(to, schema) as writer:
        for batch in figures.rows.to_batches(MOST_ROWS):
            writer.write_batch(batch.cast(schema))


def write_xlsx(figures: FiguresTable, words: Words, to: Path) -> None:
    """Write a workbook: a sheet with the rows, each cell of its type, and one with their metadata."""
    sheets = (words("xlsx.rows"), words("xlsx.about"))
    rows = rows_of(figures.rows.to_batches(PART))
    write_workbook(to, sheets, figures.rows.schema, rows, _lines(figures, words))


def _lines(figures: FiguresTable, words: Words) -> list[tuple[str, ...]]:
    """Return what to know about the rows, line by line: notices, filters, publication and date, column meanings."""
    marks = {"shell.illustrative": figures.illustrative, "safe.label": figures.masked}
    return [
        (words(f"table.{figures.table}"),),
        *((words(mark),) for mark, holds in marks.items() if holds),
        *((sentence(problem, words),) for problem in figures.problems),
        (),
        *([(words("xlsx.standard"), figures.standard)] if figures.standard else []),
        *((_field(name, words), "; ".join(_titles(figures, name, words))) for name in figures.choice),
        (words("xlsx.published"), words("xlsx.step", number=str(figures.publication), at=figures.published_on)),
        (words("xlsx.made"), words.shown(figures.made_on)),
        *([(words("signing.here", said=figures.approval),)] if figures.approval else []),
        (),
        (words("xlsx.column"), words("xlsx.meaning"), words("xlsx.unit")),
        *((column.name, column.meaning, column.unit) for column in figures.columns),
    ]


def _field(name: str, words: Words) -> str:
    """Return the label of a field of the filters, as on pages or else in workbooks."""
    keys = (f"filter.{name}", f"choose.{name}", f"column.{name}", f"{name}.label", f"xlsx.field_{name}")
    return next((words(key) for key in keys if words.has(key)), name)


def _titles(figures: FiguresTable, name: str, words: Words) -> list[str]:
    """Return the title of each code of a field, followed by the code unless that is its name."""
    codes = figures.choice[name].split(",") if name in figures.many else [figures.choice[name]]
    # The same code may occur in another field.
    titles = {**figures.titles, **{code: words(f"{name}.{code}") for code in codes if words.has(f"{name}.{code}")}}
    return [f"{titles[code]} ({code})" if code in titles else code for code in codes]


@dataclass(frozen=True)
class Format:
    """How figures are written, and the media type for it."""

    media_type: str
    write: Callable[[FiguresTable, Words, Path], object]


FORMATS: Mapping[str, Format] = {
    "json": Format("application/json", write_json),
    "csv": Format("text/csv; charset=utf-8", write_csv),
    "parquet": Format("application/vnd.apache.parquet", write_parquet),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
}
"""By name, which is also the file extension."""
