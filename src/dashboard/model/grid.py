"""What is in the cells of a sheet, and what are its columns called?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

GROUPED = ": "
"""Joins the two lines of a title."""
FEW = 2
"""A row with fewer different cells above a header is a title."""


@dataclass(frozen=True)
class Grid:
    """One sheet, in rows of equal width. `place` is its name in Problems; the single sheet of a text file has no title.

    `cells` are as typed. `texts` are as a person reads them, with vertically merged cells filled in.
    """

    place: str
    title: str
    cells: tuple[tuple[object, ...], ...]
    texts: tuple[tuple[str, ...], ...]

    def labels(self, header: int) -> tuple[str, ...]:
        """The names of the columns below the row `header`, counted from 0; see `labels_of`."""
        below = self.texts[header + 1 :]
        filled = [any(row[position] for row in below) for position in range(len(self.texts[header]))]
        return labels_of(self.titles(header), filled)

    def titles(self, header: int) -> tuple[str, ...]:
        """The titles in the row `header`; those that repeat or are empty are joined to the heading in the row above."""
        return joined_titles(self.texts[header - 1] if header else (), self.texts[header])


def joined_titles(above: Sequence[str], row: Sequence[str]) -> tuple[str, ...]:
    """The titles of a header in two lines: the upper one names groups of columns, each at the first of them.

    A single cell above is the title of the sheet.
    """
    if len({*above} - {""}) < FEW:
        return tuple(row)
    often = Counter(" ".join(title.split()) for title in row if title)
    joined, group = [], ""
    for heading, title in zip(above, row, strict=True):
        group = heading or group
        repeats = often[" ".join(title.split())] > 1 and group not in ("", title)
        joined.append(f"{group}{GROUPED}{title}" if repeats else title or heading)
    return tuple(joined)


def labels_of(row: Sequence[str], filled: Sequence[bool] = ()) -> tuple[str, ...]:
    """The name of each column: its title; numbered if two are the same; its letters if it has none.

    `filled` says which columns hold anything; one with neither title nor content has no name.
    """
    labels: list[str] = []
    for position, cell in enumerate(row):
        title = " ".join(cell.split())
        if not title and position < len(filled) and filled[position]:
            title = column_letters(position)
        label, number = title, 2
        while label and label in labels:
            label, number = f"{title} ({number})", number + 1
        labels.append(label)
    return tuple(labels)


def column_letters(column: int) -> str:
    """A spreadsheet's name for a column, counted from 0: 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
