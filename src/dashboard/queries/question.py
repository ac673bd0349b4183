"""Declares what a question is: its name and the type of its rows. Most are in SQL; some are folded in memory."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Generic, TypeVar

import pyarrow as pa

from dashboard import queries
from dashboard.figures.selection import Asked

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


@cache
def folded() -> Mapping[str, Folded[Any]]:
    """Every folded question by name. Each is declared in a module of a room; the first call imports these."""
    found = tuple(_modules(queries))
    modules = (*found, *(module for room in found if hasattr(room, "__path__") for module in _modules(room)))
    return {one.name: one for module in modules for one in vars(module).values() if isinstance(one, Folded)}


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in iter_modules(package.__path__):
        yield import_module(f"{package.__name__}.{found.name}")
