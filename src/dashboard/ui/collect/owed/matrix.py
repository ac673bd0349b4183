"""How many answers are outstanding, for each operation and function and for each round?"""

from datetime import date
from typing import TypedDict
from urllib.parse import urlencode

import streamlit as st

from dashboard.queries.collect.owed_rounds import OwedRoundsRow
from dashboard.queries.question import Question
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.html import draw_table
from dashboard.ui.view import View, with_state


class OwedFunctions(TypedDict):
    """One of the `functions` in a row of `owed`."""

    function: str
    n_asked: int
    n_left: int


class OwedRow(TypedDict):
    """A row of `owed`."""

    operation: str
    operation_title: str
    step: int | None
    n_asked: int
    n_left: int
    n_open: int
    last_answered_on: date | None
    functions: list[OwedFunctions]
    all_operations: int
    all_asked: int
    all_left: int
    all_silent: int
    all_owing: int


class OwedFunctionsRow(TypedDict):
    """A row of `owed_functions`."""

    function: str
    title: str | None
    n_asked: int
    n_left: int


class OwedOldestRow(TypedDict):
    """A row of `owed_oldest`."""

    operation: str
    operation_title: str
    function: str
    function_title: str | None
    n_asked: int
    n_left: int
    last_answered_on: date | None
    step: int
    all_n: int


OWED = Question("owed", OwedRow)
OWED_FUNCTIONS = Question("owed_functions", OwedFunctionsRow)
OWED_OLDEST = Question("owed_oldest", OwedOldestRow)


def address(view: View, operation: str, function: str = "", part: str = "answer", criterion: str = "") -> str:
    """Return the address where an operation answers for one function."""
    functions = (function,) if function else ()
    chosen = with_state(view.state, part=part, operation=operation, function=functions, criterion=criterion)
    return f"collect?{urlencode(chosen)}"


def matrix(view: View, found: list[OwedRow], functions: list[OwedFunctionsRow]) -> None:
    """Show one row per operation, most outstanding first, and one column per function with outstanding answers."""
    words = view.words
    named = any(row["title"] for row in functions)
    open_ = [row for row in functions if row["n_left"] and named]
    owing = [row for row in found if row["n_left"]]
    if not owing:
        return
    title = words("owed.matrix" if named else "owed.matrix_alone")
    st.markdown(f"**{title}**", help=words("owed.matrix_help") if named else None)
    first_rows(view, owing, lambda row: _line(view, row, open_), "owed_by_function", len(owing))
    first = found[0]
    notes = [words.count("owed.not_listed", more)] if (more := first["all_owing"] - len(owing)) else []
    notes += [words.count("owed.done", done)] if (done := first["all_operations"] - first["all_owing"]) else []
    notes += [words("owed.columns_done", functions=_named(functions))] if named and len(open_) < len(functions) else []
    if notes:
        st.caption(" ".join(notes))


def _named(functions: list[OwedFunctionsRow]) -> str:
    return ", ".join(row["title"] or "–" for row in functions if not row["n_left"])


def _line(view: View, row: OwedRow, functions: list[OwedFunctionsRow]) -> dict[str, str]:
    words = view.words
    cells = {cell["function"]: cell for cell in row["functions"]}
    line = {
        words("column.operation_title"): f"[{row['operation_title']}]({address(view, row['operation'])})",
        words("owed.column_left"): words("owed.of", n=row["n_left"], of=row["n_asked"]),
    }
    for function in functions:
        line[function["title"] or words("owed.no_function")] = _cell(view, row, cells.get(function["function"]))
    return line | {words("owed.column_touched"): touched(view, row)}


def _cell(view: View, row: OwedRow, cell: OwedFunctions | None) -> str:
    """Return the number outstanding as a link to where it is answered; empty if nothing is asked."""
    if cell is None:
        return ""
    if not cell["n_left"]:
        return view.words("owed.all_done")
    return f"[{view.words.shown(cell['n_left'])}]({address(view, row['operation'], cell['function'])})"


def touched(view: View, row: OwedRow | OwedOldestRow) -> str:
    """Say when the last answer was given and in which publication; say so if there is none, or if none has a date."""
    words = view.words
    if row["last_answered_on"] is None:
        return words("owed.never" if row["n_left"] == row["n_asked"] else "owed.undated")
    key = "owed.touched" if row["step"] is None else "owed.touched_by"
    return words(key, date=row["last_answered_on"], step=row["step"])


def rounds(view: View, found: list[OwedRoundsRow]) -> None:
    """Show what is outstanding in each round."""
    words = view.words
    st.markdown(f"**{words('owed.rounds')}**")
    draw_table(
        [
            {
                words("column.round"): row["round_title"],
                words("owed.column_asked"): words.shown(row["n_asked"]),
                words("column.answered"): words.shown(row["n_asked"] - row["n_left"]),
                words("owed.column_left"): words.shown(row["n_left"]),
                words("owed.column_last"): words.shown(row["last_answered_on"]),
            }
            for row in found
        ]
    )
