"""Finds how each single answer moved between two rounds. Only answers to the same wording are compared."""

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dashboard.figures.cube import Cube, Flags, Floats, Ints
from dashboard.figures.grid import strings
from dashboard.figures.read import named
from dashboard.figures.read_cube import numbered, numbers_of, places_of
from dashboard.figures.scale import Scale
from dashboard.figures.selection import Asked, column
from dashboard.queries.question import CHOSEN, Folded

Numbers = npt.NDArray[np.signedinteger]
"""Smaller than Ints, since there may be millions."""

MOVES = (
    "became_applicable", "became_not_applicable", "better", "newly_answered", "newly_asked", "no_longer_answered",
    "no_longer_asked", "reworded", "same", "still_open", "worse",
)  # fmt: skip
"""In the order in which they are listed."""
ONE_SIDED = ("newly_asked", "no_longer_asked")
NOT_MOVED = (*ONE_SIDED, "reworded", "same", "still_open")
BESIDE = ("changes_single", "operations_named")
MOST = 60
"""How many lines of one move a page lists."""


@dataclass(frozen=True, eq=False)
class Operations:
    """By the number of an operation in the store: its code, what it is called, and its country."""

    code: tuple[str, ...]
    title: tuple[str, ...]
    country: Ints


@dataclass(frozen=True, eq=False)
class Moves:
    """Single answers in the order of pages: each to a criterion, with its statuses, -1 if a round did not ask.

    `move` is a place in MOVES, and `since` a place in `versions` if the wording changed, else -1.
    """

    operation: Numbers
    criterion: Numbers
    now: Numbers
    was: Numbers
    move: Numbers
    since: Numbers
    versions: tuple[str, ...]

    def take(self, index: Ints) -> "Moves":
        """Those at these places."""
        one, two = (self.operation[index], self.criterion[index]), (self.now[index], self.was[index])
        return Moves(*one, *two, self.move[index], self.since[index], self.versions)

    def are(self, *moves: str) -> Flags:
        """Which of them moved in one of these ways."""
        named = np.array([move in moves for move in MOVES], bool)
        flags: Flags = named[self.move]
        return flags


def moved(asked: Asked) -> Moves:
    """The answers that moved; none if there is no such earlier round."""
    return _kept(asked, _single(asked)[0])


def beside(asked: Asked) -> Moves:
    """The answers that were reworded, and all of the operations that only one round asked something."""
    return _kept(asked, _single(asked)[1])


def operations_of(asked: Asked) -> Operations:
    """All operations of the publication."""
    found: Operations = asked.once(
        ("operations_named",), lambda: _operations(asked.published, asked.rows("operations_named"))
    )
    return found


def first_of(moves: Moves, weight: Floats, most: int = MOST) -> Ints:
    """The places of at most so many of each move, those of most weight first and then in their own order."""
    listed = [np.zeros(0, np.intp)]
    for move in np.unique(moves.move):
        places = np.flatnonzero(moves.move == move)
        of_place = weight[places]
        least = -np.inf if len(places) <= most else np.partition(of_place, -most)[-most]
        above, level = places[of_place > least], places[of_place == least]
        kept = np.sort(np.concatenate([above, level[: most - len(above)]]))
        listed.append(kept[np.argsort(-weight[kept], kind="stable")])
    return np.concatenate(listed)


def _kept(asked: Asked, every: Moves) -> Moves:
    """Those that the filters keep."""
    both = {asked.given["earlier"], asked.given["round"]} <= set(asked.cube.rounds)
    criteria = asked.in_view & asked.of_kind & asked.criteria & asked.within
    operations = both & asked.countries[operations_of(asked).country]
    return every.take(np.flatnonzero(criteria[every.criterion] & operations[every.operation]))


def _single(asked: Asked) -> tuple[Moves, Moves]:
    """The answers that moved, and what is told beside them, of all operations."""
    key = ("changes_single", asked.given["round"], asked.given["earlier"])
    found: tuple[Moves, Moves] = asked.once_of_sums(key, lambda: _parted(asked))
    return found


def _parted(asked: Asked) -> tuple[Moves, Moves]:
    names, every = operations_of(asked), _read(asked.cube, asked.rows("changes_single"))
    size = len(names.code)
    rank = np.zeros(size, np.intp)
    rank[sorted(range(size), key=lambda number: (names.country[number], names.code[number]))] = np.arange(size)
    every = every.take(np.argsort(rank[every.operation], kind="stable"))
    one_sided = np.zeros(size, bool)
    one_sided[every.operation[every.are(*ONE_SIDED)]] = True
    told = one_sided[every.operation] | every.are("reworded")
    return every.take(np.flatnonzero(~every.are(*NOT_MOVED))), every.take(np.flatnonzero(told))


def _read(cube: Cube, table: pa.Table) -> Moves:
    def number(name: str) -> Ints:
        found: Ints = table[name].cast(pa.int64()).fill_null(-1).to_numpy().astype(np.intp)
        return found

    now, was = number("now_no"), number("was_no")
    since = table["since"].combine_chunks().dictionary_encode()
    reworded = since.indices.cast(pa.int64()).fill_null(-1).to_numpy()
    move = np.where(reworded >= 0, MOVES.index("reworded"), _kinds(cube.scale)[now, was])
    return Moves(
        number("operation_no").astype(np.int32),
        places_of(cube.numbers, numbers_of(table)).astype(np.int32),
        now.astype(np.int16),
        was.astype(np.int16),
        move.astype(np.int8),
        reworded.astype(np.int16),
        tuple(since.dictionary.to_pylist()),
    )


def _kinds(scale: Scale) -> Ints:
    """The move to each status (a row) from each (a column); the last of either is that a round did not ask."""
    sides = range(len(scale.status) + 1)
    return np.array([[MOVES.index(_kind(scale, now, was)) for was in sides] for now in sides], np.intp)


def _kind(scale: Scale, now: int, was: int) -> str:
    never = len(scale.status)
    if never in (now, was):
        return "newly_asked" if was == never else "no_longer_asked"
    before, after = scale.counts_as[was], scale.counts_as[now]
    if before == after == "answered":
        more = scale.value[now] - scale.value[was]
        return "better" if more > 0 else "worse" if more < 0 else "same"
    if "not_applicable" in (before, after) and before != after:
        return "became_not_applicable" if after == "not_applicable" else "became_applicable"
    if "answered" in (before, after):
        return "newly_answered" if after == "answered" else "no_longer_answered"
    return "still_open"


def _operations(cube: Cube, table: pa.Table) -> Operations:
    size = 1 + max(table["operation_no"].to_pylist(), default=0)
    code, title, country = [""] * size, [""] * size, np.zeros(size, np.intp)
    places = numbered(table["country"], cube.country_numbers)
    for row, place in zip(table.to_pylist(), places.tolist(), strict=True):
        number = row["operation_no"]
        code[number], title[number], country[number] = row["operation"], row["title"], place
    return Operations(tuple(code), tuple(title), country)


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
    was_title: str
    now_title: str
    note: str | None


def changes_moves_answer(asked: Asked) -> pa.Table:
    """Which answers moved between the two rounds, and how? Critical and heaviest first within each kind of move.

    At most 60 of a kind, unless the whole is wanted; `n_move` counts all of them.
    What is newly asked, no longer asked, or reworded is in `changes_asked`.

    One row per answer, by move.
    """
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
    changes_moves_answer,
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
