"""How texts and tables of a pack fit on a page: a table has only as many columns as there is room for."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.exports.packs.content import Cell, Listed
from dashboard.exports.picture import LINE, letters
from dashboard.model.words import Words

POINTS = 72
"""Points in an inch."""
LONGEST_CELL = 220
"""The most characters of a cell; a workbook has all of them."""
SHORTEST = 8
"""Characters by which a text is shortened at a time, and of what is not shortened any more."""


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


SENTENCE, CLAUSE = re.compile(r"[.!?]\s+(?=\S)"), re.compile(r"[:;]\s+(?=[^\s\d])")
"""What ends a sentence, and a part of one that can go on below a title; a number stays with what it counts."""
LEAST_SAID = 24
"""The fewest characters of a part of a sentence that is a title."""


def titled(finding: str, fits: Callable[[str], bool]) -> tuple[str, str]:
    """The first sentences of a finding that fit as a title, and those that do not.

    Of a first sentence that does not fit, its first clause; without one, the title is empty and the finding left.
    """
    for end in (len(finding), *_ends(SENTENCE, finding)):
        if fits(finding[:end].strip()):
            return finding[:end].strip(), finding[end:].strip()
    for end in _ends(CLAUSE, finding):
        if end >= LEAST_SAID and fits(finding[:end].strip()):
            rest = finding[end:].strip()
            return finding[:end].rstrip(" :;"), rest[:1].upper() + rest[1:]
    return "", finding


def _ends(parts: re.Pattern[str], text: str) -> list[int]:
    """Where parts of a text end, the last first."""
    return [found.end() for found in parts.finditer(text)][::-1]


def within_lines(text: str, size: float, width: float, most: int) -> str:
    """A text shortened as much as it takes to need so many lines at most, in a type size and on a width in inches."""
    longest = len(text)
    while longest > SHORTEST and lines_of(text, size, width) > most:
        longest -= SHORTEST
        text = shortened(text, longest)
    return text


def height_of(text: str, size: float, width: float) -> float:
    """How high it is, in inches."""
    return lines_of(text, size, width) * size * LINE / POINTS


def size_for(text: str, width: float, height: float, sizes: Sequence[float]) -> float:
    """The largest of the sizes at which a text fits into a box in inches; the smallest if none does."""
    return next((size for size in sizes if height_of(text, size, width) <= height), sizes[-1])


MOST_COLUMNS = 8
OURS, THEIRS, UNKNOWN = 1.0, 1.1, 1.3
"""How much wider than estimated a word may be: in our typeface, in one that readers have, and in that of a template."""
BOLD = 1.08
"""How much wider bold type is."""
APART = 1.2
"""Line height as a multiple of the type size."""
INSIDE = 0.16
"""Inches between the text of a cell and the next one."""
LITTLE = 0.2
"""Inches by which a column may be too narrow before it has to share with others."""
BETWEEN_ROWS = 0.09
TO_WRITE = 0.5
"""Inches: the height of an empty row, which is there to write in."""
UNBROKEN = 12
"""A cell of so many characters, such as a date, stays on one line."""
LONG, ROOMY, SCANT = 60, 24, 10
"""From how many characters a text is long, and how many of a long and of any other text stand side by side."""
LONGEST = 140
"""The most characters of a cell; a workbook has all of them."""
MOST_LINES = 5
"""The most lines of a cell."""
LONGEST_WORD = 28
"""The most characters of a word that makes a column wider; a longer one is broken, so that all columns find room."""
LOOKED_AT = 60
"""Rows that determine the widths of columns."""


@dataclass(frozen=True)
class TableGrid:
    """A table as it is set in a type size in points: heads and cells as text, columns with their widths in inches.

    `numeric` says which columns hold numbers, `n_left` how many columns found no room, `wider` how wide the type is.
    """

    title: str
    size: float
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numeric: tuple[bool, ...]
    n_left: int
    wider: float

    def heights(self) -> Iterator[float]:
        """Yield the height of the heads, then of each row, in inches."""
        return (self._height(row) for row in (self.heads, *self.rows))

    def _height(self, row: Sequence[str]) -> float:
        if not any(row):
            return TO_WRITE
        cells = zip(row, self.widths, strict=True)
        lines = max(lines_of(text, self._line, width - INSIDE) for text, width in cells)
        return lines * self.size * APART / POINTS + BETWEEN_ROWS

    @property
    def _line(self) -> float:
        """The type size in lines: the widths of a whole line vary less than those of a word."""
        return self.size * max(1.0, self.wider - 0.1)

    def low(self, most: int) -> "TableGrid":
        """The same grid with texts shortened so that no cell has more lines."""
        rows = (
            tuple(
                within_lines(text, self._line, width - INSIDE, most)
                for text, width in zip(row, self.widths, strict=True)
            )
            for row in self.rows
        )
        return replace(self, rows=tuple(rows))

    def that_fit(self, height: float) -> int:
        """How many rows fit below the heads into a height in inches."""
        for place, one in enumerate(self.heights()):
            height -= one
            if height < 0:
                return max(0, place - 1)
        return len(self.rows)

    def first(self, n: int) -> "TableGrid":
        """The same grid with its first rows only."""
        return replace(self, rows=self.rows[:n])

    def left(self, table: Listed, words: Words, where: str = "") -> str:
        """Say how many rows and columns of the table are elsewhere: `_appendix`, or on the page; empty if none are."""
        rows = len(table.rows) - len(self.rows)
        counts = ((f"pack.more_rows{where}", rows), (f"pack.more_columns{where}", self.n_left))
        return " ".join(words.count(key, n) for key, n in counts if n)


@dataclass(frozen=True)
class _Column:
    """One column: its narrowest width, and that at which nothing is broken, in inches."""

    least: float
    whole: float
    numeric: bool


def grid_of(
    table: Listed, words: Words, size: float, width: float, wider: float = THEIRS, whole: bool = False
) -> TableGrid:
    """The first columns that hold anything and fit into a width in inches.

    The first column is always there. Texts are short enough for few lines, unless they are to be whole.
    """
    every = range(len(table.heads))
    places = [place for place in every if any(row[place] is not None for row in table.rows)] or list(every)
    longest = LONGEST_CELL if whole else LONGEST
    texts = {place: tuple(said(row[place], words, longest) for row in table.rows) for place in places}
    cells = [(table.heads[place], [row[place] for row in table.rows], texts[place]) for place in places[:MOST_COLUMNS]]
    columns: list[_Column] = []
    for room in (size * wider, size):
        if len(columns) < len(cells):
            # Rather narrower columns than one less.
            every_column = (_column(*one, size * wider, room) for one in cells)
            columns = list(_side_by_side(every_column, width))
    kept = places[: len(columns)]
    grid = TableGrid(
        table.title,
        size,
        tuple(table.heads[place] for place in kept),
        tuple(zip(*(texts[place] for place in kept), strict=True)),
        tuple(_shared(columns, width)),
        tuple(column.numeric for column in columns),
        len(places) - len(kept),
        wider,
    )
    return grid if whole else grid.low(MOST_LINES)


def _side_by_side(columns: Iterator[_Column], width: float) -> Iterator[_Column]:
    """Yield the first column, and those after it that fit."""
    for number, column in enumerate(columns):
        width -= column.least
        if number and width < 0:
            return
        yield column


def _column(head: str, cells: Sequence[Cell], texts: Sequence[str], size: float, room: float) -> _Column:
    """A column in a type size; `room` is the size in which a text has so many letters side by side."""

    def inches(text: str) -> float:
        return letters(text) * size / POINTS + INSIDE

    numeric = all(one is None or (isinstance(one, int | float) and not isinstance(one, bool)) for one in cells)
    looked_at = texts[:LOOKED_AT]
    most = max(map(len, looked_at), default=0)
    needed = [inches(word[:LONGEST_WORD]) * BOLD for word in head.split() or [head]]
    needed += (
        inches(part[:LONGEST_WORD])
        for text in looked_at
        for part in ([text] if len(text) <= UNBROKEN else text.split())
    )
    roomy = letters("n" * (ROOMY if most > LONG else SCANT)) * room / POINTS + INSIDE
    needed.append(min(roomy, max(map(inches, looked_at), default=0)))
    if numeric:
        return _Column(max(needed) + INSIDE / 2, max(needed) + INSIDE / 2, numeric)
    return _Column(max(needed), max([*needed, inches(head) * BOLD, *map(inches, looked_at)]), numeric)


def _shared(columns: Sequence[_Column], width: float) -> Iterator[float]:
    """Yield widths that add up to `width`: those that lack little get it, then the others share by what they lack."""
    lacking = [column.whole - column.least for column in columns]
    widths = [column.least for column in columns]
    for small in (True, False):
        gaps = [gap if (gap <= LITTLE) is small else 0.0 for gap in lacking]
        rest = max(0.0, width - sum(widths))
        share = min(1.0, rest / sum(gaps)) if sum(gaps) else 0.0
        widths = [one + share * gap for one, gap in zip(widths, gaps, strict=True)]
    # Numbers stay beside their neighbours; what is left over goes to texts.
    takes = [not column.numeric for column in columns]
    takes = takes if any(takes) else [True] * len(columns)
    total = sum(one for one, take in zip(widths, takes, strict=True) if take)
    rest = max(0.0, width - sum(widths))
    widths = [one * (1 + rest / total) if take else one for one, take in zip(widths, takes, strict=True)]
    yield from (one * width / sum(widths) for one in widths)
