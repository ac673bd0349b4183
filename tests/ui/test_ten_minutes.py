"""Does docs/own-standard.md, followed to the letter, lead from an empty folder to the heat map?"""

from pathlib import Path
from statistics import mean

import pytest
from click.testing import CliRunner

import dashboard
from dashboard.__main__ import main
from dashboard.store.disk import store_folder
from tests.conftest import ROOT
from tests.ten_minutes import PAGE, SECOND, commands, fill_in, lay_tables
from tests.ui.conftest import OpenPage, finding, nothing_failed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, with no store except the one made in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DASHBOARD_STORE")
    return tmp_path


@pytest.mark.thorough
def test_from_an_empty_folder_to_the_heat_map(
    folder: Path, cold_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for call in commands():
        if "--from" in call:
            fill_in(folder / "house-rules.xlsx")
        if "check" in call:
            lay_tables(folder)
        result = CliRunner().invoke(main, call)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        said.append(result.stdout)
    assert "`Wrote group/frameworks/house-rules: 2 areas, 10 criteria, 0 links.`" in PAGE
    assert said[1].startswith("Wrote group/frameworks/house-rules: 2 areas, 10 criteria, 0 links.\n")
    assert said[2] == "No problems found in group.\n"
    assert said[3].startswith("Published as publication 1 (000001-")
    assert store_folder().resolve() == (folder / ".dashboard").resolve()
    # In a test, the app finds its settings only in the current folder; a server also looks beside app.py.
    monkeypatch.setenv("DASHBOARD_STORE", str(folder / ".dashboard"))
    monkeypatch.chdir(ROOT)
    page = cold_page("heatmap")
    nothing_failed(page)
    assert "*Ghana: Respect 67 of 100. Too few answers for a figure: Kenya.*" in PAGE
    assert "Ghana: Respect 67 of 100. Too few answers for a figure: Kenya." in finding(page)


def test_the_workbook_that_is_written_back_gives_the_same_folder(folder: Path) -> None:
    template, read, *_, write = commands()
    assert CliRunner().invoke(main, template).exit_code == 0
    fill_in(folder / "house-rules.xlsx")
    assert CliRunner().invoke(main, read).exit_code == 0
    assert CliRunner().invoke(main, write).exit_code == 0
    again = CliRunner().invoke(main, read)
    assert again.stdout.startswith("group/frameworks/house-rules is already up to date: 2 areas, 10 criteria, 0 links.")
    assert [path.name for path in (folder / "group/frameworks/house-rules").iterdir()] == ["framework.yaml"]


@pytest.mark.thorough
def test_the_second_standard_has_the_figures_that_the_page_works_out(folder: Path) -> None:
    for call in commands(SECOND):
        if "--from" in call:
            fill_in(folder / "fair-screens.xlsx", SECOND)
        if "check" in call:
            lay_tables(folder, SECOND)
        result = CliRunner().invoke(main, call)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
    rows = dashboard.open(folder / ".dashboard").figures("heatmap", framework="fair-screens")
    whole = rows[rows["area"] == ""].set_index("country")["percent"].to_dict()
    # Selling, then Screens; in each, its two elements. What is reversed is 1 less its value.
    ghana = mean([mean([mean([1, 1 - 0]), 0.5]), mean([0.5, 1 - 1])])
    kenya = mean([mean([mean([0.5, 1 - 0.5]), 1]), mean([mean([1, 0]), 1 - 0])])
    assert whole == {"GHA": 100 * ghana, "KEN": 100 * kenya}
    assert f"Ghana's figure is {100 * ghana:.0f}." in SECOND
    assert f"Kenya's figure is {100 * kenya:.0f}." in SECOND
