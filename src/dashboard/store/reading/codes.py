"""Which codes may a view state hold in one publication?"""

from dataclasses import replace

import duckdb

from dashboard.loading.files.words_file import languages
from dashboard.model.view.known import Known
from dashboard.store.reading.cache import once
from dashboard.store.reading.reader import Published
from dashboard.store.sql import sql


def known_codes(published: Published) -> Known:
    """The codes a view state may hold in this publication, and the languages that have words.

    Collected once per publication: with thousands of operations it would cost more than the page.
    """
    return _known(published.real, languages())


def known_in(connection: duckdb.DuckDBPyConnection, languages: tuple[str, ...] = ("en",)) -> Known:
    """The codes of a publication, and the languages that have words."""
    rows = connection.execute(sql("reading/codes")).fetchall()
    formerly = dict(connection.execute("SELECT former, code FROM former_name ORDER BY former").fetchall())
    return Known.of_rows(rows, formerly, languages)


@once
def _known(published: Published, spoken: tuple[str, ...]) -> Known:
    with published.cursor() as cursor:
        of_tables = known_in(cursor, spoken)
    own_number = {"publication": {"": (str(published.revision.number),)}}
    return replace(of_tables, codes={**of_tables.codes, **own_number})
