"""Standards: what each asks, in our own words with its source, and what was answered."""

import streamlit as st

from dashboard.queries.standards_document import STANDARD, STANDARD_ABOUT, UNCOVERED
from dashboard.ui.elements.search_results import search_box
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view
from dashboard.ui.standards.document import (
    about,
    beside,
    document,
    finding,
    held_in_part,
    holding,
    in_full,
    not_covered,
)

FEW = 2
"""Areas that are open at once, if the filters leave no more."""

view = open_view("frameworks")
words = view.words

(framework,) = escaped_rows(view.published, STANDARD_ABOUT, view.parameters())
headline(words, finding(view, framework))
st.caption(about(view, framework))
if held := held_in_part(view, (framework["short_title"], framework["held_in_part"])):
    st.markdown(held)
# Not in the caption, where links are too pale to read.
st.markdown(words("standard.address", address=framework["address"]))
not_covered(view, escaped_rows(view.published, UNCOVERED, view.parameters()))

sought = search_box(view, "search_standard", "standard.search", "standard.search_example")
everything = escaped_rows(view.published, STANDARD, view.unfiltered(country=view.state.country))
for row in everything:
    if row["criterion"] == view.state.criterion:
        in_full(view, row)
found = escaped_rows(view.published, STANDARD, view.parameters())
if sought:
    found, said = holding(view, found, sought)
    st.caption(said)
if found:
    narrowed = len({row["area"] for row in found}) <= FEW or bool(sought)
    document(view, found, narrowed or st.toggle(words("standard.open_all")))
elif not sought:
    st.info(words("standard.nothing", reset=view.reset()))
beside(view)
