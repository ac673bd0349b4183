"""What is in the cells of a sheet, and what are its columns called?"""

from collections.abc import Sequence
from dataclasses import dataclass


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
        return labels_of(self.texts[header], filled)


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
