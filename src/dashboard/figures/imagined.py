"""The sums as they would be, were some answers others: what those brought is taken off, what they would bring added.

Nothing else is counted anew, but for what would be inherited from the head office. Change is measured anew in the round
of the answers, and in the one after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dashboard.figures.cube import CHANGES, INHERITED, MEASURES, Cube, Flags, Floats, Ints, Rows
from dashboard.figures.fold import fold
from dashboard.figures.of_operation import counted
from dashboard.figures.read_cube import numbered, places_of, sql
from dashboard.model.view.known import HEAD_OFFICE
from dashboard.store.reading.reader import StatusChange

DECIMALS = 12
"""Sums that were changed are rounded to so many: taking off decimals leaves traces where nothing is."""


@dataclass(frozen=True, eq=False)
class Said:
    """Answers as they are, with the words they are to, and as they are imagined, by round, operation and criterion."""

    round: Ints
    country: Ints
    operation: Ints
    criterion: Ints
    status: Ints
    words: npt.NDArray[np.object_]
    evidence: Floats
    imagined: Ints
    present_words: npt.NDArray[np.object_]

    def take(self, index: Ints | Flags) -> "Said":
        """Those at some places."""
        return Said(*(values[index] for values in vars(self).values()))


def imagined_cube(
    cube: Cube, connection: duckdb.DuckDBPyConnection, round_: str, changes: Sequence[StatusChange]
) -> Cube:
    """The cube over answers of which some of one round are imagined; each asked there, or it is left out.

    Of two changes to one answer the last counts.
    """
    last = {(operation, criterion): status for operation, criterion, status in changes}
    asked = {
        "operations": [operation for operation, _ in last],
        "criteria": [criterion for _, criterion in last],
        "statuses": list(last.values()),
    }
    said = _said(cube, connection.execute(sql("imagined_answers"), asked).to_arrow_table())
    number = cube.rounds.index(round_) if round_ in cube.rounds else -1
    here = said.take(said.round == number)
    earlier, later = _neighbours(cube, number)
    moved = [
        _moved(cube, here, said, earlier[cube.framework_of[here.criterion]], is_now=True),
        _moved(cube, here, said, later[cube.framework_of[here.criterion]], is_now=False),
    ]
    own = {"round": round_, "criteria": asked["criteria"]}
    inherited = _inherited(cube, here, connection.execute(sql("head_office"), own).to_arrow_table())
    sums = _inherited_anew(cube, _changed_sums(cube, here), here, inherited)
    return replace(cube, sums=sums, changes=_changed_changes(cube, moved))


def _said(cube: Cube, table: pa.Table) -> Said:
    def number(name: str) -> Ints:
        found: Ints = table[name].to_numpy().astype(np.intp)
        return found

    return Said(
        numbered(table["round"], {code: number for number, code in enumerate(cube.rounds)}),
        numbered(table["country"], cube.country_numbers),
        number("operation_no"),
        places_of(cube.numbers, number("criterion_no")),
        number("status_no"),
        np.array(table["until"].to_pylist(), dtype=object),
        table["evidence"].cast(pa.float64()).to_numpy(),
        number("imagined_no"),
        np.array(table["present_until"].to_pylist(), dtype=object),
    )


def _neighbours(cube: Cube, number: int) -> tuple[Ints, Ints]:
    """By framework: the rounds before and after one, among those in which the framework is asked; -1 where none is."""
    earlier, later = (np.full(len(cube.frameworks), -1, np.intp) for _ in range(2))
    for framework in range(len(cube.frameworks)):
        asked = np.unique(cube.sums.round[cube.framework_of[cube.sums.criterion] == framework])
        earlier[framework] = asked[asked < number].max(initial=-1)
        later[framework] = asked[asked > number][0] if (asked > number).any() else -1
    return earlier, later


def _inherited(cube: Cube, here: Said, table: pa.Table) -> Floats:
    """By criterion, the weakest value that the head office would answer; nan where it would answer nothing."""
    operation, criterion, status = (
        table[name].to_numpy().astype(np.intp) for name in ("operation_no", "criterion_no", "status_no")
    )
    criterion = places_of(cube.numbers, criterion)
    changed = zip(here.operation.tolist(), here.criterion.tolist(), here.imagined.tolist(), strict=True)
    imagined = {(who, what): then for who, what, then in changed}
    answers = zip(operation.tolist(), criterion.tolist(), status.tolist(), strict=True)
    would: list[int] = [imagined.get((who, what), now) for who, what, now in answers]
    weakest = np.full(len(cube.criteria), np.nan)
    np.fmin.at(weakest, criterion, cube.scale.value[np.array(would, np.intp)])
    return weakest


def _changed_sums(cube: Cube, here: Said) -> Rows:
    """The same rows: an imagined answer is asked where it was asked."""
    sums, values = cube.sums, cube.sums.values.copy()
    keys, wanted = (_keys(cube, rows.round, rows.country, rows.criterion) for rows in (sums, here))
    order = np.argsort(keys)
    place = order[np.searchsorted(keys, wanted, sorter=order)]
    # Where nobody had answered there was no evidence to speak of.
    evidence = np.where(cube.scale.counts_as[here.status] == "unanswered", np.nan, here.evidence)
    then = counted(cube, here.criterion, here.imagined, evidence)
    now = counted(cube, here.criterion, here.status, here.evidence)
    np.add.at(values, place, then - now)
    values[place] = values[place].round(DECIMALS)
    return replace(sums, values=values)


def _inherited_anew(cube: Cube, sums: Rows, here: Said, inherited: Floats) -> Rows:
    """The same rows, in which every country inherits what the head office would answer, where it would not itself.

    `inherited`: by criterion the value, nan where there is none.
    """
    countries = sums.country != cube.country_numbers.get(HEAD_OFFICE, -1)
    rows = np.flatnonzero(countries & np.isin(sums.round, here.round) & np.isin(sums.criterion, here.criterion))
    criterion, values = sums.criterion[rows], sums.values.copy()
    missing = (sums["n_not_known"] + sums["n_unanswered"])[rows] * ~np.isnan(inherited[criterion])
    weight = missing * cube.weight[criterion]
    columns = np.array([MEASURES.index(name) for name in INHERITED], np.intp)
    values[rows[:, None], columns] = np.column_stack([missing, weight, weight * np.nan_to_num(inherited[criterion])])
    return replace(sums, values=values)


def _changed_changes(cube: Cube, moved: Sequence[Rows]) -> Rows:
    """Rows may come, and those go in which nothing is matched any more."""
    parts = [cube.changes, *moved]
    every = Rows(
        np.concatenate([rows.round for rows in parts]),
        np.concatenate([rows.country for rows in parts]),
        np.concatenate([rows.criterion for rows in parts]),
        np.concatenate([rows.values for rows in parts]),
        CHANGES,
    )
    keys, first, place = np.unique(
        _keys(cube, every.round, every.country, every.criterion), return_index=True, return_inverse=True
    )
    values = fold(every, place, len(keys)).values
    touched = np.unique(place[len(cube.changes.round) :])
    values[touched] = values[touched].round(DECIMALS)
    left = values[:, CHANGES.index("n_matched")] > 0
    return replace(every.take(first), values=values).where(left)


def _keys(cube: Cube, round_: Ints, country: Ints, criterion: Ints) -> Ints:
    """One number for each round, country and criterion."""
    return (round_ * len(cube.countries) + country) * len(cube.criteria) + criterion


def _moved(cube: Cube, here: Said, said: Said, other_round: Ints, is_now: bool) -> Rows:
    """What the answers here bring to change against their own answers of another round, more than they did.

    `is_now` where they are the later of the two.
    """
    places = {key: place for place, key in enumerate(zip(said.round, said.operation, said.criterion, strict=True))}
    found = [places.get(key, -1) for key in zip(other_round, here.operation, here.criterion, strict=True)]
    at = np.array(found, np.intp)
    mine, other = here.take(at >= 0), said.take(at[at >= 0])
    then = _matched(cube, mine, mine.imagined, mine.present_words, other, is_now)
    now = _matched(cube, mine, mine.status, mine.words, other, is_now)
    return Rows(mine.round if is_now else other.round, mine.country, mine.criterion, then - now, CHANGES)


def _matched(cube: Cube, mine: Said, status: Ints, words: npt.NDArray[np.object_], other: Said, is_now: bool) -> Floats:
    """What pairs of answers add to change: nothing unless both answer the same words."""
    answered, value = cube.scale.counts_as == "answered", np.nan_to_num(cube.scale.value)
    matched = answered[status] & answered[other.status] & (words == other.words)
    now, earlier = (status, other.status) if is_now else (other.status, status)
    weight = cube.weight[mine.criterion]
    brought: Floats = np.column_stack([np.ones(len(weight)), weight, value[now] * weight, value[earlier] * weight])
    brought[~matched] = 0
    return brought
