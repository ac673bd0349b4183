"""Makes the ready-made scenarios, in the form in which a person would make them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.cube import Flags, Floats, Ints
from dashboard.figures.fold import Parts, Units, fold_units, places_among
from dashboard.figures.grid import strings
from dashboard.figures.read import averaged
from dashboard.figures.selection import Asked, read_units
from dashboard.model.plan import EVERYWHERE, PLANNED
from dashboard.queries.elements.failures import ACTIONS_BESIDE, open_actions
from dashboard.queries.question import CHOSEN, Folded
from dashboard.queries.whatif_effects import IN_HAND

MOST = 3
"""How many gaps the scenario covers."""


class WhatifReadyRow(TypedDict):
    """A row of `whatif_ready`."""

    ready: str
    place: str
    place_title: str
    what: str
    becomes: str
    text: str | None


class Assumed(NamedTuple):
    """One assumption; `what` is a criterion, or PLANNED."""

    ready: str
    place: str
    place_title: str
    what: str
    becomes: str


def answer(asked: Asked) -> pa.Table:
    """Which ready-made scenarios are there? One row per assumption, in the form in which it would be made.

    `gaps`: the criteria that lift the mean most if they are in place everywhere. `critical`: every critical criterion
    in the country that fails most of them. `planned`: every action.

    Gaps first, from the one that lifts most; critical criteria in their order. Empty if there are none.
    """
    found = [*_gaps(asked), *_critical(asked), *_planned(asked)]
    return pa.table(
        {
            **{name: strings(getattr(one, name) for one in found) for name in Assumed._fields},
            "text": strings(asked.text(one.what) for one in found),
        }
    )


WHATIF_READY = Folded("whatif_ready", WhatifReadyRow, answer, (*CHOSEN, "kind"), ACTIONS_BESIDE)


def _best(asked: Asked) -> Ints:
    """By criterion: the number of the status that is worth most on its scale."""
    cube = asked.cube
    return np.array([cube.scale.best[scale] for scale in cube.scale_of.tolist()], np.intp)


def _countries(asked: Asked) -> Flags:
    """The head office is not a country, even if it alone is selected."""
    return asked.countries & ~asked.cube.head_office


def _gaps(asked: Asked) -> Iterable[Assumed]:
    """Those that lift the scores of countries with a figure, by the page's counting and the standard's averaging."""
    cube, best = asked.cube, _best(asked)
    rows = asked.chosen(asked.in_view & asked.of_kind & asked.criteria & asked.within, _countries(asked))
    units = fold_units(rows, np.zeros(len(rows.country), np.intp), rows.country, asked.into_parts(rows))
    # If only seen evidence counts, imagined answers without any add nothing.
    brought = units.parts.into.brought
    worth = cube.scale.value[best][brought.criterion]
    worth = worth * brought["weight_seen" if cube.counting == "seen" else "weight_applicable"]
    shown = np.zeros(len(cube.countries), bool)
    shown[units.unit[read_units(asked, units).shown]] = True
    missing = brought["weight_applicable"] - brought["weight_answered"]
    lifted = _lifted(units, len(rows.country), worth - brought["points"], missing)
    of_criterion = np.bincount(rows.criterion, lifted * shown[rows.country], len(cube.criteria))
    for place in np.argsort(-of_criterion.round(12), kind="stable")[:MOST]:
        if of_criterion[place] > 1e-12:
            yield Assumed("gaps", EVERYWHERE, "", cube.criteria[place], cube.scale.status[best[place]])


def _lifted(units: Units, n_rows: int, points: Floats, weight: Floats) -> Floats:
    """How far each row alone would lift the score of its unit, with this more in each part that it goes into."""
    parts, into = units.parts, units.parts.into
    unit = np.zeros(n_rows, np.intp)
    unit[into.row] = parts.unit[into.part]
    # The parts of its unit again for each row, with the row added where it belongs.
    of_row, at = places_among(unit, parts.unit)
    n_parts = len(parts.unit)
    key = into.row * n_parts + into.part
    order = np.argsort(key)
    belongs, own = places_among(of_row * n_parts + at, key[order])

    def lifted_by(name: str, more: Floats) -> Floats:
        values = parts.sums[name][at]
        values[belongs] += more[order][own]
        return values

    sums, weights = lifted_by("points", points), lifted_by("weight_answered", weight)
    again = replace(into, tree=parts.tree and parts.tree.take(at))
    lifted = Units(unit, unit, units.sums, Parts(of_row, parts.sums.take(at), again))
    was = averaged(units, parts.sums["points"], parts.sums["weight_answered"])
    return np.nan_to_num(averaged(lifted, sums, weights)) - np.nan_to_num(was)[unit]


def _critical(asked: Asked) -> Iterable[Assumed]:
    """What was answered as not in place, in the country with most failures; of several, the one with most of it."""
    cube, best = asked.cube, _best(asked)
    kept = asked.in_view & asked.criteria & asked.within & cube.critical
    rows = asked.chosen(kept, _countries(asked), cube.answered)
    rows = rows.where(rows["n_full"] < rows["n_applicable"])
    if not len(rows.country):
        return
    n = len(cube.countries)
    failed, lacking = np.bincount(rows.country, rows["n_critical_failed"], n), np.bincount(rows.country, minlength=n)
    places = {title: place for place, title in enumerate(cube.country_titles)}
    by_name = [places[title] for title in asked.in_order(cube.country_titles[one] for one in np.unique(rows.country))]
    worst = min(by_name, key=lambda one: (-failed[one], -lacking[one]))
    for place in np.sort(rows.criterion[rows.country == worst]):
        status = cube.scale.status[best[place]]
        yield Assumed("critical", cube.countries[worst], cube.country_titles[worst], cube.criteria[place], status)


def _planned(asked: Asked) -> Iterable[Assumed]:
    """Every planned action on what is kept, until the day that the last of them is due."""
    found = open_actions(asked)
    in_hand = np.isin(found.table["status"].to_numpy(), IN_HAND)
    kept = np.append(asked.in_view & asked.criteria, False)[found.criterion] & asked.countries[found.country]
    due = found.due[in_hand & kept & ~np.isnat(found.due)]
    if len(due):
        yield Assumed("planned", EVERYWHERE, "", PLANNED, str(due.max()))
