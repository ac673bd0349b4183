"""Are workbooks of every format read alike, as tables of ours and of others, and refused where they reach too far?

`formats/` holds two workbooks as LibreOffice saves them: a sheet of somebody else's and a table of ours.
"""

import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dashboard.loading.file_contents import MOST_CELLS, formula_cells, not_a_table, read_sheets, too_much
from dashboard.loading.mapping.sheet_files import read_grids
from dashboard.loading.standard_file import read_standard
from dashboard.loading.workbook_formats import WORKBOOKS, binary_reach, open_document_sheets
from dashboard.model.problem import Problem
from dashboard.store.publishing.publish import check
from tests.books import fill, filled_in, published
from tests.conftest import TODAY
from tests.loading.foreign import MANIFEST, Rows, write_book, write_ods, write_xlsb
from tests.loading.test_answer_book import TOYS, answers
from tests.standards import as_sheets, shipped

FORMATS = Path(__file__).parent / "formats"
TABLE: Rows = [
    ["round", "operation", "criterion", "status"],
    ["R2", "a-op", "T1.a", "no"],
    ["R2", "b-op", "T1.b", "mostly"],
]
WRITE: dict[str, Callable[[Path, dict[str, Rows]], Path]] = {
    ".xlsx": write_book,
    ".ods": write_ods,
    ".xlsb": write_xlsb,
}
MADE = pytest.mark.parametrize("ending", WRITE)
SAVED = pytest.mark.parametrize("ending", [".ods", ".xls"])


def kind_of(path: Path) -> str | None:
    """The kind of problem for which a file is not read."""
    wrong = not_a_table(path, path.name) or read_sheets(path, path.name)
    return wrong.kind if isinstance(wrong, Problem) else None


@MADE
def test_a_table_of_ours_is_read_in_every_format(store: Path, tmp_path: Path, ending: str) -> None:
    path = WRITE[ending](tmp_path / f"answers{ending}", {"answers": TABLE, "Read me": [["Nothing"]]})
    assert not [problem for problem in check(store, [tmp_path], TODAY) if problem.serious]
    published(store, path)
    assert (answers(store)["T1.a"][0], answers(store, "b-op")["T1.b"][0]) == ("no", "mostly")


@SAVED
def test_a_table_that_libreoffice_saved_is_read(store: Path, ending: str) -> None:
    published(store, FORMATS / f"table{ending}")
    assert (answers(store)["T1.a"][0], answers(store, "b-op")["T1.b"][0]) == ("no", "mostly")


@SAVED
def test_a_sheet_that_libreoffice_saved_has_the_same_cells(tmp_path: Path, ending: str) -> None:
    grids = read_grids(FORMATS / f"shops{ending}", "shops")
    assert not isinstance(grids, Problem)
    assert [grid.title for grid in grids] == ["Second round"]
    assert grids[0].texts[:3] == (
        ("Self-assessment", "", "", "", ""),
        ("Question", "Shop", "Answer", "Remarks", "Date"),
        ("T1.a", "Toys of Aland", "Yes", "in the drawer", "2025-03-04"),
    )


@pytest.mark.parametrize("ending", WORKBOOKS[1:])
def test_of_other_formats_the_content_tells_which_it_is(tmp_path: Path, ending: str) -> None:
    for saved in (".ods", ".xls"):
        path = Path(shutil.copy(FORMATS / f"table{saved}", tmp_path / f"x{ending}"))
        assert kind_of(path) is None
    assert kind_of(Path(shutil.copy(FORMATS / "table.ods", tmp_path / "x.xlsx"))) == "other_workbook"
    assert kind_of(write_book(tmp_path / f"y{ending}", {"a": TABLE})) == "workbook_inside"


def test_the_workbook_of_an_operation_may_be_saved_as_ods(store: Path, tmp_path: Path) -> None:
    sheets = filled_in(store)
    fill(sheets[TOYS], "T2.a", status="Yes", note="as told", on=date(2025, 3, 1))
    published(store, write_ods(tmp_path / "aland.ods", sheets))
    assert answers(store)["T2.a"][:4] == ("yes", None, "as told", "2025-03-01")
    assert answers(store)["T1.a"][0] == "mostly", "what nobody touched stays"


@MADE
def test_a_standard_is_read_in_every_format(tmp_path: Path, ending: str) -> None:
    path = WRITE[ending](tmp_path / f"toy{ending}", dict(as_sheets(shipped("toy"))))
    found, problems = read_standard(path, path.name)
    assert {problem.kind for problem in problems} <= {"formulas_unread"}
    assert found is not None
    assert found.standard.framework == shipped("toy").framework


def test_merged_cells_and_formulas_of_an_ods_file_are_known(store: Path, tmp_path: Path) -> None:
    path = write_ods(tmp_path / "answers.ods", {"answers": TABLE}, {(1, 1): 2})
    assert {problem.kind for problem in check(store, [path], TODAY) if problem.serious} == {"merged_cells"}
    path = write_ods(tmp_path / "land.ods", {"a": [["Land", "Answer"], ["Aland", "yes"], ["", "no"]]}, {(1, 0): 2})
    grids = read_grids(path, path.name)
    assert not isinstance(grids, Problem)
    assert [row[0] for row in grids[0].texts] == ["Land", "Aland", "Aland"]
    text = (
        '<table:table table:name="a&amp;b"><table:table-row><table:table-cell table:formula="of:=1+&quot;&gt;&quot;"/>'
    )
    with zipfile.ZipFile(tmp_path / "f.ods", "w") as archive:
        archive.writestr("content.xml", text)
    (formula,) = formula_cells(tmp_path / "f.ods", "a&b") or []
    assert (formula.row, formula.column, formula.text) == (0, 0, '=1+">"')


def test_a_file_with_a_password_is_told(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "a.ods", {"a": TABLE})
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts["META-INF/manifest.xml"] = MANIFEST.replace("/>", "><manifest:encryption-data/>").encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert kind_of(path) == "with_password"


def test_a_workbook_that_reaches_too_far_is_not_opened(tmp_path: Path) -> None:
    assert open_document_sheets(FORMATS / "shops.ods")["Second round"].rows == 5, "empty rows to the end do not count"
    assert too_much(FORMATS / "shops.xls", "x") is None
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    text = f'<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    with zipfile.ZipFile(tmp_path / "far.ods", "w") as archive:
        archive.writestr("content.xml", text)
    wide = write_xlsb(tmp_path / "wide.xlsb", {"a": [["x"], *[[]] * 40_000, [*[""] * 600, "x"]]})
    for path, cells in ((tmp_path / "far.ods", 1048576 * 16384), (wide, 40_002 * 601)):
        wrong = too_much(path, path.name)
        assert wrong is not None
        assert (wrong.kind, (wrong.value or "").replace(",", "")) == ("workbook_cells", str(cells)), cells > MOST_CELLS


@pytest.mark.parametrize("cut", range(0, 60, 7))
def test_what_is_cut_off_ends_a_binary_sheet(tmp_path: Path, cut: int) -> None:
    with zipfile.ZipFile(write_xlsb(tmp_path / "a.xlsb", {"a": TABLE})) as archive:
        content = archive.read("xl/worksheets/sheet1.bin")
    assert binary_reach(content) == (3, 4)
    rows, columns = binary_reach(content[: len(content) - cut])
    assert (rows <= 3, columns <= 4) == (True, True)
