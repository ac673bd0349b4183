"""What fits where? Sizes of type for texts of any length."""

from collections.abc import Sequence

from dashboard.exports.packs.leaf import Cell
from dashboard.exports.picture import LINE, letters
from dashboard.model.words import Words

POINTS = 72
"""Points in an inch."""
LONGEST_CELL = 220
"""The most characters of a cell; a workbook has all of them."""


def said(value: Cell, words: Words, longest: int = LONGEST_CELL) -> str:
    """A cell as text: numbers with one decimal at most, and not too long."""
    return shortened(words.shown(round(value, 1) if isinstance(value, float) else value), longest)


def shortened(text: str, longest: int) -> str:
    """A text of so many characters at most, which ends with a whole word and an ellipsis if it was longer."""
    if len(text) <= longest:
        return text
    begin = text[: longest - 1]
    return f"{begin.rpartition(' ')[0].rstrip(' ,;:') or begin}…"


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
