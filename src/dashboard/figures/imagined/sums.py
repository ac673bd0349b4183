"""The sums as they would be, were some answers others: what those brought is taken off, what they would bring added.

Nothing else is counted anew, but for what would be inherited from the head office. Change is measured anew in the round
of the answers, and in the one after it. Answers that change alike are counted together, however many they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.figures.cube import CHANGES, HEAD_OFFICE, INHERITED, MEASURES, Cube, Floats, Ints, Rows
from dashboard.figures.fold import fold
from dashboard.figures.imagined.all_answers import AllAnswers, Changed
from dashboard.figures.of_operation import counted

DECIMALS = 12
"""Sums that were changed are rounded to so many: taking off decimals leaves traces where nothing is."""
FEW = 1_000_000
"""Up to so many combinations are counted at their places, and not sorted."""


@dataclass(frozen=True, eq=False)
class Alike:
    """Answers that change alike: of which country, to which criterion, from which code to which, and how many.

    `other` is the code of their answer of another round.
    """

    country: Ints
    criterion: Ints
    was: Ints
    then: Ints
    other: Ints
    n: Floats


def imagined_cube(cube: Cube, answers: AllAnswers, round_: int, changed: Changed) -> Cube:
    """The cube over answers of which some of one round, by its place, are imagined."""
    if not len(changed.was):
        return cube
    earlier, later = _neighbours(cube, round_)
    moved = [
        _moved(cube, answers, round_, changed, earlier, is_now=True),
        _moved(cube, answers, round_, changed, later, is_now=False),
    ]
    sums = _inherited_anew(cube, _changed_sums(cube, answers, round_, changed), answers, round_, changed)
    return replace(cube, sums=sums, changes=_changed_changes(cube, moved))


def _alike(answers: AllAnswers, changed: Changed, other: Ints) -> Alike:
    key, met = np.zeros(len(changed.was), np.intp), []
    for part in (answers.country[changed.operation], changed.criterion, changed.was, changed.then, other):
        # Numbered anew, without those that do not occur: so that there are few combinations.
        occurs = np.zeros(int(part.max(initial=0)) + 1, bool)
        occurs[part] = True
        met.append(np.flatnonzero(occurs))
        key = key * len(met[-1]) + (np.cumsum(occurs) - 1)[part]
    found, n = _counted(key)
    places = np.unravel_index(found, [len(one) for one in met])
    return Alike(*(one[place] for one, place in zip(met, places, strict=True)), n.astype(np.float64))


def _counted(key: Ints) -> tuple[Ints, Ints]:
    """Each number that occurs, in order, and how often."""
    if key.max(initial=0) > FEW + 4 * len(key):
        return np.unique(key, return_counts=True)
    n = np.bincount(key)
    found = np.flatnonzero(n)
    return found, n[found]


def _neighbours(cube: Cube, number: int) -> tuple[Ints, Ints]:
    """By framework: the rounds before and after one, among those in which the framework is asked; -1 where none is."""
    earlier, later = (np.full(len(cube.frameworks), -1, np.intp) for _ in range(2))
    for framework in range(len(cube.frameworks)):
        asked = np.unique(cube.sums.round[cube.framework_of[cube.sums.criterion] == framework])
        earlier[framework] = asked[asked < number].max(initial=-1)
        later[framework] = asked[asked > number][0] if (asked > number).any() else -1
    return earlier, later


def _changed_sums(cube: Cube, answers: AllAnswers, round_: int, changed: Changed) -> Rows:
    """The same rows: an imagined answer is asked where it was asked."""
    alike = _alike(answers, changed, np.zeros_like(changed.was))
    brought = counted(cube, alike.criterion, answers.status[alike.then], answers.evidence[alike.then])
    brought -= counted(cube, alike.criterion, answers.status[alike.was], answers.evidence[alike.was])
    brought *= alike.n[:, None]
    cells, place = np.unique(alike.country * len(cube.criteria) + alike.criterion, return_inverse=True)
    here = np.flatnonzero(cube.sums.round == round_)
    of_cell = np.zeros(len(cube.countries) * len(cube.criteria), np.intp)
    of_cell[cube.sums.country[here] * len(cube.criteria) + cube.sums.criterion[here]] = here
    rows, values = of_cell[cells], cube.sums.values.copy()
    added = fold(Rows(place, place, place, brought), place, len(cells)).values
    values[rows] = (values[rows] + added).round(DECIMALS)
    return replace(cube.sums, values=values)


def _inherited_anew(cube: Cube, sums: Rows, answers: AllAnswers, round_: int, changed: Changed) -> Rows:
    """The same rows, in which every country inherits what the head office would answer, where it would not itself."""
    concerned = np.zeros(len(cube.criteria), bool)
    concerned[changed.criterion] = True
    inherited = _inherited(cube, answers, round_, changed, np.flatnonzero(concerned))
    countries = sums.country != cube.country_numbers.get(HEAD_OFFICE, -1)
    rows = np.flatnonzero(countries & (sums.round == round_) & concerned[sums.criterion])
    criterion = sums.criterion[rows]
    missing = (sums["n_not_known"] + sums["n_unanswered"])[rows] * ~np.isnan(inherited[criterion])
    weight = missing * cube.weight[criterion]
    columns = np.array([MEASURES.index(name) for name in INHERITED], np.intp)
    # The values were copied for this cube alone.
    sums.values[rows[:, None], columns] = np.column_stack(
        [missing, weight, weight * np.nan_to_num(inherited[criterion])]
    )
    return sums


def _inherited(cube: Cube, answers: AllAnswers, round_: int, changed: Changed, criteria: Ints) -> Floats:
    """By criterion, the weakest value that the head office would answer; nan where it would answer nothing."""
    head_office = np.flatnonzero(answers.head_office)
    would = answers.codes[round_][np.ix_(criteria, head_office)]
    there = np.flatnonzero(answers.head_office[changed.operation])
    would[
        np.searchsorted(criteria, changed.criterion[there]), np.searchsorted(head_office, changed.operation[there])
    ] = changed.then[there]
    weakest = np.full(len(cube.criteria), np.nan)
    weakest[criteria] = np.fmin.reduce(cube.scale.value[answers.status[would]], axis=1, initial=np.nan)
    return weakest


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


def _moved(cube: Cube, answers: AllAnswers, round_: int, changed: Changed, others: Ints, is_now: bool) -> Rows:
    """What the answers of a round bring to change against their own of another round, more than they did.

    `others` is that other round by framework; `is_now` where it is the earlier of the two.
    """
    other_round = others[cube.framework_of[changed.criterion]]
    other = np.zeros_like(changed.was)
    for number in np.unique(others[others >= 0]):
        at = np.flatnonzero(other_round == number)
        other[at] = answers.codes[number][changed.criterion[at], changed.operation[at]]
    alike = _alike(answers, changed.where(other > 0), other[other > 0])
    brought = _matched(cube, answers, alike, alike.then, is_now) - _matched(cube, answers, alike, alike.was, is_now)
    where = np.full(len(alike.n), round_) if is_now else others[cube.framework_of[alike.criterion]]
    return Rows(where, alike.country, alike.criterion, brought * alike.n[:, None], CHANGES)


def _matched(cube: Cube, answers: AllAnswers, alike: Alike, code: Ints, is_now: bool) -> Floats:
    """What a pair of answers adds to change: nothing unless both answer the same words."""
    answered, value = cube.scale.counts_as == "answered", np.nan_to_num(cube.scale.value)
    mine, other = answers.status[code], answers.status[alike.other]
    matched = answered[mine] & answered[other] & (answers.words[code] == answers.words[alike.other])
    now, earlier = (mine, other) if is_now else (other, mine)
    weight = cube.weight[alike.criterion]
    brought: Floats = np.column_stack([np.ones(len(weight)), weight, value[now] * weight, value[earlier] * weight])
    brought[~matched] = 0
    return brought
