"""Outstanding answers by round, operation and function, what cannot wait among them, and all of them as a download."""

from datetime import date
from typing import TypedDict

import streamlit as st

from dashboard.exports.csv_files import owed_csv
from dashboard.model.words import Claim, Claims
from dashboard.queries import ask
from dashboard.queries.ask import ask_ahead
from dashboard.queries.collect_answering import OWED_ROUNDS, OwedRoundsRow
from dashboard.queries.question import AnyRow, Question
from dashboard.ui.collect.signing import show_signing
from dashboard.ui.elements.answer_text import critical_mark, mark
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.show import headline, offer
from dashboard.ui.escape import escape, escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

OWED_TO_HAND_OUT = Question("owed_to_hand_out", AnyRow)


def export(view: View) -> None:
    """Offer the file, made on demand."""
    offer(
        view,
        view.words("owed.export"),
        lambda: owed_csv(ask.rows(view.published, OWED_TO_HAND_OUT, view.parameters())),
        f"owed-{view.state.framework}-{view.state.round}.csv",
        "owed_export_link",
        "tertiary",
    )


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
    return view.address("collect", part=part, operation=operation, function=functions, criterion=criterion)


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


FIRST = 8
"""Rows shown at once in a list; the rest one click away."""


class OwedNotApplicableRow(TypedDict):
    """A row of `owed_not_applicable`."""

    operation: str
    operation_title: str
    criterion: str
    critical: bool
    function: str
    text: str
    na_reason: str
    all_n: int


class OwedSilentRow(TypedDict):
    """A row of `owed_silent`."""

    operation: str
    operation_title: str
    n_asked: int
    all_n: int


OWED_NOT_APPLICABLE = Question("owed_not_applicable", OwedNotApplicableRow)
OWED_SILENT = Question("owed_silent", OwedSilentRow)


def silent(view: View, found: list[OwedSilentRow]) -> None:
    """List operations that have submitted nothing."""
    lines = [
        {
            view.words("column.operation_title"): f"[{row['operation_title']}]({address(view, row['operation'])})",
            view.words("owed.column_asked"): view.words.shown(row["n_asked"]),
        }
        for row in found
    ]
    _list(view, "silent", lines, found[0]["all_n"] if found else 0)


def oldest(view: View, found: list[OwedOldestRow]) -> None:
    """List the operations and functions with outstanding answers that were answered longest ago."""
    words, named = view.words, any(row["function"] for row in found)
    lines = [
        {
            words("column.operation_title"): _where(view, row, named),
            words("owed.column_left"): words("owed.of", n=row["n_left"], of=row["n_asked"]),
            words("owed.column_touched"): touched(view, row),
        }
        for row in found
    ]
    _list(view, "oldest", lines, found[0]["all_n"] if found else 0)


def _where(view: View, row: OwedOldestRow, named: bool) -> str:
    """Return the operation, with the function unless no criterion names one."""
    function = f", {row['function_title'] or view.words('owed.no_function')}" if named else ""
    title = f"{row['operation_title']}{function}"
    return f"[{title}]({address(view, row['operation'], row['function'])})"


def not_applicable(view: View, found: list[OwedNotApplicableRow]) -> None:
    """List answers marked not applicable that were not reviewed in their present form, critical criteria first."""
    words = view.words
    lines = [
        {
            words("column.operation_title"): f"[{row['operation_title']}]"
            f"({address(view, row['operation'], row['function'], part='check')})",
            words("column.text"): coded(row["text"], row["criterion"]) + critical_mark(view, row),
            words("column.na_reason"): row["na_reason"] or "",
            words("owed.column_review"): mark(view, row) or words("owed.unchecked"),
        }
        for row in found
    ]
    _list(view, "not_applicable", lines, found[0]["all_n"] if found else 0)


def _list(view: View, name: str, lines: list[dict[str, str]], of: int) -> None:
    """Draw a titled list of `of` lines: the first few, the rest one click away, and the number not listed."""
    if not lines:
        return
    words = view.words
    st.markdown(f"**{words.count(f'owed.list_{name}', of)}**", help=words(f"owed.list_{name}_help"))
    first_rows(view, lines, dict, f"owed_{name}", FIRST, of)


ASKED = ("owed", "owed_functions", "owed_rounds", "owed_silent", "owed_oldest", "owed_not_applicable")


def show_owed(view: View) -> None:
    """Show the finding, then operations by functions, then the lists, the most important first."""
    published, given = view.published, view.parameters()
    ask_ahead(published, ASKED, given)
    found = escaped_rows(published, OWED, given)
    functions = escaped_rows(published, OWED_FUNCTIONS, given)
    past = escaped_rows(published, OWED_ROUNDS, given)
    headline(view.words, *_finding(escape(view.option_title("round", view.state.round, "")), found, functions))
    if not found:
        return
    matrix(view, found, functions)
    export(view)
    show_signing(view)
    left, right = st.columns(2, gap="large")
    with left:
        silent(view, escaped_rows(published, OWED_SILENT, given))
        oldest(view, escaped_rows(published, OWED_OLDEST, given))
    with right:
        rounds(view, past)
        there = view.query(part="publications")
        st.page_link("pages/data.py", label=view.words("owed.close"), icon=":material/lock:", query_params=there)
    not_applicable(view, escaped_rows(published, OWED_NOT_APPLICABLE, given))


def _finding(round_: str, found: list[OwedRow], functions: list[OwedFunctionsRow]) -> Claims:
    """Say how many have answered nothing, how much is outstanding, and which function has the most."""
    if not found:
        return (Claim.of("owed.nobody", round=round_),)
    first = found[0]
    if not first["all_left"]:
        return (Claim.of("owed.complete", round=round_, asked=first["all_asked"]),)
    most = max(functions, key=lambda row: row["n_left"])
    key = "owed.left" if most["title"] else "owed.left_alone"
    left = Claim.count(key, first["all_left"], round=round_, function=most["title"])
    return (left, Claim.count("owed.silent", first["all_silent"])) if first["all_silent"] else (left,)
