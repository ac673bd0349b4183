"""Writes the columns of a table in SQL, and the checks of staged rows that need no more than its columns.

Nothing in it comes from outside: names and words are those of `model/records.yaml`.
"""

# ruff: noqa: S608

from collections.abc import Iterable, Iterator, Set

from dashboard.model.records import EVIDENCE, RECORDS, Column, ColumnKind, Record, ShownColumn

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


def split(name: str) -> str:
    """The codes in a cell of staged rows, which are separated by semicolons."""
    return f"coalesce(string_split(replace({name}, ' ', ''), ';'), [])"


def no_link(name: str) -> str:
    """Whether a cell of staged rows holds anything but an address that somebody may follow: no password, no spaces."""
    return rf"NOT regexp_full_match({name}, '(?i)https?://[^\s/?#@<>\"\\]+([/?#][^\s<>\"\\]*)?')"


def cast(form: str, alias: str, *without: str) -> str:
    """The same without their names, to compare them."""
    return ", ".join(_typed(column, alias) for column in plain(form, *without))


def hides(role: str, left_out: str) -> Iterator[str]:
    """Puts in place of what people wrote in each table that a role is named, that something is left out, or nothing."""
    instead = {ShownColumn.ROLE: text(role), ShownColumn.LEFT_OUT: text(left_out)}
    for record in RECORDS.values():
        columns = plain(record.form)
        if any(column.shown in instead for column in columns):
            changed = [
                f"CASE WHEN {column.stored_name} IS NOT NULL THEN {instead[column.shown]} END AS {column.stored_name}"
                if column.shown in instead
                else f"CAST(NULL AS VARCHAR) AS {column.stored_name}"
                for column in columns
                if column.shown in instead or (column.shown is ShownColumn.NOTHING and column.stored_type == "VARCHAR")
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
            if column.kind is ColumnKind.FLAG
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
    if column.kind is ColumnKind.LIST:
        return f"array_to_string(k.{name}, ';')"
    if column.kind is ColumnKind.COUNT:
        return f"CASE WHEN list_contains(k.withheld, '{name}') THEN 'withheld' ELSE CAST(k.{name} AS VARCHAR) END"
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


NAMES_AN_AREA = ("targets", "area")
"""The column that names an area of a standard; areas and criteria have former ids alike."""


def recode(kind: str) -> Iterator[str]:
    """Puts the present code in place of a former one in the staged rows, as `former_names` says.

    What was found is noted in `former_id`. `kind` is `country`, `operation` or `criterion`: the table whose codes they
    are, areas included. The lists themselves keep what they say: there, a former code is a mistake.
    """
    for record in RECORDS.values():
        for column in record.columns:
            listed = (record.form, column.name) == ("operations", "country") and kind == "country"
            area = (record.form, column.name) == NAMES_AN_AREA and kind == "criterion"
            if column.of == kind or listed or area:
                table = f"staged_{record.form}"
                named = f"former_names AS n WHERE n.kind = '{kind}' AND n.former = {table}.{column.quoted}"
                yield (
                    f"INSERT INTO former_id SELECT '{record.form}', '{column.name}', n.former, n.code, "
                    f"min({table}.rowid) FROM {table}, {named} GROUP BY n.former, n.code"
                )
                yield f"UPDATE {table} SET {column.quoted} = n.code FROM {named}"
    if kind != "criterion":
        named = f"former_names AS n WHERE n.kind = '{kind}' AND scope = '{kind}:' || n.former"
        yield f"UPDATE staged_people SET scope = '{kind}:' || n.code FROM {named}"


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
        if column.words and column.kind is ColumnKind.LIST:
            yield _unlisted(record, column)
        if column.kind is ColumnKind.GRADE:
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
    if column.kind is ColumnKind.DATE:
        needed = "" if column.must else f"{name} IS NOT NULL AND "
        yield "bad_date", name, text(DAY), f"{needed}try_cast({name} AS DATE) IS NULL"
        if column.past:
            yield "future_date", name, "CAST($today + 1 AS VARCHAR)", f"try_cast({name} AS DATE) > $today + 1"
    elif column.pattern is not None:
        pattern, said = column.pattern
        fits = f"regexp_full_match({name}, {text(pattern)})"
        unfit = f"NOT coalesce({fits}, false)" if column.must else f"NOT {fits}"
        yield "bad_number", name, text(said), unfit
    elif column.words and column.kind is not ColumnKind.LIST:
        yield "off_scale", name, text(", ".join(column.words)), _off_scale(column)
    elif column.must and not column.of:
        yield "missing_value", "NULL", "NULL", f"{name} IS NULL"


def _off_scale(column: Column) -> str:
    name = f"lower({column.quoted})" if column.kind is ColumnKind.FLAG else column.quoted
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
    signs = record.form == "approvals"
    value = f"concat_ws(', ', {parts})" if signs else f"coalesce({named}, {record.key[0]})"
    expected = text(", ".join(record.column("state").words[:2])) if signs else "NULL"
    return (
        f"INSERT INTO found SELECT 'duplicate_row', '{record.form}', rowid, '{named}', {value}, {expected} "
        f"FROM staged_{record.form}{given} QUALIFY row_number() OVER (PARTITION BY {parts} ORDER BY rowid) > 1"
    )


def column_checks(forms: Set[str], lists: bool) -> Iterator[str]:
    """The checks of these forms: of the lists, or of all others."""
    for record in RECORDS.values():
        if record.form in forms and (record.form in LISTED) is lists:
            yield from checks_of(record)
