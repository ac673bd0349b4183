"""Which answers moved between the two rounds, and how? Critical and heaviest first within each kind of move.

At most 60 of a kind, unless the whole is wanted; `n_move` counts all of them.
What is newly asked, no longer asked, or reworded is in `changes_asked`.
"""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import strings
from dashboard.figures.cube import Floats
from dashboard.figures.read import named
from dashboard.queries.compare.moves import BESIDE, MOST, MOVES, Moves, first_of, moved, operations_of
from dashboard.queries.question import CHOSEN, Folded


class ChangesMovesRow(TypedDict):
    """A row of `changes_moves`."""

    move: str
    n_move: int
    operation_title: str
    country_title: str
    criterion: str
    text: str
    critical: bool
    was_value: float | None
    now_value: float | None
    note: str | None


def answer(asked: Asked) -> pa.Table:
    """One row per answer, by move."""
    cube = asked.cube
    every = moved(asked)
    most = len(every.move) if asked.given["whole"] else MOST
    moves = every.take(first_of(every, _weight(asked, every), most))
    names, scale, critical = operations_of(asked), cube.scale, cube.critical[moves.criterion]
    codes = [cube.criteria[number] for number in moves.criterion]
    reversed_ = {code for code, row in asked.sources.items() if row["reversed"]}
    n_move = np.bincount(every.move, minlength=len(MOVES))[moves.move]
    starts = np.searchsorted(moves.move, moves.move)
    sides = {
        f"{side}_{name}": made
        for side, at in (("was", moves.was), ("now", moves.now))
        for name, made in (
            ("as", column(scale.counts_as[at], pa.string())),
            ("title", strings(scale.title[number] for number in at)),
            ("value", column(scale.value[at])),
        )
    }
    return pa.table(
        {
            "move": column(named(moves.move, MOVES), pa.string()),
            "n_move": column(n_move, pa.int64()),
            "place": column(np.arange(len(moves.move)) - starts + 1, pa.int64()),
            "operation_title": strings(names.title[number] for number in moves.operation),
            "country_title": strings(cube.country_titles[number] for number in names.country[moves.operation]),
            "criterion": strings(codes),
            "text": strings(asked.text(code) for code in codes),
            "critical": column(critical, pa.bool_()),
            "reversed": column([code in reversed_ for code in codes], pa.bool_()),
            **sides,
            "note": strings(_notes(asked, moves)),
        }
    )


CHANGES_MOVES = Folded(
    "changes_moves",
    ChangesMovesRow,
    answer,
    (*CHOSEN, "kind", "earlier", "whole"),
    (*BESIDE, "criterion_sources"),
    ("answer_notes",),
)


def _weight(asked: Asked, moves: Moves) -> Floats:
    """What lists them: critical ones before all others, then how much the move weighs."""
    cube = asked.cube
    step = np.abs(cube.scale.value[moves.now] - cube.scale.value[moves.was])
    weight = cube.weight[moves.criterion] * np.where(np.isnan(step), 1.0, step)
    heaviest: float = weight.max(initial=0.0) + 1
    return weight + heaviest * cube.critical[moves.criterion]


def _notes(asked: Asked, moves: Moves) -> list[str | None]:
    numbers = asked.cube.numbers[moves.criterion]
    wanted = {
        "operation_numbers": np.unique(moves.operation).tolist(),
        "criterion_numbers": np.unique(numbers).tolist(),
    }
    if not len(numbers):
        return []
    operation, criterion, note = (column.to_pylist() for column in asked.rows("answer_notes", **wanted).columns)
    notes = dict(zip(zip(operation, criterion, strict=True), note, strict=True))
    return [notes.get(key) for key in zip(moves.operation.tolist(), numbers.tolist(), strict=True)]
