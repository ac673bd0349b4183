"""What fits where? Sizes of type for texts of any length, and the rows of a table that fit on a page."""

from collections.abc import Sequence

from dashboard.exports.packs.leaf import Cell, Listed
from dashboard.exports.picture import LINE, letters
from dashboard.model.words import Words

POINTS = 72
"""Points in an inch."""
NARROWEST, WIDEST = 4, 46
"""Characters side by side in a column."""
INCHES = 0.075
"""The width of a character of a table."""
UNBROKEN = 12
"""A text of so many characters, such as a date, stays on one line."""
LOOKED_AT = 60
"""Rows that determine the widths of columns."""
LONGEST_CELL = 220
"""The most characters of a cell; a workbook has all of them."""


def said(value: Cell, words: Words) -> str:
    """A cell as text: numbers with one decimal at most, and not too long."""
    text = words.shown(round(value, 1) if isinstance(value, float) else value)
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1].rstrip()}…"


def lines_of(text: str, size: float, width: float) -> int:
    """How many lines a text needs in a type size in points, on a width in inches; a generous estimate."""
    lines, x = 1, 0.0
    most = width * POINTS / size
    for word in text.split():
        long = letters(word) + 0.25
        if x and x + long > most:
            lines, x = lines + 1, 0.0
        lines, x = (lines + int(long // most), long % most) if long > most else (lines, x + long)
    return lines


def height_of(text: str, size: float, width: float) -> float:
    """How high it is, in inches."""
    return lines_of(text, size, width) * size * LINE / POINTS


def size_for(text: str, width: float, height: float, sizes: Sequence[float]) -> float:
    """The largest of the sizes at which a text fits into a box in inches; the smallest if none does."""
    return next((size for size in sizes if height_of(text, size, width) <= height), sizes[-1])


def widths_of(table: Listed, words: Words, width: float) -> list[float]:
    """Widths of columns that add up to `width`, in inches: room for the longest word of each, more for long texts."""
    texts = [
        [head, *(said(row[place], words) for row in table.rows[:LOOKED_AT])] for place, head in enumerate(table.heads)
    ]
    least = [max(map(_least, column)) for column in texts]
    more = [
        max(0.1, *(min(WIDEST, len(text) * 0.6) - low for text in column))
        for column, low in zip(texts, least, strict=True)
    ]
    left = max(0.0, width / INCHES - sum(least))
    wanted = [low + left * one / sum(more) for low, one in zip(least, more, strict=True)]
    return [width * one / sum(wanted) for one in wanted]


def _least(text: str) -> int:
    """Characters that a text needs on one line: those of its longest word, or all if it is short."""
    return max(NARROWEST, len(text) if len(text) <= UNBROKEN else 0, *map(len, text.split() or [""])) + 2


def that_fit(table: Listed, words: Words, size: float, width: float, height: float) -> int:
    """How many rows fit below the heads into a box in inches."""
    widths = widths_of(table, words, width)
    left = height - _row_height(table.heads, widths, size, words)
    for place, row in enumerate(table.rows):
        left -= _row_height(row, widths, size, words)
        if left < 0:
            return place
    return len(table.rows)


def _row_height(row: Sequence[Cell], widths: Sequence[float], size: float, words: Words) -> float:
    cells = zip(row, widths, strict=True)
    return max(height_of(said(cell, words), size, max(0.2, width - 0.16)) for cell, width in cells) + 0.09


def narrowed(table: Listed, columns: int) -> Listed:
    """The first columns of a table that hold anything."""
    full = [place for place in range(len(table.heads)) if any(row[place] is not None for row in table.rows)]
    kept = (full or list(range(len(table.heads))))[:columns]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return Listed(table.title, tuple(table.heads[place] for place in kept), rows)
