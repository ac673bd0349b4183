"""Which of our forms could a sheet be, and how well does it fit?"""

from dataclasses import dataclass
from itertools import chain
from typing import Literal

from dashboard.loading.mapping.columns import Assigned, assign, assign_as_headed
from dashboard.loading.mapping.header import Headed
from dashboard.loading.mapping.wide import Spread, spread_as, spread_of
from dashboard.loading.mapping.wide_figures import spread_of_figures
from dashboard.model.answers.mapping import MAPPABLE, MappableForm, Represented
from dashboard.model.answers.names import Names
from dashboard.model.records import RECORDS

BESIDE = ("round", "operation")
"""Columns that sheets often leave out, because the whole sheet is about one round and one operation."""
TELLING = {"context": {"country", "indicator", "value"}}
"""The required columns by which a form is recognised, if not all that sheets rarely leave out."""
KNOWN = 0.5
"""From this fitness of the indicator on, a sheet may hold figures on countries: anything can be called a value."""
CLEAR = 0.9
"""A column with at least this fitness for the status is one of statuses."""
ChosenAcross = Represented | Literal[""] | None
"""What somebody says each of several columns represents; empty if none does, and None for the likeliest."""


@dataclass(frozen=True)
class Candidate:
    """One form that a sheet could be, and how well it fits."""

    form: MappableForm
    assigned: Assigned
    spread: Spread | None
    fitness: float


def candidate_of(one: Headed, names: Names, form: MappableForm | None, across: ChosenAcross) -> Candidate:
    """Return the form that fits best, or the one that is chosen.

    A sheet with a column of answers is not read as one spread over columns, unless somebody says so.
    """
    if across and form in (None, "answers"):
        return _as_spread(one, "answers", spread_as(one.columns, across, names), names)
    candidates = [_as_form(one, mappable, names) for mappable in MAPPABLE if form in (None, mappable)]
    spread = spread_of(one.columns, names) if form in (None, "answers") and across is None else None
    long = candidates[0].assigned
    beside = spread is not None and long.columns.get("status") in (None, *spread.across.codes)
    if spread is not None and (beside or long.fitness["status"] < CLEAR):
        candidates.append(_as_spread(one, "answers", spread, names))
    figures = spread_of_figures(one.columns, names) if form in (None, "context") and across is None else None
    if figures is not None:
        candidates.append(_as_spread(one, "context", figures, names))
    likely = [made for made in candidates if form or made.form != "context" or _tells_figures(made)]
    return max(likely, key=lambda candidate: candidate.fitness)


def _as_spread(one: Headed, form: MappableForm, spread: Spread, names: Names) -> Candidate:
    across = spread.across
    taken = {*across.codes, *chain(*across.further.values())}
    rest = [column for column in one.columns if column.label not in taken]
    assigned = assign(rest, form, names, (across.column, across.holds, *across.further))
    filled = {across.column, across.holds}
    core = _core(form)
    return Candidate(form, assigned, spread, len(core & filled) + _fitness(assigned, core - filled))


def _as_form(one: Headed, form: MappableForm, names: Names) -> Candidate:
    assigned = assign_as_headed(one.columns, form, names)
    return Candidate(form, assigned, None, _fitness(assigned, _core(form)))


def _core(form: MappableForm) -> set[str]:
    return TELLING.get(form, set(RECORDS[form].required) - {*BESIDE, "action"})


def _tells_figures(candidate: Candidate) -> bool:
    by_column = candidate.spread is not None and candidate.spread.across.column == "indicator"
    return by_column or candidate.assigned.fitness.get("indicator", 0.0) >= KNOWN


def _fitness(assigned: Assigned, core: set[str]) -> float:
    """Return the sum of how well the required columns fit, 0 to 1 each; a missing one counts -1."""
    return sum(assigned.fitness.get(column, -1.0) for column in core)
