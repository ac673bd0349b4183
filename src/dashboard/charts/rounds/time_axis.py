"""Where are rounds placed on a time axis, and which years between them have none?"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.charts.look import Look, first_lines
from dashboard.model.words import Words

Row = Mapping[str, Any]
DAYS = 365.25
FITTING = 8
"""Labels that fit side by side; with more, some are left out rather than overlapping."""
DOTTED = (1, 6)
"""Dashes of a line across a gap."""
NONE = "\n"
"""Prefix of the label of a year without a round; no title starts like this."""
MARKS = "¹²³⁴⁵⁶⁷⁸⁹"
"""Follow the title of a round that has a note, and precede the note."""


@dataclass(frozen=True)
class TimeAxis:
    """The places of an axis in order: rounds and, between them, years without one; consecutive years share a place.

    `at` holds years with fractions; `rounds` is empty for years without one, which are given in `titles`.
    """

    rounds: tuple[str, ...]
    at: tuple[float, ...]
    titles: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def gaps(self) -> tuple[float, ...]:
        """The places of years without a round."""
        return tuple(at for at, round_ in zip(self.at, self.rounds, strict=True) if not round_)

    def breaks(self, at: float, other: float) -> bool:
        """Whether a year or a round lies between two places: a line between their figures is then not a measurement."""
        return any(at < one < other for one in self.at)

    def between(self, first: str, last: str) -> "TimeAxis":
        """Return the part from one round to another; empty if either is missing."""
        if first not in self.rounds or last not in self.rounds:
            return TimeAxis((), (), (), ())
        part = slice(self.rounds.index(first), self.rounds.index(last) + 1)
        return TimeAxis(self.rounds[part], self.at[part], self.titles[part], self.notes[part])

    def noted(self) -> list[tuple[str, str, str]]:
        """Return mark, title and note of every round that has one."""
        found = [(title, note) for title, note in zip(self.titles, self.notes, strict=True) if note]
        return [(mark, *told) for mark, told in zip(MARKS, found, strict=False)]

    def drawn(self, words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the places and labels for a chart; the label of a year without a round starts with NONE."""
        marks = {title: mark for mark, title, _ in self.noted()}
        labels = (
            f"{title}{marks.get(title, '')}" if round_ else f"{NONE}{words('time_axis.no_round', years=title)}"
            for round_, title in zip(self.rounds, self.titles, strict=True)
        )
        return tuple(_written(at) for at in self.at), tuple(labels)


def time_axis(rounds: Sequence[Row]) -> TimeAxis:
    """Return the axis for rounds with `round`, `title`, `starts_on`, `ends_on` and `note`.

    A round is placed in the middle of its period. A year counts as having no round if none started or ended in it.
    """
    found = [(_middle(row["starts_on"], row["ends_on"]), row["round"], row["title"], row["note"]) for row in rounds]
    years = sorted({year for row in rounds for year in range(row["starts_on"].year, row["ends_on"].year + 1)})
    for first, last in ((before + 1, after - 1) for before, after in pairwise(years) if after - before > 1):
        found.append(((first + last + 1) / 2, "", str(first) if first == last else f"{first}–{last}", ""))
    found.sort()
    at, codes, titles, notes = zip(*found, strict=True) if found else ((), (), (), ())
    return TimeAxis(codes, at, titles, notes)


def _middle(first: date, last: date) -> float:
    day = first + (last - first) / 2
    return round(day.year + (day.timetuple().tm_yday - 1) / DAYS, 3)


def over_time(table: pa.Table, axis: TimeAxis) -> pa.Table:
    """Return figures by `round` and `kind` with `at`, their place, and the start of the line to each.

    `from_at` and `from_percent` belong to the previous figure, or are null. `broken` means that a year or round without
    a figure lies between, so that the line is not a measurement.
    """
    place = dict(zip(axis.rounds, axis.at, strict=True))
    before: dict[str, tuple[float, float]] = {}
    lines = []
    for row in table.to_pylist():
        at, came = place.get(row["round"]), before.get(row["kind"])
        if at is None or row["reading"] not in ("score", "count"):
            lines.append((at, None, None, False))
            continue
        lines.append((at, *(came or (None, None)), came is not None and axis.breaks(came[0], at)))
        before[row["kind"]] = (at, row["percent"])
    columns = zip(*lines, strict=True) if lines else ((), (), (), ())
    types = {"at": pa.float64(), "from_at": pa.float64(), "from_percent": pa.float64(), "broken": pa.bool_()}
    for (name, of_type), values in zip(types.items(), columns, strict=True):
        table = table.append_column(name, pa.array(values, of_type))
    return table


def x_axis(
    look: Look, places: tuple[str, ...], labels: tuple[str, ...], field: str = "at:Q", right: float = 1
) -> alt.X:
    """Return an axis of years with fractions and a label at every place; years without a round are muted.

    `right` is the share of the usual margin kept free to the right of the last place.
    """
    ends = [float(places[0]), float(places[-1])] if places else [0.0, 1.0]
    room = max(ends[1] - ends[0], 1) / 12
    told = json.dumps({at: label.removeprefix(NONE) for at, label in zip(places, labels, strict=True)})
    empty = [at for at, label in zip(places, labels, strict=True) if label.startswith(NONE)]
    label = rf"trim(replace({told}[toString(datum.value)], regexp('(.{{1,9}})(\\s+|$)', 'g'), '$1\n'))"
    return alt.X(
        field,
        title=None,
        scale=alt.Scale(domain=[ends[0] - room, ends[1] + right * room], nice=False, zero=False),
        axis=alt.Axis(
            values=[float(at) for at in places],
            labelExpr=first_lines(label, 3),
            labelPadding=6,
            labelLimit=90,
            labelLineHeight=15,
            labelOverlap="greedy" if len(places) > FITTING else False,
            labelColor={
                "condition": {"test": f"indexof({json.dumps(empty)}, toString(datum.value)) >= 0", "value": look.quiet},
                "value": look.ink,
            },
        ),
    )


def _written(at: float) -> str:
    """Return a place as JavaScript formats it."""
    return f"{at:.3f}".rstrip("0").rstrip(".")
