"""Collects the problems of a load in the order of its files, and checks the steps of tours and translated titles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache

import duckdb
import yaml

from dashboard.loading.library import Library
from dashboard.loading.staging import Staged
from dashboard.model.deployment import PROJECT
from dashboard.model.filters import FILTERS, LIBRARY, Card, kept_codes
from dashboard.model.known_codes import Known
from dashboard.model.pages import PAGES
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.tour import TOUR_FOLDER, Step, Tour
from dashboard.model.view_state import ViewState, from_query
from dashboard.store.published_codes import cards_in, known_in
from dashboard.store.sql import rows_of, sql

MOST_ALIKE = 5
"""How many rows with the same problem, column and value are reported; the rest are only counted."""
MOST_OF_A_KIND = 1000
"""How many different problems of one kind are reported per load; the rest are only counted."""
CODES = {
    "unknown_round": "round",
    "unknown_operation": "operation",
    "unknown_criterion": "criterion",
    "unknown_action": "action",
    "unknown_country": "country",
    "unknown_indicator": "indicator",
    "unknown_area": "area",
    "unknown_impact": "impact",
    "unknown_framework": "framework",
}

CHOICES = ("off_scale", "unknown_version")
"""Kinds of problems whose `expected` lists every valid word."""


def collect_problems(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> list[Problem]:
    """What the checks found, as Problems in the order of the files."""
    rows = connection.execute(sql("load/answers/problems"), {"alike": MOST_ALIKE, "most": MOST_OF_A_KIND}).fetchall()
    known = {
        kind: [code for (code,) in connection.execute(f"SELECT {table} FROM {table}").fetchall()]  # noqa: S608
        for kind, table in CODES.items()
        if any(row[0] == kind for row in rows)
    }
    problems = []
    for kind, form, row_id, column, value, expected, weight, more in rows:
        table = next(t for t in staged if t.kind == form and t.holds(row_id))
        choices = known.get(kind) or ((expected or "").split(", ") if kind in CHOICES else [])
        head = table.column(column, row_id)
        hint = nearest(value, [choice for choice in choices if choice != value])
        problems.append(Problem(kind, table.file, table.row(row_id), head, value, expected, hint, Weight(weight)))
        if more:
            problems.append(Problem("and_more", table.file, column=head, value=str(more), weight=Weight(weight)))
    files = ", ".join(table.file for table in staged)
    for weight, n_all in connection.execute("SELECT weight, count(*) FROM told GROUP BY ALL ORDER BY ALL").fetchall():
        n_reported = sum(more + 1 for *_, of, more in rows if of == weight)
        if n_all > n_reported:
            problems.append(Problem("and_others", files, value=str(n_all - n_reported), weight=Weight(weight)))
    return problems


def notes_on_lists(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> list[Problem]:
    """Changes in what everybody sees, such as titles, codes and rounds closed or reopened: allowed, with a note."""
    problems = []
    for kind, row_id, form, column, value in connection.execute(sql("load/lists/renamed")).fetchall():
        table = next(t for t in staged if t.kind == form and t.holds(row_id))
        row = table.row(row_id)
        problems.append(Problem(kind, table.file, row, column, value, weight=Weight.NOTE))
    return [*problems, *_missing_operations(connection, staged)]


def _missing_operations(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> list[Problem]:
    """A note with the operations that go on although no row of this load is about them; none if no row is of any."""
    table = next((one for one in staged if one.kind == "operations" and one.rows), None)
    codes = [code for (code,) in connection.execute(sql("load/lists/missing_operations")).fetchall()] if table else []
    if table is None or not codes:
        return []
    more = [f"+{len(codes) - MOST_ALIKE}"] if len(codes) > MOST_ALIKE else []
    value = ", ".join([*codes[:MOST_ALIKE], *more])
    return [Problem("operations_missing", table.file, value=value, weight=Weight.NOTE)]


def removed_criteria(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Earlier answers to something that is no longer asked: they must not vanish silently."""
    return [
        Problem("answered_but_gone", "frameworks", column="criterion", value=criterion, weight=Weight.FILE)
        for criterion, _ in connection.execute(sql("load/answers/removed_criteria")).fetchall()
    ]


def keep_problems(connection: duckdb.DuckDBPyConnection, problems: list[Problem]) -> None:
    """Store the problems of this load in the publication, so that the Data page can show them."""
    connection.execute("DELETE FROM problem")
    rows = [
        (position, p.kind, p.file, p.row, p.column, p.value, p.expected, p.hint, p.weight.value)
        for position, p in enumerate(problems)
    ]
    if rows:
        connection.executemany("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


UNKNOWN = "unknown_code"
IN_A_STEP = {UNKNOWN: "tour_code", "other_framework": "tour_other_framework", "too_many": "too_many"}
"""Kinds of link problems and their kinds in a step: a step is in a file, and nothing was left out."""


def unsound_steps(connection: duckdb.DuckDBPyConnection, library: Library) -> tuple[Problem, ...]:
    """A Problem for every step that no longer works, with file and line. None while nobody is asked anything."""
    return told(unsound_tours(connection, library, known_in(connection)))


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
    given = {**asdict(state), **asdict(kept_codes(cards, chosen, state.framework))}
    asked = {name: _plain(value) for name, value in given.items() if name in statement.named_parameters}
    (counted,) = rows_of(connection.execute(statement, asked))
    return counted


def _plain(value: str | Iterable[str]) -> object:
    return value if isinstance(value, str) else list(value)


Place = tuple[str, int | None]


def unused_translations(connection: duckdb.DuckDBPyConnection, library: Library) -> tuple[Problem, ...]:
    """A note for each translation of what is not listed here, and a refusal for two titles that are alike."""
    return (*_unused(connection, library), *_alike(connection, library))


def _unused(connection: duckdb.DuckDBPyConnection, library: Library) -> Iterator[Problem]:
    listed = [code for (code,) in connection.execute("SELECT id FROM listed ORDER BY id").fetchall()]
    for language, code in connection.execute(sql("load/lists/unused_texts")).fetchall() if listed else ():
        kind, _, own = code.partition("/")
        near = nearest(own, (other.removeprefix(f"{kind}/") for other in listed if other.startswith(f"{kind}/")))
        file, row = _place(library, language, code)
        yield Problem("text_unused", file, row, "texts", code, hint=near and f"{kind}/{near}", weight=Weight.NOTE)


def _alike(connection: duckdb.DuckDBPyConnection, library: Library) -> Iterator[Problem]:
    # Without a title in the language, a thing has its own: that must not be the title of another either.
    for language, first, second in connection.execute(sql("load/lists/translated_alike")).fetchall():
        given, other = (second, first) if f"{language} {second}" in library.text_places else (first, second)
        file, row = _place(library, language, given)
        yield Problem("title_twice", file, row, "texts", given, other, weight=Weight.FILE)


def _place(library: Library, language: str, code: str) -> Place:
    return library.text_places.get(f"{language} {code}", (f"{language}.yaml", None))
