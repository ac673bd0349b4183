"""Writes what is made from the records and read by people: `make records` is the command.

The statements of `schema.sql` that make tables with a record; in `docs/data-format.md`, their columns and keys, and the
list of problems; in `docs/method.md`, what each grade of severity needs; both in the sentences of the file of words; in
`frameworks/README.md`, the keys of a case and of a piece of guidance, which their models describe.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

from dashboard.loading.yaml_file import read_words
from dashboard.model.guidance import CaseStudy, Guidance
from dashboard.model.known_codes import GRADES, OF_SEVERITY
from dashboard.model.records import RECORDS, Column, Record, either
from dashboard.store.record_columns import table_of
from tests.conftest import ROOT
from tests.docs.problem_costs import costs_of_a_load

SCHEMA = ROOT / "src/dashboard/store/schema.sql"
FORMAT = ROOT / "docs/data-format.md"
METHOD = ROOT / "docs/method.md"
CONTENT = ROOT / "frameworks/README.md"
HEAD = "| column | what it holds | may be empty | example |\n|---|---|---|---|\n"
KEYS = "| key | what it holds | may be left out |\n|---|---|---|\n"
KEY = "**Key:** "
PROBLEMS = "| cost | kind | what it says |\n|---|---|---|\n"
WIDTH = 150
"""Characters in a line of a paragraph."""
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


def method(text: str) -> str:
    """The page with what each grade of severity needs. Raises ValueError if it has no heading for that."""
    words, parts = read_words(), (*OF_SEVERITY, "example")
    heading = f"### {words('rating.title')}\n"
    titles = [words("grade.severity"), *(words(f"rating.{part}") for part in parts)]
    rows = [titles, ["---"] * len(titles)]
    for grade in reversed(GRADES):
        title = words("rating.grade", grade=grade, title=words(f"grade.severity_{grade}"))
        rows.append([title, *(words(f"rating.{part}_{grade}") for part in parts)])
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    told = "".join(f"{fill(words(f'rating.{name}'), WIDTH)}\n\n" for name in ("rule", "why"))
    made = re.compile(rf"^{re.escape(heading)}.*?(?=^#)", re.DOTALL | re.MULTILINE)
    return _replaced(made, f"{heading}\n{told}{table}\n", text, f"{METHOD.name} does not say what a grade needs")


def content(text: str) -> str:
    """The page with the keys of a case and of a piece of guidance. Raises ValueError if either has no table."""
    for heading, model in (("A case", CaseStudy), ("A piece of guidance", Guidance)):
        made = re.compile(rf"(?<=^### {heading}\n\n){re.escape(KEYS)}(?:\|[^\n]*\n)*", re.MULTILINE)
        by = KEYS + "".join(_keys(model.model_json_schema(), text))
        text = _replaced(made, by, text, f"{CONTENT.name} has no table under {heading}")
    return text


def _keys(schema: Mapping[str, Any], text: str) -> Iterator[str]:
    """A row for each key, then for those of the entries of its lists. A section is named as its heading in `text`."""
    inner = schema.get("$defs", {})
    for name, about in schema["properties"].items():
        heading = name.replace("_", " ").capitalize()
        shown = f"*{heading}*" if f"\n## {heading}\n" in text else f"`{name}`"
        words = [f"`{word}`" for word in about.get("enum", about.get("items", {}).get("enum", ()))]
        said = about["description"]
        if not all(word in said for word in words):
            said += f": {either(words)}"
        yield f"| {shown} | {said} | {'no' if name in schema['required'] else 'yes'} |\n"
        entry = inner.get(about.get("items", {}).get("$ref", "").rpartition("/")[2], {"properties": {}})
        for key, told in entry["properties"].items():
            left_out = "no" if key in entry["required"] else "yes"
            yield f"| `{key}` in `{name}` | {told['description']} | {left_out} |\n"


def _key(record: Record) -> str:
    return f"\n{KEY}{', '.join(f'`{name}`' for name in record.key)}.\n" if record.key else ""


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
        METHOD: method(METHOD.read_text("utf-8")),
        CONTENT: content(CONTENT.read_text("utf-8")),
    }


def main() -> int:
    """Write every file."""
    for path, text in made().items():
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
