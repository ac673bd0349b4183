"""Does the recipe of docs/own-standard.md give the totals of an index that weighs by kind of service?"""

import csv
from fractions import Fraction
from math import floor
from pathlib import Path
from statistics import mean

import pytest

from tests.books import cells_of
from tests.standards import write_sheets
from tests.tasks.test_command import call
from tests.ten_minutes import PAGE, RECIPE, fill_in, tables_of

OWN = {"implemented": Fraction(1), "partly": Fraction(1, 2), "not_implemented": Fraction(0)}
PRACTICE = {"no": Fraction(1), "partly": Fraction(1, 2), "yes": Fraction(0), "none": Fraction(0)}
WEIGHTS = {"company": 1, "mobile": 3, "home": 2}
COUNTRIES = ("GHA", "KEN", "TCD", "COD", "RWA", "SEN", "TZA", "BOL", "COL", "GTM", "MDG", "ZMB")
SERVICES = ("mobile;isp", "mobile", "isp")
Company = dict[tuple[str, str], list[tuple[str, str]]]
"""What one company answers, by indicator and kind of service: the criterion and the status."""


def answers_of(number: int) -> Company:
    """What the company with this number says."""
    _, _, criteria, *_ = tables_of(RECIPE)
    offered = SERVICES[number % len(SERVICES)].split(";")
    said: Company = {}
    for position, row in enumerate(criteria[1:]):
        area, element, criterion, _, _, scale, service = row
        words = list(PRACTICE if scale else OWN)
        if not service or service in offered:
            status = words[(number * number * (position + 3) + number // 3 + position) % len(words)]
            said.setdefault((area, element), []).append((criterion, status))
    return said


def total(said: Company) -> Fraction:
    """The total of the index, from 0 to 1: no code of the program is used."""
    value = {
        key: mean((PRACTICE if c in ("OL-2.m1", "OL-2.h1") else OWN)[s] for c, s in found)
        for key, found in said.items()
    }
    totals: list[Fraction] = []
    for indicator in sorted({area for area, _ in said}):
        weighed = {element: WEIGHTS[element] for area, element in said if area == indicator}
        points = sum((weight * value[indicator, element] for element, weight in weighed.items()), Fraction(0))
        totals.append(points / sum(weighed.values()))
    return mean(totals)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the standard of the recipe, typed as the page says, and what twelve companies answer."""
    folder = tmp_path_factory.mktemp("index")
    book = folder / "open-lines.xlsx"
    assert call("framework", "--template", book).exit_code == 0
    fill_in(book, RECIPE)
    pages = cells_of(book.read_bytes())
    *_, scale, weights = tables_of(RECIPE)
    for name, table in (("scale", scale), ("weights", weights)):
        pages[name] += [
            [dict(zip(table[0], row, strict=True)).get(str(head), "") for head in pages[name][0]] for row in table[1:]
        ]
    write_sheets(book, pages)
    made = call("framework", "--from", book, "--into", folder / "data" / "frameworks")
    assert made.exit_code == 0, made.output
    tables = {
        "countries": [["country", "title", "region"], *([code, code.title(), ""] for code in COUNTRIES)],
        "operations": [["operation", "country", "title", "kind", "services"]],
        "rounds": [["round", "title", "starts_on", "ends_on"], ["2026", "Round 2026", "2026-02-02", "2026-05-29"]],
        "answers": [["round", "operation", "criterion", "status"]],
    }
    for number, country in enumerate(COUNTRIES):
        tables["operations"].append(
            [f"op{number}", country, f"Company {number}", "operation", SERVICES[number % len(SERVICES)]]
        )
        for found in answers_of(number).values():
            tables["answers"] += [["2026", f"op{number}", criterion, status] for criterion, status in found]
    for name, rows in tables.items():
        with (folder / "data" / f"{name}.csv").open("w", newline="") as stream:
            csv.writer(stream).writerows(rows)
    result = call("publish", folder / "data", "--store", folder / "store")
    assert result.exit_code == 0, result.output
    return folder / "store"


def test_twelve_of_twelve_totals_are_those_of_the_index(published: Path, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    assert call("figures", "heatmap", "-o", path, "--store", published).exit_code == 0
    with path.open(newline="") as stream:
        found = {row["country"]: int(row["percent"]) for row in csv.DictReader(stream) if not row["area"]}
    totals = {country: total(answers_of(number)) for number, country in enumerate(COUNTRIES)}
    assert found == {country: percent(value) for country, value in totals.items()}
    assert len(totals) == 12
    assert len(set(totals.values())) > 9


def test_the_worked_example_of_the_page_is_right() -> None:
    words = {
        "OL-1.c1": "implemented", "OL-1.m1": "implemented", "OL-1.m2": "partly", "OL-1.h1": "not_implemented",
        "OL-2.c1": "implemented", "OL-2.m1": "no", "OL-2.h1": "none",
    }  # fmt: skip
    said: Company = {}
    for area, element, criterion, *_ in tables_of(RECIPE)[2][1:]:
        said.setdefault((area, element), []).append((criterion, words[criterion]))
    assert percent(total(said)) == 60
    assert "its total the mean of both: 60." in PAGE


def percent(value: Fraction) -> int:
    """Return a share as a whole percentage; half a point is rounded up."""
    return floor(100 * value + Fraction(1, 2))
