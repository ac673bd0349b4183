"""Does every step of a tour still work: does each code exist, and do its filters leave something to show?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache

import duckdb
import yaml

from dashboard.loading.library.library import Library
from dashboard.model.pages import PAGES
from dashboard.model.present.tour import TOUR_FOLDER, Step, Tour
from dashboard.model.problem import Problem, Weight
from dashboard.model.shipped import PROJECT
from dashboard.model.view.filters import FILTERS, LIBRARY, Card, choice
from dashboard.model.view.known import Known
from dashboard.model.view.view_query import from_query
from dashboard.model.view.view_state import ViewState
from dashboard.store.reading.choice import cards_in
from dashboard.store.reading.codes import known_in
from dashboard.store.sql import sql

UNKNOWN = "unknown_code"
IN_A_STEP = {UNKNOWN: "tour_code", "other_framework": "tour_other_framework", "too_many": "too_many"}
"""Kinds of link problems and their kinds in a step: a step is in a file, and nothing was left out."""


def unsound_steps(
    connection: duckdb.DuckDBPyConnection, library: Library, known: Known | None = None
) -> tuple[Problem, ...]:
    """A Problem for every step that no longer works, with file and line. None while nobody is asked anything."""
    return told(unsound_tours(connection, library, known or known_in(connection)))


def told(found: Mapping[Tour, tuple[Problem, ...]]) -> tuple[Problem, ...]:
    """What is said about tours that no longer work.

    Those of the sample share a Problem: one for all that name what does not exist here, which are not offered, and one
    for all others.
    """
    own = [problem for tour, problems in found.items() if tour not in of_sample() for problem in problems]
    misfits = [tour for tour, problems in found.items() if is_misfit(tour, problems)]
    empty = [tour for tour in found if tour in of_sample() and tour not in misfits]
    shared = {"tours_of_sample": misfits, "tours_of_sample_empty": empty}
    return (*own, *(_of_sample(kind, tours) for kind, tours in shared.items() if tours))


def _of_sample(kind: str, tours: Iterable[Tour]) -> Problem:
    return Problem(kind, "frameworks", value=", ".join(tour.tour for tour in tours), weight=Weight.NOTE)


def unsound_tours(
    connection: duckdb.DuckDBPyConnection, library: Library, known: Known
) -> dict[Tour, tuple[Problem, ...]]:
    """The tours with steps that no longer work, and what is wrong with these."""
    if not library.tours or not known.frameworks():
        return {}
    cards, places = cards_in(connection), library.tour_places
    found = {
        tour: tuple(
            problem
            for number, step in enumerate(tour.steps, start=1)
            for problem in _of_step(connection, tour, number, step, known, cards, places)
        )
        for tour in library.tours
    }
    return {tour: problems for tour, problems in found.items() if problems}


def is_misfit(tour: Tour, problems: Iterable[Problem]) -> bool:
    """Whether a tour is one of the sample and names what does not exist here, as these problems say."""
    return tour in of_sample() and any(problem.kind == IN_A_STEP[UNKNOWN] for problem in problems)


@cache
def of_sample() -> tuple[Tour, ...]:
    """The tours that come with the program. They show the sample, unless somebody has changed them."""
    files = sorted((PROJECT / "frameworks" / TOUR_FOLDER).glob("*.yaml"))
    return tuple(Tour.model_validate(yaml.safe_load(file.read_text("utf-8"))) for file in files)


def names_what_is_here(tour: Tour, known: Known) -> bool:
    """Whether every code of a tour exists here. Quicker than trying its steps."""
    return not any(problem.kind == UNKNOWN for step in tour.steps for problem in from_query(step.query(), known)[1])


def _of_step(
    connection: duckdb.DuckDBPyConnection,
    tour: Tour,
    number: int,
    step: Step,
    known: Known,
    cards: Sequence[Card],
    places: Mapping[str, tuple[str, int | None]],
) -> Iterator[Problem]:
    wrong, left = faults(connection, step, known, cards)
    here = tour.step_id(number)
    for problem in wrong:
        file, row = places.get(f"{here}.{problem.column}.{problem.value}", places[here])
        yield replace(problem, kind=IN_A_STEP[problem.kind], file=file, row=row)
    if not wrong and not left:
        file, row = places[here]
        yield Problem("tour_empty", file, row, "steps", step.page, weight=Weight.NOTE)


def faults(
    connection: duckdb.DuckDBPyConnection, step: Step, known: Known, cards: Sequence[Card]
) -> tuple[tuple[Problem, ...], int]:
    """Problems with a step's codes, as in a link; and how much of what its page shows the other codes leave."""
    state, wrong = from_query(step.query(), known)
    return wrong, counts(connection, state, cards)[PAGES[step.page].counted(state.part)]


def counts(connection: duckdb.DuckDBPyConnection, state: ViewState, cards: Sequence[Card]) -> dict[str, int]:
    """How many of each kind of thing that a page can show the filters keep."""
    (statement,) = connection.extract_statements(sql("load/lists/tour_matches"))
    chosen = {name: getattr(state, name) for name in (*FILTERS, *LIBRARY)}
    given = {**asdict(state), **asdict(choice(cards, chosen, state.framework))}
    asked = {name: _plain(value) for name, value in given.items() if name in statement.named_parameters}
    cursor = connection.execute(statement, asked)
    return dict(zip((column[0] for column in cursor.description or ()), cursor.fetchall()[0], strict=True))


def _plain(value: str | Iterable[str]) -> object:
    return value if isinstance(value, str) else list(value)
