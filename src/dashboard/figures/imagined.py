"""The sums and answers of a publication, as published, or as they would be if some answers were different.

What the old answers added is taken off, and the new added. Nothing else is recalculated, except what is inherited from
the head office. Change is recalculated for the round of the answers and the one after. Answers that change in the same
way are counted together, however many there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.figures.all_answers import AllAnswers, Changed, read_answers
from dashboard.figures.cube import CHANGES, INHERITED, MEASURES, Cube, Floats, Ints, Rows
from dashboard.figures.fold import fold, joined
from dashboard.figures.read_cube import read_cube, with_operations
from dashboard.figures.single_answers import counted, counted_by
from dashboard.model.known_codes import HEAD_OFFICE
from dashboard.store.cache import MOST_RESULTS, Cache, once
from dashboard.store.reader import Published

DECIMALS = 12
"""Changed sums are rounded to this many decimals: subtraction leaves traces where the result should be zero."""
FEW = 1_000_000
"""Up to this many combinations are counted by place instead of being sorted."""


@dataclass(frozen=True, eq=False)
class Alike:
    """Answers that change in the same way: the cell, the old and the new code, and how many.

    A cell is a country and a criterion as one number. `kind` says of each answer which of these it belongs to.
    """

    cell: Ints
    was: Ints
    then: Ints
    n: Ints
    kind: Ints


def imagined_cube(cube: Cube, answers: AllAnswers, round_: int, changed: Changed) -> Cube:
    """The cube in which some answers of one round (given by its place) are imagined."""
    if not len(changed.was):
        return cube
    then = _imagined(cube, answers, round_, changed)
    if cube.sums.operations is None:
        return then
    alone = _of_operations(cube, answers)
    rule = np.array([one.country_figure for one in cube.frameworks])[cube.framework_of[changed.criterion]]
    for figure, whose in (("mean of operations", np.arange(len(answers.numbers))), ("mean of groups", answers.first)):
        concerned = changed.where(rule == figure)
        if len(concerned.was):
            alone = _imagined(alone, replace(answers, country=whose), round_, concerned)
    sums, changes = (
        with_operations(totals, replace(rows, country=answers.country[rows.country]), rows.country)
        for totals, rows in ((then.sums, alone.sums), (then.changes, alone.changes))
    )
    return replace(then, sums=sums, changes=changes)


def _of_operations(cube: Cube, answers: AllAnswers) -> Cube:
    """The sums of operations or groups, as a cube in which each is a country of its own."""
    codes = tuple(
        HEAD_OFFICE if above else code
        for code, above in zip(answers.operations.to_pylist(), answers.head_office, strict=True)
    )
    sums, changes = (
        replace(rows.operations.rows, country=rows.operations.number) if rows.operations else rows
        for rows in (cube.sums, cube.changes)
    )
    return replace(cube, countries=codes, sums=sums, changes=changes)


def _imagined(cube: Cube, answers: AllAnswers, round_: int, changed: Changed) -> Cube:
    """The same for the sums of countries alone."""
    alike = _alike(answers, changed)
    earlier, later = _neighbours(cube, round_)
    moved = [
        _moved(cube, answers, round_, changed, alike, others, is_now)
        for others, is_now in ((earlier, True), (later, False))
        if (others >= 0).any()
    ]
    sums = _inherited_anew(cube, _changed_sums(cube, answers, round_, alike), answers, round_, changed)
    return replace(cube, sums=sums, changes=_changed_changes(cube, moved), kept=Cache(MOST_RESULTS))


def _alike(answers: AllAnswers, changed: Changed) -> Alike:
    n_codes = len(answers.status)
    cells, cell = _met(answers.country[changed.operation] * len(answers.present_words) + changed.criterion)
    turns, turn = _met(changed.was.astype(np.intp) * n_codes + changed.then)
    found, kind = _met(cell * len(turns) + turn)
    turns_found = turns[found % len(turns)]
    return Alike(cells[found // len(turns)], turns_found // n_codes, turns_found % n_codes, np.bincount(kind), kind)


def _met(numbers: Ints) -> tuple[Ints, Ints]:
    """The distinct numbers in order, and the place of each number among them."""
    if numbers.max(initial=0) > FEW + 4 * len(numbers):
        return np.unique(numbers, return_inverse=True)
    occurs = np.zeros(int(numbers.max(initial=0)) + 1, bool)
    occurs[numbers] = True
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[numbers]


def _neighbours(cube: Cube, number: int) -> tuple[Ints, Ints]:
    """By framework: the rounds before and after a round, among those that ask the framework; -1 if there is none."""
    earlier, later = (np.full(len(cube.frameworks), -1, np.intp) for _ in range(2))
    for framework in range(len(cube.frameworks)):
        asked = np.unique(cube.sums.round[cube.framework_of[cube.sums.criterion] == framework])
        earlier[framework] = asked[asked < number].max(initial=-1)
        later[framework] = asked[asked > number][0] if (asked > number).any() else -1
    return earlier, later


def _changed_sums(cube: Cube, answers: AllAnswers, round_: int, alike: Alike) -> Rows:
    """The same rows with changed sums: an imagined answer replaces one that was asked, so no row is added."""
    cells, place = np.unique(alike.cell, return_inverse=True)
    criterion = alike.cell % len(cube.criteria)
    brought = counted(cube, criterion, answers.status[alike.then], answers.evidence[alike.then])
    brought -= counted(cube, criterion, answers.status[alike.was], answers.evidence[alike.was])
    brought *= alike.n[:, None]
    here = np.flatnonzero(cube.sums.round == round_)
    of_cell = np.zeros(len(cube.countries) * len(cube.criteria), np.intp)
    of_cell[cube.sums.country[here] * len(cube.criteria) + cube.sums.criterion[here]] = here
    rows, values = of_cell[cells], cube.sums.values.copy()
    added = fold(Rows(place, place, place, brought), place, len(cells)).values
    values[rows] = (values[rows] + added).round(DECIMALS)
    return replace(cube.sums, values=values)


def _inherited_anew(cube: Cube, sums: Rows, answers: AllAnswers, round_: int, changed: Changed) -> Rows:
    """The same rows, with every country inheriting what the head office would answer, where it gives no answer."""
    concerned = np.zeros(len(cube.criteria), bool)
    concerned[changed.criterion] = True
    inherited = _inherited(cube, answers, round_, changed, np.flatnonzero(concerned))
    countries = ~cube.head_office[sums.country]
    rows = np.flatnonzero(countries & (sums.round == round_) & concerned[sums.criterion])
    criterion = sums.criterion[rows]
    missing = (sums["n_not_known"] + sums["n_unanswered"])[rows] * ~np.isnan(inherited[criterion])
    weight = missing * cube.weight[criterion]
    columns = np.array([MEASURES.index(name) for name in INHERITED], np.intp)
    # Written in place: the values were copied for this cube alone.
    sums.values[rows[:, None], columns] = np.column_stack(
        [missing, weight, weight * np.nan_to_num(inherited[criterion])]
    )
    return sums


def _inherited(cube: Cube, answers: AllAnswers, round_: int, changed: Changed, criteria: Ints) -> Floats:
    """By criterion, the weakest value that the head office would answer; nan if it would answer nothing."""
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
    """The changes between rounds with what has moved: rows may be added, and rows without a match go."""
    parts = [cube.changes, *moved]
    every = joined(parts, CHANGES)
    keys, first, place = np.unique(
        _keys(cube, every.round, every.country, every.criterion), return_index=True, return_inverse=True
    )
    values = fold(every, place, len(keys)).values
    touched = np.unique(place[len(cube.changes.round) :])
    values[touched] = values[touched].round(DECIMALS)
    left = values[:, CHANGES.index("n_matched")] > 0
    return replace(every.take(first), values=values).where(left)


def _keys(cube: Cube, round_: Ints, country: Ints, criterion: Ints) -> Ints:
    """One number for each combination of round, country and criterion."""
    return (round_ * len(cube.countries) + country) * len(cube.criteria) + criterion


def _moved(
    cube: Cube, answers: AllAnswers, round_: int, changed: Changed, alike: Alike, others: Ints, is_now: bool
) -> Rows:
    """How much more the answers of a round add to the change against another round than they did before.

    `others` gives that other round by framework; `is_now` says that the other round is the earlier one.
    """
    of, said = _said_alike(cube, answers)
    other = np.zeros(len(changed.was), np.intp)
    other_round = others[cube.framework_of][changed.criterion]
    for number in np.unique(others[others >= 0]):
        at = np.flatnonzero(other_round == number)
        other[at] = of[answers.codes[number].reshape(-1)[changed.place[at]]]
    kinds, kind = _met((alike.cell * len(said) + of[alike.was]) * len(said) + of[alike.then])
    found, pair = _met(kind[alike.kind] * len(said) + other)
    kinds, other = kinds[found // len(said)], found % len(said)
    country, criterion = np.divmod(kinds // len(said) ** 2, len(cube.criteria))
    then, was = (
        _matched(cube, answers, criterion, said[code], said[other], is_now)
        for code in (kinds % len(said), kinds // len(said) % len(said))
    )
    brought = (then - was) * np.bincount(pair, minlength=len(found))[:, None]
    where = np.full(len(found), round_) if is_now else others[cube.framework_of[criterion]]
    # What is not asked or not answered in the other round is not part of change.
    return Rows(where, country, criterion, brought, CHANGES).where(other > 0)


def _said_alike(cube: Cube, answers: AllAnswers) -> tuple[Ints, Ints]:
    """Merge codes that give the same answer to the same wording: the place of each code, and one code per place.

    Evidence makes no difference. The first place is for codes that answer nothing.
    """
    answered = (cube.scale.counts_as == "answered")[answers.status]
    said = np.where(answered, 1 + answers.words * len(cube.scale.value) + answers.status, 0)
    _, code, of = np.unique(said, return_index=True, return_inverse=True)
    return of, code


def _matched(cube: Cube, answers: AllAnswers, criterion: Ints, code: Ints, of_other: Ints, is_now: bool) -> Floats:
    """What a pair of answers adds to change: nothing unless both answer the same wording."""
    answered, value = cube.scale.counts_as == "answered", np.nan_to_num(cube.scale.value)
    mine, other = answers.status[code], answers.status[of_other]
    matched = answered[mine] & answered[other] & (answers.words[code] == answers.words[of_other])
    now, earlier = (mine, other) if is_now else (other, mine)
    weight = cube.weight[criterion]
    brought: Floats = np.column_stack([np.ones(len(weight)), weight, value[now] * weight, value[earlier] * weight])
    brought[~matched] = 0
    return brought


@once
def cube_of(published: Published, counting: str = "") -> Cube:
    """The cube of a publication: made once, shared by all who ask, and freed with it.

    `counting` names a way of counting in `single_answers.py`, if answers are not counted as they are. For imagined
    answers, the cube is that of the publication beneath them, with changed sums.
    """
    if counting:
        return counted_by(cube_of(published), counting)
    imagined = published.imagined
    if imagined is None:
        with published.cursor() as cursor:
            return read_cube(cursor)
    cube, laid_over = cube_of(imagined.over), _laid_over(published)
    return imagined_cube(cube, answers_of(imagined.over), *laid_over) if laid_over else cube


@once
def answers_of(published: Published) -> AllAnswers:
    """All answers of a publication in memory: read once, when something is first imagined, and shared like its cube."""
    imagined = published.imagined
    if imagined is None:
        with published.cursor() as cursor:
            return read_answers(cube_of(published), cursor)
    under, laid_over = answers_of(imagined.over), _laid_over(published)
    return under.imagined(*laid_over) if laid_over else under


def _laid_over(published: Published) -> tuple[int, Changed] | None:
    """What was imagined last: the place of its round and its changes to the answers beneath; None if there is none."""
    imagined, cube = published.imagined, cube_of(published.real)
    if imagined is None or imagined.levels[-1].round not in cube.rounds:
        return None
    level = imagined.levels[-1]
    round_ = cube.rounds.index(level.round)
    return round_, answers_of(imagined.over).changed(cube, round_, level.changed)
