"""Which criteria is the figure made of? One row per criterion, with text, citation and how it was answered."""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.criteria import answered, known_places, sums_of
from dashboard.queries.question import CHOSEN, Folded

COUNTS = ("n_full", "n_part", "n_nil", "n_not_applicable", "n_not_known", "n_unanswered")


class NumberPartsOlder(TypedDict):
    """One of the `older` in a row of `number_parts`."""

    older_version: str
    older_text: str
    n: int


class NumberPartsRow(TypedDict):
    """A row of `number_parts`."""

    criterion: str
    text: str
    weight: float
    older: list[NumberPartsOlder]
    n_checked: int
    n_full: float
    n_part: float
    n_nil: float
    n_not_applicable: float
    n_not_known: float
    n_unanswered: float


def answer(asked: Asked) -> pa.Table:
    """The criteria that are asked in the countries of the figure. Their texts come from `number_texts`."""
    kept = asked.in_view & asked.of_kind & asked.criteria & asked.within
    sums = sums_of(asked, asked.chosen(kept, asked.spread_over))
    texts = asked.rows("number_texts")
    criteria = known_places(asked.cube, texts["criterion"].to_pylist())
    here = np.flatnonzero(sums["n_asked"][criteria])
    texts = texts.take(here)
    for name, counts in answered(sums, criteria[here], COUNTS).items():
        texts = texts.append_column(name, counts)
    return texts


NUMBER_PARTS = Folded("number_parts", NumberPartsRow, answer, (*CHOSEN, "kind"), ("number_texts",))
