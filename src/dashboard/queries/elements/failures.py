"""Finds the critical criteria that failed, and the actions that are still open.

Open actions are read once per publication and filtered here. They are no question of their own: the Overview and the
list of risks both use them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypedDict

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dashboard.figures.criteria import about
from dashboard.figures.cube import Flags, Ints
from dashboard.figures.failures import Failures, failures_between
from dashboard.figures.grid import strings
from dashboard.figures.ratings import cards
from dashboard.figures.read import named
from dashboard.figures.selection import Asked, column
from dashboard.queries.question import CHOSEN, Folded

ABOUT = ("area_code", "criterion", "text", "kind")


class FailuresRow(TypedDict):
    """A row of `failures`."""

    country: str
    country_title: str
    operation: str
    operation_title: str
    criterion: str
    text: str
    kind: str
    enters: bool
    failed_earlier: bool
    failed_now: bool
    matched: bool
    counts_as: str
    failed_in: str | None
    failed_in_title: str | None


def failures_answer(asked: Asked) -> pa.Table:
    """Which critical criteria failed in one of two rounds, or when last answered? A row per operation and criterion.

    `failed_in` is the round in which it failed when it was last answered, up to the round in view; null if it has
    improved since. So what fell silent is in the list until it is answered, or no longer asked. `matched` says that
    both rounds have an answer to the same wording: only those are compared.

    By country and operation, then by criterion; of both kinds. Without an earlier round, only the one in view.
    """
    cube = asked.cube
    now, was = (cube.rounds.index(code) if code in cube.rounds else -1 for code in _rounds(asked))
    found, at = _kept(asked, failures_between(asked, was, now))
    criterion, operation = found.criterion[at], found.operation[at]
    answers = asked.answers()
    country = answers.country[operation]
    titles = {row["operation_no"]: row["title"] for row in asked.rows("operations_named").to_pylist()}
    status = answers.status[answers.codes[now][criterion, operation]] if now >= 0 else np.zeros(0, np.intp)
    return pa.table(
        {
            "country": strings(cube.countries[number] for number in country),
            "country_title": strings(cube.country_titles[number] for number in country),
            "operation": answers.operations.take(pa.array(operation)),
            "operation_title": strings(titles[number] for number in answers.numbers[operation].tolist()),
            **about(asked, criterion, ABOUT),
            "enters": column(asked.spread_over[country], pa.bool_()),
            "failed_earlier": column(found.was[at], pa.bool_()),
            "failed_now": column(found.now[at], pa.bool_()),
            "matched": column(found.matched[at], pa.bool_()),
            "counts_as": column(cube.scale.counts_as[status], pa.string()),
            "failed_in": column(named(found.last[at], cube.rounds), pa.string()),
            "failed_in_title": column(named(found.last[at], cube.round_titles), pa.string()),
        }
    )


FAILURES = Folded("failures", FailuresRow, failures_answer, (*CHOSEN, "earlier"), ("operations_named",))


def _rounds(asked: Asked) -> tuple[str, str]:
    return asked.given["round"], asked.given["earlier"]


def _kept(asked: Asked, found: Failures) -> tuple[Failures, Ints]:
    """The failures, and the places of those that the filters keep, in their order."""
    country = asked.answers().country[found.operation]
    criteria = asked.in_view & asked.criteria & asked.within
    kept = np.flatnonzero(criteria[found.criterion] & asked.countries[country])
    return found, kept[np.lexsort((found.criterion[kept], found.operation[kept], country[kept]))]


ACTIONS_BESIDE = ("open_actions", "impact_cards")
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
    return found.table.filter(pa.array(late & asked.countries[found.country] & _open_actions_kept(asked, found)))


def _open_actions_kept(asked: Asked, found: Actions) -> Flags:
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
