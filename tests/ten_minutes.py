"""The two small standards of docs/own-standard.md, typed into the template as the page says, and their tables."""

import re
from pathlib import Path

from python_calamine import CalamineWorkbook

from tests.conftest import ROOT
from tests.standards import Sheets, write_sheets

PAGE = (ROOT / "docs" / "own-standard.md").read_text("utf-8")
FIRST, _, _rest = PAGE.partition("\n## A second standard")
SECOND = _rest.partition("\n## From CISO Assistant")[0]
RECIPE = PAGE.partition("\n## A recipe: an index by kind of service")[2]
NUMBERS = {"year"}


def commands(page: str = FIRST) -> list[list[str]]:
    """Every call of `dashboard` for one standard, in order, split into words."""
    return [line.split()[1:] for line in re.findall(r"^    (dashboard .*)$", page, re.MULTILINE)]


def fill_in(template: Path, page: str = FIRST) -> None:
    """Type the tables of the page into the workbook. Text cells stay text, as in the template."""
    book = CalamineWorkbook.from_path(template)
    pages: Sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    settings, areas, criteria, *_ = tables_of(page)
    values = dict(row for row in settings[1:])
    for row in pages["framework"][1:]:
        if row[0] in values:
            row[1] = int(values[row[0]]) if row[0] in NUMBERS else values[row[0]]
    for name, table in (("areas", areas), ("criteria", criteria)):
        pages[name] += [
            [dict(zip(table[0], row, strict=True)).get(column, "") for column in pages[name][0]] for row in table[1:]
        ]
    write_sheets(template, pages)


def lay_tables(folder: Path, page: str = FIRST) -> None:
    """Write the tables of the page."""
    for name, block in re.findall(r"^`(\S+\.csv)`\n\n((?:    .*\n)+)", page, re.MULTILINE):
        (folder / name).write_text(re.sub(r"^    ", "", block, flags=re.MULTILINE), "utf-8")


def tables_of(page: str) -> list[list[list[str]]]:
    found = re.findall(r"^(\|.*\|)\n\|[-|]+\|\n((?:\|.*\|\n)+)", page, re.MULTILINE)
    return [
        [[cell.strip() for cell in line[1:-1].split("|")] for line in [head, *rows.splitlines()]]
        for head, rows in found
    ]
