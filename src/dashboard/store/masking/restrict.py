"""What may somebody see who is responsible for some operations only? A private copy without the others.

See docs/decisions/0045-roles.md.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import duckdb

from dashboard.model.people.sight import REST, Sight
from dashboard.store.masking.copies import AliasRow, copied, hold_aliases
from dashboard.store.masking.mask import FEWEST
from dashboard.store.publishing.incremental import LoadChanges
from dashboard.store.reading.reader import Published
from dashboard.store.sql import COMMENT, run, sql

SCRIPTS = ("masking/names", "masking/unseen", "scoring", "masking/sums", "masking/rest")
"""What makes the copy, in order."""
_WRITES = re.compile(r"(?:DELETE FROM|UPDATE|INSERT INTO|(?:CREATE OR REPLACE|DROP) TABLE) (\w+)")


def restrict(published: Published, sight: Sight, rest: str, target: Path) -> Published:
    """Make the copy for a right of sight at `target`. `rest` is what the operations not seen by name are called.

    Raises duckdb.Error or OSError only if the machine fails.
    """
    seen = sorted(sight.operations or ())

    def change(connection: duckdb.DuckDBPyConnection) -> None:
        hold_aliases(connection, _hidden(connection, seen, rest))
        for script in SCRIPTS:
            run(connection, script, fewest=FEWEST, means=sight.means, known=sorted(sight.known), code=REST, title=rest)

    changes = LoadChanges(names=written_by(SCRIPTS))
    return replace(copied(published, target, change, changes.must_rerun), partial=True)


def written_by(scripts: Iterable[str]) -> set[str]:
    """The tables that some files write to, read from their text so that none can be forgotten."""
    return {table for script in scripts for table in _WRITES.findall(COMMENT.sub("", sql(script)))}


def _hidden(connection: duckdb.DuckDBPyConnection, seen: list[str], rest: str) -> Iterable[AliasRow]:
    """Every operation, country and group of operations that is not seen by name, called the rest."""
    rows = connection.execute(
        "SELECT CASE kind WHEN 'operation' THEN kind ELSE 'head_office' END, operation, $rest_code, $rest "
        "FROM operation "
        "WHERE NOT list_contains($seen, operation) UNION ALL "
        "SELECT 'country', country, $rest_code, $rest FROM country WHERE country_no NOT IN "
        "(SELECT country_no FROM operation WHERE list_contains($seen, operation)) UNION ALL "
        "SELECT DISTINCT 'group', of_group, $rest_code, $rest FROM operation WHERE of_group NOT IN "
        "(SELECT of_group FROM operation WHERE list_contains($seen, operation) AND of_group IS NOT NULL)",
        {"seen": seen, "rest": rest, "rest_code": REST},
    )
    return rows.fetchall()
