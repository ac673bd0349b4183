"""What do the tests of sheets in other formats share? Writing one in any format, and reading it."""

import csv
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

import xlsxwriter

from dashboard.loading.mapping.guess import KnownWords, guess
from dashboard.loading.mapping.reasons import Guess
from dashboard.loading.mapping.sheet_files import read_grids
from dashboard.model.mapping import Names
from dashboard.model.problem import Problem

Rows = Sequence[Sequence[object]]
MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
"""What an ODS file says of its parts: nothing, so that none is encrypted."""


def write_book(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write a workbook with these sheets; texts stay texts."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for title, rows in sheets.items():
            page = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(number, column, cell)
                    elif cell is not None:
                        page.write(number, column, cell)
    return path


def write_csv(path: Path, rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    return path


def guessed(path: Path, names: Names, known: KnownWords | None = None) -> Guess:
    """Return the guess for a file that can be read."""
    grids = read_grids(path, path.name)
    assert not isinstance(grids, Problem), grids
    return guess(grids, names, known or KnownWords(otherwise={"round": "2025"}, framework="crbp"), path.stem)


def write_ods(
    path: Path, sheets: Mapping[str, Rows], merged_down: Mapping[tuple[int, int], int] = MappingProxyType({})
) -> Path:
    """Write a workbook as LibreOffice does: equal cells side by side once, and rows to the end of the sheet.

    `merged_down` gives how many rows a cell spans, by row and column.
    """
    tables = []
    for title, rows in sheets.items():
        width = max(map(len, rows), default=0)
        lines = []
        for number, row in enumerate(rows):
            cells = [_ods_cell(cell, merged_down.get((number, column), 1)) for column, cell in enumerate(row)]
            groups = [(cell, len([*same])) for cell, same in groupby(cells)]
            texts = (
                cell.replace("<table:table-cell", f'<table:table-cell table:number-columns-repeated="{n}"')
                for cell, n in groups
            )
            lines.append(f"<table:table-row>{''.join(texts)}</table:table-row>")
        rest = f'<table:table-cell table:number-columns-repeated="{16384 - width}"/>'
        lines.append(f'<table:table-row table:number-rows-repeated="{1048576 - len(rows)}">{rest}</table:table-row>')
        tables.append(f'<table:table table:name="{escape(title)}">{"".join(lines)}</table:table>')
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return path


def _ods_cell(cell: object, rows: int = 1) -> str:
    spans = f' table:number-rows-spanned="{rows}" table:number-columns-spanned="1"' if rows > 1 else ""
    if cell in (None, ""):
        return f"<table:table-cell{spans}/>"
    if isinstance(cell, date):
        value = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, int | float):
        value = f'office:value-type="float" office:value="{cell}"'
    else:
        value = 'office:value-type="string"'
    return f"<table:table-cell{spans} {value}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def write_xlsb(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write a workbook in the binary format of Excel; every cell is a text. See [MS-XLSB], 2.1.7 and 2.2.1."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{kinds}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    )
    bundles = [
        _record(156, struct.pack("<II", 0, n) + _wide(f"rId{n}") + _wide(title))
        for n, title in enumerate(sheets, start=1)
    ]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr("xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{package}">{relations}</Relationships>')
        archive.writestr(
            "xl/workbook.bin", b"".join([_record(131), _record(143), *bundles, _record(144), _record(132)])
        )
        for n, rows in enumerate(sheets.values(), start=1):
            archive.writestr(f"xl/worksheets/sheet{n}.bin", _binary_sheet(rows))
    return path


def _binary_sheet(rows: Rows) -> bytes:
    width = max(map(len, rows), default=1)
    size = struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1)
    records = [_record(129), _record(148, size), _record(145)]
    for number, row in enumerate(rows):
        records.append(_record(0, struct.pack("<I", number) + bytes(21)))
        records += [
            _record(6, struct.pack("<II", n, 0) + _wide(str(cell)))
            for n, cell in enumerate(row)
            if cell not in (None, "")
        ]
    return b"".join([*records, _record(146), _record(130)])


def _record(kind: int, content: bytes = b"") -> bytes:
    """Return a record: its kind and its size, seven bits in each byte, and its content."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    size = len(content)
    sized = bytearray()
    while size > 127:
        sized.append(size & 127 | 128)
        size >>= 7
    return bytes([*head, *sized, size]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
