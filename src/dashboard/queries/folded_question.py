"""What is a question whose answer is folded in memory? A function with the same name, beside the questions in SQL."""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from dashboard.figures.asked import Asked

CHOSEN = ("framework", "round", "countries", "criteria", "areas", "within", "lang")
"""The parameters of most questions: what is in view, and what the filters keep."""


@dataclass(frozen=True)
class Folded:
    """How a question is answered, and from what: its `parameters`, and the questions in SQL it needs (`beside`).

    Those `looked_up` are asked about what was found, with parameters of their own.
    """

    answer: Callable[[Asked], pa.Table]
    parameters: tuple[str, ...] = CHOSEN
    beside: tuple[str, ...] = ()
    looked_up: tuple[str, ...] = ()
