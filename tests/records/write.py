"""Writes what is made from the records and read by people: `make records` is the command.

The statements of `schema.sql` that make tables with a record, and their tables in `docs/data-format.md`.
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from dashboard.model.records import RECORDS, Column, Record
from dashboard.store.record_columns import table_of
from tests.conftest import ROOT

SCHEMA = ROOT / "src/dashboard/store/schema.sql"
FORMAT = ROOT / "docs/data-format.md"
HEAD = "| column | what it holds | may be empty | example |\n|---|---|---|---|\n"


def schema(text: str, records: Mapping[str, Record]) -> str:
    """The schema with the statements of these records. Raises ValueError if a table has none yet."""
    for record in records.values():
        made = re.compile(rf"^CREATE TABLE {record.table} \(.*?\);$", re.DOTALL | re.MULTILINE)
        text = _replaced(made, table_of(record), text, f"{SCHEMA.name} has no table {record.table}")
    return text


def data_format(text: str, records: Mapping[str, Record]) -> str:
    """The page with the tables of these records. Raises ValueError if one has no heading with a table below."""
    for form, record in records.items():
        below = re.compile(
            rf"(?<=^### {form}\n)(?P<said>.*?){re.escape(HEAD)}(?:\|[^\n]*\n)*", re.DOTALL | re.MULTILINE
        )
        found = below.search(text)
        if found is None or "\n### " in found["said"]:
            raise ValueError(f"{FORMAT.name} has no table under {form}")
        rows = "".join(f"{_row(column)}\n" for column in record.columns)
        text = text[: found.start()] + found["said"] + HEAD + rows + text[found.end() :]
    return text


def _row(column: Column) -> str:
    name = f"**{column.name}**" if column.head else column.name
    # In a table, a bar within code would end the cell.
    example = column.example if "&#" in column.example else f"`{column.example}`" if column.example else ""
    return f"| {name} | {column.says} | {column.empty} | {example} |".replace("|  |", "| |")


def _replaced(pattern: re.Pattern[str], by: str, text: str, otherwise: str) -> str:
    replaced, n = pattern.subn(lambda _: by, text)
    if n != 1:
        raise ValueError(otherwise)
    return replaced


def made() -> dict[Path, str]:
    """Every file with what it should hold."""
    return {
        SCHEMA: schema(SCHEMA.read_text("utf-8"), RECORDS),
        FORMAT: data_format(FORMAT.read_text("utf-8"), RECORDS),
    }


def main() -> int:
    """Write every file."""
    for path, text in made().items():
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
