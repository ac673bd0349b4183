"""Which roles does a publication grant to whom? They are added to those that a provider names."""

from collections.abc import Mapping

import duckdb

from dashboard.model.people.person import Grant, read_grants
from dashboard.store.reading.cache import once
from dashboard.store.reading.reader import Published


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
