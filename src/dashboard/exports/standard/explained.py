"""What does a column of a standard's workbook mean, and what may it contain?"""

from dashboard.model.standard.workbook import LISTED, NO, NUMBERS, YES, Column, Sheet
from dashboard.model.words import Words


def explained(sheet: Sheet, column: Column, words: Words) -> str:
    """Return what a column means: the sentence in the words, else the description in the model, else nothing."""
    key = f"workbook.{sheet.name}.{column.name}"
    return words(key) if words.has(key) else column.description or ""


def allowed(column: Column, words: Words) -> str:
    """Return what a cell of this column may contain, and what an empty cell means."""
    kind = _kind(column, words)
    if column.required or column.default in (None, [], ()):
        return kind
    default = (YES if column.default else NO) if isinstance(column.default, bool) else column.default
    return f"{kind} {words('workbook.allowed.default', default=default)}"


def _kind(column: Column, words: Words) -> str:
    choices = ", ".join(column.choices)
    if column.many:
        key = "many_of" if choices else "many"
        return words(f"workbook.allowed.{key}", choices=choices, between=LISTED.strip())
    if choices:
        return words("workbook.allowed.one_of", choices=choices)
    if column.type == "boolean":
        return words("workbook.allowed.one_of", choices=f"{YES}, {NO}")
    if column.type in NUMBERS:
        return _number(column, words)
    if column.is_version:
        return words("workbook.allowed.version")
    return words("workbook.allowed.id" if column.pattern else "workbook.allowed.text")


def _number(column: Column, words: Words) -> str:
    kind = f"workbook.allowed.{column.type}"
    if column.lowest is None:
        return words(kind)
    if column.highest is None or column.above:
        return words(f"{kind}_above", lowest=_plain(column.lowest))
    return words(f"{kind}_between", lowest=_plain(column.lowest), highest=_plain(column.highest))


def _plain(number: float) -> str:
    """Return a number without thousands separators: a year is one word."""
    return f"{number:g}"
