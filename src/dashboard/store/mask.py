"""Makes private copies of a publication: without names for a room, or with some operations only.

A room sees no names, no small regions and nothing that people wrote, see docs/decisions/0023-what-is-seen.md. Who is
responsible for some operations does not see the others, see docs/decisions/0023-what-is-seen.md.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from dashboard.model.known_codes import HEAD_OFFICE
from dashboard.model.masking import REST, Aliases, Sight
from dashboard.model.pages import place_in, place_of
from dashboard.model.records import RECORDS, ShownColumn
from dashboard.model.words import Words
from dashboard.store.disk import write_atomically
from dashboard.store.publishing.apply_load import LoadChanges
from dashboard.store.publishing.build import WRITING
from dashboard.store.reader import Published, pool_of
from dashboard.store.record_columns import hides
from dashboard.store.sql import COMMENT, NAMED, TOLD, always, run, sql


def _of_records(*shown: ShownColumn, **also: str) -> dict[str, tuple[str, ...]]:
    """By table that can be imported, the columns that are shown in these ways; `also` names one that no file has."""
    named = {
        record.table: (
            *(column.stored_name for column in record.columns if column.shown in shown),
            *(name for table, name in also.items() if table == record.table),
        )
        for record in RECORDS.values()
    }
    return {table: columns for table, columns in named.items() if columns}


OPEN: dict[str, tuple[str, ...]] = {
    # The library: standards, guidance and cases, the same for every group.
    "framework": (
        "framework", "title", "short_title", "area_word", "publisher", "edition", "supersedes", "version", "address",
        "licence_note", "held_in_part", "average_of", "country_figure",
        "checksum",
    ),
    "band": ("band", "title"),
    "scale": ("of_scale", "status", "title", "counts_as", "wording_id"),
    "area": ("area", "code", "title", "text", "spheres"),
    "criterion": (
        "criterion", "kind", "level", "text", "gap", "partly", "added", "until", "since", "services",
        "of_scale",
        "evidence_hint", "citation", "verification",
    ),
    "repeated": (
        "criterion", "kind", "level", "text", "gap", "partly", "added", "until", "since", "services",
        "of_scale",
        "evidence_hint", "citation", "verification", "same_as",
    ),
    "criterion_area": ("parts",),
    "criterion_link": ("target_type", "target"),
    "former_name": ("former", "code"),
    "framework_version": ("version",),
    "former_text": ("criterion", "text", "since"),
    "old_words": ("version", "until", "text"),
    "theme": ("theme", "title", "text"),
    "tension": ("tension", "between", "title", "text", "question", "criteria", "basis", "citation"),
    "crc_right": ("right", "instrument", "article", "title", "themes", "citation", "verification"),
    "risk_area": ("risk_area", "title", "text", "rights", "basis", "citation"),
    "setting": ("setting", "title", "exposed", "first_question", "functions", "services", "basis"),
    "business_function": ("function", "title", "text"),
    "impact": (
        "impact", "risk_area", "setting", "polarity", "text", "age_groups", "groups", "stage", "rights", "functions",
        "criteria", "touches", "basis", "citation",
    ),
    "crosswalk": ("source", "source_type", "target", "target_type", "strength", "basis", "note"),
    "instrument": (
        "instrument", "title", "short_title", "publisher", "years", "address", "text", "not_found", "verification",
    ),
    "point": ("point", "instrument", "code", "text", "criteria", "citation", "verification"),
    "guidance": (
        "guidance", "title", "step", "criteria", "risk_areas", "settings", "functions", "sources", "verification",
        "situation", "this_month", "this_year", "sign_that_it_works", "watch_out",
    ),
    "case_study": (
        "case_study", "title", "who", "where", "countries", "case_kind", "confidence", "shows", "criteria",
        "risk_areas", "settings", "facts", "what_was_done", "what_resulted", "lesson", "what_to_copy",
        "what_to_avoid",
    ),
    "tour": ("tour",),
    "tour_step": ("tour",),
    # About the group itself, only codes from fixed lists, and what was asked when.
    **_of_records(ShownColumn.OPEN, child_participation="withheld", approval="figures"),
}  # fmt: skip
OPEN |= {f"{table}_said": ("language", *OPEN[table]) for table in TOLD}
"""By table, the text columns that stay as they are."""
SETTLED: dict[str, tuple[str, ...]] = {
    **_of_records(ShownColumn.ROLE, ShownColumn.LEFT_OUT, ShownColumn.REPLACED, review="said"),
    "answer_log": ("verdict", "role"),
    "approval_log": ("state", "role", "note"),
    "tour_step": ("id", "place", "note"),
    "tour_step_said": ("id", "place", "note"),
    "framework_said": ("language", "framework", "publisher", "edition", "licence_note", "held_in_part"),
    "wording": ("language", "id", "title", "text", "gap", "partly", "evidence_hint", "state"),
}
"""By table, the text columns that `mask.sql` or `facts.sql` has replaced, or keeps on purpose."""
CALCULATED = frozenset({
    "score", "score_change", "exposure", "opening", "participation", "todo", "impact_tally", "subject",
    "subject_country", "subject_operation", "figure", "criterion_card", "impact_rights", "impact_card", "guidance_card",
    "case_card", "criterion_facet", "cell", "speaks", "bond", "named_operation",
})  # fmt: skip
"""Tables derived from the others: `store/tables/` makes them again, or they hold only the library."""


AliasRow = tuple[str, str, str, str]
"""A kind, a code, the alias, and the title that replaces its own."""


def copied(
    published: Published,
    target: Path,
    change: Callable[[duckdb.DuckDBPyConnection], None],
    only: Callable[[str], bool] = always,
) -> Published:
    """Make a changed copy of a publication at `target`. Its move says nothing that people wrote.

    `change` leaves the tables from which the named ones are made; `only` says which of those statements have anything
    to make again. Raises duckdb.Error or OSError only if the machine fails.
    """
    with published.cursor() as cursor:
        (path,) = first_column(cursor, "SELECT path FROM duckdb_databases() WHERE database_name = current_catalog()")
    shutil.copyfile(path, target)
    with duckdb.connect(str(target), config=WRITING) as connection:
        # In one transaction, since each statement would otherwise write its own log to disk.
        connection.begin()
        change(connection)
        for script in ("load/lists/wording", *NAMED):
            run(connection, script, only)
        connection.commit()
        connection.execute("CHECKPOINT")
    move = replace(published.revision, role="", why="", about="", files=(), subject="")
    pool = pool_of(target, target.stat().st_size)
    return Published(move, pool, masked=published.masked, partial=published.partial)


def hold_aliases(connection: duckdb.DuckDBPyConnection, rows: Iterable[AliasRow]) -> None:
    """Put the aliases into a table of the connection, one row per code."""
    connection.execute("CREATE TEMP TABLE alias (kind VARCHAR, code VARCHAR, alias VARCHAR, title VARCHAR)")
    if held := list(rows):
        connection.executemany("INSERT INTO alias VALUES (?, ?, ?, ?)", held)


def first_column(cursor: duckdb.DuckDBPyConnection, query: str, **given: object) -> list[str]:
    """The first column of an answer."""
    return [value for (value, *_) in cursor.execute(query, given).fetchall()]


FEWEST = 3
"""With fewer answers no number is shown, and with fewer countries no region."""


@dataclass(frozen=True)
class Replacements:
    """What replaces names and texts, in the language of the room. Templates contain `{name}`."""

    country: str
    operation: str
    group: str
    action: str
    head_office: str
    role: str
    left_out: str

    @staticmethod
    def in_words(words: Words) -> "Replacements":
        """The same in the language of these words."""
        templates = {name: words(f"safe.{name}", name="{name}") for name in ("country", "operation", "group", "action")}
        return Replacements(
            **templates, **{name: words(f"safe.{name}") for name in ("head_office", "role", "left_out")}
        )


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


def mask(published: Published, aliases: Aliases, named: Replacements, target: Path) -> Published:
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


def _alias_rows(aliases: Aliases, named: Replacements) -> Iterable[AliasRow]:
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


FILE = Path("safe") / "aliases.json"
LOCK = Path("safe") / "LOCK"
"""Not that of the store: whoever hides names does not wait for whoever publishes."""
LOCK_SECONDS = 10


def shared_aliases(
    store: Path, own: Aliases, codes: Mapping[str, Iterable[str]], lies_in: Mapping[str, str]
) -> Aliases:
    """The aliases of the store, with those of new codes drawn and kept.

    `own` are those that this process has given out. They go on alone where the store cannot be written to.
    """
    try:
        (store / FILE).parent.mkdir(exist_ok=True)
        with FileLock(store / LOCK, timeout=LOCK_SECONDS):
            found = _read(store)
            grown = (found or own).grown(codes, lies_in)
            if grown != found:
                write_atomically(store / FILE, json.dumps(grown.numbers, indent=1) + "\n")
            return grown
    except (OSError, Timeout):
        return own.grown(codes, lies_in)


def _read(store: Path) -> Aliases | None:
    try:
        held = json.loads((store / FILE).read_text("utf-8"))
        return Aliases({str(kind): {str(code): int(n) for code, n in of.items()} for kind, of in held.items()})
    except (OSError, ValueError, AttributeError, TypeError):
        return None
