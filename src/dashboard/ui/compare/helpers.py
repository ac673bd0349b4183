"""Shows who can help one operation: who has in place, on evidence that a reviewer has seen, what is missing there."""

from typing import Any, TypedDict

import pyarrow as pa
import streamlit as st

from dashboard.model.known_codes import AT
from dashboard.queries.every_page import OPERATIONS
from dashboard.queries.question import Question
from dashboard.ui.compare.subject_choice import Subjects
from dashboard.ui.elements import choices
from dashboard.ui.elements.choices import operation_lists
from dashboard.ui.elements.folds import folded
from dashboard.ui.elements.show import in_words
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.page_content import listed
from dashboard.ui.view import View


class CompareHelpNotes(TypedDict):
    """One of the `notes` in a row of `compare_help`."""

    criterion: str
    note: str


class CompareHelpRow(TypedDict):
    """A row of `compare_help`."""

    area: str
    operation: str | None
    operation_title: str | None
    n_helped: int | None
    criteria: list[str] | None
    notes: list[CompareHelpNotes] | None


COMPARE_HELP = Question("compare_help", CompareHelpRow)


def who_can_help(view: View, subjects: Subjects) -> None:
    """Show who can help one operation, folded until one is chosen.

    Nothing while names are hidden, as it would tell single answers.
    """
    title = view.words("compare.help_title")
    if not view.masked and (place := folded(title, "help", at_first=bool(view.state.operation))):
        with place:
            _who_can_help(view, subjects)


def _who_can_help(view: View, subjects: Subjects) -> None:
    """Show, for each principle in which one operation has gaps, who has closed them on evidence that was seen."""
    words = view.words
    if not subjects.operations:
        st.caption(words("compare.help_operations"))
        return
    by_operation = {code.partition(AT)[0]: code for code in reversed(subjects.operations)}
    operations = list(reversed(by_operation))
    one, lists = operation_lists(view, operations, words("compare.help_whom"))
    choices.draw(words, *lists)
    found = escaped_rows(view.published, COMPARE_HELP, view.parameters(subject=(by_operation[one],)))
    if not found:
        st.caption(words("compare.help_none_missing"))
        return
    lines: dict[str, dict[str, Any]] = {}
    for row in found:
        line = lines.setdefault(row["area"], {"row": row, "helpers": [], "notes": []})
        if row["operation"]:
            told = {
                "title": row["operation_title"],
                "n": row["n_helped"],
                "criteria": words.listed(row["criteria"] or []),
            }
            line["helpers"].append(words("compare.helper", **told))
            line["notes"] += [
                words("compare.helper_note", title=row["operation_title"], **note) for note in (row["notes"] or [])[:1]
            ]
    table = pa.Table.from_pylist(
        [
            {
                "area_title": f"{line['row']['area_code']} {line['row']['area_title']}",
                "n_missing": line["row"]["n_missing"],
                "helpers": "; ".join(line["helpers"]) or words("compare.nobody"),
                "note": " ".join(line["notes"]),
            }
            for line in lines.values()
        ]
    )
    helped = sum(bool(line["helpers"]) for line in lines.values())
    every = escaped_rows(view.published, OPERATIONS, view.unfiltered())
    title = next(row["operation_title"] for row in every if row["operation"] == one)
    finding = words.count("compare.help_found", helped, of=len(lines), title=title)
    listed("help", lambda: table, finding)
    draw_table([{name: words.shown(cell) for name, cell in row.items()} for row in in_words(table, view).to_pylist()])
    st.caption(words("compare.help_rule"))
