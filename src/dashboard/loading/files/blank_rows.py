"""Which lines of a text file are blank?"""

import csv
from mmap import ACCESS_READ, mmap
from pathlib import Path


def blank_rows(path: Path, delimiter: str) -> list[int]:
    """Rows of a text file that hold nothing at all; the CSV reader skips them silently."""
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as content:
        if content.find(b"\n\n") < 0 and content.find(b"\n\r\n") < 0:
            return []
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as text:
        try:
            return [row for row, cells in enumerate(csv.reader(text, delimiter=delimiter), start=1) if not cells]
        except csv.Error:
            return []
