"""What may a room see of a publication? A private copy without names, small regions and anything people wrote.

See docs/decisions/0017-masking.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from dashboard.model.view.aliases import Aliases
from dashboard.model.view.known import HEAD_OFFICE
from dashboard.model.view.place import place_in, place_of
from dashboard.model.words import Words
from dashboard.store.masking.columns import CALCULATED, OPEN, SETTLED
from dashboard.store.masking.copies import AliasRow, copied, first_column, hold_aliases
from dashboard.store.reading.reader import Published
from dashboard.store.records.columns import hides
from dashboard.store.sql import run

FEWEST = 3
"""With fewer answers no number is shown, and with fewer countries no region."""


@dataclass(frozen=True)
class Named:
    """What replaces names and texts, in the language of the room. Templates contain `{name}`."""

    country: str
    operation: str
    group: str
    action: str
    head_office: str
    role: str
    left_out: str

    @staticmethod
    def in_words(words: Words) -> "Named":
        """The same in the language of these words."""
        templates = {name: words(f"safe.{name}", name="{name}") for name in ("country", "operation", "group", "action")}
        return Named(**templates, **{name: words(f"safe.{name}") for name in ("head_office", "role", "left_out")})


def codes_to_hide(published: Published) -> dict[str, list[str]]:
    """Every code of one publication that gets an alias, by kind."""
    with published.cursor() as cursor:
        return {
            "country": first_column(cursor, "SELECT country FROM country WHERE country <> $never", never=HEAD_OFFICE),
            "operation": first_column(cursor, "SELECT operation FROM operation WHERE kind = 'operation'"),
            "head_office": first_column(cursor, "SELECT operation FROM operation WHERE kind <> 'operation'"),
            "group": first_column(
                cursor, "SELECT DISTINCT of_group FROM operation WHERE of_group IS NOT NULL ORDER BY 1"
            ),
            "action": first_column(cursor, "SELECT action FROM action"),
        }


def countries_of(published: Published) -> dict[str, str]:
    """The country of each operation, by code."""
    with published.cursor() as cursor:
        return dict(
            cursor.execute("SELECT operation, country FROM operation JOIN country USING (country_no)").fetchall()
        )


def mask(published: Published, aliases: Aliases, named: Named, target: Path) -> Published:
    """Make the masked copy of a publication at `target`. Raises duckdb.Error or OSError only if the machine fails.

    What is not decided is not shown: a text column that is neither open nor settled is emptied.
    """

    def change(connection: duckdb.DuckDBPyConnection) -> None:
        hold_aliases(connection, _alias_rows(aliases, named))
        run(connection, "masking/names")
        run(connection, "masking/facts", left_out=named.left_out)
        run(connection, "masking/evidence")
        for statement in hides(named.role, named.left_out):
            connection.execute(statement)
        run(connection, "masking/mask", fewest=FEWEST, never=HEAD_OFFICE)
        _translate_places(connection, aliases)
        _empty_the_undecided(connection)

    return replace(copied(published, target, change), masked=True)


def _alias_rows(aliases: Aliases, named: Named) -> Iterable[AliasRow]:
    called: Mapping[str, str] = {
        "country": named.country,
        "operation": named.operation,
        "group": named.group,
        "action": named.action,
        "head_office": named.head_office,
    }
    # The code of the head office's country is the same in every group, and reveals nothing.
    yield "country", HEAD_OFFICE, HEAD_OFFICE, named.head_office
    for kind, numbers in aliases.numbers.items():
        for code in numbers:
            title = called[kind].replace("{name}", aliases.name(kind, code))
            yield kind, code, aliases.alias(kind, code), title


def _translate_places(connection: duckdb.DuckDBPyConnection, aliases: Aliases) -> None:
    """Replace the codes in the views that steps of tours open."""
    for (place,) in connection.execute("SELECT DISTINCT place FROM tour_step").fetchall():
        page, query = place_in(place)
        masked = place_of(page, aliases.hiding(query))
        connection.execute(
            "UPDATE tour_step SET place = $masked WHERE place = $place", {"masked": masked, "place": place}
        )


def _empty_the_undecided(connection: duckdb.DuckDBPyConnection) -> None:
    for table, column in text_columns(connection):
        if table not in CALCULATED and column not in {*OPEN.get(table, ()), *SETTLED.get(table, ())}:
            connection.execute(f'UPDATE "{table}" SET "{column}" = NULL')  # noqa: S608


def text_columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Every column in the tables of a publication that can hold text, even inside lists and structures."""
    return connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "JOIN duckdb_tables() USING (database_name, schema_name, table_name) "
        "WHERE database_name = current_catalog() AND schema_name = 'main' "
        "AND regexp_matches(data_type, 'VARCHAR|BLOB|JSON|ENUM') ORDER BY ALL"
    ).fetchall()
