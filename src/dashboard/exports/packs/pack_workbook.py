"""Writes a pack as a workbook: what each view says, its lists as they are read, and every figure with its basis."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from math import ceil

import pyarrow as pa
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.answer_workbook import CREATED_AT
from dashboard.exports.figures_file import PART, FiguresTable
from dashboard.exports.packs.chart_images import LONGEST_PROPERTY, Pictures, blocks_of
from dashboard.exports.packs.content import Cell, Leaf, Listed, Pack
from dashboard.exports.packs.fitting import shortened
from dashboard.exports.packs.outline import UNCUT, holds
from dashboard.exports.table_workbook import A4, MOST_ROWS, ON_A_PAGE, Row, onto_sheets, rows_of, write_rows
from dashboard.exports.writable import given_writable
from dashboard.model.view_state import OF_FIGURES
from dashboard.model.words import Words

NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
Sheet = tuple[str, FiguresTable, Leaf]
"""The name of a sheet, its table, and the first view that has it."""
HEADS = ("view", "finding", "points", "choice", "rests", "sources")


@given_writable
def pack_workbook(pack: Pack, pictures: Pictures, words: Words) -> bytes:
    """Return the pack as XLSX: its contents, a sheet for every list and every table of figures, what columns mean."""
    stream = BytesIO()
    lists = [(_sheet_name(number, one.title), one, leaf) for number, (one, leaf) in enumerate(_lists(pack), 1)]
    tables = list(_tables(pack, len(lists), words))
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": shortened(pack.title, LONGEST_PROPERTY), "created": CREATED_AT})
        names = [name for name, _, _ in (*lists, *tables)]
        _contents(workbook, pack, _findings(pack, pictures, words), names, words)
        for name, table, leaf in lists:
            lines = (table.finding or leaf.finding, *table.points, leaf.choice, leaf.rests)
            _part(workbook, workbook.add_worksheet(name), _schema(table), table.rows, lines, leaf, pack)
        for name, figures, leaf in tables:
            _figures(workbook, name, figures, leaf, pack)
        _columns(workbook, [figures for _, figures, _ in tables], words)
    return stream.getvalue()


def _sheet_name(number: int, title: str) -> str:
    return shortened(f"{number} {NOT_IN_NAMES.sub(' ', title.partition(': ')[0])}", LONGEST_NAME).strip()


def _lists(pack: Pack) -> list[tuple[Listed, Leaf]]:
    """The tables that views list without a chart, in their order, but for those that a longer one or figures hold."""
    figures = {one.table for leaf in pack.leaves for one in leaf.figures}
    every = [(table, leaf) for leaf in pack.leaves for table in leaf.tables if table.key and table.key not in figures]
    kept: list[Listed] = []
    for table, _ in sorted(every, key=lambda one: (len(one[0].rows), len(one[0].heads)), reverse=True):
        if not any(holds(other, table) for other in kept):
            kept.append(table)
    return [(table, leaf) for table, leaf in every if any(table is one for one in kept)]


def _schema(table: Listed) -> pa.Schema:
    """The types of the columns of a table: numbers and days, if a column has nothing else, or texts."""
    return pa.schema([(head, _type([row[place] for row in table.rows])) for place, head in enumerate(table.heads)])


def _type(column: Sequence[Cell]) -> pa.DataType:
    kinds = {type(cell) for cell in column if cell is not None}
    if kinds and kinds <= {int, float}:
        return pa.float64()
    return pa.date32() if kinds == {date} else pa.string()


def _findings(pack: Pack, pictures: Pictures, words: Words) -> Iterator[tuple[str, ...]]:
    """Yield each finding with its view and its points, the first one of a view with what the view rests on."""
    for place, leaf in enumerate(pack.leaves):
        said, name = [leaf.finding], f"{words('pack.appendix')}: {leaf.name}" if leaf.appendix else leaf.name
        yield (name, leaf.finding, "", leaf.choice, leaf.rests, "\n".join(leaf.sources))
        for block in blocks_of(place, leaf, pictures, UNCUT):
            points = "\n".join(block.points)
            if points or block.finding not in said:
                yield (name, block.finding, points, leaf.choice, "", "")
            said.append(block.finding)


def _tables(pack: Pack, before: int, words: Words) -> Iterator[Sheet]:
    """Yield each table of figures once: views of one page with the same filters share theirs."""
    seen: set[tuple[str, str]] = set()
    for leaf in pack.leaves:
        for figures in leaf.figures:
            # The part of a page that is open changes nothing in its tables.
            choice = {name: codes for name, codes in figures.choice.items() if name in OF_FIGURES}
            key = (figures.table, str(sorted(choice.items())))
            if key not in seen:
                seen.add(key)
                yield _sheet_name(before + len(seen), words(f"table.{figures.table}")), figures, leaf


def _contents(
    workbook: Workbook, pack: Pack, findings: Iterator[tuple[str, ...]], names: Sequence[str], words: Words
) -> None:
    sheet = workbook.add_worksheet(words("pack.contents"))
    title, mark = workbook.add_format({"bold": True, "font_size": 14}), workbook.add_format({"bold": True})
    plain = workbook.add_format({})
    moved = [(words("pack.moved"), mark), *((line, plain) for line in pack.moved)] if pack.moved else []
    lines = [(pack.title, title), (pack.dated, plain)]
    lines += [*((line, plain) for line in pack.approved), *((one, mark) for one in pack.marks)]
    lines += [*((line, plain) for line in pack.method), *moved]
    for number, (line, form) in enumerate(lines):
        sheet.write_string(number, 0, line, form)
    heads = [words(f"pack.head_{name}") for name in HEADS]
    rows = list(findings)
    write_rows(workbook, sheet, _texts(heads), rows, len(lines) + 1)
    below = len(lines) + len(rows) + 3
    for number, name in enumerate(names, below):
        place = "'" + name + "'"
        sheet.write_url(number, 0, f"internal:{place}!A1", string=name)
    sheet.freeze_panes(0, 0)
    _printed(sheet, pack)


def _figures(workbook: Workbook, name: str, figures: FiguresTable, leaf: Leaf, pack: Pack) -> None:
    """Write a table to its sheet, and what does not fit to numbered ones after it."""
    lines = (leaf.finding, leaf.choice, leaf.rests)
    n_lines = len(lines) + len(leaf.told) + len(leaf.sources) + 3
    every = onto_sheets(rows_of(figures.rows.to_batches(PART)), MOST_ROWS - n_lines)
    for number, rows in enumerate(every, 1):
        own = name if number == 1 else f"{name[: LONGEST_NAME - 4]} {number}"
        _part(workbook, workbook.add_worksheet(own), figures.rows.schema, list(rows), lines, leaf, pack)


def _part(
    workbook: Workbook, sheet: Worksheet, schema: pa.Schema, rows: Sequence[Row], lines: Sequence[str], leaf: Leaf,
    pack: Pack,
) -> None:  # fmt: skip
    """Write rows below the lines about them, of which the first is what they show, and above their sources."""
    bold = workbook.add_format({"bold": True})
    said = [(line, bold if number == 0 else None) for number, line in enumerate(lines)]
    said += [(mark, bold) for mark in leaf.told]
    for number, (line, form) in enumerate(said):
        sheet.write_string(number, 0, line, form)
    top = len(said) + 1
    across = write_rows(workbook, sheet, schema, rows, top)
    for number, line in enumerate(leaf.sources, top + len(rows) + 2):
        sheet.write_string(number, 0, line)
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
