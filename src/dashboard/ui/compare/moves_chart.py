"""The chart of Changes: where each country was and is on matched answers, as lines or, if there are many, as rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import pyarrow as pa
import streamlit as st

from dashboard.charts.look import look_of
from dashboard.charts.slope import MOST_LINES, MOST_NAMED, MOST_ROWS, SELECTION, labelled, moved, ranked, slope
from dashboard.model.known_codes import HEAD_OFFICE
from dashboard.queries.compare.answer_moves import CHANGES_MOVES, ChangesMovesRow
from dashboard.queries.compare.changes import ChangesRow
from dashboard.ui.elements.legend import Mark, axis_of, below_axis, dots, dotted_key, hollow_dot, hollow_ends, stroke
from dashboard.ui.elements.selection import open_mark
from dashboard.ui.elements.sentences import few
from dashboard.ui.elements.show import show_chart, spec_of
from dashboard.ui.escape import escaped_rows, one_line, short
from dashboard.ui.session import theme
from dashboard.ui.session_state import NUMBER
from dashboard.ui.view import View

COLUMNS = ("country_title", "matched_was", "matched_now", "change", "n_matched", "n_better", "n_worse")
WIDE = 90
"""Characters of what was asked, in a sentence beside the chart."""


def draw_moves(view: View, table: pa.Table, countries: list[ChangesRow], earlier: str) -> None:
    """Draw the chart with title and legend; a sentence if no country has enough matched answers."""
    words = view.words
    drawn = [row for row in countries if row["enough"]]
    rounds = {"earlier": countries[0]["earlier_title"], "now": countries[0]["round_title"]}
    st.markdown(f"**{words('slope.title', **rounds)}**", help=slope_text(view, drawn) or None)
    if not drawn:
        st.caption(words("slope.nothing"))
        return
    axis = axis_of(view).between(earlier, view.state.round)
    as_rows = len(drawn) > MOST_LINES
    rows = ranked(table) if as_rows else labelled(table)
    show_chart(
        rows,
        spec_of(moved, view) if as_rows else spec_of(slope, view, *axis.drawn(words)),
        view,
        key="moved_chart" if as_rows else "slope_chart",
        alt=words("slope.alt"),
        opens=SELECTION,
        clicked=pick_country,
        columns=COLUMNS,
        told=rows.rename_columns({"was": "matched_was", "now": "matched_now"}),
        legend=" ".join(filter(None, (_legend(view, countries, len(drawn)), below_axis(view, axis)))),
        keys=(*_keys(view, drawn, table), *(() if as_rows else dotted_key(view, axis))),
        points=partial(silent_and_worse, view, earlier),
    )


def silent_and_worse(view: View, earlier: str) -> tuple[str, ...]:
    """Return how many answers fell silent and where, and how many worsened, with the weightiest of these.

    While names are hidden, nothing: single answers are not shown then.
    """
    if view.masked:
        return ()
    words = view.words
    moves = escaped_rows(view.published, CHANGES_MOVES, view.parameters(earlier=earlier, whole=True))
    silent, worse = ([row for row in moves if row["move"] == name] for name in ("no_longer_answered", "worse"))
    said = [words.count("changes.silent", len(silent), where=_where(view, silent))] if silent else []
    if worse:
        first = {"who": worse[0]["operation_title"], "text": short(worse[0]["text"], WIDE)}
        sides = {"was": worse[0]["was_title"], "now": worse[0]["now_title"]}
        said.append(words.count("changes.worsened", len(worse), where=_where(view, worse), **first, **sides))
    return tuple(said)


def _where(view: View, moves: Sequence[ChangesMovesRow]) -> str:
    """Name the countries with most of these moves, with how many, and say how many countries more there are."""
    counts = Counter(row["country_title"] for row in moves).most_common()
    return few(view.words, [view.words("changes.few_in", country=title, n=n) for title, n in counts])


def _keys(view: View, drawn: list[ChangesRow], table: pa.Table) -> Iterator[Mark]:
    """Yield the ends of a line, its colours, and the dashes of the head office's."""
    words, look = view.words, look_of(theme())
    yield hollow_dot(look.ink), one_line(table["earlier_title"][0].as_py())
    yield dots([look.ink]), one_line(table["round_title"][0].as_py())
    changes = [row["change"] or 0 for row in drawn]
    if any(change > 0 for change in changes):
        yield stroke(look.subjects[0]), words("slope.rose_key")
    if any(change < 0 for change in changes):
        yield stroke(look.brick), words("slope.fell_key")
    if 0 in changes:
        yield stroke(look.quiet), words("slope.level_key")
    if not all(row["covered"] for row in drawn):
        yield hollow_ends(look.ink), words("slope.uncovered_key")
    if len(drawn) <= MOST_LINES and any(row["country"] == HEAD_OFFICE for row in drawn):
        yield stroke(look.ink, "5 4"), words("slope.office_key")


def pick_country(mark: Mapping[str, str]) -> None:
    """Handle a click on a country: list its changes, and offer to explain and compare its score.

    Without a mark, after a double click, all changes are listed.
    """
    country = mark.get("country", "")
    st.session_state["of_country"] = "" if st.session_state["of_country"] == country else country
    open_mark({}, NUMBER, mark)


def slope_text(view: View, drawn: list[ChangesRow]) -> str:
    """Describe the lines of the chart for those who cannot see it; if there are many, those that moved most."""
    most = sorted(drawn, key=lambda row: (-abs(row["change"] or 0), row["country_position"]))[:MOST_NAMED]
    return " ".join(_told(view, row) for row in sorted(most, key=lambda row: row["country_position"]))


def _told(view: View, row: ChangesRow) -> str:
    """Return how far a country moved on matched answers, what it scores on all, and whether it is in no mean."""
    parts = [
        view.words(
            "slope.sentence",
            country=row["country_title"],
            was=row["was"],
            now=row["now"],
            n=row["n_matched"],
            better=row["n_better"],
            worse=row["n_worse"],
        )
    ]
    if row["own_now"] is not None:
        parts.append(view.words("slope.on_all", own=row["own_now"]))
    if not row["covered"]:
        parts.append(view.words("slope.uncovered"))
    return " ".join(parts)


def _legend(view: View, countries: list[ChangesRow], n_drawn: int) -> str:
    """Say what is drawn, and which countries are not drawn or not named."""
    words = view.words
    as_rows = n_drawn > MOST_LINES
    parts = [words("slope.legend")]
    if few := len(countries) - n_drawn:
        parts.append(words.count("slope.left_out", few, below=countries[0]["count_below"]))
    if (left := n_drawn - (MOST_ROWS if as_rows else MOST_NAMED)) > 0:
        parts.append(words.count("slope.no_row" if as_rows else "slope.unnamed", left))
    return " ".join(parts)
