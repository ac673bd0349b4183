"""A table of figures for other tools with its metadata, as JSON, CSV, Parquet or a workbook."""

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
    columns: tuple[Column, ...]
    rows: pa.Table
    standard: str = ""
    """The title and version of the selected standard."""


def about(figures: FiguresTable, words: Words) -> dict[str, Any]:
    """Return the metadata of the rows as plain values."""
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
    """Return one object: the metadata, then `rows`, one object per row. Dates are written 2025-12-31."""
    document = {**about(figures, words), "rows": figures.rows.to_pylist()}
    return json.dumps(document, ensure_ascii=False, allow_nan=False, default=str).encode()


def as_csv(figures: FiguresTable, words: Words) -> bytes:
    """Return the rows, each with the notices in four final columns.

    Columns rather than lines before the header: Excel reads such lines as rows, and what makes pandas skip a comment
    also cuts texts that contain the sign. A notice in a column stays with its row when rows are sorted, filtered or
    copied.
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
    """Return the rows with their types; units and meanings are in the fields' metadata, the rest under `about`."""
    said = {column.name: {"unit": column.unit, "meaning": column.meaning} for column in figures.columns}
    fields = [field.with_metadata(said[field.name]) for field in figures.rows.schema]
    schema = pa.schema(fields, {"about": json.dumps(about(figures, words), ensure_ascii=False)})
    stream = BytesIO()
    pq.write_table(figures.rows.cast(schema), stream)
    return stream.getvalue()


def as_xlsx(figures: FiguresTable, words: Words) -> bytes:
    """Return a workbook: a sheet with the rows, each cell of its type, and one with their metadata."""
    heads = [column.name for column in figures.columns]
    rows = [list(row.values()) for row in figures.rows.to_pylist()]
    return table_workbook((words("xlsx.rows"), words("xlsx.about")), heads, rows, _lines(figures, words))


def _lines(figures: FiguresTable, words: Words) -> list[tuple[str, ...]]:
    """Return what to know about the rows, line by line: notices, filters, publication and date, column meanings."""
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
    write: Callable[[FiguresTable, Words], bytes]


FORMATS: Mapping[str, Format] = {
    "json": Format("application/json", as_json),
    "csv": Format("text/csv; charset=utf-8", as_csv),
    "parquet": Format("application/vnd.apache.parquet", as_parquet),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
"""By name, which is also the file extension."""
