"""Which documents and links does an answer or an action rest on, as published?"""

import duckdb

from dashboard.model.answers.evidence import Evidence, Subject, evidence_of
from dashboard.store.sql import sql


def stored_evidence(connection: duckdb.DuckDBPyConnection, subject: Subject) -> list[Evidence]:
    """The items of an answer or an action, in order."""
    given = dict(zip(("rounds", "operations", "criteria", "actions"), ([code] for code in subject), strict=True))
    cursor = connection.execute(sql("stored/evidence"), given)
    names = [column[0] for column in cursor.description]
    return [evidence_of(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
