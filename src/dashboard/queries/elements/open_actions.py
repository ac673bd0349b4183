"""What is to be done? The actions that are still open, read once per publication and filtered here.

Not a question of its own: the Overview and the list of risks both use it.
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
"""The questions in SQL that it needs."""
GONE = -1
"""The place used if an action concerns something else, or something no longer in the library."""


class First(NamedTuple):
    """The action that is due first. They compare by day, then by id."""

    due_on: date
    action: str
    owner_role: str | None


@dataclass(frozen=True, eq=False)
class Actions:
    """Every open action, by id: its country and subject as places; `due` is its day, NaT if there is none."""

    table: pa.Table
    country: Ints
    criterion: Ints
    impact: Ints
    due: npt.NDArray[np.datetime64]
    first: Mapping[tuple[str, int], First]
    """By criterion or impact and number of the operation, among those about it with a due date."""
    bearing: Mapping[tuple[str, int], First]
    """The same by impact, among those about it or about a criterion that addresses it."""
    acted: Mapping[str, Mapping[str, int]]
    """By impact and country, the number of actions on it."""


def open_actions(asked: Asked) -> Actions:
    """All open actions, whatever the filters keep."""
    found: Actions = asked.once(("open_actions",), lambda: _read(asked))
    return found


def acted(asked: Asked) -> Mapping[str, int]:
    """How many open actions in the selected countries concern each impact."""
    chosen = asked.given["countries"]
    return {
        impact: sum(of_country.get(code, 0) for code in chosen)
        for impact, of_country in open_actions(asked).acted.items()
    }


def overdue(asked: Asked) -> pa.Table:
    """Those within the filters that are past their due date, by id; whatever standard they are on."""
    found = open_actions(asked)
    late = found.due < np.datetime64(asked.given["today"], "D")
    return found.table.filter(pa.array(late & asked.countries[found.country] & _kept(asked, found)))


def _kept(asked: Asked, found: Actions) -> Flags:
    """Which ones the filters keep, by the rule of `chosen_actions` in `store/questions/chosen.sql` for every standard.

    An action is kept if its subject is. A subject no longer in the library has no codes: it is kept if nothing is
    selected.
    """
    places = cards(asked).places
    impacts = asked.cube.flags_of(asked.given["impacts"], places, len(places))
    otherwise = np.append(impacts, impacts.all())[found.impact]
    kept: Flags = np.where(found.criterion == GONE, otherwise, np.append(asked.criteria, False)[found.criterion])
    return kept


def _read(asked: Asked) -> Actions:
    table = asked.rows("open_actions")
    first: dict[tuple[str, int], First] = {}
    bearing: dict[tuple[str, int], First] = {}
    counts: dict[str, Counter[str]] = {}
    for row in table.to_pylist():
        if row["impact"]:
            counts.setdefault(row["impact"], Counter())[row["country"]] += 1
        one = First(row["due_on"], row["action"], row["owner_role"])
        for among, subjects in ((first, (row["criterion"] or row["impact"],)), (bearing, row["bears_on"] or ())):
            for subject in subjects if row["due_on"] else ():
                key = (subject, row["operation_no"])
                among[key] = min(among.get(key, one), one, key=lambda action: action[:2])
    return Actions(
        table,
        _places(table["country"], asked.cube.country_numbers),
        _places(table["criterion"], asked.cube.criterion_numbers),
        _places(table["impact"], cards(asked).places),
        table["due_on"].to_numpy().astype("datetime64[D]"),
        first,
        bearing,
        counts,
    )


def _places(codes: pa.ChunkedArray, among: Mapping[str, int]) -> Ints:
    return np.array([among.get(code, GONE) for code in codes.to_pylist()], np.intp)
