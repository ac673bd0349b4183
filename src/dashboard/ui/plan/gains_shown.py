"""How are the gains of actions shown? A sentence, a chart of the three scores, and tables by action and principle."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.charts.gains import SELECTION
from dashboard.charts.gains import gains as gains_chart
from dashboard.queries.plan.rows import GainsActionsRow, GainsRow
from dashboard.ui.elements.clicked import open_menu
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.sentences import reading_text, signed
from dashboard.ui.elements.show import headline, show_chart, spec_of
from dashboard.ui.escape import escape_label
from dashboard.ui.plan.gains import MEAN, SIDES, Gains, Key, finding, found_gains, of_country
from dashboard.ui.session_values import NUMBER
from dashboard.ui.view import View

FIRST = 8
"""Table rows shown at once; the rest one click away."""


def show_gains(view: View, operation: str) -> None:
    """Show the sentence, the chart, the scores by area, and every action with its outcome."""
    words = view.words
    title = st.container()
    view = of_country(view, operation)
    found = found_gains(view, operation)
    with title:
        headline(finding(view, found))
    said = _counted(view, found)
    if said:
        st.caption(" ".join(said))
    if found.counting:
        show_chart(
            drawn(view, found),
            spec_of(gains_chart, view),
            view,
            key="gains_chart",
            alt=words("gains.alt"),
            opens=SELECTION,
            clicked=partial(_open_side, view.state.kind),
            columns=("country_title", "side_title", "percent", "band_title"),
            legend=words("gains.legend"),
        )
        st.markdown(f"**{words('gains.by_action')}**")
        first_rows(view, found.counting, partial(_action, view), "gain_actions", FIRST)
        st.markdown(f"**{view.area_word().by(words)}**", help=words("gains.few_help", below=view.count_below()))
        first_rows(view, found.cells(area=True), partial(_cell, view, found), "gain_cells", FIRST)
    with st.expander(words("gains.method")):
        st.markdown(words("gains.method_text"))


def _open_side(kind: str, mark: Mapping[str, Any]) -> None:
    """Handle a click on a mark: only the current score can be explained, as only that was answered."""
    if mark:
        open_menu({"country": mark["country"], "kind": kind}, "" if mark["side"] else NUMBER)


def _counted(view: View, found: Gains) -> list[str]:
    """Say what does not count, what was not measured and why, and who has no action."""
    words = view.words
    stopped = [row for row in found.actions if row["status"] in ("blocked", "dropped")]
    others = [row for row in found.actions if not row["counts"] and row not in stopped]
    why = Counter(row["measure"] for row in found.counting if not row["outcome"])
    idle = sum(1 for country, area in found.figures["now"] if country and not area) - len(found.cells(area=False))
    told: list[tuple[str, int]] = [
        ("gains.stopped", len(stopped)),
        ("gains.not_asked", len(others)),
        *((f"gains.{measure}", why[measure]) for measure in ("not_asked_later", "not_answered", "reworded")),
        ("gains.idle", idle if found.counting else 0),
    ]
    return [words.count(key, n) for key, n in told if n]


def drawn(view: View, found: Gains) -> pa.Table:
    """Return one row per score with the columns of SCHEMA; `percent` is 0 to 100.

    The mean comes first if it covers several countries, then each country.
    """
    words = view.words
    later = next((row["later_title"] for row in found.actions if row["later_title"]), "")
    titles = {side: words(f"gains.side_{side}", round=later) for side in SIDES}
    keys = [MEAN] if MEAN in found.figures["now"] else []
    told = [
        {
            "country": key[0],
            "country_title": escape_label(row["country_title"]) or words("gains.mean", n=row["n_countries"]),
            "place": place,
            "side": SIDES.index(side),
            "side_title": titles[side],
            "percent": row["percent"],
            "gain_said": signed(row["gain"]),
            "band_title": escape_label(row["band_title"]),
        }
        for place, key in enumerate((*keys, *found.cells(area=False)))
        for side in SIDES
        if (row := found.known(side, key)) is not None
    ]
    return pa.Table.from_pylist(told, schema=SCHEMA)


SCHEMA = pa.schema(
    [
        ("country", pa.string()),
        ("country_title", pa.string()),
        ("place", pa.int64()),
        ("side", pa.int64()),
        ("side_title", pa.string()),
        ("percent", pa.float64()),
        ("gain_said", pa.string()),
        ("band_title", pa.string()),
    ]
)


def _cell(view: View, found: Gains, key: Key) -> dict[str, str]:
    """Return one country and area: score and band now, expected and measured."""
    words = view.words
    now = found.figures["now"][key]
    return {
        words("column.country_title"): now["country_title"],
        view.area_word().label: f"{now['area_code']} {now['area_title']}",
        words("column.now"): _figure(view, now),
        words("column.expected"): _changed(view, found.known("expected", key)),
        words("column.measured"): _changed(view, found.known("realised", key)),
    }


def _figure(view: View, row: GainsRow) -> str:
    text = reading_text(view, row)
    return f"{text} · {row['band_title']}" if row["band_title"] else text


def _changed(view: View, row: GainsRow | None) -> str:
    if row is None:
        return view.words("gains.not_yet_short")
    return f"{_figure(view, row)} ({signed(row['gain'])})" if row["gain"] is not None else _figure(view, row)


def _action(view: View, row: GainsActionsRow) -> dict[str, str]:
    """Return one action: its subject and status, what it expects, what was measured, and who is responsible."""
    words = view.words
    owner = row["owner_role"] or words("gains.unowned")
    return {
        words("column.operation_title"): f"{row['operation_title']}  \n:small[{owner}]",
        words("column.gained_by"): f"{row['action_text']}  \n:small[**{row['criterion']}** {row['text']}]",
        words("column.status_then"): _status(view, row["was_as"], row["was_title"]),
        words("column.expected"): row["expected_title"] or "",
        words("column.measured"): _measured(view, row),
    }


def _status(view: View, counts_as: str | None, title: str | None) -> str:
    """Return a status in words, from how it counts and its title."""
    return title or "" if counts_as == "answered" else view.words(f"counts_as.{counts_as}")


def _measured(view: View, row: GainsActionsRow) -> str:
    """Return the next round's answer and whether it met expectations; otherwise why nothing was measured."""
    if row["outcome"]:
        answered = _status(view, row["measured_as"], row["measured_title"])
        return f"{answered} – {view.words('gains.outcome_' + row['outcome'])}"
    return view.words(f"gains.why_{row['measure']}")
