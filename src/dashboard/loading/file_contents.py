"""Tells what a file is, whether it is fit to be read, and what the sheets of a workbook hold.

The first bytes of a file tell what it is, whatever its name says, so that people learn what they chose by mistake.

How far a workbook reaches is checked before it is opened, since a stray cell far out costs as much as all the cells
before it. Other ways to harm the reader are contained by the limits of its process. This check exists for its message,
which names what an honest person has to delete, and for `publish`, which has no limits.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from math import prod
from pathlib import Path

from python_calamine import CalamineError, PasswordError

from dashboard.loading.process_limits import (
    beyond,
    counted,
    limits_of_process,
    readable,
    too_many_columns,
    too_many_rows,
    too_much_inside,
)
from dashboard.loading.workbook_formats import (
    CONTENT,
    WORKBOOKS,
    XLSX,
    WorkbookSheet,
    binary_reach,
    open_document_sheets,
    sheets_in,
)
from dashboard.model.problem import MB, Problem, Weight
from dashboard.model.records import FORMATS
from dashboard.model.sheet_cells import column_letters
from dashboard.model.standard_files import standard_sheets


def unfit(path: Path, name: str, root: Path | None = None) -> Problem | None:
    """Why a file is not read, or None. `root` is the imported folder: no link may lead out of it."""
    try:
        if root is not None and not path.resolve().is_relative_to(root.resolve()):
            return Problem("link_outside", name, value=str(path.resolve()), weight=Weight.FILE)
        about = path.stat()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "a link that leads to itself"
        return Problem("unreadable", name, value=reason, weight=Weight.FILE)
    if not stat.S_ISREG(about.st_mode):
        return Problem("no_file", name, weight=Weight.FILE)
    return too_much_inside(about.st_size, name)


MOST_CELLS = 20_000_000
"""Cells between the first and last of a sheet; the reader holds empty ones too."""
MOST_UNPACKED = 300 * MB
"""The limit in bytes if this process has none of its own."""
PIECE = 1 << 20
LONGEST = 40
"""The most characters of a cell's reference with its attribute; this much is searched again with the next chunk."""
KIND, MANIFEST, ENCRYPTED = "mimetype", "META-INF/manifest.xml", "encrypted-package"
"""Parts of an OpenDocument file: what it is, and what tells of a password."""
BROKEN = (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error, zlib.error)
"""The errors raised by an archive that cannot be unpacked."""
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")


def too_much(path: Path, name: str) -> Problem | None:
    """Why the workbook must not be opened, or None. A sheet of the former format of Excel cannot reach too far."""
    try:
        with path.open("rb") as stream:
            if stream.read(len(OLDER)) == OLDER:
                return None
        with zipfile.ZipFile(path) as archive:
            most = limits_of_process().size or MOST_UNPACKED
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > most:
                return beyond("too_much_inside", name, readable(unpacked), readable(most))
            cells = max((_reach(archive, part) for part in archive.infolist()), default=0)
        cells = max([cells, *(one.rows * one.columns for one in open_document_sheets(path).values())])
    except (RuntimeError, *BROKEN) as error:
        return beyond("unreadable", name, str(error), None)
    return beyond("workbook_cells", name, counted(cells), counted(MOST_CELLS)) if cells > MOST_CELLS else None


def _reach(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """How many cells one part spans, from the first possible cell to the last that gives its position."""
    if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".bin"):
        return prod(binary_reach(archive.read(part)))
    columns: set[str] = set()
    rows, before = 0, b""
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            text = before + piece
            for letters, row in _PLACE.findall(text):
                columns.add(letters.decode("ascii"))
                rows = max(rows, int(row))
            before = text[-LONGEST:]
    return rows * (1 + max(map(_position, columns), default=-1))


PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"RIFF")
PHOTO = b"ftyp"
"""Of photos taken with a phone; it follows four other bytes."""
OLDER = b"\xd0\xcf\x11\xe0"
"""Of Office files before 2007, and of encrypted ones today. Their parts are named in UTF-16."""
OSCAL = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:catalog|assessment-results)"')
"""How a file in OSCAL begins that held a standard or answers."""
MAY_BE = {
    ".csv": ("text_inside", "no_workbook"),
    **dict.fromkeys(WORKBOOKS, ("other_workbook",)),
    XLSX: ("workbook_inside",),
    ".parquet": ("parquet_inside", "no_workbook", "damaged_workbook"),
}
"""What is left to the reader of each format."""
OF_OTHERS = ("text_inside", "workbook_inside", "damaged_workbook", "no_workbook")
"""Problems that say no more about a file in another format than its extension does."""
NAMED_WRONG = (
    "text_inside",
    "workbook_inside",
    "other_workbook",
    "parquet_inside",
    "with_password",
    "damaged_workbook",
)
"""Problems that go away once the file is renamed, unlocked or sent again."""


def not_a_table(path: Path, name: str) -> Problem | None:
    """Why a file is not read: it is empty or not a table; None if it may be what its name says. Raises OSError."""
    if path.stat().st_size == 0:
        return Problem("empty_file", name, weight=Weight.FILE)
    suffix = path.suffix.lower()
    kind = kind_inside(path)
    if kind not in MAY_BE.get(suffix, OF_OTHERS):
        expected = None if kind in (*NAMED_WRONG, "oscal") else ", ".join(FORMATS)
        return Problem(kind, name, value=suffix, expected=expected, weight=Weight.FILE)
    if suffix not in FORMATS:
        return Problem("format", name, value=suffix or path.name, expected=", ".join(FORMATS), weight=Weight.FILE)
    return None


def kind_inside(path: Path) -> str:
    """The kind of file that its first bytes tell, as the kind of a Problem. Raises OSError."""
    with path.open("rb") as stream:
        start = stream.read(1000)
    if start.startswith(PICTURES) or start[4:8] == PHOTO:
        return "a_picture"
    if start.startswith(b"%PDF"):
        return "a_pdf"
    if start.startswith(b"PAR1"):
        return "parquet_inside"
    if start.startswith(OLDER):
        return _older(path.read_bytes())
    if start.startswith(b"PK"):
        return _packed(path)
    if OSCAL.match(start):
        return "oscal"
    return "text_inside" if all(byte >= ord(" ") or byte in b"\t\r\n" for byte in start) else "no_workbook"


def _older(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "with_password"
    return "other_workbook" if "Workbook".encode("utf-16-le") in content else "a_document"


def _packed(path: Path) -> str:
    """What kind of file an archive is: Excel, Word and OpenOffice all write archives."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind, manifest = (_start(archive, part) if part in names else b"" for part in (KIND, MANIFEST))
    except (RuntimeError, *BROKEN):
        return "damaged_workbook"
    if kind and (ENCRYPTED in names or b"encryption-data" in manifest):
        return "with_password"
    if CONTENT in names and kind and b"spreadsheet" not in kind:
        return "a_document"
    if CONTENT in names or "xl/workbook.bin" in names:
        return "other_workbook"
    if "[Content_Types].xml" in names:
        return "a_document" if any(name.startswith(("word/", "ppt/")) for name in names) else "workbook_inside"
    return "workbook_inside" if "xl/workbook.xml" in names else "an_archive"


def _start(archive: zipfile.ZipFile, part: str) -> bytes:
    """The first bytes of one part, which may unpack to any size."""
    with archive.open(part) as stream:
        return stream.read(PIECE)


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


def read_sheets(path: Path, name: str) -> Mapping[str, WorkbookSheet] | Problem:
    """The sheets of a workbook by title, including empty ones; a Problem if the file is not a workbook."""
    try:
        refused = too_much(path, name)
        if refused is not None:
            return refused
        return sheets_in(path)
    except PasswordError:
        return Problem("with_password", name, weight=Weight.FILE)
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        return Problem("unreadable", name, value=str(error), weight=Weight.FILE)


def holds_standard(titles: Iterable[str]) -> bool:
    """Whether the sheets are those of a standard's workbook, without any table of answers or lists."""
    return {sheet.name for sheet in standard_sheets().values() if sheet.required} <= {
        title.strip().lower() for title in titles
    }


def merged_cells(sheet: WorkbookSheet, place: str) -> Problem | None:
    """The Problem for the first merged cells of a sheet, if any."""
    if not sheet.merged:
        return None
    (top, left), (bottom, right) = sheet.merged[0]
    span = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
    return Problem("merged_cells", place, row=top + 1, value=span, weight=Weight.FILE)


def too_large(sheet: WorkbookSheet, place: str) -> Problem | None:
    """The Problem for a sheet with more rows below its first one, or more columns, than may be read here."""
    row, column = sheet.end or (0, 0)
    return too_many_rows(row, place) or too_many_columns(column + 1, place)


def cell_name(row: int, column: int) -> str:
    """What a spreadsheet calls a cell: (0, 27) is AB1."""
    return f"{column_letters(column)}{row + 1}"


def formula_cells(path: Path, title: str) -> list[FormulaCell] | None:
    """The cells of one sheet with a formula or an error; the main reader gives only their calculated values.

    None if that is unknown: the two readers do not tolerate the same faults in a file, and only XLSX and ODS are read.
    """
    try:
        if (sheet := open_document_sheets(path).get(title)) is not None:
            return [FormulaCell(*formula) for formula in sheet.formulas]
        with zipfile.ZipFile(path) as archive:
            text = archive.read(_part(archive, title)).decode("utf-8", "replace")
    except (KeyError, OSError, *BROKEN):
        return None
    return list(_formulas(text))


def uncalculated(
    path: Path, title: str, place: str, cells: Sequence[Sequence[object]], heads: Mapping[int, str], below: int = -1
) -> list[Problem]:
    """Formulas that were never calculated, or gave an error; of all others, the value is used.

    `cells` are all of the sheet. Those are looked at below a row and in the columns of `heads`, which names them by
    position; both count from 0.
    """
    formulas = formula_cells(path, title)
    if formulas is None:
        return [Problem("formulas_unread", place, weight=Weight.NOTE)]
    return [
        Problem("formula", place, formula.row + 1, heads[formula.column], formula.text)
        for formula in formulas
        if formula.column in heads and below < formula.row < len(cells)
        if is_blank(cells[formula.row][formula.column])
    ]


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing, or only blanks."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


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
