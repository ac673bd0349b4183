"""Which codes may a view state hold in one publication?"""

import duckdb

from dashboard.model.view.known import Known
from dashboard.store.sql import sql


def known_in(connection: duckdb.DuckDBPyConnection, languages: tuple[str, ...] = ("en",)) -> Known:
    """The codes of a publication, and the languages there are words for."""
    rows = connection.execute(sql("reading/codes")).fetchall()
    formerly = dict(connection.execute("SELECT former, code FROM former_name ORDER BY former").fetchall())
    return Known.of_rows(rows, formerly, languages)
