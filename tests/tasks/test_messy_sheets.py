"""Does every messy sheet end in the rows that it means, by one command, with everything else told?"""

import csv
from pathlib import Path

import pytest
from click.testing import Result

from tests.conftest import TINY, PublishOnce, copy_of, rest_thorough
from tests.loading.foreign import Rows, write_csv
from tests.messy import BESIDE, FIGURE, FIGURE_LISTS, FIGURES, MESSY, STACKED, MessySheet
from tests.tasks.test_command import call, compared

KEPT = (
    "two columns name one thing, and facets",
    "countries and a year that are not known",
    "boxes to tick",
    "a publisher's own workbook",
)
"""Sheets that differ most, which are read in `make test` too."""
SHEETS = [*(sheet for sheet in MESSY if sheet.name in KEPT), *(sheet for sheet in MESSY if sheet.name not in KEPT)]
COLUMNS = ("operation", "criterion", "status", "note", "na_reason")


@pytest.mark.parametrize("sheet", rest_thorough(SHEETS, now=len(KEPT)), ids=lambda sheet: sheet.name)
def test_a_messy_sheet_is_published(store: Path, tmp_path: Path, sheet: MessySheet) -> None:
    path, target = sheet.write(tmp_path), tmp_path / "long.csv"
    (store / "mappings").mkdir()
    (store / "mappings" / "By hand.yaml").write_text(sheet.mapping or "form: answers", "utf-8")
    read = call("import", path, *sheet.options, "--store", store)
    taken = [option for option in sheet.options if option in ("--new", "--suggested")]
    hand = ("import", path, *sheet.options, "--mapping", "By hand", "--publish", "--store", store)
    ask = hand if sheet.mapping else compared(store, path, *sheet.options)
    result = call(*ask, *taken, "--to", target, "--accept")
    assert sheet.told in (result if sheet.mapping else read).output
    rows = _published(result, target, sheet)
    assert [tuple(row[column] for column in COLUMNS) for row in rows] == list(sheet.rows)
    assert {row["round"] for row in rows} == {sheet.round}


@pytest.fixture(scope="module")
def indicators(tmp_path_factory: pytest.TempPathFactory, publish_once: PublishOnce) -> Path:
    lists = tmp_path_factory.mktemp("lists")
    for name, content in FIGURE_LISTS.items():
        (lists / name).write_text(content, "utf-8")
    return publish_once("toys-with-indicators", [TINY, lists])


@pytest.fixture
def with_indicators(indicators: Path, tmp_path: Path) -> Path:
    return copy_of(indicators, tmp_path / "store")


@pytest.mark.parametrize("sheet", rest_thorough(FIGURES), ids=lambda sheet: sheet.name)
def test_a_messy_sheet_of_figures_is_published(with_indicators: Path, tmp_path: Path, sheet: MessySheet) -> None:
    path, target = sheet.write(tmp_path), tmp_path / "long.csv"
    assert sheet.told in call("import", path, *sheet.options, "--store", with_indicators).output
    result = call(*compared(with_indicators, path, *sheet.options), "--to", target)
    rows = _published(result, target, sheet)
    assert [tuple(row[column] for column in FIGURE) for row in rows] == list(sheet.rows)
    assert {row["licence"] for row in rows} == {"to_verify"}
    # A sheet with one source says publisher and dataset by it.
    assert all(row["dataset"] == row["publisher"] for row in rows if "--set" not in sheet.options)


def test_answers_under_headings_of_figures_stay_answers(with_indicators: Path, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "answers.csv",
        [["Country", "Indicator", "Year", "Value", "Source"], ["Beland", "T1.a", "Second round", "yes", "Panel"]],
    )
    assert ": 1 row of answers." in call("import", path, "--store", with_indicators).output


def _published(result: Result, target: Path, sheet: MessySheet) -> list[dict[str, str]]:
    """Return the rows that were read, after looking at how many are said to be in and out."""
    assert result.exit_code == 0, result.output
    with target.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    n, out = len(rows), sheet.n_out
    assert result.stdout.splitlines()[-1] == f"{n} rows read: {n - out} published, {out} left out."
    return rows


@pytest.mark.parametrize(
    ("rows", "places"), [(STACKED, "A1:C4, A6:C9"), (BESIDE, "A1:C4, D1:F4")], ids=["stacked", "beside"]
)
def test_several_tables_are_refused_until_one_is_chosen(store: Path, tmp_path: Path, rows: Rows, places: str) -> None:
    path = write_csv(tmp_path / "several.csv", rows)
    arguments = ("import", path, "--set", "round=R2", "--accept", "--store", store)
    for more in ((), ("--table", "3")):
        refused = call(*arguments, *more)
        assert refused.exit_code == 1
        assert f"several.csv: There are several tables on this sheet, at {places}." in refused.stderr
    first = call(*arguments, "--table", "1", "--set", "operation=a-op", "--save-as", "First")
    assert "Saved this mapping as “First”." in first.stdout
    again = call("import", path, "--mapping", "First", "--publish", "--accept", "--store", store)
    assert again.stdout.splitlines()[-1] == "2 rows read: 2 published, 0 left out."


def test_problems_of_a_later_table_name_the_rows_of_the_sheet(store: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "several.csv", [*STACKED, ["T9.z", "Yes", ""]])
    result = call("import", path, "--set", "round=R2", "--table", "2", "--store", store)
    assert "several.csv, row 10, Ref: “T9.z” is not a criterion" in result.stderr


NUMBERS: Rows = [["Operation", "Round", "Ref", "Answer"], *(["b-op", "R2", "T1.a", str(n)] for n in (1, 3, 4, 5))]
RISKS: Rows = [["Risk", "Impact", "Likelihood", "Owner"], ["Children buy knives", "4", "3", "Head of retail"]]
INDICATORS: Rows = [["Country", "Internet users", "Year"], ["Ghana", "70", "2022"], ["Kenya", "40", "2021"]]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (NUMBERS, "▲ check this: 1, 3, 4, 5 are not words of this scale: which is which?"),
        (RISKS, "This looks like a register of risks. Read it as ratings"),
        (INDICATORS, "This looks like figures on countries. Read it as that"),
        (STACKED[:4], ""),
    ],
    ids=["numbers", "risks", "figures", "answers"],
)
def test_what_a_sheet_may_be_instead_is_said(store: Path, tmp_path: Path, rows: Rows, told: str) -> None:
    output = call("import", write_csv(tmp_path / "sheet.csv", rows), "--store", store).output
    assert told in output
    assert ("looks like" in output or "which is which" in output) == bool(told)


def test_a_sheet_is_read_as_what_somebody_says(store: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "sheet.csv", RISKS)
    assert "1 row of risk ratings." in call("import", path, "--form", "risk_ratings", "--store", store).stdout


def test_rows_with_an_empty_cell_are_picked(store: Path, tmp_path: Path) -> None:
    head = ["Shop", "Question", "Answer", "Facet"]
    rows = [head, ["Beland", "T1.a", "yes", ""], ["Beland", "T1.a", "no", "Extra"], ["Beland", "T1.b", "cumplida", ""]]
    path, target = write_csv(tmp_path / "facets.csv", rows), tmp_path / "long.csv"
    call("import", path, "--set", "round=R2", "--only", "Facet=", "--to", target, "--store", store)
    read = [line.split(",")[2:4] for line in target.read_text("utf-8").splitlines()[1:]]
    assert read == [["T1.a", "yes"], ["T1.b", "yes"]]
