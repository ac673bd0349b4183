"""The columns of a table in SQL: as staged, as stored, as a file says them, and as a room sees them.

Nothing in it comes from outside: names and words are those of `model/records.yaml`.
"""
# ruff: noqa: S608

from collections.abc import Iterable, Iterator

from dashboard.model.records import EVIDENCE, RECORDS, Column, Kind, Record, Shown

LONGEST_LINE = 110


def text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


LEVELS = f"[{', '.join(map(text, EVIDENCE))}]"
"""The words of evidence, of which the store has the positions."""
CODES = {
    "framework_no": ("framework", "framework"),
    "area_no": ("area", "area"),
    "criterion_no": ("criterion", "criterion"),
    "status_no": ("scale", "status"),
    "version_no": ("framework_version", "version"),
    "country_no": ("country", "country"),
    "operation_no": ("operation", "operation"),
    "round_no": ("round", "round"),
}
"""By name of a stored number: the table that defines it, and the code it stands for."""
ALIASES = {
    "round_no": "r", "operation_no": "o", "criterion_no": "c", "status_no": "sc", "version_no": "v", "country_no": "n",
}  # fmt: skip
"""By name of a number in a record: what the table that defines it is called in a statement."""


def typed(form: str, alias: str, *without: str) -> str:
    """The columns of staged rows as they are stored, each with its name; not those that are stored as numbers."""
    return ",\n    ".join(f"{_typed(column, alias)} AS {column.stored_name}" for column in plain(form, *without))


def cast(form: str, alias: str, *without: str) -> str:
    """The same without their names, to compare them."""
    return ", ".join(_typed(column, alias) for column in plain(form, *without))


def hides(role: str, left_out: str) -> Iterator[str]:
    """Puts in place of what people wrote in each table that a role is named, that something is left out, or nothing."""
    instead = {Shown.ROLE: text(role), Shown.LEFT_OUT: text(left_out)}
    for record in RECORDS.values():
        columns = plain(record.form)
        if any(column.shown in instead for column in columns):
            changed = [
                f"CASE WHEN {column.stored_name} IS NOT NULL THEN {instead[column.shown]} END AS {column.stored_name}"
                if column.shown in instead
                else f"CAST(NULL AS VARCHAR) AS {column.stored_name}"
                for column in columns
                if column.shown in instead or (column.shown is Shown.NOTHING and column.stored_type == "VARCHAR")
            ]
            rows = f"SELECT * REPLACE ({', '.join(changed)}) FROM {record.table}"
            yield f"CREATE OR REPLACE TABLE {record.table} AS {rows}"


def stored(form: str, alias: str, *without: str) -> str:
    """The same columns of stored rows."""
    return ", ".join(f"{alias}.{column.stored_name}" for column in plain(form, *without))


def plain(form: str, *without: str) -> tuple[Column, ...]:
    """The columns of a table that are stored as they are, so without those that are stored as numbers."""
    columns = (column for column in RECORDS[form].columns if column.name not in without)
    return tuple(column for column in columns if column.stored_name and column.stored_name not in ALIASES)


def _typed(column: Column, alias: str) -> str:
    name, type_ = f"{alias}.{column.quoted}", column.stored_type
    if column.words == EVIDENCE:
        return f"evidence_level({name})"
    if type_ == "BOOLEAN":
        return (
            f"coalesce(lower({name}) = 'true', false)"
            if column.kind is Kind.FLAG
            else f"coalesce({name}, 'yes') = 'yes'"
        )
    return name if type_ == "VARCHAR" else f"try_cast({name} AS {type_})"


def as_text(column: Column) -> str:
    """A stored value, of `k` and the tables in `ALIASES`, as a file says it; null if nothing is said."""
    name = column.stored_name
    if name == "status_no":
        # What nobody has answered has no status, so that a first answer is new.
        return "CASE WHEN sc.counts_as <> 'unanswered' THEN sc.status END"
    if name in ALIASES:
        _, code = CODES[name]
        return f"{ALIASES[name]}.{code}"
    if column.words == EVIDENCE:
        return f"CASE WHEN k.{name} > 0 OR sc.counts_as <> 'unanswered' THEN {LEVELS}[k.{name} + 1] END"
    if column.stored_type == "BOOLEAN":
        yes, no = column.words
        return f"CASE WHEN k.{name} THEN '{yes}' ELSE '{no}' END"
    return f"CAST(k.{name} AS VARCHAR)"


def lists_of(record: Record, columns: Iterable[Column] = ()) -> str:
    """The joins of a stored table `k` to those that have the codes of its numbers, or of those of some columns only."""
    numbers = {column.stored_name for column in columns or record.columns}
    return "".join(
        f" LEFT JOIN {CODES[number][0]} AS {alias} ON {alias}.{number} = k.{number}"
        for number, alias in ALIASES.items()
        if number in numbers
    )


def as_in_a_file(form: str) -> str:
    """Every stored row of a table as a file says it: the columns of its form, as text."""
    record = RECORDS[form]
    columns = ", ".join(f"{as_text(column)} AS {column.quoted}" for column in record.columns)
    return f"SELECT {columns} FROM {record.table} AS k{lists_of(record)}"


def in_books(form: str, key: tuple[str, ...]) -> str:
    """What `$operations` have published: the key, then what their workbooks ask, in the order of a sheet."""
    record = RECORDS[form]
    keys = [f"coalesce({as_text(record.column(name))}, '')" for name in key]
    asked = [as_text(column) for column in record.columns if column.width]
    answered = " AND sc.counts_as <> 'unanswered'" if form == "answers" else ""
    return (
        f"SELECT {', '.join((*keys, *asked))} FROM {record.table} AS k{lists_of(record)} "
        f"WHERE list_contains($operations, o.operation){answered}"
    )


def written(record: Record) -> Iterator[str]:
    """Writes the sound rows of a table, in the order of their key, over those about the same thing."""
    numbered = [column for column in record.columns if column.stored_name in ALIASES]
    codes, joins = "", ""
    for column in numbered:
        number, alias = column.stored_name, ALIASES[column.stored_name]
        table, code = CODES[number]
        codes += f", {alias}.{number}"
        joins += f" JOIN {table} AS {alias} ON {alias}.{code} = s.{column.name}"
    rows = f"SELECT {typed(record.form, 's')}{codes} FROM sound_{record.form} AS s{joins}"
    key = [record.column(name).stored_name for name in record.key]
    same = " AND ".join(f"k.{name} IS NOT DISTINCT FROM n.{name}" for name in key)
    yield f"DELETE FROM {record.table} AS k USING ({rows}) AS n WHERE {same}"
    yield f"INSERT INTO {record.table} BY NAME {rows} ORDER BY {', '.join(key)}"


def table_of(record: Record) -> str:
    """The statement that makes the stored table, in lines that are not too long."""
    lines = [""]
    for definition in record.definitions:
        if len(lines[-1]) + len(definition) > LONGEST_LINE:
            lines.append("")
        lines[-1] += f"{definition}, "
    columns = "\n    ".join(line.rstrip() for line in lines).rstrip(",")
    return f"CREATE TABLE {record.table} (\n    {columns}\n);"
