"""Does a workbook reach further than anybody intended?

Checked before it is opened, since a stray cell far out costs as much as all the cells before it. Other ways to harm the
reader are contained by the limits of its process. This check exists for its message, which names what an honest person
has to delete, and for `publish`, which has no limits.
"""

import re
import struct
import zipfile
import zlib
from pathlib import Path

from dashboard.loading.apart.limits import beyond, counted, limits_of_process, readable
from dashboard.model.limits import MB
from dashboard.model.problem import Problem

MOST_CELLS = 20_000_000
"""Cells between the first and last of a sheet; the reader holds empty ones too."""
MOST_UNPACKED = 300 * MB
"""The limit in bytes if this process has none of its own."""
PIECE = 1 << 20
LONGEST = 40
"""The most characters of a cell's reference with its attribute; this much is searched again with the next chunk."""
BROKEN = (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error, zlib.error)
"""The errors raised by an archive that cannot be unpacked."""
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")


def too_much(path: Path, name: str) -> Problem | None:
    """Why the workbook must not be opened, or None."""
    try:
        with zipfile.ZipFile(path) as archive:
            most = limits_of_process().size or MOST_UNPACKED
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > most:
                return beyond("too_much_inside", name, readable(unpacked), readable(most))
            cells = max((_reach(archive, part) for part in archive.infolist()), default=0)
    except (RuntimeError, *BROKEN) as error:
        return beyond("unreadable", name, str(error), None)
    return beyond("workbook_cells", name, counted(cells), counted(MOST_CELLS)) if cells > MOST_CELLS else None


def _reach(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """How many cells one part spans, from the first possible cell to the last that gives its position."""
    columns: set[bytes] = set()
    rows, before = 0, b""
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            text = before + piece
            for letters, row in _PLACE.findall(text):
                columns.add(letters)
                rows = max(rows, int(row))
            before = text[-LONGEST:]
    return rows * max(map(_column, columns), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
