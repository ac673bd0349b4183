"""Reads the codes, names, roles and evidence of a publication, and what the selected filters keep of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import duckdb

from dashboard.loading.yaml_file import languages
from dashboard.model.answer import Evidence, Subject
from dashboard.model.filters import ALL_FILTERS, Card, KeptCodes, kept_codes
from dashboard.model.known_codes import Known
from dashboard.model.mapping import Names
from dashboard.model.permissions import Grant, read_grants
from dashboard.store.cache import once
from dashboard.store.reader import Published
from dashboard.store.sql import rows_of, sql


def known_codes(published: Published) -> Known:
    """The codes a view state may hold in this publication, and the languages that have words.

    Collected once per publication: with thousands of operations it would cost more than the page.
    """
    return _known(published.real, languages())


def known_in(connection: duckdb.DuckDBPyConnection, languages: tuple[str, ...] = ("en",)) -> Known:
    """The codes of a publication, and the languages that have words."""
    rows = connection.execute(sql("reading/codes")).fetchall()
    formerly = dict(
        connection.execute(
            "SELECT former, code FROM former_name UNION SELECT unnest(formerly), operation FROM operation "
            "UNION SELECT unnest(formerly), country FROM country ORDER BY former"
        ).fetchall()
    )
    return Known.of_rows(rows, formerly, languages)


@once
def _known(published: Published, spoken: tuple[str, ...]) -> Known:
    with published.cursor() as cursor:
        of_tables = known_in(cursor, spoken)
    own_number = {"publication": {"": (str(published.revision.number),)}}
    return replace(of_tables, codes={**of_tables.codes, **own_number})


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
    return tuple(
        Card(row["thing"], row["code"], row["framework"], {one.name: frozenset(row[one.name]) for one in ALL_FILTERS})
        for row in rows_of(connection.execute(sql("reading/cards")))
    )


def _codes(value: object) -> tuple[str, ...]:
    return tuple(str(code) for code in value) if isinstance(value, Iterable) and not isinstance(value, str) else ()


@once
def _chosen(published: Published, chosen: Chosen, framework: str) -> KeptCodes:
    return kept_codes(_cards(published), dict(chosen), framework)


@once
def _cards(published: Published) -> tuple[Card, ...]:
    with published.cursor() as cursor:
        return cards_in(cursor)


def names_of(published: Published | None) -> Names:
    """The names in a publication; none if nothing is published."""
    if published is None:
        return Names()
    return _names_in(published)


@once
def _names_in(published: Published) -> Names:
    with published.cursor() as cursor:
        return read_names(cursor)


def read_names(connection: duckdb.DuckDBPyConnection) -> Names:
    """The names in the publication that a connection is open on."""
    called: dict[str, dict[str, dict[str, None]]] = {"criterion": {}, "operation": {}, "round": {}, "impact": {}}
    called |= {"country": {}, "indicator": {}}
    operating: dict[str, int] = {}
    former: dict[str, set[str]] = {}
    framework_of: dict[str, str] = {}
    scales: dict[str, dict[str, str]] = {}
    titles: dict[str, dict[str, None]] = {}
    for column, code, name, framework, meaning, _ in connection.execute(sql("reading/names")).fetchall():
        if column == "status":
            scales.setdefault(framework, {})[code] = meaning
            titles.setdefault(code, {})[name] = None
            continue
        called[column].setdefault(code, {})[name] = None
        if meaning == "former":
            former.setdefault(column, set()).add(name)
        elif column == "country" and meaning:
            operating[code] = int(meaning)
        if column == "criterion":
            framework_of[code] = framework
    return Names(
        {column: {code: tuple(names) for code, names in codes.items()} for column, codes in called.items()},
        framework_of,
        scales,
        {code: tuple(names) for code, names in titles.items()},
        operating,
        former={column: frozenset(names) for column, names in former.items()},
    )


@once
def grants_in(published: Published) -> Mapping[str, tuple[Grant, ...]]:
    """The roles granted to each subject."""
    with published.cursor() as cursor:
        rows = cursor.execute(
            "SELECT subject, list(role || '@' || scope ORDER BY role, scope) FROM person_grant GROUP BY subject"
        ).fetchall()
    return {subject: read_grants(texts)[0] for subject, texts in rows}


def admins(connection: duckdb.DuckDBPyConnection) -> int:
    """How many people are administrators by the list of granted roles."""
    query = "SELECT count(DISTINCT subject) FROM person_grant WHERE role = 'admin'"
    ((number,),) = connection.execute(query).fetchall()
    return int(number)


def stored_evidence(connection: duckdb.DuckDBPyConnection, subject: Subject) -> list[Evidence]:
    """The items of an answer or an action, in order."""
    given = dict(zip(("rounds", "operations", "criteria", "actions"), ([code] for code in subject), strict=True))
    return list(map(Evidence.of, rows_of(connection.execute(sql("stored/evidence"), given))))
