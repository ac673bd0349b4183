"""What is a question whose answer is folded in memory? A function beside the questions in SQL, of the same name."""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from dashboard.figures.asked import Asked

CHOSEN = ("framework", "round", "countries", "criteria", "areas", "within", "lang")
"""The parameters of most: what is in view, and what the filters keep."""


@dataclass(frozen=True)
class Folded:
    """How a question is answered, and what with: `parameters`, and the questions in SQL that it asks `beside`."""

    answer: Callable[[Asked], pa.Table]
    parameters: tuple[str, ...] = CHOSEN
    beside: tuple[str, ...] = ()
