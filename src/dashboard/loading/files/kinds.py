"""What is a file, whatever its name says? Its first bytes tell, so that people learn what they chose by mistake."""

import re
import zipfile
from pathlib import Path

from dashboard.loading.files.workbook_size import BROKEN
from dashboard.model.problem import Problem, Weight
from dashboard.model.records import FORMATS

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"RIFF")
PHOTO = b"ftyp"
"""Of photos taken with a phone; it follows four other bytes."""
OLDER = b"\xd0\xcf\x11\xe0"
"""Of Office files before 2007, and of encrypted ones today. Their parts are named in UTF-16."""
OSCAL = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:catalog|assessment-results)"')
"""How a file in OSCAL begins that held a standard or answers."""
MAY_BE = {
    ".csv": ("text_inside", "no_workbook"),
    ".xlsx": ("workbook_inside",),
    ".parquet": ("parquet_inside", "no_workbook", "damaged_workbook"),
}
"""What is left to the reader of each format."""
OF_OTHERS = ("text_inside", "workbook_inside", "damaged_workbook", "no_workbook")
"""Problems that say no more about a file in another format than its extension does."""
NAMED_WRONG = ("text_inside", "workbook_inside", "parquet_inside", "with_password", "damaged_workbook")
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
    except BROKEN:
        return "damaged_workbook"
    if "content.xml" in names or "xl/workbook.bin" in names:
        return "other_workbook"
    if "[Content_Types].xml" in names:
        return "a_document" if any(name.startswith(("word/", "ppt/")) for name in names) else "workbook_inside"
    return "workbook_inside" if "xl/workbook.xml" in names else "an_archive"
