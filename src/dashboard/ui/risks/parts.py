"""The parts of the page of risks and opportunities, one function each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from dashboard.charts import risk_map as risk_map_chart
from dashboard.queries.ask import ask
from dashboard.queries.risks.rows import OpportunityListRow, RiskRightsRow
from dashboard.ui.elements.choose import choose_looked_at
from dashboard.ui.elements.clicked import open_menu
from dashboard.ui.elements.folds import FIRST, first_rows, the_rest
from dashboard.ui.elements.impact_cards import doubts
from dashboard.ui.elements.marks import grade_mark, grades_legend
from dashboard.ui.elements.menu import Explanation
from dashboard.ui.elements.rated import cover_mark, grade
from dashboard.ui.elements.show import Mark, as_table, headline, show_chart, spec_of
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.risks import titles
from dashboard.ui.risks import world as risk_world
from dashboard.ui.risks.list import beside, risk_table
from dashboard.ui.risks.setting import by_setting
from dashboard.ui.view import View

ALL = ""
TOLD = [
    "text", "setting_title", "risk_area_title", "severity", "likelihood", "irremediability", "n_rated", "n_at_severity",
    "operations", "functions", "reading", "percent", "n_answered", "n_applicable", "n_actions", "citation",
]  # fmt: skip
"""Details of a risk that would crowd its line; shown in the table below the list."""
OPENINGS_TOLD = ["text", "setting_title", "need", "reach", "feasibility", "reading", "percent"]
"""The same of an opportunity."""


def gaps(view: View) -> None:
    """Show the risks in order, priority gaps marked, and implausible ratings."""
    risks = escaped_rows(view.published, "risk_list", view.parameters())
    headline(titles.of_list(view, risks))
    if said := beside(view, risks, len(escaped_rows(view.published, "opportunity_list", view.parameters()))):
        st.caption(said)
    if not risks:
        return
    legend = view.words("risks.order", grades=grades_legend(view, "severity"))
    st.markdown(f":small[{legend}]", help=view.words("risks.never_multiplied"))
    risk_table(view, risks)
    told = ask(view.published, "risk_list", view.parameters(whole=True)).select(TOLD)
    as_table(told.rename_columns(["risk" if name == "text" else name for name in TOLD]), view, "risks_told")
    st.markdown(f"**{view.words('risks.doubts')}**", help=view.words("risks.doubts_help"))
    doubts(view, escaped_rows(view.published, "risk_checks", view.parameters()))


def settings(view: View) -> None:
    """Show the map of settings and risk areas, and one of its cells in full."""
    words = view.words
    table = ask(view.published, "risk_map", view.parameters())
    cells = escaped_rows(view.published, "risk_map", view.parameters())
    headline(titles.of_settings(view, cells))
    if not cells:
        return
    show_chart(
        table,
        spec_of(risk_map_chart.risk_map, view),
        view,
        key="risk_map_chart",
        alt=words("risk_map.alt"),
        opens=risk_map_chart.SELECTION,
        clicked=_open_cell,
        columns=("setting_title", "risk_area_title", "polarity", "grade", "n_rated", "n_impacts", "state"),
        legend=words("risk_map.legend"),
        click=words("risk_map.click"),
    )
    areas = {ALL: words("filter.risk_area_all")} | {row["risk_area"]: row["risk_area_title"] for row in cells}
    focus = choose_looked_at(view, "risk_area", areas, words("risk_map.choose"))
    list_cell(replace(view, state=replace(view.state, risk_area=(focus,))) if focus else view, "listed")


def _open_cell(mark: Mark) -> None:
    if mark:
        open_menu(mark, "cell")


def list_cell(view: View, key: str = "cell") -> None:
    """Show the risks and opportunities that `view` keeps, side by side; `key` separates menu and page."""
    given, words = view.parameters(), view.words
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**{words('risks.risks')}**")
        _listed(view, escaped_rows(view.published, "risk_list", given), "severity", key)
    with right:
        st.markdown(f"**{words('risks.opportunities')}**")
        _listed(view, escaped_rows(view.published, "opportunity_list", given), "need", key)


def _listed(view: View, found: Sequence[Mapping[str, Any]], grade: str, key: str) -> None:
    if not found:
        st.caption(view.words("risks.none_rated"))
        return
    lines = [
        f"{grade_mark(view, grade, row[grade])} {row['text']} :gray[:small[{row['setting_title']}]]" for row in found
    ]
    st.markdown("  \n".join(lines[:FIRST]))
    if more := the_rest(view, len(lines) - FIRST, f"{key}_{grade}"):
        more.markdown("  \n".join(lines[FIRST:]))


def opportunities(view: View) -> None:
    """Show the opportunities in order, with their grades in words, and the risks each of them reduces."""
    words = view.words
    found = escaped_rows(view.published, "opportunity_list", view.parameters())
    headline(titles.of_openings(view, found))
    if not found:
        return
    st.caption(words("risks.opportunity_order"))
    st.markdown(f":small[{words('risks.need_marks', grades=grades_legend(view, 'need'))}]")
    first_rows(view, found, partial(_opportunity, view), "openings")
    told = ask(view.published, "opportunity_list", view.parameters()).select(OPENINGS_TOLD)
    as_table(
        told.rename_columns(["opportunity" if name == "text" else name for name in OPENINGS_TOLD]),
        view,
        "openings_told",
    )


def _opportunity(view: View, row: OpportunityListRow) -> dict[str, str]:
    words = view.words
    touched = len(row["touches"] or [])
    parts = [
        row["setting_title"],
        row["risk_area_title"],
        words("rated.reach", reach=grade(view, "reach", row["reach"])),
    ]
    parts += [grade(view, "feasibility", row["feasibility"])]
    parts += [words.count("risks.lessens", touched)] if touched else []
    mark = grade_mark(view, "need", row["need"])
    return {
        words("column.opportunity"): f"{mark} **{row['text']}**  \n:gray[:small[{' · '.join(parts)}]]",
        words("column.support"): cover_mark(view, row, "risks.no_support"),
    }


def rights(view: View) -> None:
    """Show each right with its risks, opportunities and cover, and where protection must be weighed."""
    words = view.words
    found = escaped_rows(view.published, "risk_rights", view.parameters())
    headline(titles.of_rights(view, found))
    st.caption(words("risks.rights_help"))
    if found:
        draw_table([_right(view, row) for row in found])
    tensions = escaped_rows(view.published, "risk_tensions", view.parameters())
    if tensions:
        st.markdown(f"**{words('risks.tensions')}**")
    for row in tensions:
        with st.expander(words("risks.tension", title=row["title"], one=row["one_title"], other=row["other_title"])):
            st.markdown(f"{row['text']}  \n**{words('rights.question')}** {row['question']}")
            places = {"criteria": words.listed(row["criteria"]), "citation": row["citation"]}
            st.caption(words("rights.shows", basis=words(f"basis.{row['basis']}"), **places))


def _right(view: View, row: RiskRightsRow) -> dict[str, str]:
    words = view.words
    nothing = words("risks.none_rated")
    severe = words.count("risks.right_risks", row["n_risks"], severe=row["n_severe"])
    return {
        words("column.right"): f"**{row['title']}**",
        words("column.risk"): f"{grade_mark(view, 'severity', row['severity'])} {severe}"
        if row["severity"]
        else nothing,
        words("column.priority_gaps"): words.shown(row["n_gaps"]),
        words("column.opportunity"): _needed(view, row["need"], row["n_openings"]) if row["need"] else nothing,
        words("column.cover"): cover_mark(view, row, "risks.right_no_criterion"),
    }


def _needed(view: View, need: int, n: int) -> str:
    said = view.words("rated.need", need=grade(view, "need", need))
    return f"{grade_mark(view, 'need', need)} {said} · {n}"


PARTS: dict[str, Callable[[View], None]] = {
    "gaps": gaps,
    "by_setting": by_setting,
    "settings": settings,
    "opportunities": opportunities,
    "rights": rights,
    "map": risk_world.world,
}
"""The function that draws each part, its own finding first."""

EXPLAINED: dict[str, Explanation] = {"cell": list_cell}
"""Explanations of marks specific to this page."""

AHEAD = {
    "gaps": ("risk_list", "opportunity_list", "risk_checks"),
    "settings": ("risk_map",),
    "rights": ("risk_rights", "risk_tensions"),
}
"""The questions of each part, asked together so that they need not wait for each other."""
