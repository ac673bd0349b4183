"""Is a workbook small enough to be opened? Looked at before anything of it is held: a small file can hold much.

What a file says of its size is compared with what comes out of it, and never believed. Beside the bytes two things
are counted that cost more than their bytes: cells between the first and the last one of a sheet, since the reader holds
empty ones too, and texts that many cells share, since it copies them.
"""

import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO

from dashboard.model.problem import Problem, Weight

MOST_BYTES = 300_000_000
MOST_PARTS = 2_000
MOST_CELLS = 20_000_000
MOST_SHARED = 300_000_000
"""Bytes unpacked, files inside, cells, and bytes of text that cells share."""
PIECE = 1 << 20
END = 22
BROKEN = (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error, zlib.error)
"""What an archive that cannot be unpacked ends in."""
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]*)([0-9]+)")
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_STRING = re.compile(rb"<(?:\w+:)?si[\s>].*?</(?:\w+:)?si>", re.DOTALL)
_SHARED = re.compile(rb"\st\s*=\s*[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]+)")


def too_much(path: Path, name: str) -> Problem | None:
    """Why the workbook shall not be opened, or None. A file that is no archive is left to its reader."""
    try:
        with path.open("rb") as stream:
            n_parts = _parts(stream) if path.stat().st_size else 0
            if n_parts == 0:
                return None
            if n_parts > MOST_PARTS:
                return _problem("workbook_parts", name, n_parts, MOST_PARTS)
            with zipfile.ZipFile(stream) as archive:
                parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                return _problem("workbook_parts", name, len(parts), MOST_PARTS)
            said = sum(part.file_size for part in parts)
            if said > MOST_BYTES:
                return _problem("workbook_bytes", name, said, MOST_BYTES)
            return _inside(stream, parts, name)
    except BROKEN as error:
        return _problem("unreadable", name, error)


def _parts(stream: BinaryIO) -> int:
    """How many files the archive says it holds; 0 where no end of an archive is found."""
    with mmap(stream.fileno(), 0, access=ACCESS_READ) as content:
        at = content.rfind(b"PK\x05\x06")
        end = content[at : at + END] if at >= 0 else b""
    if len(end) < END:
        return 0
    count, length = struct.unpack_from("<HL", end, 10)
    # A directory takes 46 bytes or more for each file, whatever it says of their number.
    return max(int(count), int(length) // 200, 1)


def _inside(stream: BinaryIO, parts: list[zipfile.ZipInfo], name: str) -> Problem | None:
    """The same, of what the files inside hold. Any of them may be a sheet: its name does not tell."""
    widest = named = 0
    longest: dict[int, int] = {}
    uses: Counter[int] = Counter()
    for part in parts:
        content = bytearray()
        for n, piece in _pieces(stream, part):
            if n > part.file_size:
                return _problem("workbook_unlike", name, part.filename)
            content += piece
        named += len(_SHEET.findall(content))
        widest = max(widest, _area(content))
        # Several sheets may be one and the same file.
        cells = widest * max(named, 1)
        if cells > MOST_CELLS:
            return _problem("workbook_cells", name, cells, MOST_CELLS)
        for at, found in enumerate(_STRING.finditer(content)):
            longest[at] = max(longest.get(at, 0), found.end() - found.start())
        uses.update(map(int, _SHARED.findall(content)))
    copied = sum(longest.get(at, 0) * n for at, n in uses.items())
    return _problem("workbook_bytes", name, copied, MOST_SHARED) if copied > MOST_SHARED else None


def _pieces(stream: BinaryIO, part: zipfile.ZipInfo) -> Iterator[tuple[int, bytes]]:
    """What one file of the archive unpacks to, piece by piece, each with how many bytes there are so far."""
    stream.seek(part.header_offset)
    head = stream.read(30)
    if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile(part.filename)
    stream.seek(sum(struct.unpack_from("<2H", head, 26)), 1)
    unpack = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    left, total = part.compress_size, 0
    while left > 0 and (packed := stream.read(min(left, PIECE))):
        left -= len(packed)
        while packed:
            piece = unpack.decompress(packed, PIECE) if unpack else packed
            packed = unpack.unconsumed_tail if unpack else b""
            total += len(piece)
            yield total, piece


def _area(text: bytearray) -> int:
    """So many cells the reader holds of a sheet: all between its first row and column and its last."""
    places = _PLACE.findall(text)
    placed = [place for place in places if place[0]]
    if len(placed) == len(_CELL.findall(text)) and len(places) >= len(placed):
        rows = max((int(row) for _, row in places), default=0)
        return max(rows, len(_ROW.findall(text))) * max(map(_column, {letters for letters, _ in placed}), default=0)
    return _counted_area(text)


def _counted_area(text: bytearray) -> int:
    """The same where cells do not say where they stand: each stands behind the one before it."""
    row = column = rows = columns = 0
    for tag, attributes in _TAG.findall(text):
        place = _PLACE.match(attributes) or _PLACE.search(attributes)
        if tag == b"row":
            row, column = (int(place[2]) if place else row + 1), 0
        else:
            column = _column(place[1]) if place and place[1] else column + 1
            row = int(place[2]) if place and place[1] else row
        rows, columns = max(rows, row), max(columns, column)
    return rows * columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _problem(kind: str, name: str, value: object, most: int | None = None) -> Problem:
    return Problem(kind, name, value=str(value), expected=None if most is None else str(most), weight=Weight.FILE)
