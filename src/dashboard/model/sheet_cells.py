"""Cells of sheets: names of columns, ticks, days, and texts that are guarded against formulas or that XML cannot hold.

XML holds all characters but those outside `Char` in Extensible Markup Language (XML) 1.0, fifth edition, section 2.2.
They are taken out where texts come in, and where documents, workbooks and drawings are written, since older
publications may hold them. The guard against formulas is one rule for export and import.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Literal

GROUPED = ": "
"""Joins the two lines of a title."""
FEW_CELLS = 2
"""A row with fewer different cells above a header is a title."""


@dataclass(frozen=True)
class SheetGrid:
    """One sheet, in rows of equal width. `place` is its name in Problems; the single sheet of a text file has no title.

    `cells` are as typed. `texts` are as a person reads them, with vertically merged cells filled in.
    """

    place: str
    title: str
    cells: tuple[tuple[object, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    above: int = 0
    left: int = 0
    """How many rows of the sheet are above these, and how many columns before."""

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
    if len({*above} - {""}) < FEW_CELLS:
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


BLANKS = " \t\u00a0"
"""What is stripped around every cell that is read."""
FORMULA_SIGNS = "'*[=+@\u2212\\-\uff1d\uff0b\uff0d\uff20\t\r\n]"
"""How a text begins that is taken for a formula, or would be without its apostrophes; valid for both `re` and RE2."""
GUARDED = f"^'({FORMULA_SIGNS})"
"""How a guarded text begins; its group is what remains."""
_STARTS = re.compile(FORMULA_SIGNS)
_GUARDED = re.compile(GUARDED)
_BELOW_ZERO = re.compile(r"-[0-9]+(\.[0-9]+)?")


def guarded(text: str) -> str:
    """The text as a cell of a CSV file, with an apostrophe before anything that begins like a formula.

    The text is written as stored, without surrounding blanks. A negative number is unchanged: it calculates nothing,
    and an apostrophe would stop it being a number.
    """
    text = text.strip(BLANKS)
    return f"'{text}" if _STARTS.match(text) and not _BELOW_ZERO.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text without its guard; any other text unchanged."""
    return _GUARDED.sub(r"\1", text)


XML_BLANKS = "\x0b\x0c\x1c-\x1f"
"""Characters that XML cannot hold and that stand between words: the vertical tab, the form feed, and separators. A
space replaces them.
"""
UNSEEN = "\x00-\x08\x0e-\x1b\ufffe\uffff"
"""All others that XML cannot hold, as part of a class of characters, valid for both `re` and RE2."""
SURROGATES = "\ud800-\udfff"
"""Halves of characters, which only texts in memory can hold: no UTF-8 has them."""
_BLANKS = re.compile(f"[{XML_BLANKS}]+")
_UNSEEN = re.compile(f"[{UNSEEN}{SURROGATES}]")
_ANY = re.compile(f"[{XML_BLANKS}{UNSEEN}{SURROGATES}]")


def xml_text(text: str) -> str:
    """The text without characters that XML cannot hold; the same object if it holds none."""
    return _UNSEEN.sub("", _BLANKS.sub(" ", text)) if _ANY.search(text) else text


def xml_values(values: Any) -> Any:
    """The same for every text in nested lists and mappings, also for keys."""
    if isinstance(values, str):
        return xml_text(values)
    if isinstance(values, dict):
        return {xml_values(key): xml_values(value) for key, value in values.items()}
    return [xml_values(value) for value in values] if isinstance(values, list) else values


def unwritable_in(text: str) -> str:
    """Which characters that XML cannot hold are in the text, by their numbers in Unicode."""
    return ", ".join(f"U+{ord(sign):04X}" for sign in sorted(set(_ANY.findall(text))))


TICKS = frozenset(("x", "✓", "✔", "✔️", "☑", "☒", "✅", "1", "true", "•", "●", "■"))
NO_TICKS = frozenset(("☐", "0", "false", "o", "○", "□", "-", "–"))


def is_tick(cell: str) -> bool:
    """Return whether a cell holds a mark, so that the title of its column applies."""
    return cell.strip().casefold() in TICKS


Order = Literal["dmy", "mdy"]
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_PARTS = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[^\W\d_]+\.?)[-/., ]+(\d{4}|\d{2})(?: .*)?")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2}),? (\d{4})")
_SERIAL = re.compile(r"[34567]\d{4}")
DAY_ZERO = date(1899, 12, 30)
"""Day 0 of spreadsheets."""
NO_MONTHS: Mapping[str, int] = MappingProxyType({})


def iso_day(text: str, order: Order = "dmy", months: Mapping[str, int] = NO_MONTHS) -> str | None:
    """The day as YYYY-MM-DD, or None. `order` decides between numbers; `months` are names of months."""
    if (match := _ISO.fullmatch(text)) is not None:
        year, month, day = (int(part) for part in match.groups())
    elif (match := _PARTS.fullmatch(text)) is not None:
        first, second, last = match.groups()
        if not second.isdigit():
            day, month = int(first), _month(second, months)
        else:
            day, month = (int(first), int(second)) if order == "dmy" else (int(second), int(first))
        year = int(last) + (2000 if len(last) == 2 else 0)
    elif (match := _MONTH_FIRST.fullmatch(text)) is not None:
        day, month, year = int(match[2]), _month(match[1], months), int(match[3])
    elif _SERIAL.fullmatch(text):
        return (DAY_ZERO + timedelta(days=int(text))).isoformat()
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(name: str, months: Mapping[str, int]) -> int:
    return months.get(name.casefold().rstrip("."), 0)


def orders(texts: Iterable[str]) -> tuple[Order, ...]:
    """The orders of day and month in which all the texts can be read; both if the texts fit either."""
    numbers = [
        (int(match[1]), int(match[2])) for text in texts if (match := _PARTS.fullmatch(text)) and match[2].isdigit()
    ]
    both: tuple[Order, ...] = ("dmy", "mdy")
    day_first = all(second <= 12 for _, second in numbers)
    month_first = all(first <= 12 for first, _ in numbers)
    return tuple(order for order, fits in zip(both, (day_first, month_first), strict=True) if fits) if numbers else both


def year_in(text: str) -> str | None:
    """The year from 1900 to 2099 that a text names, if it has no other number."""
    numbers = re.findall(r"\d+", text)
    return numbers[0] if len(numbers) == 1 and re.fullmatch("(19|20)..", numbers[0]) else None
