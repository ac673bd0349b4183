"""Which critical criteria have failed? Now, or when they were last known. This is the only definition."""

from dataclasses import dataclass

import numpy as np

from dashboard.figures.asked import Asked
from dashboard.figures.cube import Flags, Ints

NEVER = -1
"""In place of a round: it has not failed, or it was in place when it was last known."""


@dataclass(frozen=True, eq=False)
class Failures:
    """By criterion and operation: the place of the round of the failure, or NEVER; `now` if it is the round in view.

    A critical criterion fails where its answer has value 0. One that is asked and has no answer with a value stays
    failed if its last answer with a value, however many rounds ago, had value 0. Only own answers count, as answered.
    """

    round: Ints
    now: Flags

    @property
    def any(self) -> Flags:
        """What failed now or when it was last known."""
        failed: Flags = self.round != NEVER
        return failed


def failures(asked: Asked) -> Failures:
    """Every failure of the round in view, whatever the filters."""
    found: Failures = asked.once_of_sums(("failures", asked.given["round"]), lambda: _failures(asked))
    return found


def _failures(asked: Asked) -> Failures:
    cube, answers = asked.cube, asked.answers()
    failed = np.full((len(cube.criteria), len(answers.numbers)), NEVER, np.intp)
    if asked.given["round"] not in cube.rounds:
        return Failures(failed, failed == 0)
    here = cube.rounds.index(asked.given["round"])
    before = [place for place, at in enumerate(cube.round_positions) if at < cube.round_positions[here]]
    earlier = sorted(before, key=lambda place: -cube.round_positions[place])
    critical = np.flatnonzero(cube.critical)
    own = np.full((len(critical), len(answers.numbers)), NEVER, np.intp)
    unknown = answers.codes[here][critical] > 0
    for place in (here, *earlier):
        code = answers.codes[place][critical]
        status = answers.status[code]
        known = unknown & (code > 0) & (cube.scale.counts_as[status] == "answered")
        own[known & (cube.scale.value[status] == 0)] = place
        unknown &= ~known
    failed[critical] = own
    return Failures(failed, failed == here)
