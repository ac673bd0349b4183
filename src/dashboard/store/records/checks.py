"""Checks of staged rows that need no more than the columns of their table say.

Nothing in it comes from outside: names and words are those of `model/records.yaml`.
"""
# ruff: noqa: S608

from collections.abc import Iterator, Set

from dashboard.model.records import RECORDS, Column, Kind, Record
from dashboard.store.records.columns import text

LISTED = ("countries", "operations", "rounds", "indicators")
"""The forms of the lists, which are checked and written before what refers to them."""
CODE = r"[\p{Latin}\p{N}]+([ ._/-][\p{Latin}\p{N}]+)*"
"""What a code may look like: other signs have a meaning in a link, a list or a sentence."""
DAY = "YYYY-MM-DD"


def sound_rows() -> Iterator[str]:
    """A view per form: the staged rows that no check has rejected."""
    for form in RECORDS:
        out = f"SELECT f.row_id FROM found AS f WHERE f.form = '{form}' AND f.row_id = s.rowid"
        rows = f"SELECT rowid AS row_id, * FROM staged_{form} AS s"
        yield f"CREATE TEMP VIEW sound_{form} AS {rows} WHERE NOT EXISTS ({out})"


def blank_rows(forms: Set[str]) -> Iterator[str]:
    """Rejects rows of these forms that hold nothing at all, such as those below the last row of a sheet."""
    for form in sorted(forms):
        rows = f"SELECT rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_{form}"
        blank = f"SELECT 'blank', '{form}', row_id FROM ({rows}) WHERE said IS NULL"
        yield f"INSERT INTO found (kind, form, row_id) {blank}"


def checks_of(record: Record) -> Iterator[str]:
    """Rejects rows for what can be seen by their columns alone; `$today` is the day of the load."""
    for column in record.columns:
        for kind, value, expected, where in _faults(record, column):
            yield _finds(record, column, kind, value, expected, where)
        if column.of:
            yield _unknown(record, column)
        if column.words and column.kind is Kind.LIST:
            yield _unlisted(record, column)
        if column.kind is Kind.GRADE:
            given = f"SELECT 'none_found_rated', '{record.form}', rowid, '{column.name}', {column.quoted}, NULL"
            where = f"found = 'none' AND {column.quoted} IS NOT NULL"
            yield f"INSERT INTO found {given} FROM staged_{record.form} WHERE {where}"
    if record.coined:
        yield _bad_code(record)
    if record.key and record.form != "answers":
        yield _repeated(record)


def _finds(record: Record, column: Column, kind: str, value: str, expected: str, where: str) -> str:
    only = " AND ".join(f"({condition})" for condition in (where, *_conditions(record, column)))
    return (
        f"INSERT INTO found SELECT '{kind}', '{record.form}', rowid, '{column.name}', {value}, {expected} "
        f"FROM staged_{record.form} WHERE {only}"
    )


def _conditions(record: Record, column: Column) -> Iterator[str]:
    """For which rows a column is checked."""
    if column.when:
        yield column.when
    if record.withdraws and column.name not in record.key:
        said = ", ".join(one.quoted for one in record.changing)
        yield f"coalesce({said}) IS NOT NULL"


def _faults(record: Record, column: Column) -> Iterator[tuple[str, str, str, str]]:
    """Kind, value, what was expected, and when a cell has the fault."""
    name = column.quoted
    if column.kind is Kind.DATE:
        needed = "" if column.must else f"{name} IS NOT NULL AND "
        yield "bad_date", name, text(DAY), f"{needed}try_cast({name} AS DATE) IS NULL"
        if column.past:
            yield "future_date", name, "CAST($today + 1 AS VARCHAR)", f"try_cast({name} AS DATE) > $today + 1"
    elif column.pattern is not None:
        pattern, said = column.pattern
        fits = f"regexp_full_match({name}, {text(pattern)})"
        unfit = f"NOT coalesce({fits}, false)" if column.must else f"NOT {fits}"
        yield "bad_number", name, text(said), unfit
    elif column.words and column.kind is not Kind.LIST:
        yield "off_scale", name, text(", ".join(column.words)), _off_scale(column)
    elif column.must and not column.of:
        yield "missing_value", "NULL", "NULL", f"{name} IS NULL"


def _off_scale(column: Column) -> str:
    name = f"lower({column.quoted})" if column.kind is Kind.FLAG else column.quoted
    given = f"coalesce({name}, '')" if column.must else name
    return f"{given} NOT IN ({', '.join(map(text, column.words))})"


def _unlisted(record: Record, column: Column) -> str:
    """Words of a list in one cell, each once."""
    where = " AND ".join(_conditions(record, column)) or "true"
    listed = f"trim(unnest(string_split({column.quoted}, ';')))"
    words = f"SELECT rowid AS row_id, {listed} AS word FROM staged_{record.form} WHERE {where}"
    return (
        f"INSERT INTO found SELECT DISTINCT 'off_scale', '{record.form}', row_id, '{column.name}', word, "
        f"{text(', '.join(column.words))} FROM ({words}) WHERE word NOT IN ({', '.join(map(text, column.words))})"
    )


def _unknown(record: Record, column: Column) -> str:
    """Codes that the list they are of does not have; if a value is needed, also none at all."""
    conditions = [*_conditions(record, column), *([] if column.must else [f"{column.quoted} IS NOT NULL"])]
    known = f"SELECT {column.of} AS code FROM {column.of}" + (f" WHERE {column.among}" if column.among else "")
    named = f"SELECT rowid AS row_id, {column.quoted} AS code FROM staged_{record.form}"
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return (
        f"INSERT INTO found SELECT 'unknown_{column.of}', '{record.form}', row_id, '{column.name}', code, NULL "
        f"FROM ({named}{where}) ANTI JOIN ({known}) USING (code)"
    )


def _bad_code(record: Record) -> str:
    """New codes with signs that have a meaning elsewhere. Stored ones are accepted."""
    code = record.columns[0].quoted
    return (
        f"INSERT INTO found SELECT 'bad_code', '{record.form}', s.rowid, '{code}', s.{code}, 'GHA, gha-op, 2025' "
        f"FROM staged_{record.form} AS s ANTI JOIN {record.table} AS k USING ({code}) "
        f"WHERE NOT regexp_full_match(s.{code}, {text(CODE)})"
    )


def _repeated(record: Record) -> str:
    """Rows of one load about the same thing, after the first."""
    parts = ", ".join(record.column(name).quoted for name in record.key)
    named = record.of or record.key[0]
    given = f" WHERE {parts} IS NOT NULL" if len(record.key) == 1 else ""
    value = f"coalesce({named}, {record.key[0]})"
    return (
        f"INSERT INTO found SELECT 'duplicate_row', '{record.form}', rowid, '{named}', {value}, NULL "
        f"FROM staged_{record.form}{given} QUALIFY row_number() OVER (PARTITION BY {parts} ORDER BY rowid) > 1"
    )


def column_checks(forms: Set[str], lists: bool) -> Iterator[str]:
    """The checks of these forms: of the lists, or of all others."""
    for record in RECORDS.values():
        if record.form in forms and (record.form in LISTED) is lists:
            yield from checks_of(record)
