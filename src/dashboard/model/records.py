"""The tables of the store, each declared once in `records.yaml`.

Forms, staging, mechanical checks, the preview of changes, masking, the sheets of a workbook, `schema.sql` and
`docs/data-format.md` are made from them. See docs/decisions/0055-records.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Any

import yaml

RESERVED = frozenset({"group"})
"""Names of columns that SQL quotes."""


class Kind(StrEnum):
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


class Shown(StrEnum):
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
    """One column of a table. `says`, `empty` and `example` are for the documentation."""

    name: str
    says: str
    empty: str = "yes"
    example: str = ""
    kind: Kind = Kind.TEXT
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
    shown: Shown = Shown.NOTHING
    called: str = ""
    """Its name in lists of changes, if another table has a different column of this name."""
    width: int = 0
    """Its width, in characters, on the sheet where an operation fills it in; 0 if nobody does there."""
    choice: str = ""
    """The list of that sheet that it is chosen from."""

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
    kind = Kind[str(about.pop("kind", "text")).upper()]
    shown = Shown(about.pop("shown", "nothing"))
    return Column(name, kind=kind, shown=shown, **{key: _frozen(value) for key, value in about.items()})


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
FORMATS = (".csv", ".xlsx", ".parquet")
"""How a file of a table may end."""
