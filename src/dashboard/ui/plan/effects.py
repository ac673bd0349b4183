"""Shows what a round's actions achieve: the score now, expected, and measured next round; and the next best step.

All three scores are scored by the same rules: they differ only in the answers of the criteria that the actions are on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.charts.differences import GAIN_SELECTION
from dashboard.charts.differences import gains as gains_chart
from dashboard.model.known_codes import HEAD_OFFICE
from dashboard.model.words import Claim, Claims
from dashboard.queries.ask import rows
from dashboard.queries.every_page import OPERATIONS
from dashboard.queries.plan_actions import GAINS_ACTIONS, GainsActionsRow
from dashboard.queries.plan_gains import GAINS, GainsRow
from dashboard.store.overlays import imagined
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.gap_links import action_address
from dashboard.ui.elements.selection import open_menu
from dashboard.ui.elements.sentences import reading_text, signed
from dashboard.ui.elements.show import headline, show_chart, spec_of
from dashboard.ui.escape import escape_label, escaped_rows
from dashboard.ui.plan.next_best import show_next_best
from dashboard.ui.session_state import NUMBER
from dashboard.ui.view import View

Row = dict[str, Any]
Key = tuple[str, str]
"""A country and an area; an empty area means all areas, an empty country the mean."""
MEAN: Key = ("", "")
SIDES = ("now", "expected", "realised")
FIRST = 8
"""Table rows shown at once; the rest one click away."""


@dataclass(frozen=True)
class Gains:
    """The scores now, expected and measured, by country and area, and what they rest on."""

    actions: list[GainsActionsRow]
    """Every action of the round, including those that do not count."""
    figures: dict[str, dict[Key, GainsRow]]

    @property
    def counting(self) -> list[GainsActionsRow]:
        return [row for row in self.actions if row["counts"]]

    @property
    def measured(self) -> list[GainsActionsRow]:
        return [row for row in self.counting if row["outcome"]]

    @property
    def whole(self) -> Key:
        """The key of the opening sentence: the mean, or the only country there is."""
        countries = [key for key in self.figures["now"] if key[0] and not key[1]]
        return countries[0] if len(countries) == 1 else MEAN

    def known(self, side: str, key: Key) -> GainsRow | None:
        """Return the score on one side; none if no action of this cell was measured, which is not a gain of 0."""
        if side == "realised" and not any(_touches(row, key) for row in self.measured):
            return None
        return self.figures[side].get(key)

    def cells(self, area: bool) -> list[Key]:
        """Return countries, or countries and areas, with an action that counts, in the order of the figures."""
        return [
            key
            for key in self.figures["now"]
            if key != MEAN and key[0] and bool(key[1]) == area and any(_touches(row, key) for row in self.counting)
        ]


def _touches(action: GainsActionsRow, key: Key) -> bool:
    country, area = key
    return country in ("", action["country"]) and area in ("", action["area"])


def of_country(view: View, operation: str) -> View:
    """Return the view filtered to the country of one operation, since scores are by country."""
    found = rows(view.published, OPERATIONS, view.parameters())
    country = tuple(row["country"] for row in found if row["operation"] == operation)
    return replace(view, state=replace(view.state, country=country or view.state.country))


def found_gains(view: View, operation: str = "") -> Gains:
    """Return three answers to one question: as published, as all actions expect, and as the next round measured.

    The actions are those of one operation, or of all if none is named.
    """
    every = escaped_rows(view.published, GAINS_ACTIONS, view.parameters())
    actions = [row for row in every if operation in ("", row["operation"])]
    changed = {
        "now": [],
        "expected": [(row["operation"], row["criterion"], row["becomes"]) for row in actions if row["becomes"]],
        "realised": [(row["operation"], row["criterion"], row["measured"]) for row in actions if row["measured"]],
    }
    figures = {}
    for side, changes in changed.items():
        published = imagined(view.published, view.state.round, tuple(changes))
        found = escaped_rows(published, GAINS, view.parameters())
        figures[side] = {(row["country"], row["area"]): row for row in found}
    return Gains(actions, figures)


def show_effects(view: View, operation: str) -> None:
    """Show the sentence, the chart, every action with its outcome, the scores by area, and the next best step."""
    here = of_country(view, operation)
    found = found_gains(here, operation)
    headline(view.words, *finding(here, found))
    if said := _counted(here, found):
        st.caption(" ".join(said))
    if found.counting:
        _show(here, found)
    show_next_best(view, operation)
    with st.expander(view.words("gains.method")):
        st.markdown(view.words("gains.method_text"))


def _show(view: View, found: Gains) -> None:
    words = view.words
    show_chart(
        drawn(view, found),
        spec_of(gains_chart, view),
        view,
        key="gains_chart",
        alt=words("gains.alt"),
        opens=GAIN_SELECTION,
        clicked=partial(_open_side, view.state.kind),
        columns=("country_title", "side_title", "percent", "band_title"),
        legend=words("gains.legend"),
    )
    st.markdown(f"**{words('gains.by_action')}**")
    if view.masked:
        st.caption(words("safe.answers"))
    else:
        first_rows(view, found.counting, partial(_action, view), "gain_actions", FIRST)
    st.markdown(f"**{view.area_word().by(words)}**", help=words("gains.few_help", below=view.count_below()))
    first_rows(view, found.cells(area=True), partial(_cell, view, found), "gain_cells", FIRST)


def finding(view: View, found: Gains) -> Claims:
    """Return the expected and measured points of the mean or the one country, and how many actions met expectations."""
    if not found.counting:
        return (Claim.of("gains.nothing"),)
    now, then = found.known("now", found.whole), found.known("expected", found.whole)
    if now is None or then is None or then["gain"] is None:
        return (Claim.of("safe.none_shown" if view.masked else "gains.no_figure"),)
    n = len(found.counting)
    said = Claim.count(
        "gains.expects",
        n,
        who=_who(view, found),
        kind=view.kind_word(),
        **_told(view, then),
        was=_banded(view, now),
    )
    measured = found.known("realised", found.whole)
    if measured is None or measured["gain"] is None:
        return said, Claim.of("gains.not_yet")
    reached = sum(row["outcome"] == "reached" for row in found.measured)
    return said, Claim.of("gains.realised", **_told(view, measured), reached=reached, of=len(found.measured))


def _told(view: View, row: GainsRow) -> Row:
    return {"gain": signed(row["gain"]), "figure": _banded(view, row)}


def _banded(view: View, row: GainsRow) -> str:
    """Return a percentage with its band, if it has one, within a sentence."""
    band = row["band_title"]
    return view.words("reading.banded", percent=row["percent"], band=band.lower()) if band else f"{row['percent']:.0f}"


def _who(view: View, found: Gains) -> str:
    """Return whose score the sentence is about."""
    if found.whole != MEAN:
        return str(found.figures["now"][found.whole]["country_title"])
    return view.words("gains.chosen" if view.state.country else "gains.group")


def _open_side(kind: str, mark: Mapping[str, Any]) -> None:
    """Handle a click on a mark: only the current score can be explained, as only that was answered."""
    if mark:
        open_menu({"country": mark["country"], "kind": kind}, "" if mark["side"] else NUMBER)


def _counted(view: View, found: Gains) -> list[str]:
    """Say what does not count, and who has no action."""
    stopped = [row for row in found.actions if row["status"] in ("blocked", "dropped")]
    others = [row for row in found.actions if not row["counts"] and row not in stopped]
    shown = {country for country, area in found.figures["now"] if not area} - {"", HEAD_OFFICE}
    idle = len(shown - {country for country, _ in found.cells(area=False)})
    told: list[tuple[str, int]] = [
        ("gains.stopped", len(stopped)),
        ("gains.not_asked", len(others)),
        ("gains.idle", idle if found.counting else 0),
    ]
    return [view.words.count(key, n) for key, n in told if n]


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
        return view.words("gains.why_no_round")
    return f"{_figure(view, row)} ({signed(row['gain'])})" if row["gain"] is not None else _figure(view, row)


def _action(view: View, row: GainsActionsRow) -> dict[str, str]:
    """Return one action: its subject and status, what it expects, what was measured, and who is responsible."""
    words = view.words
    owner = row["owner_role"] or words("plan.nobody")
    text = f"[{row['action_text']}]({action_address(view, row['action'])})"
    return {
        words("column.operation_title"): f"{row['operation_title']}  \n:small[{owner}]",
        words("column.gained_by"): f"{text}  \n:small[{row['text']} :gray[{row['criterion']}]]",
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
