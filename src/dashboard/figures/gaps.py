"""Finds severe and serious risks not shown to be addressed, operation by operation. This is the only definition.

A rating is judged by what its own operation answers to the respect criteria that it is asked and that address the risk,
in every standard of the round, whichever is in view. No figure of a group and no percentage has a part in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.figures.all_answers import AllAnswers
from dashboard.figures.cube import Cube, Flags, Floats, Ints
from dashboard.figures.failures import failed
from dashboard.figures.grid import NO_CELLS
from dashboard.figures.ratings import cards
from dashboard.figures.read import divided
from dashboard.figures.selection import Asked
from dashboard.model.known_codes import SERIOUS
from dashboard.store.mask import FEWEST

JUDGED = ("failed", "failed_before", "not_answered", "nothing", "either", "partly", "addressed", "not_asked", "not_yet")
"""What a rating can be judged to be. The first five are gaps: *not shown to be addressed*, each with its reason.

Failed: a critical criterion has value 0, whether its standard counts or not; or had it when it was last known. Not
answered: no standard counts, which takes answers enough to what applies. Nothing: every answer that counts is 0.
Addressed: in one standard that counts no answer is 0, and half of what is answered, by weight, is full. Partly: else.
Not asked: nothing is asked, or nothing applies. Not yet: only a short start is asked, and nothing failed. Either: not
answered or nothing, which of them is withheld.
"""
FAILED, FAILED_BEFORE, NOT_ANSWERED, NOTHING, EITHER, PARTLY, ADDRESSED, NOT_ASKED, NOT_YET = range(len(JUDGED))
GAPS = JUDGED[:PARTLY]
"""The reasons for which a risk is not shown to be addressed."""
SEEN = 2
"""The level of evidence from which somebody else has seen it."""


@dataclass(frozen=True, eq=False)
class Judgements:
    """Every rating of a round, by the place of its impact, then of its operation; with what it is judged to be.

    `judged` is a place in JUDGED.
    """

    impact: Ints
    operation: Ints
    country: Ints
    severity: Ints
    irremediability: Ints
    likelihood: Ints
    judged: Ints

    @property
    def gap(self) -> Flags:
        """Which of them are gaps: severe or serious, and not shown to be addressed."""
        flags: Flags = (self.severity >= SERIOUS) & (self.judged < PARTLY)
        return flags

    def take(self, index: Ints | Flags) -> "Judgements":
        """Those at some places."""
        return Judgements(*(values[index] for values in vars(self).values()))


def every_judgement(asked: Asked) -> Judgements:
    """Every rating of the round in view, judged, whatever the filters."""
    every: Judgements = asked.once_of_sums(
        ("judgements", asked.given["round"], asked.cube.counting, asked.masked), lambda: _every(asked)
    )
    return every


def judgements(asked: Asked) -> Judgements:
    """Every rating within the filters of risks and countries, judged."""
    every = every_judgement(asked)
    places = cards(asked).places
    impacts = asked.cube.flags_of(asked.given["impacts"], places, len(places))
    return every.take(impacts[every.impact] & asked.countries[every.country])


def judged_of(asked: Asked) -> Mapping[tuple[str, str], int]:
    """What every rating of the round is judged to be, by operation and risk: a place in JUDGED."""
    every, operations, codes = every_judgement(asked), asked.answers().operations.to_pylist(), cards(asked).codes
    places = zip(every.operation.tolist(), every.impact.tolist(), every.judged.tolist(), strict=True)
    return {(operations[operation], codes[impact]): judged for operation, impact, judged in places}


def causes(asked: Asked, judged: Judgements) -> tuple[Ints, Ints]:
    """The critical criteria that failed behind some ratings: the place of each rating, and a criterion; by rating."""
    criteria, starts = _addressing(asked)
    rating, criterion = _spread(criteria, starts, judged.impact)
    kept = failed(asked, asked.round)[criterion, judged.operation[rating]] >= 0
    return rating[kept], criterion[kept]


def _every(asked: Asked) -> Judgements:
    table, answers = asked.rows("rated"), asked.answers()
    operation = answers.place_of_number[table["operation_no"].to_numpy()]
    places = cards(asked).places
    impact = np.array([places[code] for code in table["impact"].to_pylist()], np.intp)
    order = np.lexsort((operation, impact))
    impact, operation = impact[order], operation[order]
    severity, irremediability, likelihood = (
        table[name].to_numpy()[order].astype(np.intp) for name in ("severity", "irremediability", "likelihood")
    )
    judged = _judged(asked, answers, impact, operation, asked.round)
    country = answers.country[operation]
    return Judgements(impact, operation, country, severity, irremediability, likelihood, judged)


@dataclass(frozen=True, eq=False)
class _Answers:
    """One row for each criterion that a rated risk is addressed by, as far as the operation is asked it.

    `standard` numbers the standards of each rating; rows are sorted by it. `of` is the rating that each belongs to.
    """

    rating: Ints
    standard: Ints
    of: Ints
    criterion: Ints
    status: Ints
    counted: Floats
    """Its value as answers are counted; nan unless answered."""


def _judged(asked: Asked, answers: AllAnswers, impact: Ints, operation: Ints, round_: int) -> Ints:
    cube, n = asked.cube, len(impact)
    if round_ < 0:
        return np.full(n, NOT_ASKED)
    found = _answers(asked, answers, impact, operation, round_)
    as_what = cube.scale.counts_as[found.status]
    applies = as_what != "not_applicable"
    last = failed(asked, round_)[found.criterion, operation[found.rating]]
    now, before = last == round_, (last >= 0) & (last < round_)
    n_standards = len(found.of)
    weight = np.ones(len(found.rating)) if cube.counting == "equal" else cube.weight[found.criterion]
    answered = as_what == "answered"
    best = np.array([cube.scale.value[cube.scale.best[one]] for one in cube.scale_of.tolist()])[found.criterion]

    def in_standard(values: npt.NDArray[np.generic]) -> Floats:
        return np.bincount(found.standard, values.astype(np.float64), n_standards).astype(np.float64)

    framework = np.zeros(n_standards, np.intp)
    framework[found.standard] = cube.framework_of[found.criterion]
    n_applies, n_answered = in_standard(applies), in_standard(answered)
    counts = (n_applies > 0) & (divided(n_answered, n_applies) >= cube.limits[framework, 0])
    n_nil = in_standard(answered & (found.counted == 0))
    full = in_standard(np.where(answered & (found.counted >= best), weight, 0.0))
    whole = in_standard(np.where(answered, weight, 0.0))
    addressed = counts & (n_nil == 0) & (2 * full >= whole)

    def any_of(places: Ints) -> Flags:
        flags = np.zeros(n, bool)
        flags[places] = True
        return flags

    rating, of = found.rating, found.of
    judged = np.select(
        [
            ~any_of(rating[applies]),
            any_of(rating[now]),
            any_of(rating[before]),
            ~any_of(of[counts]),
            ~any_of(of[counts & (n_nil < n_answered)]),
            any_of(of[addressed]),
        ],
        [NOT_ASKED, FAILED, FAILED_BEFORE, NOT_ANSWERED, NOTHING, ADDRESSED],
        PARTLY,
    )
    judged = np.where(answers.short(cube, round_)[operation] & (judged > FAILED_BEFORE), NOT_YET, judged)
    few = np.bincount(rating[answered], minlength=n) < FEWEST
    return _withheld(judged, few) if asked.masked else judged.astype(np.intp)


def _withheld(judged: Ints, few: Flags) -> Ints:
    """While names are hidden, nobody is told what one or two answers say, nor whether there are any."""
    return np.where(few & np.isin(judged, (NOT_ANSWERED, NOTHING)), EITHER, judged).astype(np.intp)


def _answers(asked: Asked, answers: AllAnswers, impact: Ints, operation: Ints, round_: int) -> _Answers:
    """What operations answer to the criteria that address the risks that they rate."""
    cube = asked.cube
    criteria, starts = _addressing(asked)
    rating, criterion = _spread(criteria, starts, impact)
    code = answers.codes[round_][criterion, operation[rating]]
    kept = code > 0
    rating, criterion, code = rating[kept], criterion[kept], code[kept]
    key = rating * len(cube.frameworks) + cube.framework_of[criterion]
    keys, standard = np.unique(key, return_inverse=True)
    status = answers.status[code]
    value = np.where(cube.scale.counts_as[status] == "answered", cube.scale.value[status], np.nan)
    counted = _counted(cube, value, answers.evidence[code])
    return _Answers(rating, standard, keys // max(len(cube.frameworks), 1), criterion, status, counted)


def _addressing(asked: Asked) -> tuple[Ints, Ints]:
    """The respect criteria that address each risk, one after the other, and where those of each begin."""
    cube, places = asked.cube, cards(asked).places
    cells = cube.cells.get("impact", NO_CELLS)
    of_cell = np.array([places.get(code, -1) for code in cells.rows], np.intp)
    impact, criterion = of_cell[cells.cell], cells.criterion
    kept = (impact >= 0) & cube.respect[criterion]
    impact, criterion = impact[kept], criterion[kept]
    order = np.lexsort((criterion, impact))
    return criterion[order], np.searchsorted(impact[order], np.arange(len(places) + 1))


def _spread(criteria: Ints, starts: Ints, impact: Ints) -> tuple[Ints, Ints]:
    """Each place in `impact` with each criterion that addresses it."""
    n_each = starts[impact + 1] - starts[impact]
    place = np.repeat(np.arange(len(impact)), n_each)
    within = np.arange(len(place)) - np.repeat(np.cumsum(n_each) - n_each, n_each)
    return place, criteria[starts[impact[place]] + within]


def _counted(cube: Cube, value: Floats, evidence: Floats) -> Floats:
    """Values as answers are counted. What is inherited from the head office never counts: it is nobody's own answer."""
    middle = (value > 0) & (value < 1)
    match cube.counting:
        case "seen":
            return np.where(np.nan_to_num(evidence) >= SEEN, value, value * 0)
        case "low_step":
            return np.where(middle, 0.25, value)
        case "high_step":
            return np.where(middle, 0.75, value)
        case _:
            return value
