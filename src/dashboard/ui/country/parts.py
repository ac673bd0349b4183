"""The parts of the page of one operation, one function each."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from dashboard.charts.rounds.time_axis import over_time
from dashboard.charts.rounds.trend import SELECTION, trend
from dashboard.queries.ask import Value, ask, rows
from dashboard.queries.country.operation_reading import OPERATION_READING
from dashboard.queries.country.operation_risks import OPERATION_RISKS
from dashboard.queries.elements.questions import OperationsRow
from dashboard.queries.risks.questions import CONTEXT
from dashboard.queries.risks.risk_checks import RISK_CHECKS
from dashboard.ui.country.before_after import pictures, reasons
from dashboard.ui.country.heard import heard_in_short, show_heard
from dashboard.ui.country.operation import ANSWERS, answer_table, context_cards, trend_text
from dashboard.ui.country.operation_risks import OPERATION_IMPACTS, risk_table
from dashboard.ui.country.summary import plan_in_short, principles, settings
from dashboard.ui.elements.clicked import figure_of, how_button, open_menu
from dashboard.ui.elements.impact_cards import doubts
from dashboard.ui.elements.show import Mark, show_chart, spec_of
from dashboard.ui.elements.targets import in_full, targets_beside
from dashboard.ui.elements.time_axis import axis_of, below_axis, dotted_key
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View

Given = Mapping[str, Value]
TREND_COLUMNS = ("round_title", "kind", "reading", "percent", "low", "high", "n_answered", "n_applicable")


def _summary(view: View, operation: OperationsRow, given: Given) -> None:
    """Show every principle against the group's range, risks by setting, the plan in short, and the rounds as a line."""
    words, code = view.words, operation["operation"]
    targets = {key[1:]: row for key, row in targets_beside(view).items() if key[0] == code}
    left, right = st.columns([4, 3], gap="large")
    with left:
        principles(view, code, targets)
        how_button(view, "country", country=operation["country"], kind=view.state.kind)
    with right:
        settings(view, given, operation["country"])
        plan_in_short(view, operation, given)
        heard_in_short(view, operation, given)
        readings = escaped_rows(view.published, OPERATION_READING, given)
        st.markdown(f"**{words('country.trend')}**", help=f"{trend_text(view, readings)} {words('country.trend_help')}")
        axis = axis_of(view, operation["country"])
        figures = over_time(ask(view.published, "operation_reading", given), axis)
        show_chart(
            figures,
            spec_of(trend, view, *axis.drawn(words), view.kinds),
            view,
            key="trend_chart",
            alt=words("trend.alt"),
            opens=SELECTION,
            clicked=partial(_open_round, *figure_of(view, code)),
            columns=TREND_COLUMNS,
            legend=below_axis(view, axis),
            keys=dotted_key(view, axis, figures),
        )
        for kind in view.kinds:
            if (kind, None) in targets:
                st.caption(f"{view.kind_word(kind)}: {in_full(view, targets[kind, None])}")


def _open_round(figure: Mapping[str, str], explained_by: str, mark: Mark) -> None:
    if mark:
        open_menu({**figure, **mark}, explained_by)


def _answers(view: View, operation: OperationsRow, given: Given) -> None:
    """Show every answer of one kind."""
    answer_table(view, escaped_rows(view.published, ANSWERS, given))


def _risks(view: View, operation: OperationsRow, given: Given) -> None:
    """Show the rated risks before and after measures, how far answers cover them, and implausible ratings."""
    words, risks = view.words, escaped_rows(view.published, OPERATION_RISKS, given)
    pictures(view, operation, given)
    said = escaped_rows(view.published, OPERATION_IMPACTS, given)
    risk_table(view, operation["operation"], risks, said, reasons(view, given))
    if risks:
        found = escaped_rows(view.published, RISK_CHECKS, view.parameters())
        st.markdown(f"**{words('risks.doubts')}**", help=words("risks.doubts_help"))
        doubts(view, [row for row in found if row["operation"] == operation["operation"]])


def _facts(view: View, operation: OperationsRow, given: Given) -> None:
    """Show outside facts about the country."""
    st.markdown(f"**{view.words('country.context')}**", help=view.words("country.context_help"))
    context_cards(view, rows(view.published, CONTEXT, given))


PARTS: dict[str, Callable[[View, OperationsRow, Given], None]] = {
    "summary": _summary,
    "answers": _answers,
    "own_risks": _risks,
    "heard": show_heard,
    "facts": _facts,
}
