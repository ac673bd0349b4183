"""What do the selected filters keep in a publication? Calculated once per selection."""

from collections.abc import Iterable, Mapping

import duckdb

from dashboard.model.view.filters import ALL_FILTERS, Card, Choice, choice
from dashboard.store.reading.cache import once
from dashboard.store.reading.reader import Published
from dashboard.store.sql import sql

Chosen = tuple[tuple[str, tuple[str, ...]], ...]


def kept(published: Published, given: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """What the filters keep, as parameters of questions: `criteria`, `areas`, `countries`, `impacts`, `library`.

    A filter that is not `given` keeps everything. `areas` are those of the framework in view in which its criteria
    count, empty for all: a criterion that is kept may also belong to other areas.
    """
    chosen = ((one.name, _codes(given.get(one.name, ()))) for one in ALL_FILTERS)
    found = _chosen(published.real, tuple(pair for pair in chosen if pair[1]), str(given.get("framework", "")))
    # Not `asdict`, which copies every code, for every question on a page.
    return {
        "criteria": found.criteria,
        "areas": _codes(given.get("principle", ())),
        "countries": found.countries,
        "impacts": found.impacts,
        "library": found.library,
    }


def cards_in(connection: duckdb.DuckDBPyConnection) -> tuple[Card, ...]:
    """Everything in a publication that a filter can keep, in order."""
    cursor = connection.execute(sql("reading/cards"))
    columns = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return tuple(
        Card(row["thing"], row["code"], row["framework"], {one.name: frozenset(row[one.name]) for one in ALL_FILTERS})
        for row in rows
    )


def _codes(value: object) -> tuple[str, ...]:
    return tuple(str(code) for code in value) if isinstance(value, Iterable) and not isinstance(value, str) else ()


@once
def _chosen(published: Published, chosen: Chosen, framework: str) -> Choice:
    return choice(_cards(published), dict(chosen), framework)


@once
def _cards(published: Published) -> tuple[Card, ...]:
    with published.cursor() as cursor:
        return cards_in(cursor)
