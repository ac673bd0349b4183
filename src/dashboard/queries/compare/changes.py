"""Measures how far each country has moved between two rounds, and lists what only one of them asked, or reworded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.cube import Cube, Flags, Floats, Ints, Rows
from dashboard.figures.fold import Units, fold_units
from dashboard.figures.grid import strings
from dashboard.figures.read import SCORE, Read, averaged, counts_in_change, enough_matched, named, whole_percent
from dashboard.figures.read_cube import each_an_operation, numbered, places_of
from dashboard.figures.selection import Asked, column, read_units
from dashboard.figures.single_answers import counted
from dashboard.queries.compare.answer_moves import BESIDE, MOST, ONE_SIDED, Moves, beside, operations_of
from dashboard.queries.question import CHOSEN, Folded


class ChangesRow(TypedDict):
    """A row of `changes`."""

    country: str
    country_title: str
    country_position: int
    n_matched: int
    n_better: int
    n_worse: int
    n_applicable: float
    count_below: int
    enough: bool
    was: float | None
    now: float | None
    change: float | None
    covered: bool
    enters: bool
    earlier_title: str
    round_title: str
    n_dropped: int
    own_was: float | None
    own_now: float | None
    own_kept: float | None
    rose_by: str | None
    all_change: float | None
    all_matched: int
    all_better: int
    all_worse: int
    all_countries: int


@dataclass(frozen=True, eq=False)
class Pairs:
    """Answers of two rounds side by side: `n` of a country to a criterion, and their statuses, -1 if not asked.

    `operation` is -1 unless figures are means of operations. `reworded` says that they answer two different questions.
    """

    country: Ints
    operation: Ints
    criterion: Ints
    now: Ints
    was: Ints
    reworded: Flags
    n: Floats

    def where(self, flags: Flags) -> "Pairs":
        """Those that are flagged."""
        return Pairs(*(values[flags] for values in vars(self).values()))


@dataclass(frozen=True, eq=False)
class ChangeSums:
    """Sums by country: of everything asked in each round, and of answers to the same wording only.

    `kept` is what the present sums would be if no answers had been lost in one of two ways, and `n_dropped` how many
    were; by `GONE`.
    """

    was: Units
    now: Units
    kept: Mapping[str, Units]
    matched_was: Units
    matched_now: Units
    n_better: Ints
    n_worse: Ints
    n_dropped: Mapping[str, Ints]


GONE = {"not_applicable": ("not_applicable",), "silence": ("unanswered", "not_known")}
"""How an answer can be lost, and what it counts as then."""


def changes_answer(asked: Asked) -> pa.Table:
    """How far has each country moved since the earlier round? Matched answers only; one row per country, by region.

    `enters` says that a country counts in the mean: it has enough matched answers, and is `covered`, which means that
    its own figure may be shown in both rounds. Columns beginning with `all_` are the mean over those. A figure on all
    answers is only shown beside what it would be if nothing had become not applicable or if nobody had stopped
    answering: `rose_by` says which of these alone raised it, `own_kept` where it would be without that, and `n_dropped`
    how many answers it was.

    Empty if there is no such earlier round.
    """
    cube, given = asked.cube, asked.given
    titles = dict(zip(cube.rounds, cube.round_titles, strict=True))
    pairs = pairs_of(asked)
    met = np.unique(pairs.country)
    moved = _moved(asked, pairs, met)
    was, now = read_units(asked, moved.was), read_units(asked, moved.now)
    enough = counts_in_change(moved.matched_now.sums["n_answered"], was.shown, now.shown, _least(asked))
    enters = asked.spread_over[met] & enough
    return pa.table(
        {
            "country": strings(cube.countries[number] for number in met),
            "country_title": strings(cube.country_titles[number] for number in met),
            "country_position": column(met + 1, pa.int64()),
            **_change(asked, moved),
            "covered": column(was.shown & now.shown),
            "enters": column(enters),
            "earlier_title": column([titles.get(given["earlier"])] * len(met), pa.string()),
            "round_title": column([titles.get(given["round"])] * len(met), pa.string()),
            **_own(asked, moved, was, now),
            **_of_all(moved, enters),
        }
    )


CHANGES = Folded("changes", ChangesRow, changes_answer, (*CHOSEN, "kind", "earlier"), ("changes_paired",))


def pairs_of(asked: Asked) -> Pairs:
    """Those that the filters keep; none if there is no such earlier round."""
    cube, given = asked.cube, asked.given
    key = ("changes_paired", given["round"], given["earlier"])
    every: Pairs = asked.once_of_sums(key, lambda: _pairs(cube, asked.rows("changes_paired")))
    both = {given["earlier"], given["round"]} <= set(cube.rounds)
    criteria = asked.in_view & asked.of_kind & asked.criteria & asked.within
    return every.where(both & criteria[every.criterion] & asked.countries[every.country])


def _pairs(cube: Cube, table: pa.Table) -> Pairs:
    def number(name: str) -> Ints:
        found: Ints = table[name].cast(pa.int64()).fill_null(-1).to_numpy().astype(np.intp)
        return found

    numbers = {code: number for number, code in enumerate(cube.operations)}
    return Pairs(
        numbered(table["country"], cube.country_numbers),
        np.array([numbers.get(code, -1) for code in table["operation"].to_pylist()], np.intp),
        places_of(cube.numbers, number("criterion_no")),
        number("now_no"),
        number("was_no"),
        table["reworded"].to_numpy().astype(bool),
        table["n"].to_numpy().astype(np.float64),
    )


def _moved(asked: Asked, pairs: Pairs, met: Ints) -> ChangeSums:
    cube = asked.cube
    place, value = np.searchsorted(met, pairs.country), cube.scale.value
    answered = np.append(cube.scale.counts_as == "answered", False)
    gone = {name: np.append(np.isin(cube.scale.counts_as, now), False)[pairs.now] for name, now in GONE.items()}
    alike = (pairs.now >= 0) & (pairs.was >= 0) & ~pairs.reworded
    matched = alike & answered[pairs.now] & answered[pairs.was]
    was, now = _values(cube, pairs, pairs.was), _values(cube, pairs, pairs.now)

    def summed(values: Floats) -> Units:
        rows = each_an_operation(Rows(place, pairs.country, pairs.criterion, values), pairs.operation)
        return fold_units(rows, place, np.zeros_like(place), asked.into_parts(rows))

    def number(flags: Flags) -> Ints:
        return np.bincount(place[flags], pairs.n[flags], minlength=len(met)).astype(np.intp)

    return ChangeSums(
        summed(was),
        summed(now),
        {name: summed(np.where(flags[:, None], was, now)) for name, flags in gone.items()},
        summed(was * matched[:, None]),
        summed(now * matched[:, None]),
        number(matched & (value[pairs.now] > value[pairs.was])),
        number(matched & (value[pairs.now] < value[pairs.was])),
        {name: number(alike & flags & answered[pairs.was]) for name, flags in gone.items()},
    )


def _values(cube: Cube, pairs: Pairs, status: Ints) -> Floats:
    """What the answers of one side add to the sums: nothing if they were not asked."""
    n = np.where(status < 0, 0, pairs.n)
    return counted(cube, pairs.criterion, status, np.full(len(status), np.nan)) * n[:, None]


def _score(units: Units) -> Floats:
    return averaged(units, units.parts.sums["points"], units.parts.sums["weight_answered"])


def _enough(asked: Asked, moved: ChangeSums) -> Flags:
    """Which countries have enough matched answers for a figure."""
    return enough_matched(moved.matched_now.sums["n_answered"], _least(asked))


def _least(asked: Asked) -> float:
    return asked.framework.count_below if asked.framework else 0


def _change(asked: Asked, moved: ChangeSums) -> dict[str, pa.Array]:
    was, now, enough = _score(moved.matched_was), _score(moved.matched_now), _enough(asked, moved)
    change = whole_percent(now - was)

    def shown(values: Floats) -> pa.Array:
        return column(np.where(enough, values, np.nan))

    return {
        "n_matched": column(moved.matched_now.sums["n_answered"].astype(np.int64)),
        "n_better": column(moved.n_better, pa.int64()),
        "n_worse": column(moved.n_worse, pa.int64()),
        "n_applicable": column(np.maximum(moved.was.sums["n_applicable"], moved.now.sums["n_applicable"])),
        "count_below": column(np.full(len(enough), int(_least(asked))), pa.int16()),
        "enough": column(enough),
        "was": shown(whole_percent(was)),
        "now": shown(whole_percent(now)),
        "change": shown(change),
        "direction": strings(np.select([change > 0, change < 0], ["rising", "falling"], "level").tolist()),
    }


def _own(asked: Asked, moved: ChangeSums, read_was: Read, read_now: Read) -> dict[str, pa.Array]:
    """The figure over everything that was answered, in each round; nan where too few answers are no figure."""
    was, now = read_was.percent, read_now.percent
    rose = (read_was.reading == SCORE) & (read_now.reading == SCORE) & (now > was)
    kept = {name: read_units(asked, units).percent for name, units in moved.kept.items()}
    alone = [rose & (moved.n_dropped[name] > 0) & (kept[name] <= was) for name in GONE]
    first = next(iter(GONE))
    return {
        "n_dropped": column(np.select(alone, [*moved.n_dropped.values()], moved.n_dropped[first]), pa.int64()),
        "own_was": column(was),
        "own_now": column(now),
        "own_kept": column(np.select(alone, [*kept.values()], kept[first])),
        "rose_by": column(named(np.select(alone, range(len(GONE)), -1), tuple(GONE)), pa.string()),
    }


def _of_all(moved: ChangeSums, enters: Flags) -> dict[str, pa.Array]:
    """The mean over the countries that enter, and counts over them: the same in every row."""
    size = len(enters)
    change = (_score(moved.matched_now) - _score(moved.matched_was))[enters]
    counts = {
        "all_matched": moved.matched_now.sums["n_answered"],
        "all_better": moved.n_better,
        "all_worse": moved.n_worse,
        "all_countries": np.ones(size),
    }
    mean = whole_percent(np.array([change.mean() if len(change) else np.nan]))
    return {
        "all_change": column(np.repeat(mean, size)),
        **{name: column(np.full(size, int(values[enters].sum())), pa.int64()) for name, values in counts.items()},
    }


ASKED_SCHEMA = pa.schema(
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


def changes_asked_answer(asked: Asked) -> pa.Table:
    """What is asked in only one of the two rounds, or was reworded? At most 60 lines of each.

    One row per operation that is newly or no longer asked, or per reworded criterion.
    """
    moves = beside(asked)
    found = [row for move in ONE_SIDED for row in _one_sided(asked, moves, move)]
    return pa.Table.from_pylist([*found, *_reworded(asked, moves)], ASKED_SCHEMA)


CHANGES_ASKED = Folded("changes_asked", ChangesAskedRow, changes_asked_answer, (*CHOSEN, "kind", "earlier"), BESIDE)


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
