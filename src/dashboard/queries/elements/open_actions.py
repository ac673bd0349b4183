"""What is to be done: the actions that are still open, read once a publication and kept by what the filters keep.

Not a question of its own: what the Overview and the list of risks both ask about actions.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.cube import Flags, Ints
from dashboard.figures.ratings import cards

BESIDE = ("open_actions", "impact_cards")
"""The questions in SQL that are asked for it."""
GONE = -1
"""The place of what an action is on, where it is on something else, or on what is no longer in the library."""


class First(NamedTuple):
    """The action that is due first. They compare by day, then by id."""

    due_on: date
    action: str
    owner_role: str | None


@dataclass(frozen=True, eq=False)
class Actions:
    """Every open action, in the order of ids: where, and what it is on, as places; `due` is its day, NaT without."""

    table: pa.Table
    country: Ints
    criterion: Ints
    impact: Ints
    due: npt.NDArray[np.datetime64]
    first: Mapping[tuple[str, str], First]
    """By what is to be decided (a criterion or an impact) and country, of those that have a date."""
    acted: Mapping[str, Mapping[str, int]]
    """By impact and country, how many are on it."""


def open_actions(asked: Asked) -> Actions:
    """All of them, whatever is chosen."""
    found: Actions = asked.once(("open_actions",), lambda: _read(asked))
    return found


def acted(asked: Asked) -> Mapping[str, int]:
    """How many open actions of the chosen countries are on each impact."""
    chosen = asked.given["countries"]
    return {
        impact: sum(of_country.get(code, 0) for code in chosen)
        for impact, of_country in open_actions(asked).acted.items()
    }


def overdue(asked: Asked) -> pa.Table:
    """Those of the choice that were due before the day it is read on, in the order of ids."""
    found = open_actions(asked)
    late = found.due < np.datetime64(asked.given["today"], "D")
    return found.table.filter(pa.array(late & asked.countries[found.country] & _kept(asked, found)))


def _kept(asked: Asked, found: Actions) -> Flags:
    """Which ones the filters keep: the same rule as `chosen_actions` in `store/questions/chosen.sql`.

    An action is kept with what it is on. What is gone from the library carries no code: it is kept where nothing is
    chosen.
    """
    places = cards(asked).places
    impacts = asked.cube.flags_of(asked.given["impacts"], places, len(places))
    criteria = asked.criteria & asked.in_view
    otherwise = np.append(impacts, impacts.all())[found.impact]
    kept: Flags = np.where(found.criterion == GONE, otherwise, np.append(criteria, False)[found.criterion])
    return kept


def _read(asked: Asked) -> Actions:
    table = asked.rows("open_actions")
    first: dict[tuple[str, str], First] = {}
    counts: dict[str, Counter[str]] = {}
    for row in table.to_pylist():
        if row["impact"]:
            counts.setdefault(row["impact"], Counter())[row["country"]] += 1
        one = First(row["due_on"], row["action"], row["owner_role"])
        for subject in {row["criterion"], *(row["bears_on"] or ())} if row["due_on"] else ():
            key = (subject, row["country"])
            first[key] = min(first.get(key, one), one, key=lambda action: action[:2])
    return Actions(
        table,
        _places(table["country"], asked.cube.country_numbers),
        _places(table["criterion"], asked.cube.criterion_numbers),
        _places(table["impact"], cards(asked).places),
        table["due_on"].to_numpy().astype("datetime64[D]"),
        first,
        counts,
    )


def _places(codes: pa.ChunkedArray, among: Mapping[str, int]) -> Ints:
    return np.array([among.get(code, GONE) for code in codes.to_pylist()], np.intp)
