"""Declares what every page asks, about filters, rounds, bands and tours, and sets the parameters of questions.

The parameters are the view, the day, and what the filters keep.
"""

from datetime import date
from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.cube import Flags, Floats
from dashboard.figures.selection import Asked, column
from dashboard.model.known_codes import COUNTINGS, Known
from dashboard.model.view_state import FIELDS, ViewState
from dashboard.queries.ask import Value, rows
from dashboard.queries.question import READ, Folded, Question
from dashboard.store.published_codes import kept
from dashboard.store.reader import Published


class AreaWordRow(TypedDict):
    """A row of `area_word`."""

    area_word: str
    held_in_part: str | None


class OptionsRow(TypedDict):
    """A row of `options`."""

    filter: str
    code: str
    title: str
    n: int
    of: str
    position: int


AREA_WORD = Question("area_word", AreaWordRow)
OPTIONS = Question("options", OptionsRow)


class BandsRow(TypedDict):
    """A row of `bands`."""

    band: str
    band_title: str
    starts_at: int
    ends_at: int


class OperationsRow(TypedDict):
    """A row of `operations`."""

    operation: str
    operation_title: str
    country: str
    country_title: str
    region: str
    services: list[str]
    first_round: str | None
    last_round: str | None
    of_group: str | None
    group_title: str | None


class RoundsRow(TypedDict):
    """A row of `rounds`."""

    round: str
    title: str
    closed: bool


BANDS = Question("bands", BandsRow)
OPERATIONS = Question("operations", OperationsRow)
ROUNDS = Question("rounds", RoundsRow)


class CommonRow(TypedDict):
    """A row of `common`."""

    criterion: str
    enough: bool


def common_answer(asked: Asked) -> pa.Table:
    """Which criteria has every shown operation answered itself? A comparison on these is fair, whatever else was asked.

    `enough` says that these are as many as a percentage needs; with fewer, nothing is kept to them.

    Sorted by code. The head office is no operation of a country, and what is inherited from it is no answer. A short
    start does not count: it has no score that could be compared.
    """
    cube = asked.cube
    criteria, countries = asked.in_view & asked.criteria, asked.countries & ~cube.head_office
    rows = asked.chosen(criteria, countries, cube.answered or cube.sums)
    rows = rows.where(rows["n_asked"] > 0)
    n_operations = np.zeros(len(cube.countries))
    # Where operations are not shown one by one, as many are told as any criterion was asked of.
    np.fmax.at(n_operations, rows.country, rows["n_asked"])
    n_operations = np.fmax(n_operations, _taking_part(asked, criteria))
    whole = rows["n_answered"] == n_operations[rows.country]
    has = np.bincount(rows.criterion[whole], minlength=len(cube.criteria))
    every = np.flatnonzero((has > 0) & (has == len(np.unique(rows.country))))
    least = asked.framework.count_below if asked.framework else 0
    return pa.table(
        {
            "criterion": pa.array(sorted(cube.criteria[number] for number in every), pa.string()),
            "enough": column([len(every) >= least] * len(every), pa.bool_()),
        }
    )


COMMON = Folded("common", CommonRow, common_answer, READ)


def _taking_part(asked: Asked, criteria: Flags) -> Floats:
    """By country, how many operations are asked any of some criteria, and not only as a short start."""
    cube, answers = asked.cube, asked.answers()
    if asked.given["round"] not in cube.rounds:
        return np.zeros(len(cube.countries))
    round_ = cube.rounds.index(asked.given["round"])
    taking_part = (answers.codes[round_][criteria] > 0).any(0) & ~answers.short(cube, round_)
    return np.bincount(answers.country[taking_part], minlength=len(cube.countries)).astype(np.float64)


class IllustrativeRow(TypedDict):
    """A row of `illustrative`."""

    illustrative: bool
    short_starts: list[str]


def illustrative_answer(asked: Asked) -> pa.Table:
    """Is anything illustrative in the current selection, and which operations have only a short start in the round?

    One row; what is illustrative covers every round.
    """
    cube, countries, framework = asked.cube, set(asked.given["countries"]), asked.given["framework"]
    found = any(of == framework and country in countries for of, country in cube.illustrative)
    titles = dict(zip(cube.operations, cube.operation_titles, strict=True))
    short = [
        titles[operation]
        for (round_, operation), country in cube.short_starts.items()
        if round_ == asked.given["round"] and country in countries
    ]
    return pa.table({"illustrative": [found], "short_starts": pa.array([short], pa.list_(pa.string()))})


ILLUSTRATIVE = Folded("illustrative", IllustrativeRow, illustrative_answer, ("framework", "round", "countries"))


class RoomGroupsRow(TypedDict):
    """A row of `room_groups`."""

    grouped_by: str
    code: str
    title: str


class TourStepsRow(TypedDict):
    """A row of `tour_steps`."""

    step: int
    place: str
    title: str
    text: str
    note: str | None


class ToursRow(TypedDict):
    """A row of `tours`."""

    tour: str
    title: str
    audience: str
    minutes: int
    n_steps: int


ROOM_GROUPS = Question("room_groups", RoomGroupsRow)
TOUR_STEPS = Question("tour_steps", TourStepsRow)
TOURS = Question("tours", ToursRow)


NOT_CHOSEN: dict[str, Value] = {
    "within": (),
    "row_code": "",
    "column_code": "",
    "earlier_edition": "",
    "later_edition": "",
    "picture": "inherent",
    "whole": False,
}
"""Parameters that are not fields of the view: a page sets them, and the defaults restrict nothing.

Without `whole`, long lists have as many rows as a page shows of them; other tools are given all.
"""


def given(published: Published, state: ViewState, known: Known, today: date, /, **more: Value) -> dict[str, Value]:
    """Every parameter a question may use. Other selections go into `more`; merged in afterwards, they filter
    nothing."""
    fields = {name: getattr(state, name) for name in FIELDS}
    parameters = {
        **NOT_CHOSEN,
        **fields,
        "lang": known.wording(state.lang or published.language),
        "today": today,
        **more,
    }
    parameters |= kept(published, parameters)
    # While names are hidden, this would expose the head office's answer to a single criterion.
    if published.masked and parameters["counting"] == "inherited":
        parameters["counting"] = COUNTINGS[0]
    if state.common == "yes" and "within" not in more:
        parameters["within"] = _common(published, parameters)
    return parameters


def _common(published: Published, parameters: dict[str, Value]) -> tuple[str, ...]:
    """The criteria that every shown operation has answered; none, which restricts nothing, if they are too few."""
    return tuple(row["criterion"] for row in rows(published, COMMON, parameters) if row["enough"])
