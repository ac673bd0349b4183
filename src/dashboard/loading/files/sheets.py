"""What is in the sheets of a workbook? Cells as typed, and whatever keeps rows from being proper rows."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, ZipError

from dashboard.loading.apart.limits import too_many_columns, too_many_rows
from dashboard.loading.files.workbook_size import BROKEN, too_much
from dashboard.model.grid import column_letters
from dashboard.model.problem import Problem, Weight
from dashboard.model.standard.workbook import sheets

# Some programs put a prefix before every tag name.
_CELL = re.compile(r"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_FORMULA = re.compile(r"<(?:\w+:)?f\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")


@dataclass(frozen=True)
class FormulaCell:
    """A cell with a formula or an error instead of a value. Row and column count from 0."""

    row: int
    column: int
    text: str


def read_sheets(path: Path, name: str) -> Mapping[str, CalamineSheet] | Problem:
    """The sheets of a workbook by title, including empty ones; a Problem if the file is not a workbook."""
    try:
        refused = too_much(path, name)
        if refused is not None:
            return refused
        workbook = CalamineWorkbook.from_path(path)
        return {title: workbook.get_sheet_by_name(title) for title in workbook.sheet_names}
    except (CalamineError, ZipError, zipfile.BadZipFile, OSError) as error:
        return Problem("unreadable", name, value=str(error), weight=Weight.FILE)


def holds_standard(titles: Iterable[str]) -> bool:
    """Whether the sheets are those of a standard's workbook, without any table of answers or lists."""
    return {sheet.name for sheet in sheets().values() if sheet.required} <= {title.strip().lower() for title in titles}


def merged_cells(sheet: CalamineSheet, place: str) -> Problem | None:
    """The Problem for the first merged cells of a sheet, if any."""
    merged = sheet.merged_cell_ranges or []
    if not merged:
        return None
    (top, left), (bottom, right) = merged[0]
    span = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
    return Problem("merged_cells", place, row=top + 1, value=span, weight=Weight.FILE)


def too_large(sheet: CalamineSheet, place: str) -> Problem | None:
    """The Problem for a sheet with more rows below its first one, or more columns, than may be read here."""
    row, column = sheet.end or (0, 0)
    return too_many_rows(row, place) or too_many_columns(column + 1, place)


def cell_name(row: int, column: int) -> str:
    """What a spreadsheet calls a cell: (0, 27) is AB1."""
    return f"{column_letters(column)}{row + 1}"


def formula_cells(path: Path, title: str) -> list[FormulaCell] | None:
    """The cells of one sheet with a formula or an error; the main reader gives only their calculated values.

    None if that is unknown: the two readers do not tolerate the same faults in a file.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            text = archive.read(_part(archive, title)).decode("utf-8", "replace")
    except (KeyError, OSError, *BROKEN):
        return None
    return list(_formulas(text))


def _part(archive: zipfile.ZipFile, title: str) -> str:
    """The name, inside the archive, of the sheet with this title. Raises KeyError if there is none."""
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    ids = {unescape(_attribute(tag, "name")): _attribute(tag, "r:id") for tag in _SHEET.findall(book)}
    targets = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in _RELATION.findall(relations)}
    target = targets[ids[title]]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _formulas(text: str) -> Iterator[FormulaCell]:
    for cell in _CELL.finditer(text):
        head, body = cell.group(1), cell.group(2) or ""
        formula, is_error = _FORMULA.search(body), 't="e"' in head
        name = re.fullmatch(r"([A-Z]+)([0-9]+)", _attribute(head, "r"))
        if name and (formula or is_error):
            shown = f"={unescape(formula.group(1) or '')}" if formula else re.sub(r"<[^>]*>", "", body)
            yield FormulaCell(int(name.group(2)) - 1, _position(name.group(1)), shown)


def _position(letters: str) -> int:
    position = 0
    for letter in letters:
        position = 26 * position + ord(letter) - 64
    return position - 1


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'(?:^|\s){name}="([^"]*)"', tag)
    return match.group(1) if match else ""
