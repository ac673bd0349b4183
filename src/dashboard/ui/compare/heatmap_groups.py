"""What does the heat map show with a row for each group of operations? Their cells, what they say, and a comparison."""

import pyarrow as pa
import streamlit as st

from dashboard.model.claim import Claim, Claims
from dashboard.model.view.known import GROUPS, OF_OPERATIONS
from dashboard.model.view.view_state import MOST
from dashboard.queries.ask import ask
from dashboard.queries.compare.questions import SUBJECTS
from dashboard.ui.elements.sentences import reading_text
from dashboard.ui.escape import escape_row, escaped_rows
from dashboard.ui.view import View, with_state

NAMED = 4
"""With more groups than this, the sentence at the top gives only the ends."""


def groups_shown(view: View) -> tuple[str, ...]:
    """Return the groups of operations that take part in the round, if the heat map shows them; else nothing."""
    if view.state.sort != GROUPS:
        return ()
    found = escaped_rows(view.published, SUBJECTS, view.parameters())
    return tuple(row["subject"] for row in found if row["in_round"] and row["subject"].startswith(OF_OPERATIONS))


def cells_of_groups(view: View, groups: tuple[str, ...]) -> pa.Table:
    """Return the cells of the heat map, a row of it for each group."""
    return ask(view.published, "heatmap_groups", view.parameters(subject=groups))


def as_subjects(cells: pa.Table) -> pa.Table:
    """Return the cells with the name of each group in `subject_title`, since it is no country."""
    return cells.rename_columns(["subject_title" if name == "country_title" else name for name in cells.column_names])


def groups_finding(view: View, cells: pa.Table) -> Claims:
    """Return the figure of each group in one sentence; of many, how many have a score, and its ends."""
    first = {row["country"]: escape_row(row) for row in reversed(cells.to_pylist())}
    wholes = list(reversed(first.values()))
    scores = [row["percent"] for row in wholes if row["reading"] == "score" and row["percent"] is not None]
    if len(wholes) > NAMED and scores:
        said: object = Claim.count("heatmap.groups_between", len(scores), least=min(scores), most=max(scores))
    else:
        said = [f"{row['country_title']} {reading_text(view, row)}" for row in wholes]
    key = "heatmap.groups" if len(view.kinds) > 1 else "heatmap.groups_alone"
    return (Claim.of(key, kind=view.kind_word(), listed=said),)


def link_to_compare(view: View, groups: tuple[str, ...]) -> None:
    """Say how a group's figure is made, and link to Side by side with the first groups chosen."""
    st.caption(view.words("heatmap.groups_help"))
    if len(groups) > 1:
        st.page_link(
            "pages/compare.py",
            label=view.words("heatmap.groups_compare"),
            query_params=with_state(view.state, subject=groups[:MOST]),
            icon=":material/compare_arrows:",
        )
