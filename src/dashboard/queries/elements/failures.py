"""Which critical criteria failed in one of two rounds, or when last answered? A row per operation and criterion.

`failed_in` is the round in which it failed when it was last answered, up to the round in view; null if it has improved
since. So what fell silent is in the list until it is answered, or no longer asked. `matched` says that both rounds have
an answer to the same wording: only those are compared.
"""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import strings
from dashboard.figures.criteria import about
from dashboard.figures.cube import Ints
from dashboard.figures.failures import Failures, failures_between
from dashboard.figures.read import named
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


def answer(asked: Asked) -> pa.Table:
    """By country and operation, then by criterion; of both kinds. Without an earlier round, only the one in view."""
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


FAILURES = Folded("failures", FailuresRow, answer, (*CHOSEN, "earlier"), ("operations_named",))


def _rounds(asked: Asked) -> tuple[str, str]:
    return asked.given["round"], asked.given["earlier"]


def _kept(asked: Asked, found: Failures) -> tuple[Failures, Ints]:
    """The failures, and the places of those that the filters keep, in their order."""
    country = asked.answers().country[found.operation]
    criteria = asked.in_view & asked.criteria & asked.within
    kept = np.flatnonzero(criteria[found.criterion] & asked.countries[country])
    return found, kept[np.lexsort((found.criterion[kept], found.operation[kept], country[kept]))]
