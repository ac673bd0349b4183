"""Does a workbook reach further than anybody means? Told before it is opened, since a stray cell far out costs as much
as all the cells before it.

Whatever else a file can do to its reader is held by the limits of the process that reads it. This is here for its
sentence, which names what an honest person has to delete, and for `publish`, which has no limits.
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
"""Between the first and the last cell of a sheet: the reader holds empty ones too."""
MOST_UNPACKED = 300 * MB
"""Where nothing limits this process."""
PIECE = 1 << 20
LONGEST = 40
"""The place of a cell, with its name before it, is no longer; so much of a piece is looked at again with the next."""
BROKEN = (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error, zlib.error)
"""What an archive that cannot be unpacked ends in."""
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")


def too_much(path: Path, name: str) -> Problem | None:
    """Why the workbook shall not be opened, or None."""
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
    """So many cells lie in one part between the first one of all and the last that says where it stands."""
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
