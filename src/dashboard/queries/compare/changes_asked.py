"""What is asked in only one of the two rounds, or was reworded? At most 60 lines of each."""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.queries.compare.moves import BESIDE, MOST, ONE_SIDED, Moves, beside, operations_of
from dashboard.queries.question import CHOSEN, Folded

SCHEMA = pa.schema(
    [
        ("move", pa.string()), ("code", pa.string()), ("title", pa.string()), ("position", pa.int64()),
        ("n", pa.int64()), ("everything", pa.bool_()), ("since", pa.string()), ("n_move", pa.int64()),
        ("n_answers", pa.int64()),
    ]
)  # fmt: skip


class ChangesAskedRow(TypedDict):
    """A row of `changes_asked`."""

    move: str
    code: str
    title: str
    n: int
    everything: bool
    since: str | None
    n_move: int
    n_answers: int


def answer(asked: Asked) -> pa.Table:
    """One row per operation that is newly or no longer asked, or per reworded criterion."""
    moves = beside(asked)
    found = [row for move in ONE_SIDED for row in _one_sided(asked, moves, move)]
    return pa.Table.from_pylist([*found, *_reworded(asked, moves)], SCHEMA)


CHANGES_ASKED = Folded("changes_asked", ChangesAskedRow, answer, (*CHOSEN, "kind", "earlier"), BESIDE)


def _one_sided(asked: Asked, moves: Moves, move: str) -> list[dict[str, object]]:
    names, every = operations_of(asked), np.bincount(moves.operation)
    of_move = moves.operation[moves.are(move)]
    met, n = np.unique(of_move, return_counts=True)
    where = sorted(range(len(met)), key=lambda at: (names.country[met[at]], names.code[met[at]]))
    return [
        {
            "move": move,
            "code": names.code[number],
            "title": names.title[number],
            "position": int(names.country[number]) + 1,
            "n": int(count),
            "everything": bool(count == every[number]),
            "n_move": len(met),
            "n_answers": len(of_move),
        }
        for number, count in ((met[at], n[at]) for at in where[:MOST])
    ]


def _reworded(asked: Asked, moves: Moves) -> list[dict[str, object]]:
    cube, flags = asked.cube, moves.are("reworded")
    met, first, n = np.unique(moves.criterion[flags], return_index=True, return_counts=True)
    since = moves.since[flags][first]
    return [
        {
            "move": "reworded",
            "code": cube.criteria[place],
            "title": asked.text(cube.criteria[place]),
            "position": int(cube.numbers[place]),
            "n": int(count),
            "everything": False,
            "since": moves.versions[version],
            "n_move": len(met),
            "n_answers": int(flags.sum()),
        }
        for place, version, count in list(zip(met, since, n, strict=True))[:MOST]
    ]
