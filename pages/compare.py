"""Side by side: two to six operations, regions or rounds against each other, fairly, and why they differ."""

import streamlit as st

from dashboard.charts import subjects as subjects_chart
from dashboard.ui.compare.difference import choose_focus, criteria_table, one_criterion
from dashboard.ui.compare.gap import who_can_help, why
from dashboard.ui.compare.subjects import cautions, choose_subjects, finding, ground, strip, titled, verdict
from dashboard.ui.elements.choose import choose_common, choose_facet, choose_kind, focus_on
from dashboard.ui.elements.show import headline, show_chart, spec_of
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view

FEWEST = 2

view = open_view("compare")
words = view.words

subjects = choose_subjects(view)
if len(subjects.codes) < FEWEST:
    st.info(words("compare.choose_two"))
    st.stop()
shared = ground(view, subjects)
left, right = st.columns([2, 3], vertical_alignment="center")
with left:
    choose_kind(view)
with right:
    only_common = choose_common(view, default=not shared.fair)
within = (shared.common or ("",)) if only_common else ()

whole = escaped_rows(view.published, "compare_figures", view.parameters(subject=subjects.codes, by="all"))
figures = escaped_rows(
    view.published, "compare_figures", view.parameters(subject=subjects.codes, by="all", within=within)
)
headline(finding(view, subjects, figures))
how_fair, sentence = verdict(view, subjects, shared, whole, only_common)
said = " ".join([sentence, *cautions(view, subjects, shared, whole)])
(st.warning if how_fair == "unfair" else st.success if how_fair == "fair" else st.info)(said)
strip(view, subjects, whole, figures)

choose_facet(view)
by_facet = titled(view, subjects, view.state.by, within)
titles = {
    row["code"]: " ".join(part for part in (row["area_code"], row["code_title"]) if part)
    for row in by_facet.to_pylist()
}
chart, table = st.columns([5, 6], gap="medium") if len(subjects.codes) == FEWEST else (st.container(), st.container())
with chart:
    if by_facet.num_rows:
        show_chart(
            by_facet,
            spec_of(subjects_chart.subjects, view),
            view,
            key=f"subjects_chart_{view.state.by}",
            alt=words("subjects.alt"),
            opens=subjects_chart.SELECTION,
            clicked=focus_on(),
            columns=("code_title", "subject_title", "reading", "percent", "low", "high", "n_answered", "n_applicable"),
            legend=words("subjects.legend"),
        )
found = escaped_rows(view.published, "compare_criteria", view.parameters(subject=subjects.codes, within=within))
with table:
    choose_focus(view, titles)
    criteria_table(view, subjects, found)
if found:
    with st.expander(words("compare.in_full")):
        one_criterion(view, subjects, found)

st.markdown(f"##### {words('compare.why_title')}", anchors=False)
why(view, subjects, within)
st.markdown(f"##### {words('compare.help_title')}", anchors=False)
who_can_help(view, subjects)
