"""Writes what is made from the records and read by people: `make records` is the command.

The statements of `schema.sql` that make tables with a record; in `docs/data-format.md`, their columns and keys, and the
list of problems, whose sentences are those of the file of words.
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from dashboard.loading.yaml_file import read_words
from dashboard.model.records import RECORDS, Column, Record
from dashboard.store.record_columns import table_of
from tests.conftest import ROOT
from tests.docs.problem_costs import costs_of_a_load

SCHEMA = ROOT / "src/dashboard/store/schema.sql"
FORMAT = ROOT / "docs/data-format.md"
HEAD = "| column | what it holds | may be empty | example |\n|---|---|---|---|\n"
KEY = "**Key:** "
PROBLEMS = "| cost | kind | what it says |\n|---|---|---|\n"
COSTS = ("file", "row", "note")
"""What a problem may cost, from most to least."""


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
            rf"(?<=^### {form}\n)(?P<said>.*?){re.escape(HEAD)}(?:\|[^\n]*\n)*(?:\n{re.escape(KEY)}[^\n]*\n)?",
            re.DOTALL | re.MULTILINE,
        )
        found = below.search(text)
        if found is None or "\n### " in found["said"]:
            raise ValueError(f"{FORMAT.name} has no table under {form}")
        rows = "".join(f"{_row(column)}\n" for column in record.columns)
        text = text[: found.start()] + found["said"] + HEAD + rows + _key(record) + text[found.end() :]
    return text


def problems(text: str, costs: Mapping[str, set[str]]) -> str:
    """The page with these kinds of problems, the most costly first. Raises ValueError if it has no list of them."""
    said = {key.removeprefix("problem."): str(text) for key, text in read_words().texts.items()}
    first = {kind: min(map(COSTS.index, costs[kind])) for kind in said if kind in costs}
    rows = [
        f"| {' or '.join(sorted(costs[kind], key=COSTS.index))} | `{kind}` | {re.sub(r'{.*?}', '…', said[kind])} |\n"
        for kind in sorted(first, key=first.__getitem__)
    ]
    made = re.compile(rf"{re.escape(PROBLEMS)}(?:\|[^\n]*\n)*")
    return _replaced(made, PROBLEMS + "".join(rows), text, f"{FORMAT.name} has no list of problems")


def _row(column: Column) -> str:
    name = f"**{column.name}**" if column.head else column.name
    # In a table, a bar within code would end the cell.
    example = column.example if "&#" in column.example else f"`{column.example}`" if column.example else ""
    return f"| {name} | {column.described} | {column.empty} | {example} |".replace("|  |", "| |")


def _key(record: Record) -> str:
    names = [f"`{name}`" for name in record.key]
    return f"\n{KEY}{' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))}.\n" if names else ""


def _replaced(pattern: re.Pattern[str], by: str, text: str, otherwise: str) -> str:
    replaced, n = pattern.subn(lambda _: by, text)
    if n != 1:
        raise ValueError(otherwise)
    return replaced


def made() -> dict[Path, str]:
    """Every file with what it should hold."""
    return {
        SCHEMA: schema(SCHEMA.read_text("utf-8"), RECORDS),
        FORMAT: problems(data_format(FORMAT.read_text("utf-8"), RECORDS), costs_of_a_load()),
    }


def main() -> int:
    """Write every file."""
    for path, text in made().items():
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
