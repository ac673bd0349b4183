"""Writes a pack as a workbook: what each view says, and below it every figure with what it rests on."""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from math import ceil

import pyarrow as pa
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.answer_workbook import CREATED_AT
from dashboard.exports.figures_file import PART, FiguresTable
from dashboard.exports.packs.chart_images import Pictures
from dashboard.exports.packs.fitting import Leaf, Pack
from dashboard.exports.table_workbook import A4, MOST_ROWS, ON_A_PAGE, Row, onto_sheets, rows_of, write_rows
from dashboard.exports.writable import given_writable
from dashboard.model.view_state import OF_FIGURES
from dashboard.model.words import Words

NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
Sheet = tuple[str, FiguresTable, Leaf]
"""The name of a sheet, its table, and the first view that has it."""


@given_writable
def pack_workbook(pack: Pack, _pictures: Pictures, words: Words) -> bytes:
    """Return the pack as XLSX: its contents, a sheet for every table of figures, and what the columns mean."""
    stream = BytesIO()
    tables = list(_tables(pack, words))
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": pack.title, "created": CREATED_AT})
        _contents(workbook, pack, tables, words)
        for name, figures, leaf in tables:
            _figures(workbook, name, figures, leaf, pack)
        _columns(workbook, [figures for _, figures, _ in tables], words)
    return stream.getvalue()


def _tables(pack: Pack, words: Words) -> Iterator[Sheet]:
    """Yield each table once: views of one page with the same filters share theirs."""
    seen: set[tuple[str, str]] = set()
    for leaf in pack.leaves:
        for figures in leaf.figures:
            # The part of a page that is open changes nothing in its tables.
            choice = {name: codes for name, codes in figures.choice.items() if name in OF_FIGURES}
            key = (figures.table, str(sorted(choice.items())))
            if key not in seen:
                seen.add(key)
                title = NOT_IN_NAMES.sub(" ", words(f"table.{figures.table}"))
                yield f"{len(seen)} {title}"[:LONGEST_NAME].strip(), figures, leaf


def _contents(workbook: Workbook, pack: Pack, tables: Sequence[Sheet], words: Words) -> None:
    sheet = workbook.add_worksheet(words("pack.contents"))
    title, mark = workbook.add_format({"bold": True, "font_size": 14}), workbook.add_format({"bold": True})
    plain = workbook.add_format({})
    moved = [(words("pack.moved"), mark), *((line, plain) for line in pack.moved)] if pack.moved else []
    lines = [(pack.title, title), (pack.dated, plain), *((one, mark) for one in pack.marks)]
    lines += [*((line, plain) for line in pack.method), *moved]
    for number, (line, form) in enumerate(lines):
        sheet.write_string(number, 0, line, form)
    heads = [words(f"pack.head_{name}") for name in ("view", "finding", "choice", "rests", "sources")]
    rows = [(leaf.name, leaf.finding, leaf.choice, leaf.rests, "\n".join(leaf.sources)) for leaf in pack.leaves]
    write_rows(workbook, sheet, _texts(heads), rows, len(lines) + 1)
    below = len(lines) + len(rows) + 3
    for number, (name, _, _) in enumerate(tables, below):
        place = "'" + name + "'"
        sheet.write_url(number, 0, f"internal:{place}!A1", string=name)
    sheet.freeze_panes(0, 0)
    _printed(sheet, pack)


def _figures(workbook: Workbook, name: str, figures: FiguresTable, leaf: Leaf, pack: Pack) -> None:
    """Write a table to its sheet, and what does not fit to numbered ones after it."""
    n_lines = 4 + len(leaf.marks) + len(leaf.sources)
    every = onto_sheets(rows_of(figures.rows.to_batches(PART)), MOST_ROWS - n_lines - 1)
    for number, rows in enumerate(every, 1):
        own = name if number == 1 else f"{name[: LONGEST_NAME - 4]} {number}"
        _part(workbook, workbook.add_worksheet(own), figures.rows.schema, rows, leaf, pack)


def _part(workbook: Workbook, sheet: Worksheet, schema: pa.Schema, rows: Iterator[Row], leaf: Leaf, pack: Pack) -> None:
    bold, plain = workbook.add_format({"bold": True}), workbook.add_format({})
    lines = [(leaf.finding, bold), (leaf.choice, plain), (leaf.rests, plain)]
    lines += [*((mark, bold) for mark in leaf.told), *((line, plain) for line in leaf.sources)]
    for number, (line, form) in enumerate(lines):
        sheet.write_string(number, 0, line, form)
    top = len(lines) + 1
    across = write_rows(workbook, sheet, schema, rows, top)
    # Every printed page says what its rows and columns are.
    sheet.repeat_rows(top)
    sheet.repeat_columns(0)
    _printed(sheet, pack, ceil(across / ON_A_PAGE))


def _columns(workbook: Workbook, tables: Sequence[FiguresTable], words: Words) -> None:
    """Write what each column means, once."""
    sheet = workbook.add_worksheet(words("xlsx.about"))
    meant = {(column.name, column.meaning, column.unit): None for figures in tables for column in figures.columns}
    heads = [words(f"xlsx.{name}") for name in ("column", "meaning", "unit")]
    write_rows(workbook, sheet, _texts(heads), sorted(meant))


def _texts(heads: Sequence[str]) -> pa.Schema:
    """Return the schema of a table with these heads that has only texts."""
    return pa.schema([(head, pa.string()) for head in heads])


def _printed(sheet: Worksheet, pack: Pack, pages: int = 1) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(pages, 0)
    sheet.set_footer(f"&L{' · '.join((pack.dated, *pack.marks))[:200].replace('&', '&&')}&R&P / &N")
