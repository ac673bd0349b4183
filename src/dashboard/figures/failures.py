"""Finds the critical criteria that failed, with the round in which they did. This is the only definition.

A critical criterion fails where an operation answers it with a word of value 0. A failure stays until the operation
answers the criterion again, or is no longer asked it: to fall silent takes no failure away. Answers are taken as they
were given, however they are counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.figures.all_answers import AllAnswers
from dashboard.figures.cube import Cube, Flags, Floats, Ints, Rows
from dashboard.figures.selection import Asked

BEFORE = "n_failed_before"
"""The measure that counts critical criteria that failed when they were last answered, and are not answered now."""


def last_failed(cube: Cube, answers: AllAnswers, round_: int) -> Ints:
    """By criterion and operation: the round in which it failed when it was last answered; -1 if it did not.

    Up to a round, and only what that round asks: failures of the round itself have its own place, those of operations
    that have fallen silent since an earlier one. Silent are *unanswered*, *not known* and *not applicable* alike.
    """
    found = np.full((len(cube.criteria), len(answers.numbers)), -1, np.intp)
    if round_ < 0:
        return found
    critical = np.flatnonzero(cube.critical)
    answered, failed = _meanings(cube, answers)
    last = np.full((len(critical), found.shape[1]), -1, np.intp)
    silent = answers.codes[round_][critical] > 0
    for place in range(round_, -1, -1):
        codes = answers.codes[place][critical]
        last[silent & failed[codes]] = place
        silent &= ~answered[codes]
    found[critical] = last
    return found


def _meanings(cube: Cube, answers: AllAnswers) -> tuple[Flags, Flags]:
    """By code: whether it is an answer, and whether one of value 0."""
    answered = cube.scale.counts_as[answers.status] == "answered"
    # The first code is for what is not asked.
    answered[0] = False
    return answered, answered & (cube.scale.value[answers.status] == 0)


def failed(asked: Asked, round_: int) -> Ints:
    """The same for a round of the publication, as published or imagined; calculated once."""
    found: Ints = asked.once_of_sums(("failed", round_), lambda: last_failed(asked.cube, asked.answers(), round_))
    return found


def with_failed_before(asked: Asked, rows: Rows) -> Rows:
    """Sums of countries with one more measure: how many operations failed before and have fallen silent since."""
    counts = np.zeros(len(rows.round))
    for round_ in np.unique(rows.round).tolist():
        here = rows.round == round_
        counts[here] = _before_by_country(asked, round_)[rows.criterion[here], rows.country[here]]
    return rows.plus(BEFORE, counts)


def with_own_failed_before(asked: Asked, rows: Rows, operations: Sequence[str]) -> Rows:
    """The same for single answers, each of the operation that is named at its place."""
    places = {code: place for place, code in enumerate(asked.answers().operations.to_pylist())}
    operation, counts = np.array([places[code] for code in operations], np.intp), np.zeros(len(rows.round))
    for round_ in np.unique(rows.round).tolist():
        here = np.flatnonzero(rows.round == round_)
        last = failed(asked, round_)[rows.criterion[here], operation[here]]
        counts[here] = (last >= 0) & (last < round_)
    return rows.plus(BEFORE, counts)


def _before_by_country(asked: Asked, round_: int) -> Floats:
    def make() -> Floats:
        last, country = failed(asked, round_), asked.answers().country
        criterion, operation = np.nonzero((last >= 0) & (last < round_))
        counts = np.zeros((len(asked.cube.criteria), len(asked.cube.countries)))
        np.add.at(counts, (criterion, country[operation]), 1)
        return counts

    found: Floats = asked.once_of_sums(("failed before", round_), make)
    return found


@dataclass(frozen=True, eq=False)
class Failures:
    """Critical criteria of operations that failed in one of two rounds, or when last answered before the later one.

    `last` is the round in which each failed when it was last answered, -1 if it did not; `was` and `now` say whether it
    failed in the earlier and in the later round. `matched` says that both rounds have an answer to the same wording.
    """

    criterion: Ints
    operation: Ints
    last: Ints
    was: Flags
    now: Flags
    matched: Flags


def failures_between(asked: Asked, earlier: int, now: int) -> Failures:
    """Those of all operations; an earlier round of -1 is none."""
    key = ("failures", earlier, now)
    found: Failures = asked.once_of_sums(key, lambda: _between(asked, earlier, now))
    return found


def _between(asked: Asked, earlier: int, now: int) -> Failures:
    cube, answers, last = asked.cube, asked.answers(), failed(asked, now)
    answered, is_nil = _meanings(cube, answers)
    of_now = answers.codes[now] if now >= 0 else np.zeros_like(last)
    of_was = answers.codes[earlier] if earlier >= 0 else np.zeros_like(last)
    any_ = (last >= 0) | (cube.critical[:, None] & (is_nil[of_was] | is_nil[of_now]) & (of_now > 0))
    criterion, operation = np.nonzero(any_)
    code_now, code_was = of_now[any_], of_was[any_]
    alike = answers.words[code_now] == answers.words[code_was]
    return Failures(
        criterion, operation, last[any_], is_nil[code_was], is_nil[code_now],
        answered[code_now] & answered[code_was] & alike,
    )  # fmt: skip
