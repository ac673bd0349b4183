"""What does one cell of a standard's workbook say? A value for the model, or the Problem that it is not one."""

import re
from datetime import date, time, timedelta

from dashboard.model.problem import Problem, Weight
from dashboard.model.standard.workbook import LISTED, NO, NUMBERS, YES, Column

BETWEEN = re.compile(rf"[{LISTED.strip()}\n]")
BETWEEN_CODES = re.compile(rf"[{LISTED.strip()},\n]")
"""No code contains a comma, so it can only separate two codes."""
EXACT = 2**53
"""Below this, a whole number is written without a decimal point."""
TRUTHS = {YES: True, "true": True, "1": True, NO: False, "false": False, "0": False}


def is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def value_of(column: Column, cell: object, place: str, row: int) -> tuple[object, Problem | None]:
    """The value of a non-blank cell, for the model to validate. `place` and `row` locate a Problem."""
    kind = _misread(column, cell)
    text = text_of(cell)
    if kind is not None:
        return None, Problem(kind, place, row, column.name, text, weight=Weight.FILE)
    if column.many:
        between = BETWEEN_CODES if column.pattern or column.choices else BETWEEN
        return [part.strip() for part in between.split(text) if part.strip()], None
    if column.type == "boolean":
        truth = TRUTHS.get(text.lower())
        wrong = Problem("bad_value", place, row, column.name, text, f"{YES}, {NO}", weight=Weight.FILE)
        return truth, wrong if truth is None else None
    if column.type in NUMBERS and isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < EXACT else cell, None
    # A Boolean is passed on as text: it is not a number, though Python would accept it as one.
    return text, None


def _misread(column: Column, cell: object) -> str | None:
    """The kind of Problem if the spreadsheet has converted what was typed."""
    if isinstance(cell, date | time | timedelta):
        return "date_cell"
    is_text = column.type == "string" or column.many
    if is_text and isinstance(cell, float) and (column.is_version or not cell.is_integer()):
        return "number_cell"
    return None


def text_of(cell: object) -> str:
    """A cell as the text a person sees: whole numbers without a decimal point, Booleans as spreadsheets write them."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
