"""What a load would change in each table that is compared with what is published.

Nothing in it comes from outside: names and words are those of `model/records.yaml`.
"""
# ruff: noqa: S608

from collections.abc import Iterator

from dashboard.model.records import RECORDS, Column, Record
from dashboard.store.records.columns import as_text, lists_of


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
