"""Does every step of a tour still work: does each code exist, and do its filters leave something to show?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace

import duckdb

from dashboard.loading.library.library import Library
from dashboard.model.pages import PAGES
from dashboard.model.present.tour import Step, Tour
from dashboard.model.problem import Problem, Weight
from dashboard.model.view.filters import FILTERS, LIBRARY, Card, choice
from dashboard.model.view.known import Known
from dashboard.model.view.view_query import from_query
from dashboard.model.view.view_state import ViewState
from dashboard.store.reading.choice import cards_in
from dashboard.store.reading.codes import known_in
from dashboard.store.sql import sql

IN_A_STEP = {"unknown_code": "tour_code", "other_framework": "tour_other_framework", "too_many": "too_many"}
"""Kinds of link problems and their kinds in a step: a step is in a file, and nothing was left out."""


def unsound_steps(
    connection: duckdb.DuckDBPyConnection, library: Library, known: Known | None = None
) -> tuple[Problem, ...]:
    """A Problem for every step that no longer works, with file and line. None while nobody is asked anything."""
    known = known or known_in(connection)
    if not library.tours or not known.frameworks():
        return ()
    cards = cards_in(connection)
    return tuple(
        problem
        for tour in library.tours
        for number, step in enumerate(tour.steps, start=1)
        for problem in _of_step(connection, tour, number, step, known, cards, library.tour_places)
    )


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
