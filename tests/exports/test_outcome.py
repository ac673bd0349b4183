"""Does the workbook of an outcome hold every text unchanged, and does it print on one page of A4?"""

import re
import zipfile
from io import BytesIO

from dashboard.exports.handouts import outcome_workbook
from dashboard.model.vote import RoomOutcome, Section
from tests.books import cells_of

LONG = "word " * 300
LINE = ("=1+1", LONG, "Ghana", "sales", "2026-04-01")
ACTIONS = Section("Agreed", ("What", "On", "Where", "Owner", "Due"), (LINE,), "none")
EMPTY = Section("Risks", ("Risk", "Severity"), (), "No risk is rated.")
READ = Section("Read", ("Title", "Kind"), (("A hotline", "case"), ("Ask", "guidance")), "none")
OUTCOME = RoomOutcome("Shops: 1 action agreed", ("Ghana", "Agreed on 2026-01-01."), ACTIONS, EMPTY, EMPTY, EMPTY, READ)


def written() -> list[tuple[str, ...]]:
    """The lines of the sheet, without empty cells."""
    (cells,) = cells_of(outcome_workbook(OUTCOME)).values()
    return [line for row in cells if (line := tuple(str(cell) for cell in row if cell not in (None, "")))]


def test_every_text_stands_there_as_it_is_and_an_empty_part_says_why() -> None:
    said = written()
    assert said[:3] == [(OUTCOME.title,), ("Ghana",), ("Agreed on 2026-01-01.",)]
    assert said[3:6] == [("Agreed",), ACTIONS.columns, LINE]
    assert said.count((EMPTY.empty,)) == 3
    assert said[-3:] == [READ.columns, *READ.lines]


def test_it_prints_on_one_page_of_a4() -> None:
    with zipfile.ZipFile(BytesIO(outcome_workbook(OUTCOME))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert "<f>" not in sheet
    assert re.search(r"<pageSetUpPr fitToPage=\"1\"/>", sheet)
    (setup,) = re.findall(r"<pageSetup [^>]*>", sheet)
    assert 'paperSize="9"' in setup
    assert "fitToHeight" not in setup  # One, unless stated otherwise.
    assert "fitToWidth" not in setup
