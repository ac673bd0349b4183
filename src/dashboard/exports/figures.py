"""A table of figures for other tools, with what must be known beside it: as JSON, CSV, Parquet or a workbook."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.exports.csv_files import table_csv
from dashboard.exports.table_workbook import table_workbook
from dashboard.model.problem import Problem, sentence
from dashboard.model.words import Words


@dataclass(frozen=True)
class Column:
    """One column: `type` is text, whole, number, flag, date or list."""

    name: str
    type: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class FiguresTable:
    """The rows of one table of a page, flat, and what they are about."""

    page: str
    table: str
    publication: int
    published_on: date
    made_on: date
    illustrative: bool
    masked: bool
    choice: Mapping[str, str]
    """The choice in codes as it was applied: by field, several codes with commas between them."""
    many: frozenset[str]
    """The fields of the choice that hold several codes."""
    titles: Mapping[str, str]
    """What codes of the choice stand for, where the filters name them."""
    problems: tuple[Problem, ...]
    """What of the choice could not count."""
    columns: tuple[Column, ...]
    rows: pa.Table
    standard: str = ""
    """The title and version of the standard in view."""


def about(figures: FiguresTable, words: Words) -> dict[str, Any]:
    """What is said beside the rows, as plain values."""
    return {
        "page": figures.page,
        "table": figures.table,
        "illustrative": figures.illustrative,
        "names_hidden": figures.masked,
        "publication": figures.publication,
        "published_on": figures.published_on.isoformat(),
        "choice": {name: codes.split(",") if name in figures.many else codes for name, codes in figures.choice.items()},
        "problems": [
            {"field": p.column, "value": p.value, "nearest": p.hint, "sentence": sentence(p, words)}
            for p in figures.problems
        ],
        "columns": [asdict(column) for column in figures.columns],
    }


def as_json(figures: FiguresTable, words: Words) -> bytes:
    """One object: what is said beside the rows, then `rows`, one object a row. Days are written 2025-12-31."""
    document = {**about(figures, words), "rows": figures.rows.to_pylist()}
    return json.dumps(document, ensure_ascii=False, allow_nan=False, default=str).encode()


def as_csv(figures: FiguresTable, words: Words) -> bytes:
    """The rows, each with the marks in four last columns.

    Columns, not lines before the header: Excel reads such lines as rows, and what pandas skips as a comment also cuts
    off a text that holds its sign. A mark in a column stays with its row when rows are sorted, filtered and copied.
    """
    marks = {
        "about_illustrative": figures.illustrative,
        "about_publication": figures.publication,
        "about_choice": urlencode(figures.choice, safe=","),
        "about_problems": " ".join(sentence(problem, words) for problem in figures.problems),
    }
    rows = figures.rows
    for name, mark in marks.items():
        rows = rows.append_column(name, pa.array([mark] * rows.num_rows, pa.scalar(mark).type))
    return table_csv(rows)


def as_parquet(figures: FiguresTable, words: Words) -> bytes:
    """The rows with their types; unit and meaning stand with each field, the rest under `about` of the file."""
    said = {column.name: {"unit": column.unit, "meaning": column.meaning} for column in figures.columns}
    fields = [field.with_metadata(said[field.name]) for field in figures.rows.schema]
    schema = pa.schema(fields, {"about": json.dumps(about(figures, words), ensure_ascii=False)})
    stream = BytesIO()
    pq.write_table(figures.rows.cast(schema), stream)
    return stream.getvalue()


def as_xlsx(figures: FiguresTable, words: Words) -> bytes:
    """A workbook: a sheet of the rows, each cell of its type, and one that says what they are about."""
    heads = [column.name for column in figures.columns]
    rows = [list(row.values()) for row in figures.rows.to_pylist()]
    return table_workbook((words("xlsx.rows"), words("xlsx.about")), heads, rows, _lines(figures, words))


def _lines(figures: FiguresTable, words: Words) -> list[tuple[str, ...]]:
    """What must be known of the rows, line by line: marks, choice, publication and day, and what columns mean."""
    marks = {"shell.illustrative": figures.illustrative, "share.safe": figures.masked}
    return [
        (words(f"table.{figures.table}"),),
        *((words(mark),) for mark, holds in marks.items() if holds),
        *((sentence(problem, words),) for problem in figures.problems),
        (),
        *([(words("xlsx.standard"), figures.standard)] if figures.standard else []),
        *((_field(name, words), "; ".join(_titles(figures, name, words))) for name in figures.choice),
        (words("xlsx.published"), words("xlsx.step", number=str(figures.publication), at=figures.published_on)),
        (words("xlsx.made"), words.shown(figures.made_on)),
        (),
        (words("xlsx.column"), words("xlsx.meaning"), words("xlsx.unit")),
        *((column.name, column.meaning, column.unit) for column in figures.columns),
    ]


def _field(name: str, words: Words) -> str:
    """What a field of the choice is called, on pages or else in workbooks."""
    keys = (f"filter.{name}", f"choose.{name}", f"column.{name}", f"{name}.label", f"xlsx.field_{name}")
    return next((words(key) for key in keys if words.has(key)), name)


def _titles(figures: FiguresTable, name: str, words: Words) -> list[str]:
    """What each code of a field stands for, with the code where that is not its name."""
    codes = figures.choice[name].split(",") if name in figures.many else [figures.choice[name]]
    # Another field may have a code that is written alike.
    titles = {**figures.titles, **{code: words(f"{name}.{code}") for code in codes if words.has(f"{name}.{code}")}}
    return [f"{titles[code]} ({code})" if code in titles else code for code in codes]


@dataclass(frozen=True)
class Format:
    """How figures are written, and what a server calls that."""

    media_type: str
    write: Callable[[FiguresTable, Words], bytes]


FORMATS: Mapping[str, Format] = {
    "json": Format("application/json", as_json),
    "csv": Format("text/csv; charset=utf-8", as_csv),
    "parquet": Format("application/vnd.apache.parquet", as_parquet),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
"""By name, which is also the end of a file's name."""
