"""What may be entered in a cell of an operation's workbook, and when is a reason marked as missing?"""

from collections.abc import Iterable

from dashboard.exports.workbook.lists import Lists
from dashboard.exports.workbook.plan import FIRST_ROW, Sheet, quoted
from dashboard.model.answers.workbook import GRADES, Column
from dashboard.model.words import Words

Rule = dict[str, object]


def validation(column: Column, sheet: Sheet, lists: Lists, words: Words) -> Rule | None:
    """Return the drop-down. Read-only columns reject entries instead of being locked, which would prevent sorting."""
    if column.hidden:
        return None
    if not column.asked:
        return {"validate": "custom", "value": "=FALSE", "error_message": words("book.only_shown")}
    if column.date:
        return {"validate": "any", "input_title": words("book.date"), "input_message": words("book.date_help")}
    if not column.choice:
        return None
    return {"validate": "list", "source": _source(column, sheet, lists), "error_message": words("book.choose")}


def _source(column: Column, sheet: Sheet, lists: Lists) -> str | list[str]:
    if column.choice == "grade":
        # Given in the rule itself: a typed number equals no entry of a list of texts.
        return list(GRADES)
    if sheet.kind == "answers" and column.choice == "status":
        return _scale_source(sheet, lists)
    return lists.source(column.choice)


def _scale_source(sheet: Sheet, lists: Lists) -> str:
    """Return the row's scale: the one of all rows, or the one named in its hidden column, wherever it is sorted to."""
    one = lists.one_scale()
    return lists.source(one) if one is not None else f"=INDIRECT({_cell(sheet, 'choices')})"


def missing_reason(sheet: Sheet, not_applicable: Iterable[str]) -> str:
    """Return a formula: the status counts as not applicable, and the reason is empty."""
    is_not_applicable = ",".join(f'{_cell(sheet, "status")}="{quoted(title)}"' for title in not_applicable)
    return f"=AND(OR({is_not_applicable}),LEN(TRIM({_cell(sheet, 'na_reason')}))=0)"


def _cell(sheet: Sheet, name: str) -> str:
    """Return the cell of a column in the first row, as a rule for all rows refers to it."""
    return f"${sheet.letters(name)}{FIRST_ROW + 1}"
