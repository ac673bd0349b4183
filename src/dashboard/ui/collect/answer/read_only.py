"""Questions and answers for reading only, where nothing may be changed."""

from dashboard.model.records import EVIDENCE
from dashboard.ui.collect.answer.criteria import Sheet
from dashboard.ui.elements.answer import mark, status
from dashboard.ui.escape import escape_row
from dashboard.ui.evidence_items import items_by_answer
from dashboard.ui.html import draw_table
from dashboard.ui.view import View


def show_answers(view: View, sheet: Sheet) -> None:
    """Show every criterion of the selected function with its answer."""
    words = view.words
    lines = []
    items = items_by_answer(view, operation=sheet.of_function[0][1], kind="")
    for row, key in ((escape_row(sheet.rows[key]), key[1:]) for key in sheet.of_function):
        level = f"evidence.{row['evidence'] if row['evidence'] in EVIDENCE else 'not_stated'}"
        behind = [words(level) if row["counts_as"] == "answered" else "", mark(view, row)]
        lines.append(
            {
                words("column.criterion"): row["criterion"],
                words("column.text"): row["text"],
                words("column.status"): status(view, row),
                words("column.evidence"): " · ".join(part for part in behind if part) + items.get(key, ""),
                words("column.note"): row["na_reason"] or row["note"] or "",
            }
        )
    draw_table(lines)
