"""The tables of the store, each declared once in `records.yaml`; their rows as edited, as CSV and as a schema.

Forms, staging, mechanical checks, the preview of changes, masking, the sheets of a workbook, `schema.sql` and
`docs/data-format.md` are made from them. See docs/decisions/0002-records.md.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from importlib.resources import files
from io import StringIO
from typing import Any, ClassVar, Generic, Self, TypeVar

import yaml

from dashboard.model.permissions import Deed
from dashboard.model.sheet_cells import guarded

RESERVED = frozenset({"group"})
"""Names of columns that SQL quotes."""


class ColumnKind(StrEnum):
    """How what a file holds as text is stored."""

    TEXT = "VARCHAR"
    DATE = "DATE"
    GRADE = "SMALLINT"
    """A whole number from 1 to 4."""
    COUNT = "INTEGER"
    """A whole number of children, or `withheld`."""
    FLAG = "BOOLEAN"
    """`true` or `false`; empty is false."""
    LIST = "VARCHAR[]"
    """Codes or words, separated by semicolons."""


class ShownColumn(StrEnum):
    """What a room sees of a text while names are hidden. Numbers and dates have rules of their own."""

    NOTHING = "nothing"
    OPEN = "open"
    """As it is: a code or a word of a fixed list."""
    ROLE = "role"
    """That a role is named."""
    LEFT_OUT = "left out"
    """That something was written."""
    REPLACED = "replaced"
    """What a statement in `masking/` puts in its place, or keeps on purpose."""


@dataclass(frozen=True)
class Column:
    """One column of a table. `says`, `empty` and `example` are for the documentation.

    `described` adds what is declared. So `says` names words only where it explains all of them.
    """

    name: str
    says: str
    empty: str = "yes"
    example: str = ""
    kind: ColumnKind = ColumnKind.TEXT
    head: bool = False
    """Whether a file must have the column."""
    must: bool = False
    """Whether a row without a value is left out."""
    of: str = ""
    """The table whose codes it names."""
    among: str = ""
    """In SQL: which rows of that table it may name."""
    words: tuple[str, ...] = ()
    """The words allowed, in the order in which they are offered."""
    pattern: tuple[str, str] | None = None
    """A regular expression for a number, and the same for people: `1 to 99`."""
    past: bool = False
    """Whether it is a day that is not after tomorrow."""
    when: str = ""
    """In SQL: for which rows the checks of this column hold."""
    stored: str | None = None
    """The stored column with its type, if it has another name or type; empty if it is not stored by itself."""
    extra: str = ""
    """What follows the type in the stored table."""
    shown: ShownColumn = ShownColumn.NOTHING
    called: str = ""
    """Its name in lists of changes, if another table has a different column of this name."""
    width: int = 0
    """Its width, in characters, on the sheet where an operation fills it in; 0 if nobody does there."""
    choice: str = ""
    """The list of that sheet that it is chosen from."""

    @property
    def described(self) -> str:
        """What it holds, in Markdown: `says`, and the words, numbers, roles and days that are allowed."""
        words = [f"`{word}`" for word in self.words]
        allowed = ""
        if self.kind is ColumnKind.GRADE:
            allowed = f"{words[0]} to {words[-1]}"
        elif not all(word in self.says for word in words):
            allowed = either(words)
        elif self.pattern is not None:
            allowed = self.pattern[1]
        elif self.shown is ShownColumn.ROLE:
            allowed = "a role, never a name"
        said = f"{self.says}: {allowed}" if allowed else self.says
        return f"{said}, not after tomorrow" if self.past else said

    @property
    def definition(self) -> str:
        """The stored column with its type; empty if there is none."""
        if self.stored is not None:
            return self.stored
        return " ".join(filter(None, (self.name, self.kind.value, self.extra)))

    @property
    def stored_name(self) -> str:
        """The name of the stored column; empty if there is none."""
        return self.definition.partition(" ")[0]

    @property
    def stored_type(self) -> str:
        """The type of the stored column. Raises IndexError if there is none."""
        return self.definition.split()[1]

    @property
    def change(self) -> str:
        """Its name in lists of changes."""
        return self.called or self.name

    @property
    def quoted(self) -> str:
        """Its name as SQL writes it."""
        return f'"{self.name}"' if self.name in RESERVED else self.name


@dataclass(frozen=True)
class Record:
    """One table: as a file (`form`), recognised by the columns it must have, and as it is stored (`table`)."""

    form: str
    table: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """The columns that say what a row is about: two rows with the same say one thing twice. Empty if any may be."""
    of: str = ""
    """The column that a problem with the key names, if it is not the first."""
    first: str = ""
    """A stored column before all others: the number of a row."""
    also: tuple[str, ...] = ()
    """Stored columns that no file has, each with its type."""
    compared: bool = False
    """Whether its rows are compared with what is published before somebody publishes them."""
    begins: str = ""
    """The column without which there was no such row before."""
    coined: bool = False
    """Whether its first column is a code that this table gives."""
    replaces: bool = False
    """Whether a row does no more than replace what was said about the same thing before."""
    withdraws: bool = False
    """Whether a row with nothing but its key withdraws what there was: no other check looks at it."""
    quoted: bool = True
    """Whether a line that cannot be read is quoted; it may hold a small number of children."""
    former: tuple[str, ...] = ()
    """Columns that are no longer read."""

    @property
    def definitions(self) -> tuple[str, ...]:
        """The stored columns, each with its type."""
        return tuple(filter(None, (self.first, *(column.definition for column in self.columns), *self.also)))

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of a file, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that a file must have."""
        return tuple(column.name for column in self.columns if column.head)

    @property
    def changing(self) -> tuple[Column, ...]:
        """The columns beside the key: what a row says."""
        return tuple(column for column in self.columns if column.name not in self.key)

    @property
    def has_round(self) -> bool:
        """Whether every row belongs to a round."""
        return any(column.name == "round" and column.must and not column.when for column in self.columns)

    def column(self, name: str) -> Column:
        """The column with this name. Raises KeyError if there is none."""
        return {column.name: column for column in self.columns}[name]

    @staticmethod
    def read(form: str, said: Mapping[str, Any]) -> "Record":
        """A record as `records.yaml` says it. Raises TypeError or ValueError if it says something unknown."""
        columns = tuple(_column(name, dict(about)) for name, about in said["columns"].items())
        rest = {key: _frozen(value) for key, value in said.items() if key != "columns"}
        return Record(form, columns=columns, **rest)


def _column(name: str, about: dict[str, Any]) -> Column:
    kind = ColumnKind[str(about.pop("kind", "text")).upper()]
    shown = ShownColumn(about.pop("shown", "nothing"))
    # Only a check that holds for every row makes a cell that is never empty.
    about.setdefault("empty", "no" if about.get("must") and "when" not in about else "yes")
    return Column(name, kind=kind, shown=shown, **{key: _frozen(value) for key, value in about.items()})


def either(words: Sequence[str]) -> str:
    """Return the words as a choice: `a, b or c`. Raises IndexError if there are none."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def read_records(text: str) -> dict[str, Record]:
    """The records of a YAML text, by form, in its order. Raises TypeError or ValueError for anything unknown."""
    said = yaml.load(text, yaml.CSafeLoader)
    return {form: Record.read(form, about) for form, about in said.items()}


RECORDS: Mapping[str, Record] = read_records(files("dashboard.model").joinpath("records.yaml").read_text("utf-8"))
"""The tables of the store, by form, in the order in which they are described."""
EVIDENCE = RECORDS["answers"].column("evidence").words
"""Evidence words from weakest to strongest; their index is the level, 0 to 3."""
FORMATS = (".csv", ".xlsx", ".ods", ".xls", ".xlsb", ".parquet")
"""How a file of a table may end."""


DAY_PATTERN = r"^\d{4}-\d{2}-\d{2}$"


def tables_schema() -> dict[str, Any]:
    """The schema of an object that has, by form, the rows of a table: every value a text, as in a CSV file."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {form: {"type": "array", "items": row_schema(record)} for form, record in RECORDS.items()},
    }


def row_schema(record: Record) -> dict[str, Any]:
    """The schema of one row. What depends on other rows or tables is not in it."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(record.required),
        "properties": {column.name: _cell(column) for column in record.columns},
    }


def _cell(column: Column) -> dict[str, Any]:
    about: dict[str, Any] = {"type": "string", "description": column.described}
    if column.kind is ColumnKind.DATE:
        about["pattern"] = DAY_PATTERN if column.must else f"^$|{DAY_PATTERN}"
    elif column.pattern is not None:
        about["pattern"] = f"^({column.pattern[0]})$" if column.must else f"^({column.pattern[0]})?$"
    elif column.words and column.kind is not ColumnKind.LIST:
        about["enum"] = [*column.words, *([] if column.must and not column.when else [""])]
    return about | ({"examples": [column.example]} if column.example else {})


Typed = TypeVar("Typed")


@dataclass(frozen=True)
class EditedRow:
    """One row of the table whose form is `form`. Days are written YYYY-MM-DD, codes are as in files.

    Writing one takes `deed`. A new one gets the next free number after `letter`, if there is one.
    """

    form: ClassVar[str]
    deed: ClassVar[Deed]
    letter: ClassVar[str] = ""
    own_content: ClassVar[tuple[str, ...]] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What the row is about, as its record declares it."""
        return tuple(getattr(self, name) for name in RECORDS[self.form].key)

    @classmethod
    def content(cls) -> tuple[str, ...]:
        """Return the fields that say something about the key; two rows with the same content do not conflict."""
        key = RECORDS[cls.form].key
        return cls.own_content or tuple(field.name for field in fields(cls) if field.name not in key)

    @classmethod
    def of(cls, row: Mapping[str, object]) -> Self:
        """Return the row with these values; days and lists may be such objects. Raises KeyError if one is missing."""
        return cls(**{field.name: text_of(row[field.name]) for field in fields(cls)})

    def differing(self, other: Self) -> tuple[str, ...]:
        """Return the content in which two versions differ, in the order of the form."""
        return tuple(name for name in self.content() if getattr(self, name) != getattr(other, name))


@dataclass(frozen=True)
class Draft(Generic[Typed]):
    """One thing as it was when somebody began to type, None for a new one, and as it is in the form."""

    was: Typed | None
    typed: Typed


def text_of(value: object) -> str:
    """Return a value as in a file; None is an empty text."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)


def as_csv(form: Record, rows: Iterable[Mapping[str, str]]) -> str:
    """Return a header with every column of the form, then one line per row; missing values are empty.

    A text that a spreadsheet would read as a formula is guarded. Reading the file back gives the same values.
    """
    stream = StringIO(newline="")
    # With CRLF line ends, a text that holds either character is quoted.
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(form.names)
    writer.writerows([guarded(row.get(column, "")) for column in form.names] for row in rows)
    return stream.getvalue()
