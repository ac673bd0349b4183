"""What stands in the cells of a sheet, and what are its columns called?"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Grid:
    """One sheet, in rows equally wide. `place` is what a Problem calls it; the one sheet of a text file has no title.

    `cells` are as they were typed. `texts` are as a person reads them, with cells that are merged down filled.
    """

    place: str
    title: str
    cells: tuple[tuple[object, ...], ...]
    texts: tuple[tuple[str, ...], ...]

    def labels(self, header: int) -> tuple[str, ...]:
        """What the columns are called below the row `header`, counted from 0; see `labels_of`."""
        below = self.texts[header + 1 :]
        filled = [any(row[position] for row in below) for position in range(len(self.texts[header]))]
        return labels_of(self.texts[header], filled)


def labels_of(row: Sequence[str], filled: Sequence[bool] = ()) -> tuple[str, ...]:
    """What each column is called: its title; numbered where two are alike; its letters where it has none.

    `filled` says which columns hold anything; one that has neither title nor content is called nothing.
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
    """What a spreadsheet calls a column, counted from 0: 27 is AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
