"""Does docs/data-format.md match the code: tables, columns, what may be empty, what a problem costs?"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.model.records import RECORDS
from dashboard.store.publishing.publish import check
from tests.conftest import ROOT, TODAY
from tests.docs.problem_costs import costs_of_a_load

PAGE = (ROOT / "docs" / "data-format.md").read_text("utf-8")
TABLES = PAGE[PAGE.index("## The tables") : PAGE.index("## The workbook of an operation")]
REPEATED = {"duplicate_row", "duplicate_answer", "title_twice", "evidence_kept"}
"""Reported because of other rows, if all rows of a file are about the same thing."""


@dataclass(frozen=True)
class Told:
    """One column as the page describes it."""

    required: bool
    empty: str
    example: str


def rows_of(text: str) -> Iterator[list[str]]:
    """The cells of every row of a Markdown table, without its header."""
    header = True
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            header = True
        elif header:
            header = False
        elif set("".join(cells)) != {"-"}:
            yield cells


def columns_of(form: str) -> dict[str, Told]:
    """The columns of one table of the page, in order. One row may describe several."""
    start = re.search(rf"^### {form}$", TABLES, re.MULTILINE)
    assert start, f"there is no section on {form}"
    section = TABLES[start.end() :].split("\n### ")[0]
    told = {}
    for names, _, empty, example in (cells if len(cells) == 4 else [*cells, ""] for cells in rows_of(section)):
        several = names.split(", ")
        examples = example.split(", ") if len(several) > 1 else [example]
        for position, name in enumerate(several):
            shown = examples[position].strip("`") if position < len(examples) else ""
            told[name.strip("*")] = Told(name.startswith("**"), empty, shown)
    return told


def test_every_table_has_a_section_and_every_section_a_table() -> None:
    headings = re.findall(r"^### (\w+)$", TABLES, re.MULTILINE)
    assert headings == list(RECORDS)


@pytest.mark.parametrize("form", RECORDS)
def test_the_columns_of_a_table_are_those_of_the_code(form: str) -> None:
    told = columns_of(form)
    assert set(told) == set(RECORDS[form].names)
    assert {name for name, column in told.items() if column.required} == set(RECORDS[form].required)


def sound_row(form: str) -> dict[str, str]:
    """The examples of one table as a row. For `as above`, the example is in the table above."""
    above = columns_of("risk_ratings")
    return {
        name: above[name].example if column.empty == "as above" else column.example
        for name, column in columns_of(form).items()
    }


def wrong_rows(folder: Path, store: Path, form: str, rows: list[Mapping[str, str]]) -> dict[int, set[str]]:
    """The kinds of problems that rows of one file have, by position."""
    path = folder / f"{form}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, RECORDS[form].names)
        writer.writeheader()
        writer.writerows(rows)
    wrong: dict[int, set[str]] = {}
    for problem in check(store, [path], TODAY):
        if problem.serious and problem.row is not None and problem.kind not in REPEATED:
            wrong.setdefault(problem.row - 2, set()).add(problem.kind)
    return wrong


@pytest.mark.thorough
@pytest.mark.parametrize("form", RECORDS)
def test_the_example_of_a_table_is_sound_and_only_what_may_be_empty_can_be(
    form: str, sample_store: Path, tmp_path: Path
) -> None:
    """The example is the first row; each of the others lacks the value of one column."""
    row, told = sound_row(form), columns_of(form)
    plain = [name for name, column in told.items() if row[name] and re.match(r"(no|yes|not wisely)\b", column.empty)]
    wrong = wrong_rows(tmp_path, sample_store, form, [row, *({**row, name: ""} for name in plain)])
    assert 0 not in wrong, f"the example itself: {wrong[0]}"
    cannot = {name for position, name in enumerate(plain, start=1) if position in wrong}
    assert cannot == {name for name in plain if re.match(r"no\b", told[name].empty)}


def test_what_a_problem_costs_is_what_the_code_says() -> None:
    section = PAGE[PAGE.index("## What a problem costs") : PAGE.index("## Publishing again")]
    told: dict[str, set[str]] = {}
    for cost, kinds, *_ in rows_of(section[section.index("| cost | kind |") :]):
        for kind in re.findall(r"`(\w+)`", kinds):
            assert kind not in told, f"{kind} stands in two rows"
            told[kind] = set(cost.split(" or "))
    assert told == costs_of_a_load()
