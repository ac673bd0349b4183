"""Side by side: how two to six operations, regions or rounds compare, fairly, and why they differ."""

import streamlit as st

from dashboard.charts import standing as subjects_chart
from dashboard.charts.look import look_of
from dashboard.queries.compare.difference import COMPARE_CRITERIA
from dashboard.queries.compare.subjects import COMPARE_FIGURES
from dashboard.ui.compare import subject_choice as choice
from dashboard.ui.compare.gap import criteria_table, focus_choice, focus_titles, one_criterion, why
from dashboard.ui.compare.helpers import who_can_help
from dashboard.ui.compare.subjects import cautions, figures_asked, finding, ground, in_focus, strip, verdict
from dashboard.ui.elements import choices
from dashboard.ui.elements.choices import common_choice, facet_choice
from dashboard.ui.elements.folds import folded
from dashboard.ui.elements.legend import few_keys, range_key
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.show import headline, show_chart, spec_of
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import end_page, open_view
from dashboard.ui.session import theme

view = open_view("compare")
words = view.words

subjects = choice.choose_subjects(view)
if len(subjects.codes) < choice.FEWEST:
    headline(words, choice.who_else(subjects))
    choice.offer_others(view, subjects)
    who_can_help(view, subjects)
    end_page()
choice.offer_others(view, subjects)
shared = ground(view, subjects)
only_common = view.state.common == "yes" or (not view.state.common and not shared.fair)
choices.draw(words, facet_choice(view), common_choice(view, default=not shared.fair))
within = (shared.common or ("",)) if only_common else ()

figures, by_facet = figures_asked(view, subjects, within)
everything = view.parameters(subject=subjects.codes, by="all")
whole = escaped_rows(view.published, COMPARE_FIGURES, everything) if within else figures
looked_at = in_focus(by_facet)
found = escaped_rows(view.published, COMPARE_CRITERIA, view.parameters(subject=subjects.codes, within=within))
headline(words, *finding(view, subjects, looked_at or figures, found))
how_fair, sentence = verdict(view, subjects, shared, whole, looked_at or figures, only_common)
said = " ".join([sentence, *cautions(view, subjects, shared, whole)])
(st.warning if how_fair == "unfair" else st.success if how_fair == "fair" else st.info)(said)
few = len(subjects.codes) == choice.FEWEST
chart, table = st.columns([5, 6], gap="medium") if few else (st.container(), st.container())
with chart:
    if by_facet.num_rows:
        show_chart(
            by_facet,
            spec_of(subjects_chart.subjects, view, (str(len(subjects.codes)),)),
            view,
            key=f"subjects_chart_{view.state.by}",
            alt=words("subjects.alt"),
            opens=subjects_chart.SUBJECT_SELECTION,
            clicked=choice.look_or_open(
                view.state.by, view.state.kind, choice.figures_of(view, subjects.codes, only_common)
            ),
            columns=("code_title", "subject_title", "reading", "percent", "low", "high", "n_answered", "n_applicable"),
            legend=words("safe.no_mark") if view.masked else "",
            keys=(*few_keys(view, by_facet), range_key(view, look_of(theme()))),
            click=words("subjects.click"),
        )
with table:
    choices.draw(words, focus_choice(view, focus_titles(by_facet)))
    criteria_table(view, subjects, found)
if found and (place := folded(words("compare.in_full"), "in_full")):
    with place:
        one_criterion(view, subjects, found)

# The parts of a gap, and who can help with what, would tell single answers while names are hidden.
parts = {} if view.masked else {"part": why(view, subjects, within, found, figures, looked_at)}
if place := folded(words("compare.strip_title"), "strip"):
    with place:
        strip(view, subjects, whole, figures)
who_can_help(view, subjects)
show_opened(view, parts)
