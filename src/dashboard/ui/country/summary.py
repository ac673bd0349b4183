"""What opens the page of one operation? Its principles against the group's range, its risks by setting, its plan."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.charts.look import look_of
from dashboard.charts.risk_map import OWN_SELECTION, own_risks
from dashboard.charts.standing import SELECTION, standing
from dashboard.figures.subjects import GROUP
from dashboard.queries.ask import Value, ask
from dashboard.queries.elements.questions import OperationsRow
from dashboard.queries.plan.questions import PLAN
from dashboard.queries.plan.targets import TargetsRow
from dashboard.ui.elements.action_link import listed
from dashboard.ui.elements.chart_keys import (
    band_keys,
    colours_of,
    dots,
    failed_key,
    few_keys,
    range_key,
    target_keys,
    ticks,
)
from dashboard.ui.elements.clicked import figure_of, open_impact, open_menu
from dashboard.ui.elements.legend import Mark
from dashboard.ui.elements.marks import grades_key
from dashboard.ui.elements.rated import grade
from dashboard.ui.elements.show import bands, show_chart, spec_of, theme
from dashboard.ui.elements.targets import target_columns
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View

Given = Mapping[str, Value]
COLUMNS = (
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


def principles(view: View, operation: str, targets: Mapping[tuple[str, str | None], TargetsRow]) -> None:
    """Draw one dot per principle against the group's range."""
    words = view.words
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
        opens=SELECTION,
        clicked=partial(_open_principle, *figure_of(view, operation), view.state.kind),
        columns=(*COLUMNS, *target_columns(table)),
        keys=_standing_keys(view, table),
    )


def _standing_keys(view: View, table: pa.Table) -> Iterator[Mark]:
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


def settings(view: View, given: Given, country: str) -> None:
    """Draw the rated risks as squares by setting."""
    words = view.words
    st.markdown(f"**{words('country.by_setting')}**")
    found = own_rows(view, given)
    if not found.num_rows:
        st.caption(words("country.no_risks"))
        return
    show_chart(
        found,
        spec_of(own_risks, view),
        view,
        key="own_risks_chart",
        alt=words("country.by_setting_alt"),
        opens=OWN_SELECTION,
        clicked=partial(open_impact, {"country": country}),
        columns=("text", "setting_title", "severity", "likelihood"),
        keys=grades_key(view, "severity"),
        legend=words("country.each_square"),
    )


def plan_in_short(view: View, operation: OperationsRow, given: Given) -> None:
    """Say how many actions are under way, how many are overdue and when the next is due, with a link to them."""
    words = view.words
    actions = escaped_rows(view.published, PLAN, given)
    live = [row for row in actions if row["live"]]
    overdue = sum(row["overdue"] for row in live)
    to_come = [row["due_on"] for row in live if not row["overdue"]]
    told = [words.count("country.under_way", len(live))] if live else [words("country.none_under_way")]
    told += [words.count("country.overdue", overdue)] if overdue else []
    told += [words("country.next_due", due=min(to_come))] if to_come else []
    st.markdown(f"**{words('country.plan')}**  \n{' · '.join(told)}")
    query = listed(view, operation=operation["operation"])
    st.page_link("pages/plan.py", label=words("country.to_plan"), query_params=query, icon=":material/checklist:")
