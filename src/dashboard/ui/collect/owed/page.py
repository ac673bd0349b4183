"""Who has answers outstanding? Rounds, operations and functions, for programme leads."""

import streamlit as st

from dashboard.model.claim import Claim, Claims
from dashboard.queries.ask import ask_ahead
from dashboard.queries.collect.owed_rounds import OWED_ROUNDS
from dashboard.ui.collect.owed.export import export
from dashboard.ui.collect.owed.lists import OWED_NOT_APPLICABLE, OWED_SILENT, not_applicable, oldest, silent
from dashboard.ui.collect.owed.matrix import (
    OWED,
    OWED_FUNCTIONS,
    OWED_OLDEST,
    OwedFunctionsRow,
    OwedRow,
    matrix,
    rounds,
)
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape, escaped_rows
from dashboard.ui.view import View, with_state

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
    left, right = st.columns(2, gap="large")
    with left:
        silent(view, escaped_rows(published, OWED_SILENT, given))
        oldest(view, escaped_rows(published, OWED_OLDEST, given))
    with right:
        rounds(view, past)
        there = with_state(view.state, part="publications")
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
