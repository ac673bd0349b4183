"""The parts of the page of one operation, the sentence at the top of each, and the summary that opens the page."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.charts.look import look_of
from dashboard.charts.risk_map import OWN_SELECTION, own_risks
from dashboard.charts.standing import SELECTION as STANDING_SELECTION
from dashboard.charts.standing import standing
from dashboard.charts.trend import SELECTION as TREND_SELECTION
from dashboard.charts.trend import over_time, trend
from dashboard.figures.gaps import GAPS
from dashboard.figures.subjects import GROUP
from dashboard.model.known_codes import SEVERE
from dashboard.model.words import Claim, Claims
from dashboard.queries.ask import Value, ask, rows
from dashboard.queries.country_operation import OPERATION_READING, OPERATION_RISKS, OperationReadingRow
from dashboard.queries.every_page import OperationsRow
from dashboard.queries.plan_actions import TargetsRow
from dashboard.queries.risks_list import RISK_CHECKS
from dashboard.queries.risks_settings import CONTEXT
from dashboard.ui.country.child_participation import heard_in_short, heard_title, show_heard
from dashboard.ui.country.operation import (
    ANSWERS,
    answer_table,
    below_the_mean,
    context_cards,
    finding,
    last_rounds,
    plan_in_short,
    trend_text,
)
from dashboard.ui.country.operation_risks import OPERATION_IMPACTS, pictures, rated_again, reasons, risk_table
from dashboard.ui.elements.figure_notes import in_full, target_columns, targets_beside
from dashboard.ui.elements.law import show_law
from dashboard.ui.elements.legend import Mark as LegendMark
from dashboard.ui.elements.legend import (
    axis_of,
    band_keys,
    below_axis,
    colours_of,
    dots,
    dotted_key,
    failed_key,
    few_keys,
    range_key,
    target_keys,
    ticks,
)
from dashboard.ui.elements.marks import grades_key
from dashboard.ui.elements.rated_impacts import doubts, grade
from dashboard.ui.elements.selection import figure_of, how_button, open_mark, open_menu
from dashboard.ui.elements.show import bands, show_chart, spec_of
from dashboard.ui.escape import escaped_rows
from dashboard.ui.session import theme
from dashboard.ui.versions.figure_changes import no_gaps_said
from dashboard.ui.view import View

Given = Mapping[str, Value]


def title(view: View, part: str, operation: OperationsRow, given: Given, readings: list[OperationReadingRow]) -> Claims:
    """Return the sentence of a view; by default the operation's score, if the view has nothing of its own to say."""
    said = FINDINGS[part](view, given, operation["operation_title"]) if part in FINDINGS else ()
    return said or finding(view, operation, readings)


def titled(view: View, operation: OperationsRow, said: str) -> str:
    """Return a sentence about an operation, preceded by its name."""
    return view.words("country.titled", operation=operation["operation_title"], said=said)


def _answers_finding(view: View, given: Given, operation: str) -> Claims:
    """Say how many criteria of the chosen kind are implemented, partly, not, or have no answer that counts."""
    found = escaped_rows(view.published, ANSWERS, given)
    counts = Counter(
        {1.0: "full", 0.0: "nil"}.get(row["value"] or 0.0, "part") if row["counts_as"] == "answered" else "rest"
        for row in found
    )
    places: dict[str, object] = {name: counts[name] for name in ("full", "part", "nil", "rest")}
    places |= {"operation": operation, "kind": view.kind_word().lower()}
    key = "country.answers_title" if len(view.kinds) > 1 else "country.answers_title_alone"
    return (Claim.count(key, len(found), **places),) if found else ()


def _risks_finding(view: View, given: Given, operation: str) -> Claims:
    """Say how many risks are rated, how many are severe, and how many of these are gaps or no gaps yet."""
    found = escaped_rows(view.published, OPERATION_RISKS, given)
    severe = sum(row["severity"] == SEVERE for row in found)
    gaps = sum(row["severity"] == SEVERE and row["judged"] in GAPS for row in found)
    partly, not_yet = (
        sum(row["severity"] == SEVERE and row["judged"] == judged for row in found) for judged in ("partly", "not_yet")
    )
    told = Claim.count("severe_gap.own", gaps), *no_gaps_said(partly, not_yet)
    places = {"operation": operation, "severe": severe, "gaps": told}
    if not found:
        return ()
    return Claim.count("country.risks_title", len(found), **places), *rated_again(view, given)


def _facts_finding(view: View, given: Given, operation: str) -> Claims:
    """How many facts on its country others have published, and how many of them are old."""
    found = [row for row in rows(view.published, CONTEXT, given) if row["state"] != "not_recorded"]
    if not found or view.masked:
        return ()
    old = sum(row["state"] == "old" for row in found)
    key = "country.facts_old" if old else "country.facts_title"
    return (Claim.count(key, len(found), operation=operation, old=old),)


FINDINGS: Mapping[str, Callable[[View, Given, str], Claims]] = {
    "answers": _answers_finding,
    "own_risks": _risks_finding,
    "heard": heard_title,
    "facts": _facts_finding,
}


STANDING_COLUMNS = (
    "code_title", "reading", "percent", "low", "high", "band_title", "n_answered", "n_applicable", "group_mean",
    "lowest", "highest", "n_countries",
)  # fmt: skip


def standing_rows(view: View, operation: str, targets: Mapping[tuple[str, str | None], TargetsRow]) -> pa.Table:
    """Return the operation's rows of `compare_figures` by principle, with `group_mean` and the columns of its target.

    Figures are percent, 0 to 100; the mean and the target are null if there are none.

    The mean is over all countries, whichever the filters keep: the group does not shrink to the one being viewed.
    """
    given = view.parameters(subject=(operation, GROUP), by="principle")
    table = ask(view.published, "compare_figures", given)
    found = table.to_pylist()
    means = {row["code"]: row["percent"] for row in found if row["subject"] == GROUP}
    places = [place for place, row in enumerate(found) if row["subject"] == operation]
    table, own = table.take(pa.array(places, pa.int64())), [found[place] for place in places]
    beside = [dict(targets.get((view.state.kind, row["code"])) or {}) for row in own]
    more: dict[str, tuple[list[Any], pa.DataType]] = {
        "group_mean": ([means.get(row["code"]) for row in own], pa.float64()),
        "target": ([row.get("target") for row in beside], pa.float64()),
        "target_due": ([str(row["due_on"]) if row else None for row in beside], pa.string()),
        "target_expected": ([row.get("target_expected") for row in beside], pa.float64()),
        "target_round_end": ([str(row["round_ends_on"]) if row else None for row in beside], pa.string()),
        "target_today": ([row.get("target_today") for row in beside], pa.float64()),
        "target_status": ([row.get("target_status") for row in beside], pa.string()),
    }
    for name, (values, type_) in more.items():
        table = table.append_column(name, pa.array(values, type_))
    return table


def principles(view: View, row: OperationsRow, targets: Mapping[tuple[str, str | None], TargetsRow]) -> None:
    """Draw one dot per principle against the group's range."""
    words, operation = view.words, row["operation"]
    table = standing_rows(view, operation, targets)
    st.markdown(f"**{view.area_word().by(words)}**", help=words("standing.help"))
    if not table.num_rows:
        st.caption(words("country.no_areas"))
        return
    show_chart(
        table,
        spec_of(standing, view, bands(view)),
        view,
        key="standing_chart",
        alt=words("standing.alt"),
        opens=STANDING_SELECTION,
        clicked=partial(_open_principle, *figure_of(view, operation), view.state.kind),
        columns=(*STANDING_COLUMNS, *target_columns(table)),
        keys=_standing_keys(view, table),
        finding=titled(view, row, below_the_mean(view, table)),
    )


def _standing_keys(view: View, table: pa.Table) -> Iterator[LegendMark]:
    """Yield the marks of the chart of principles."""
    look = look_of(theme())
    yield dots(colours_of(view)), view.words("standing.own_key")
    yield from band_keys(view)
    yield from few_keys(view, table)
    yield range_key(view, look)
    yield ticks([look.quiet]), view.words("standing.mean_key")
    yield from failed_key(view, table)
    yield from target_keys(view, table)


def _open_principle(figure: Mapping[str, str], explained_by: str, kind: str, mark: Mapping[str, str]) -> None:
    if mark:
        open_menu({**figure, "principle": mark["code"], "kind": kind}, explained_by)


def own_rows(view: View, given: Given) -> pa.Table:
    """Return the rows of `operation_risks` in order, with `severity_title` and `likelihood_title`."""
    found = ask(view.published, "operation_risks", given)
    for name in ("severity", "likelihood"):
        said = [grade(view, name, value) for value in found[name].to_pylist()]
        found = found.append_column(f"{name}_title", pa.array(said, pa.string()))
    return found


def settings(view: View, operation: OperationsRow, given: Given) -> None:
    """Draw the rated risks as squares by setting."""
    words, country = view.words, operation["country"]
    st.markdown(f"**{words('country.by_setting')}**")
    found = own_rows(view, given)
    if not found.num_rows:
        st.caption(words("country.no_risks"))
        return
    severe = found["severity"].to_pylist().count(SEVERE)
    show_chart(
        found,
        spec_of(own_risks, view),
        view,
        key="own_risks_chart",
        alt=words("country.by_setting_alt"),
        opens=OWN_SELECTION,
        clicked=partial(open_mark, {"country": country}, "impact"),
        columns=("text", "setting_title", "severity", "likelihood"),
        keys=grades_key(view, "severity"),
        legend=words("country.each_square"),
        finding=titled(view, operation, words.count("country.severe_of", severe, of=found.num_rows)),
    )


TREND_COLUMNS = ("round_title", "kind", "reading", "percent", "low", "high", "n_answered", "n_applicable")


def _summary(view: View, operation: OperationsRow, given: Given) -> None:
    """Show every principle against the group's range, risks by setting, the plan in short, and the rounds as a line."""
    words, code = view.words, operation["operation"]
    targets = {key[1:]: row for key, row in targets_beside(view).items() if key[0] == code}
    left, right = st.columns([4, 3], gap="large")
    with left:
        principles(view, operation, targets)
        how_button(view, "country", country=operation["country"], kind=view.state.kind)
    with right:
        settings(view, operation, given)
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
            opens=TREND_SELECTION,
            clicked=partial(open_mark, *figure_of(view, code)),
            columns=TREND_COLUMNS,
            legend=below_axis(view, axis),
            keys=dotted_key(view, axis, figures),
            finding=titled(view, operation, last_rounds(view, readings)),
        )
        for kind in view.kinds:
            if (kind, None) in targets:
                st.caption(f"{view.kind_word(kind)}: {in_full(view, targets[kind, None])}")


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
    """Show outside facts about the country, and what its law asks."""
    st.markdown(f"**{view.words('country.context')}**", help=view.words("country.context_help"))
    context_cards(view, rows(view.published, CONTEXT, given))
    show_law(view, operation["operation"])


PARTS: dict[str, Callable[[View, OperationsRow, Given], None]] = {
    "summary": _summary,
    "answers": _answers,
    "own_risks": _risks,
    "heard": show_heard,
    "facts": _facts,
}
