"""Finds which answers a scenario changes, and folds scores and severe gaps with them or without."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.all_answers import AllAnswers, Codes
from dashboard.figures.cube import Cube, Flags, Ints
from dashboard.figures.failures import BEFORE, with_failed_before
from dashboard.figures.grid import strings
from dashboard.figures.ratings import BESIDE
from dashboard.figures.read import READINGS, named, whole_percent
from dashboard.figures.risks import gaps_in, ranked
from dashboard.figures.scores import area_columns, whole_and_areas
from dashboard.figures.selection import Asked, bands_of, column, read_units
from dashboard.model.known_codes import KINDS
from dashboard.model.plan import EVERYWHERE, PLANNED, is_day
from dashboard.queries.question import RATED, AnyRow, Folded

IN_HAND = ("open", "in_progress")
"""Statuses of actions that count as planned; a blocked one achieves nothing."""


class WhatifAnswersRow(TypedDict):
    """A row of `whatif_answers`."""

    operation: str
    criterion: str
    status: str


@dataclass(frozen=True, eq=False)
class Reached:
    """What assumptions say about the answers of one round: for each criterion concerned, two rows of operations.

    The first holds the position of the last assumption on each answer, from 1, and 0 if there is none; the second what
    the answer becomes.
    """

    codes: Codes
    said: dict[int, Ints] = field(default_factory=dict)

    def reach(self, criterion: int, operations: Ints, position: int, status: int) -> None:
        """Record an assumption on these answers."""
        if criterion not in self.said:
            self.said[criterion] = np.zeros((2, self.codes.shape[1]), np.int16)
        self.said[criterion][0, operations] = position
        self.said[criterion][1, operations] = status


def whatif_answers_answer(asked: Asked) -> pa.Table:
    """Which answers of a round does a scenario change, and to what? One row per answer that would change.

    `wheres`, `whats` and `becomes` are its assumptions in order: if two concern one answer, the later counts, and
    `position` says which. Only an assumption on one criterion of one named operation changes what does not apply.
    Planned actions that are open or in progress and due by a certain day achieve what they expect, if that is better
    than what was answered.

    In the order of assumptions, operations and criteria, with their numbers.
    """
    cube, answers, given = asked.cube, asked.answers(), asked.given
    in_round = given["of_round"] in cube.rounds
    reached = Reached(answers.codes[cube.rounds.index(given["of_round"]) if in_round else 0])
    actions = asked.rows("whatif_todo").to_pylist()
    assumed = list(zip(given["wheres"], given["whats"], given["becomes"], strict=True)) if in_round else []
    for position, (where, what, becomes) in enumerate(assumed, 1):
        operations = _operations(cube, answers, where)
        if what == PLANNED:
            due = [action for action in actions if _is_due(action, becomes)]
            _plan(cube, answers, reached, set(operations.tolist()), due, position)
        else:
            at_one = answers.operations.index(where).as_py() >= 0
            _assume(cube, answers, reached, operations, what, becomes, position, at_one)
    planned = np.array([what == PLANNED for _, what, _ in assumed], bool)
    return _table(cube, answers, reached, planned, actions)


WHATIF_ANSWERS = Folded(
    "whatif_answers",
    WhatifAnswersRow,
    whatif_answers_answer,
    ("of_round", "wheres", "whats", "becomes"),
    ("whatif_todo",),
)


def _operations(cube: Cube, answers: AllAnswers, where: str) -> Ints:
    """The places of the operations that an assumption concerns: all, those of a country, or one."""
    if where == EVERYWHERE:
        return np.arange(len(answers.numbers))
    one = answers.operations.index(where).as_py()
    return np.flatnonzero(answers.country == cube.country_numbers.get(where, -1)) if one < 0 else np.array([one])


def _assume(
    cube: Cube,
    answers: AllAnswers,
    reached: Reached,
    operations: Ints,
    what: str,
    becomes: str,
    position: int,
    at_one: bool,
) -> None:
    """Set a status for what applies in a criterion or an area; for one criterion `at_one` operation, in any case."""
    may = np.arange(len(answers.status)) > 0
    if what not in cube.criterion_numbers or not at_one:
        may &= (cube.scale.counts_as != "not_applicable")[answers.status]
    if what in cube.criterion_numbers:
        criteria = np.array([cube.criterion_numbers[what]])
    else:
        cells = cube.in_areas
        criteria = np.unique(cells.criterion[np.array([code == what for code in cells.rows], bool)[cells.cell]])
    for criterion in criteria.tolist():
        status = _status(cube, criterion, becomes, named=what in cube.criterion_numbers)
        if status is not None:
            reached.reach(criterion, operations[may[reached.codes[criterion, operations]]], position, status)


def _status(cube: Cube, criterion: int, becomes: str, named: bool) -> int | None:
    """The number of what a criterion becomes: a word of its own scale if it is `named`, else what is worth the same."""
    scale = int(cube.scale_of[criterion])
    if named:
        return cube.scale.number.get((scale, becomes))
    return cube.scale.worth_the_same(cube.frameworks[cube.framework_of[criterion]].code, becomes, scale)


def _is_due(action: dict[str, Any], day: str) -> bool:
    """Whether an action is planned by a certain day."""
    due = action["due_on"]
    return action["status"] in IN_HAND and due is not None and is_day(day) and due <= date.fromisoformat(day)


def _plan(
    cube: Cube,
    answers: AllAnswers,
    reached: Reached,
    operations: set[int],
    actions: list[dict[str, Any]],
    position: int,
) -> None:
    """Set what actions expect, if it is better; if several concern one answer, the best."""
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for action in actions:
        criterion, operation = (
            cube.criterion_numbers.get(action["criterion"]),
            int(answers.place_of_number[action["operation_no"]]),
        )
        if criterion is None or operation not in operations or not reached.codes[criterion, operation]:
            continue
        status = cube.scale.number.get((int(cube.scale_of[criterion]), action["expected_status"]), 0)
        worth, was = cube.scale.value[[status, answers.status[reached.codes[criterion, operation]]]]
        if worth > (-1 if np.isnan(was) else was):
            of = criterion, operation
            best[of] = max(best.get(of, (-1.0, 0)), (float(worth), -status))
    for (criterion, operation), (_, status) in best.items():
        reached.reach(criterion, np.array([operation]), position, -status)


def _table(
    cube: Cube, answers: AllAnswers, reached: Reached, planned: Flags, actions: list[dict[str, Any]]
) -> pa.Table:
    """The answers that would change. `planned` says of each assumption whether actions bring it about."""
    criteria, width = np.array(sorted(reached.said), np.intp), len(answers.numbers)
    said = np.array([reached.said[place] for place in criteria], np.int16).reshape(-1, 2, width)
    # Operation by operation.
    position, then = (np.ascontiguousarray(said[:, row].T).reshape(-1) for row in (0, 1))
    was = answers.status.astype(np.int16)[np.ascontiguousarray(reached.codes[criteria].T).reshape(-1)]
    found = np.flatnonzero((position > 0) & (was != then))
    found = found[np.argsort(position[found], kind="stable")]
    position, then, was = position[found], then[found], was[found]
    operation, row = np.divmod(found, max(len(criteria), 1))
    criterion = criteria[row]
    return pa.table(
        {
            "position": pa.array(position.astype(np.int32) - 1),
            "operation": pa.DictionaryArray.from_arrays(operation.astype(np.int32), answers.operations),
            "criterion": pa.DictionaryArray.from_arrays(criterion.astype(np.int32), pa.array(cube.criteria)),
            "status": pa.DictionaryArray.from_arrays(then.astype(np.int32), pa.array(cube.scale.status)),
            "critical": cube.critical[criterion],
            "lifts": _lifts(cube)[was, then],
            "planned": planned[position - 1],
            "has_action": _in_plan(cube, answers, actions)[criterion * width + operation],
            "operation_no": pa.array(answers.numbers[operation].astype(np.int32)),
            "criterion_no": pa.array(cube.numbers.astype(np.int16)[criterion]),
            "status_no": pa.array(then),
        }
    )


def _lifts(cube: Cube) -> Flags:
    """By status before and after: whether the new answer is worth more."""
    before = np.where(np.isnan(cube.scale.value), -1, cube.scale.value)
    flags: Flags = (cube.scale.counts_as == "answered") & (cube.scale.value > before[:, None])
    return flags


def _in_plan(cube: Cube, answers: AllAnswers, actions: list[dict[str, Any]]) -> Flags:
    """By criterion and operation: whether an action concerns it."""
    flags = np.zeros((len(cube.criteria), len(answers.numbers)), bool)
    for action in actions:
        if action["criterion"] in cube.criterion_numbers:
            flags[cube.criterion_numbers[action["criterion"]], answers.place_of_number[action["operation_no"]]] = True
    return flags.reshape(-1)


COUNTS = ("n_answered", "n_critical_failed", BEFORE, "n_full", "n_part", "n_nil")


def whatif_cells_answer(asked: Asked) -> pa.Table:
    """How does each country score in each area, in respect and in support? One row per kind, country and area.

    Asked of both the published and the imagined answers, to compare them.

    An empty area means all of them.
    """
    cube = asked.cube
    n_countries = len(cube.countries)
    rows = asked.chosen(asked.in_view & asked.criteria & asked.within, asked.countries)
    rows = with_failed_before(asked, rows)
    kind = np.where(cube.respect[rows.criterion], 0, 1)
    units = whole_and_areas(cube, asked.in_areas, rows, kind * n_countries + rows.country)
    figures = read_units(asked, units)
    country = units.group % n_countries
    return pa.table(
        {
            "kind": strings(KINDS[number] for number in units.group // n_countries),
            "country": strings(cube.countries[number] for number in country),
            "country_title": strings(cube.country_titles[number] for number in country),
            **area_columns(asked, units.unit),
            "reading": column(named(figures.reading, READINGS), pa.string()),
            "percent": column(figures.percent),
            "low": column(whole_percent(figures.low)),
            "high": column(whole_percent(figures.high)),
            "coverage": column(whole_percent(figures.coverage)),
            **{name: column(units.sums[name]) for name in COUNTS},
            **bands_of(asked, figures.banded),
        }
    )


WHATIF_CELLS = Folded("whatif_cells", AnyRow, whatif_cells_answer)


def whatif_gaps_answer(asked: Asked) -> pa.Table:
    """How many severe gaps are there, in how many countries and of how many risks?

    One row. Asked of both the published and the imagined answers.
    """
    gaps = gaps_in(ranked(asked))
    return pa.table({name: [value] for name, value in vars(gaps).items()})


WHATIF_GAPS = Folded("whatif_gaps", AnyRow, whatif_gaps_answer, RATED, BESIDE)
