"""Which time axis do charts of rounds share, and what is said below it? Notes on rounds, and what dotted lines mean."""

from collections.abc import Iterator, Mapping
from typing import TypedDict

import pyarrow as pa

from dashboard.charts.look import look_of
from dashboard.charts.rounds.time_axis import TimeAxis, time_axis
from dashboard.model.answers.names import bare, named_in
from dashboard.queries.ask import rows
from dashboard.queries.frame.questions import OPTIONS
from dashboard.queries.question import Question
from dashboard.ui.elements.chart_keys import stroke
from dashboard.ui.elements.legend import Mark
from dashboard.ui.elements.show import theme
from dashboard.ui.escape import escape, one_line
from dashboard.ui.view import View


class TimeAxisRow(TypedDict):
    """A row of `time_axis`."""

    title: str
    note: str


TIME_AXIS = Question("time_axis", TimeAxisRow)


def axis_of(view: View, alone: str = "") -> TimeAxis:
    """Return every round of the selected framework, with the years between them that have none.

    `alone` is the one country drawn, if any; notes that name only other countries are left out.
    """
    found = rows(view.published, TIME_AXIS, view.parameters())
    options = rows(view.published, OPTIONS, view.parameters()) if alone else []
    countries = {bare(row["title"]): row["code"] for row in options if row["filter"] == "country"}
    notes = [row["note"] if concerns(row["note"], alone, countries) else "" for row in found]
    titles = [one_line(row["title"]) for row in found]
    return time_axis(
        [{**row, "title": title, "note": note} for row, title, note in zip(found, titles, notes, strict=True)]
    )


def concerns(note: str, country: str, codes: Mapping[str, str]) -> bool:
    """Return whether a note names a country, or none of those whose codes are given by normalised title."""
    named = {code for _, _, code in named_in(bare(note).split(), codes)}
    return not named or country in named


def below_axis(view: View, axis: TimeAxis) -> str:
    """Return the notes on the rounds, each with its mark."""
    words = view.words
    return " ".join(
        words("time_axis.note", mark=mark, round=escape(title), note=escape(note)) for mark, title, note in axis.noted()
    )


def dotted_key(view: View, axis: TimeAxis, figures: pa.Table | None = None) -> Iterator[Mark]:
    """Yield the dotted line, if there is one."""
    if axis.gaps if figures is None else any(figures["broken"].to_pylist()):
        yield stroke(look_of(theme()).ink, "2 4"), view.words("time_axis.gap_key")
