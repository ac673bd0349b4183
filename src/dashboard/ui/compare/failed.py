"""What does the Changes page say about critical criteria that failed? How many then and now, and which fell silent."""

from collections.abc import Mapping

import streamlit as st

from dashboard.queries.ask import Value
from dashboard.queries.elements.failures import FAILURES
from dashboard.ui.elements.folds import at_once, the_rest
from dashboard.ui.escape import escaped_rows
from dashboard.ui.failures import failures_moved, silent_lines
from dashboard.ui.view import View

AT_ONCE, ON_A_PHONE = 3, 1


def show_failures(view: View, given: Mapping[str, Value]) -> None:
    """Say how many failed in each round, then list those that failed before and have no answer now."""
    words = view.words
    found = escaped_rows(view.published, FAILURES, given)
    failures = [row for row in found if row["kind"] == view.state.kind and row["enters"]]
    if told := "; ".join(failures_moved(view, failures)):
        st.markdown(words("failures.sentence", text=told[:1].upper() + told[1:]))
    lines = silent_lines(view, failures)
    if not lines:
        return
    first = at_once(AT_ONCE, ON_A_PHONE)
    title = f"**{words('failures.listed')}: {words.shown(len(lines))}**"
    st.markdown("\n".join([title, "", *(f"- {line}" for line in lines[:first])]))
    if more := the_rest(view, len(lines) - first, "silent"):
        more.markdown("\n".join(f"- {line}" for line in lines[first:]))
