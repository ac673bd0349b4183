"""Reads the SQL files of this folder, fills in what records declare, and makes the SQL that compares a load's rows.

A file has in double braces what is filled in; each is read once.
Nothing that is filled in comes from outside: names and words are those of `model/records.yaml`.
"""

# ruff: noqa: S608

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
from jinja2 import Environment, StrictUndefined

from dashboard.model.records import RECORDS, Column, Record
from dashboard.store.record_columns import as_text, cast, lists_of, no_link, split, stored, typed


def _place(record: Record) -> tuple[Column, ...]:
    """The columns of a row's key that are not its round and operation: what it is about there."""
    elsewhere = {"operation", "round"} if record.has_round else {"operation"}
    return tuple(record.column(name) for name in record.key if name not in elsewhere)


def _code(names: list[str]) -> str:
    """One text for what a row is about."""
    return names[0] if len(names) == 1 else f"concat_ws(' · ', {', '.join(names)})"


def handed_in() -> str:
    """Staged rows of the tables that are compared: form, row, round, operation and what each is about."""
    parts = []
    for record in RECORDS.values():
        if record.compared:
            place = [column.name for column in _place(record)]
            # The round of a target is the one in which it is due, and part of what it is about.
            round_ = "NULL" if "round" in place else "round"
            about = f"rowid AS row_id, {round_} AS round, operation, {_code(place)} AS code"
            parts.append(f"SELECT '{record.form}' AS form, {about} FROM staged_{record.form}")
    return "\n    UNION ALL ".join(parts)


def covering() -> str:
    """Rounds and operations that the sound rows of a load are about. The round of a target is only when it is due."""
    forms = (one.form for one in RECORDS.values() if {"round", "operation"} <= set(one.names) and one.form != "targets")
    return "\n    UNION ".join(f"SELECT round, operation FROM sound_{form}" for form in forms)


def replaced_rows() -> str:
    """How many published rows a load changes or removes, by form, round and operation: `was_…` are those tables before.

    Answers are counted elsewhere.
    """
    parts = []
    for record in RECORDS.values():
        if record.compared and record.form != "answers":
            columns = ", ".join(column.stored_name for column in record.columns)
            due = "round" in (column.name for column in _place(record))
            round_ = "r.round" if record.has_round else "''" if due else "coalesce(k.round, '')"
            gone = f"SELECT {columns} FROM was_{record.table} EXCEPT SELECT {columns} FROM {record.table}"
            counted = (
                f"'{record.form}' AS form, {round_} AS round, coalesce(o.operation, '') AS operation, count(*) AS n"
            )
            parts.append(f"SELECT {counted} FROM ({gone}) AS k{lists_of(record)} GROUP BY ALL")
    return " UNION ALL ".join(parts) + " ORDER BY form, round, operation"


def without_hidden() -> str:
    """Deletes what is stored of the operations in `hidden`, from every table that has an operation but answers."""
    tables = [
        record.table
        for record in RECORDS.values()
        if record.form != "answers" and any(column.stored_name == "operation_no" for column in record.columns)
    ]
    return "\n".join(
        f"DELETE FROM {name} USING hidden AS h WHERE {name}.operation_no = h.operation_no;" for name in tables
    )


def changes_frozen(form: str) -> str:
    """Rejects sound rows that would change what is stored of a closed round, or of an operation approved in it."""
    record = RECORDS[form]
    (about,) = _place(record)
    coded = f" JOIN criterion AS c ON c.criterion = s.{about.name}" if about.stored_name == "criterion_no" else ""
    same = "k.criterion_no = c.criterion_no" if coded else f"k.{about.stored_name} = s.{about.name}"
    return (
        f"INSERT INTO found SELECT CASE WHEN w.closed THEN 'round_closed' ELSE 'approved_before' END, '{form}', "
        f"s.row_id, 'round', s.round, CASE WHEN NOT w.closed THEN s.operation END FROM sound_{form} AS s "
        "JOIN round AS r ON r.round = s.round JOIN operation AS o ON o.operation = s.operation "
        f"JOIN frozen AS w ON w.round_no = r.round_no AND w.operation_no = o.operation_no{coded} "
        f"ANTI JOIN {record.table} AS k ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND {same} "
        f"AND row({stored(form, 'k')}) IS NOT DISTINCT FROM row({cast(form, 's')})"
    )


def begins() -> str:
    """By form, the value with which a row begins: without it, there was none before."""
    cases = (f"WHEN '{one.form}' THEN '{one.column(one.begins).change}'" for one in RECORDS.values() if one.begins)
    return f"CASE form {' '.join(cases)} END"


def values(record: Record) -> str:
    """What the attached publication (`$side`) says about every sound staged row: one row per value, as text."""
    said = ", ".join(f"{as_text(column)} AS {column.change}" for column in record.changing)
    names = ", ".join(column.change for column in record.changing)
    handed = f"(FROM memory.main.handed WHERE form = '{record.form}' AND why IS NULL) AS h"
    tables = (
        f"{handed} JOIN {record.table} AS k ON {' AND '.join(_is_about(record))}{lists_of(record, record.changing)}"
    )
    rows = f"SELECT $side AS side, h.form, h.row_id, {said} FROM {tables}"
    return f"INSERT INTO memory.main.said UNPIVOT ({rows}) ON {names} INTO NAME col VALUE value"


def _is_about(record: Record) -> Iterator[str]:
    """When a stored row `k` is about the same as a row `h` that was handed in."""
    if "operation" in record.key:
        yield "k.operation_no IS NOT DISTINCT FROM h.operation_no"
    if record.has_round:
        yield "k.round_no = h.round_no"
    place = [column.stored_name for column in _place(record)]
    if place == ["criterion_no"]:
        yield "k.criterion_no = h.criterion_no"
    else:
        yield f"h.code = {_code([f'k.{name}' for name in place])}"


NAMED = tuple(
    f"tables/{name}"
    for name in (
        "operations", "criteria", "scores", "impacts", "library", "ratings", "actions", "impacts_said", "subjects",
        "outside",
    )
)  # fmt: skip
"""The files that make the small tables with all names in them, in order."""
CROSSED = ("tables/speaks", "tables/cells")
"""The files that relate the standards to each other, in order."""
ASKED = tuple(f"questions/{name}" for name in ("chosen", "answered", "said"))
"""Macros and views that questions use."""
TOLD = ("tension", "crc_right", "setting", "instrument", "guidance", "case_study", "tour_step")
"""The tables of the library with texts that `wording` does not hold. `<table>_said` has them in other languages."""
LAW_SENTENCES = ("asks", "on_whom", "instrument", "note")
"""The columns of `law` that are told in other languages, each sentence named by itself in `wording`: `law/Everyone`."""
_TEMPLATES = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)  # noqa: S701 - SQL
_TEMPLATES.globals.update(typed=typed, cast=cast, stored=stored, handed_in=handed_in, begins=begins)
_TEMPLATES.globals.update(without_hidden=without_hidden, split=split, no_link=no_link, changes_frozen=changes_frozen)
_TEMPLATES.globals.update(told=TOLD, law_sentences=LAW_SENTENCES, covering=covering)
COMMENT = re.compile(r"--[^\n]*")


@cache
def sql(name: str) -> str:
    """The text of one file, by its path without the extension: `sql("load/answers/answers")`."""
    return filled(files("dashboard.store").joinpath(f"{name}.sql").read_text("utf-8"))


def filled(text: str) -> str:
    """The text of an SQL file with the columns that the records declare."""
    return _TEMPLATES.from_string(text).render() if "{{" in text else text


@cache
def checks(group: str) -> tuple[str, ...]:
    """The names of the checks in one group, in order, for use with `sql`."""
    folder = files("dashboard.store").joinpath("checks", group)
    return tuple(sorted(f"checks/{group}/{file.name.removesuffix('.sql')}" for file in folder.iterdir()))


def rows_of(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """All rows of a result by column; null is None."""
    names = [name for name, *_ in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def always(text: str) -> bool:
    """Accepts every statement."""
    return True


_parsed: dict[str, list[tuple[duckdb.Statement, str]]] = {}


def _statements(connection: duckdb.DuckDBPyConnection, text: str) -> list[tuple[duckdb.Statement, str]]:
    """The statements of a text, parsed once by whichever connection is first, each with its text without comments."""
    # Without a connection, DuckDB would open another database for this alone.
    if text not in _parsed:
        _parsed[text] = [(one, COMMENT.sub("", one.query)) for one in connection.extract_statements(text)]
    return _parsed[text]


def run(
    connection: duckdb.DuckDBPyConnection, name: str, only: Callable[[str], bool] = always, **parameters: object
) -> None:
    """Execute every statement of one file that `only` accepts, each with the parameters that it names.

    `only` is given the text of a statement without its comments.
    """
    for statement, text in _statements(connection, sql(name)):
        if not only(text):
            continue
        named = {key: value for key, value in parameters.items() if key in statement.named_parameters}
        connection.execute(statement, named)
