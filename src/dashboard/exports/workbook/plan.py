"""Which rows and cells does each sheet of an operation's workbook have, and how does it count what is filled in?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from dashboard.exports.workbook.rows import Cells
from dashboard.model.answers.workbook import SHEETS, Column
from dashboard.model.words import Words

HEAD_ROW = 3
FIRST_ROW = HEAD_ROW + 1
COUNTED = {
    "answers": ("status",),
    "risk_ratings": ("found", "scale"),
    "opportunity_ratings": ("found", "reach"),
    "actions": ("text",),
    "targets": ("percent",),
    "evidence": ("title",),
}
"""A row is filled in if one of these columns is."""


@dataclass(frozen=True)
class Sheet:
    """One sheet to draw: its kind, its title, its rows, and the number of empty rows after them.

    `left_out` are columns that would say nothing.
    """

    kind: str
    title: str
    heading: str
    rows: Sequence[Cells]
    room: int = 0
    left_out: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for column in SHEETS[self.kind] if column.name not in self.left_out)

    @property
    def last_row(self) -> int:
        return FIRST_ROW + len(self.rows) + self.room - 1

    def filled(self) -> int:
        return sum(any(row[name] is not None for name in COUNTED[self.kind]) for row in self.rows)

    def position(self, name: str) -> int:
        return [column.name for column in self.columns].index(name)

    def letters(self, name: str) -> str:
        """Return the letters of one column."""
        return str(xl_col_to_name(self.position(name)))

    def cells(self, name: str) -> str:
        """Return the range of one column as used in a formula."""
        letters = self.letters(name)
        return f"${letters}${FIRST_ROW + 1}:${letters}${self.last_row + 1}"


def counter(sheet: Sheet, words: Words) -> str:
    """Return a formula that counts the rows that are filled in."""
    worked_out = {"\1": _count(sheet, words), "\2": str(len(sheet.rows))}
    parts = re.split("([\1\2])", _counter_text(sheet, words, "\1", "\2"))
    return "=" + "&".join(worked_out.get(part, f'"{quoted(part)}"') for part in parts if part)


def _count(sheet: Sheet, words: Words) -> str:
    filled = [f"(LEN(TRIM({sheet.cells(name)}))>0)" for name in COUNTED[sheet.kind]]
    if sheet.kind == "answers":
        nothing = quoted(words("counts_as.unanswered"))
        return f'SUMPRODUCT({filled[0]}*({sheet.cells("status")}<>"{nothing}"))'
    return f"SUMPRODUCT(--({'+'.join(filled)}>0))"


def counted(sheet: Sheet, words: Words) -> str:
    """Return the formula's value in the workbook as generated."""
    return _counter_text(sheet, words, str(sheet.filled()), str(len(sheet.rows)))


def _counter_text(sheet: Sheet, words: Words, filled: str, asked: str) -> str:
    return words(f"book.counter.{sheet.kind}", filled=filled, asked=asked)


def quoted(text: str) -> str:
    return text.replace('"', '""')
