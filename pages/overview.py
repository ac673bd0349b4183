"""Overview: where does the group stand, which risks are most severe, what changed, and what needs a decision?"""

import streamlit as st

from dashboard.charts import areas as areas_chart
from dashboard.charts import exposures as exposures_chart
from dashboard.queries.ask import ask, ask_ahead
from dashboard.ui.elements.choose import choose_kind
from dashboard.ui.elements.number import show_opened
from dashboard.ui.elements.sentences import areas_finding, exposures_finding
from dashboard.ui.elements.show import bands, headline, show_chart, spec_of
from dashboard.ui.elements.targets import sign_legend, target_columns, targets_beside
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view
from dashboard.ui.overview.figures import finding, headline_metrics

AREA_COLUMNS = ("area_code", "area_title", "mean", "lowest", "highest", "n_shown", "n_countries", "band_title")

view = open_view("overview")
words = view.words

ask_ahead(view.published, ("headline", "exposures", "areas", "decisions", "targets"), view.parameters())
headlines = {row["kind"]: row for row in escaped_rows(view.published, "headline", view.parameters())}
decisions = escaped_rows(view.published, "decisions", view.parameters())
headline(finding(view, headlines, decisions))
headline_metrics(view, headlines, decisions, targets_beside(view))

by_area = ask(view.published, "areas", view.parameters())
exposures = ask(view.published, "exposures", view.parameters())
left, right = st.columns(2, gap="medium")
with left:
    title, switch = st.columns([4, 3], vertical_alignment="center")
    title.markdown(
        f"**{words(f'area_word.sorted_{view.area_word()}')}**",
        help=f"{areas_finding(by_area, view)} {words('overview.areas_help')} {sign_legend(view, by_area)}".strip(),
    )
    with switch:
        choose_kind(view)
    if by_area.num_rows:
        show_chart(
            by_area,
            spec_of(areas_chart.areas, view, bands(view)),
            view,
            key="areas_chart",
            alt=words("areas.alt"),
            opens=areas_chart.SELECTION,
            columns=(*AREA_COLUMNS, *target_columns(by_area)),
        )
    else:
        st.caption(words("overview.nothing"))
with right:
    st.markdown(
        f"**{words('overview.exposures')}**",
        help=f"{exposures_finding(exposures, view)} {words('overview.exposures_help')}",
    )
    if exposures.num_rows:
        show_chart(
            exposures,
            spec_of(exposures_chart.exposures, view, bands(view)),
            view,
            key="exposures_chart",
            alt=words("exposures.alt"),
            opens=exposures_chart.SELECTION,
            figure={"kind": "respect"},
            columns=(
                "risk_area_title",
                "severity",
                "most_severe",
                "n_at_severity",
                "n_rated",
                "percent",
                "coverage",
                "n_answered",
                "n_applicable",
            ),
        )
    else:
        st.caption(words("overview.no_ratings"))
show_opened(view)
