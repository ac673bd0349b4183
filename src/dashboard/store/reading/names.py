"""What do people call the codes of a publication? Read once, since a publication never changes."""

import duckdb

from dashboard.model.answers.names import Names
from dashboard.store.reading.cache import once
from dashboard.store.reading.reader import Published
from dashboard.store.sql import sql


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
    framework_of: dict[str, str] = {}
    scales: dict[str, dict[str, str]] = {}
    titles: dict[str, dict[str, None]] = {}
    for column, code, name, framework, meaning, _ in connection.execute(sql("reading/names")).fetchall():
        if column == "status":
            scales.setdefault(framework, {})[code] = meaning
            titles.setdefault(code, {})[name] = None
            continue
        called[column].setdefault(code, {})[name] = None
        if column == "country" and meaning:
            operating[code] = int(meaning)
        if column == "criterion":
            framework_of[code] = framework
    return Names(
        {column: {code: tuple(names) for code, names in codes.items()} for column, codes in called.items()},
        framework_of,
        scales,
        {code: tuple(names) for code, names in titles.items()},
        operating,
    )
