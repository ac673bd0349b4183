"""Where in the dashboard is somebody? Page and selection as one short text, for a URL or a table.

`heatmap;country:GHA!BOL;round:2024` is the heat map of two countries in one round. None of these separators needs
escaping in a URL, and none may occur in a code.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from dashboard.model.pages import IN_TOURS, led_on

if TYPE_CHECKING:
    StepPage = str
else:
    StepPage = Literal[IN_TOURS]
"""A page that a step of a tour may open."""

PART, IS, AND = ";", ":", "!"


def place_of(page: str, query: Mapping[str, str], but: Iterable[str] = ()) -> str:
    """The page and the parameters of its URL as one text, without those named in `but`."""
    left_out = set(but)
    parameters = [f"{name}{IS}{text.replace(',', AND)}" for name, text in query.items() if name not in left_out]
    return PART.join((page, *parameters))


def place_in(text: str) -> tuple[str, dict[str, str]]:
    """The inverse of `place_of`: the page, and the parameters of its URL. What is former becomes its successor."""
    page, *parameters = text.split(PART)
    pairs = (part.partition(IS) for part in parameters)
    query = {name: codes.replace(AND, ",") for name, _, codes in pairs if codes}
    now = led_on(page, query.pop("part", ""))
    return now.page, {**query, **now.parameters(query)}
