"""Is the workbook of the lists filled with what is published, and does publishing it back change nothing?"""

import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dashboard.model.records import RECORDS
from dashboard.model.workbook import LISTS
from dashboard.store.reader import Reader
from tests.books import cells_of
from tests.standards import write_sheets
from tests.tasks.test_command import call

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MASTERS = (
    "SELECT country, title, region, formerly FROM country ORDER BY country_no",
    "SELECT * EXCLUDE (operation_no, country_no, profile_no) FROM operation ORDER BY operation_no",
    "SELECT * EXCLUDE (round_no) FROM round ORDER BY round_no",
)
ROWS: Mapping[str, list[dict[str, object]]] = {
    "countries": [{"country": "GHA", "title": "Ghana"}],
    "operations": [
        {"operation": "hq", "title": "Head office", "kind": "group"},
        {"operation": "gh", "country": "GHA", "kind": "operation", "services": "mobile; isp", "group": "Example"},
    ],
    "rounds": [{"round": "2026", "starts_on": date(2026, 2, 2), "ends_on": date(2026, 5, 29)}],
}
"""What a newcomer types, by sheet."""


def masters(store: Path) -> list[list[tuple[object, ...]]]:
    published = Reader(store).current()
    assert published is not None
    with published.connection, published.cursor() as cursor:
        return [cursor.execute(query).fetchall() for query in MASTERS]


def type_in(path: Path) -> None:
    """Type the rows of a newcomer into the workbook."""
    sheets = cells_of(path.read_bytes())
    for form, rows in ROWS.items():
        sheets[form] += [[row.get(name, "") for name in RECORDS[form].names] for row in rows]
    write_sheets(path, sheets)


def test_what_is_published_goes_out_and_comes_back_unchanged(store: Path, tmp_path: Path) -> None:
    path, before = tmp_path / "lists.xlsx", masters(store)
    written = call("template", "--lists", "--to", path, "--store", store)
    assert written.exit_code == 0, written.output
    n_countries, n_operations, n_rounds = (len(rows) for rows in before)
    held = f"{n_countries - 1} countries, {n_operations} operations, {n_rounds} rounds"
    assert f"Wrote {path}: {held}. Its sheet “read me” explains" in written.stdout
    published = call("publish", path, "--store", store)
    assert (published.exit_code, published.stderr) == (0, "")
    assert masters(store) == before
    assert call("template", "--lists", "--to", path, "--store", store).exit_code == 1


def test_a_newcomer_types_no_csv(tmp_path: Path) -> None:
    path, store = tmp_path / "lists.xlsx", tmp_path / "store"
    written = call("template", "--lists", "--to", path, "--store", store)
    assert (written.exit_code, written.stderr) == (0, "")
    assert "0 countries, 0 operations, 0 rounds." in written.stdout
    type_in(path)
    result = call("publish", "tests/tiny/frameworks", path, "--store", store)
    assert result.exit_code == 0, result.output
    _, operations, rounds = masters(store)
    assert [(row[0], row[3], row[10]) for row in operations] == [("hq", [], None), ("gh", ["isp", "mobile"], "Example")]
    assert rounds[0][:4] == ("2026", "2026", date(2026, 2, 2), date(2026, 5, 29))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, tiny_store: Path) -> Path:
    path = tmp_path_factory.mktemp("lists") / "lists.xlsx"
    assert call("template", "--lists", "--to", path, "--store", tiny_store).exit_code == 0
    return path


def rules(path: Path, form: str) -> dict[str, dict[str, str]]:
    """Return the rule of each column of a sheet: its attributes, and the list that is chosen from."""
    with zipfile.ZipFile(path) as archive:
        page = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{LISTS.index(form) + 2}.xml"))  # noqa: S314
    found = page.iter(f"{MAIN}dataValidation")
    return {one.attrib["promptTitle"]: {**one.attrib, "list": one.findtext(f"{MAIN}formula1") or ""} for one in found}


def test_every_column_is_there_and_explained_at_its_cells(book: Path) -> None:
    sheets = cells_of(book.read_bytes())
    assert list(sheets) == ["read me", *LISTS]
    for form in LISTS:
        assert tuple(sheets[form][0]) == tuple(rules(book, form)) == RECORDS[form].names
        assert all(rule["prompt"] and "`" not in rule["prompt"] for rule in rules(book, form).values())


def test_choices_are_drop_down_lists(book: Path) -> None:
    found = rules(book, "operations")
    assert (found["kind"]["type"], found["kind"]["list"]) == ("list", '"group,operation"')
    assert found["country"]["list"].startswith("countries!$A$2:")
    assert found["last_round"]["list"].startswith("rounds!$A$2:")
    # A code of another sheet may be entered later, and a group may be new.
    assert {found[name]["errorStyle"] for name in ("country", "first_round")} == {"information"}
    assert "Known: " in found["frameworks"]["prompt"]
    assert rules(book, "rounds")["starts_on"]["type"] == "date"
