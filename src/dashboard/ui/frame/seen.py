"""Which operations does this person see, and what is shown of the others? Said above every page."""

import streamlit as st

from dashboard.model.people.sight import REST
from dashboard.queries.elements.questions import OPERATIONS
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View

MOST_NAMED = 3
"""If more operations are seen, they are counted instead of named."""


def draw(view: View) -> None:
    """Say it, if the person does not see everything. While names are hidden, aliases say enough."""
    if not view.partial or view.masked:
        return
    words = view.words
    found = escaped_rows(view.published, OPERATIONS, view.unfiltered())
    named = words.listed(row["operation_title"] for row in found)
    operations = named if len(found) <= MOST_NAMED else words.count("sight.n", len(found))
    key = "means" if REST in view.known.anywhere("country") else "own"
    st.caption(f":material/visibility: {words(f'sight.{key}', operations=operations)}")
