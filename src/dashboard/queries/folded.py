"""Which questions are folded in memory? All others are SQL."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from dashboard import queries
from dashboard.queries.question import Folded


@cache
def folded() -> Mapping[str, Folded[Any]]:
    """Every folded question by name. Each is declared in a module of a room; the first call imports these."""
    modules = (module for room in _modules(queries) if hasattr(room, "__path__") for module in _modules(room))
    return {one.name: one for module in modules for one in vars(module).values() if isinstance(one, Folded)}


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in iter_modules(package.__path__):
        yield import_module(f"{package.__name__}.{found.name}")
