"""A verdict on a criterion, and the tables that hold them: `verified.csv`, and those that somebody filled in."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from io import StringIO
from pathlib import Path

from dashboard.loading.yaml_file import read_text
from dashboard.model.framework import Held
from dashboard.model.problem import Problem, Weight
from dashboard.model.sheet_cells import unguarded, xml_text

OTHERWISE = "says_otherwise"
MARKS: Mapping[str, Held] = {"says_this": "confirmed", "own_reading": "own_reading", OTHERWISE: "to_verify"}
"""The mark that each verdict sets."""


@dataclass(frozen=True)
class Verdict:
    """What somebody found in the document about one criterion: a row of the table.

    `instead` is what the document says, where it says otherwise. `text` is ours as it was compared, and `version` that
    of the standard since which the mark stands.
    """

    criterion: str
    verdict: str
    page: str
    instead: str = ""
    role: str = ""
    date: str = ""
    version: str = ""
    text: str = ""


COLUMNS = tuple(field.name for field in fields(Verdict))
NEEDED = ("criterion", "verdict", "page")
"""The columns without which a table cannot be taken."""


def read_table(path: Path) -> dict[int, Mapping[str, str]] | Problem:
    """The rows of a table by their lines, with commas, semicolons or tabs; or that it lacks a column."""
    text = read_text(path, short_name(path))
    if isinstance(text, Problem):
        return text
    first = text.partition("\n")[0]
    reader = csv.DictReader(
        StringIO(text, newline=""), restval="", delimiter=max(",;\t", key=lambda sign: first.count(sign))
    )
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    for name in NEEDED:
        if name not in names:
            return Problem("missing_column", short_name(path), column=name, weight=Weight.FILE)
    reader.fieldnames = names
    rows = dict[int, Mapping[str, str]]()
    for row in reader:
        rows[reader.line_num] = {name: unguarded(cell) for name, cell in row.items() if name is not None}
    return rows


def short_name(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def one_line(text: str) -> str:
    """A text on one line, without characters that no file can hold."""
    return " ".join(xml_text(text).split())


def verdict_in(row: Mapping[str, str]) -> Verdict:
    """The verdict in a row, which may say it in the words of the page: `Says otherwise: …`."""
    cells = {name: one_line(row.get(name, "")) for name in COLUMNS}
    said, _, instead = cells["verdict"].partition(":")
    code = said.strip().lower().replace(" ", "_").removeprefix("our_")
    page, instead = written_page(cells["page"]), cells["instead"] or instead.strip()
    return Verdict(**{**cells, "verdict": code, "page": page, "instead": instead})


def written_page(page: str) -> str:
    """A page as it follows the citation: a number alone is called one."""
    if not re.fullmatch(r"[\d ,–-]*\d", page):
        return page
    return f"{'page' if page.isdigit() else 'pages'} {page}"
