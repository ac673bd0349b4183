"""A question, by its name, and the type of its rows. Most are asked in SQL; some are folded from sums in memory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pyarrow as pa

from dashboard.figures.asked import Asked

Row = TypeVar("Row", bound=Mapping[str, Any])
Row_co = TypeVar("Row_co", bound=Mapping[str, Any], covariant=True)
AnyRow = dict[str, Any]
"""A row of a question whose columns Python does not read one by one: its table is drawn or written as a whole."""

CHOSEN = ("framework", "round", "countries", "criteria", "areas", "within", "lang")
"""The parameters of most folded questions: what is in view, and what the filters keep."""
READ = ("framework", "round", "countries", "criteria", "areas", "lang")
"""The parameters of questions that no fair comparison restricts."""
RATED = (*CHOSEN, "impacts")
"""The parameters of questions about risks."""


@dataclass(frozen=True)
class Question(Generic[Row_co]):
    """A question by its name. The type of its `row` names the columns that Python reads; there may be more."""

    name: str
    row: type[Row_co]


@dataclass(frozen=True)
class Folded(Question[Row_co]):
    """A question answered by a function, from sums, and from the questions in SQL that it needs (`beside`).

    Those `looked_up` are asked about what was found, with parameters of their own.
    """

    answer: Callable[[Asked], pa.Table]
    parameters: tuple[str, ...] = CHOSEN
    beside: tuple[str, ...] = ()
    looked_up: tuple[str, ...] = ()
