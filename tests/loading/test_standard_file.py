"""What does the reader of a standard's workbook report in a wrong one, and what does it accept?"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import xlsxwriter

from dashboard.loading.standard_file import read_standard
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.words import Words
from tests.standards import Sheets, as_sheets, shipped, write_sheets

NEEDED = ("framework", "areas", "criteria", "scale", "bands")
Change = Callable[[Sheets], object]


def toy() -> Sheets:
    """The toy standard as rows, with one text in French."""
    pages = as_sheets(shipped("toy"))
    pages["translations"] = [["language", "id", "field", "text"], ["fr", "T1", "title", "Jeu"]]
    return pages


def read(path: Path, change: Change, after: Callable[[xlsxwriter.Workbook], object] = id) -> Any:
    pages = toy()
    change(pages)
    return read_standard(write_sheets(path, pages, after), "book.xlsx")


def put(title: str, row: int, column: str, value: object) -> Change:
    """Puts a value into a cell; rows are counted as a spreadsheet counts them."""

    def change(pages: Sheets) -> None:
        pages[title][row - 1][pages[title][0].index(column)] = value

    return change


def setting(key: str, value: object) -> Change:
    def change(pages: Sheets) -> None:
        next(row for row in pages["framework"] if row[0] == key)[1] = value

    return change


def head(title: str, column: str, name: str) -> Change:
    return put(title, 1, column, name)


def of_toys(pages: Sheets) -> None:
    pages.clear()
    pages["Toys"] = [["colour"], ["red"]]


def spread_out(pages: Sheets) -> None:
    for name in pages:
        for at in (2, 1, 0):
            pages[name].insert(at, [" ", None])


def without(title: str, column: str) -> Change:
    def change(pages: Sheets) -> None:
        position = pages[title][0].index(column)
        for row in pages[title]:
            del row[position]

    return change


def renamed(title: str, name: str) -> Change:
    return lambda pages: pages.update({name: pages.pop(title)})


def added(title: str, *cells: object) -> Change:
    return lambda pages: pages[title].append(list(cells))


def turned(title: str) -> Change:
    return lambda pages: pages[title].__setitem__(slice(None), [row[::-1] for row in pages[title]])


MISTAKES: dict[str, tuple[Change, tuple[str, ...]]] = {
    "sheet missing": (lambda pages: pages.pop("bands"), ("book.xlsx: The sheet “bands” is missing.",)),
    "sheet misspelt": (
        renamed("criteria", "Criterias"),
        ("book.xlsx: The sheet “criteria” is missing. Did you mean criterias?",),
    ),
    "sheet empty": (lambda pages: pages["scale"].clear(), ("book.xlsx[scale]: The sheet contains no rows.",)),
    "only a header": (
        lambda pages: pages["areas"].__setitem__(slice(1, None), []),
        ("book.xlsx[areas]: The sheet contains no rows.",),
    ),
    "column missing": (
        without("criteria", "level"),
        ("book.xlsx[criteria], row 1, level: The column is missing.",),
    ),
    "column misspelt": (
        head("areas", "title", "titel"),
        (
            "book.xlsx[areas], row 1, title: The column is missing. Did you mean titel?",
            "book.xlsx[areas], row 1, titel: The column does not exist here. Put your own remarks on a separate "
            "sheet. Did you mean title?",
        ),
    ),
    "unknown column": (
        head("criteria", "weight", "wieght"),
        (
            "book.xlsx[criteria], row 1, wieght: The column does not exist here. Put your own remarks on a separate "
            "sheet. Did you mean weight?",
        ),
    ),
    "column twice": (
        head("criteria", "rights", "functions"),
        ("book.xlsx[criteria], row 1, functions: The column appears twice.",),
    ),
    "column without a name": (
        head("criteria", "rights", ""),
        ("book.xlsx[criteria], row 1, Q: The column has no name, but contains “TOY-R1”.",),
    ),
    "unknown kind": (
        put("criteria", 3, "kind", "suport"),
        (
            "book.xlsx[criteria], row 3, kind: “suport” is not valid here. Expected: Input should be 'respect' or "
            "'support'. Did you mean support?",
        ),
    ),
    "unknown word for counts_as": (
        put("scale", 6, "counts_as", "not applicable"),
        (
            "book.xlsx[scale], row 6, counts_as: “not applicable” is not valid here. Expected: Input should be "
            "'answered', 'not_applicable' or 'not_known'. Did you mean not_applicable?",
        ),
    ),
    "unknown sphere": (
        put("areas", 2, "spheres", "workplace; market"),
        (
            "book.xlsx[areas], row 2, spheres: “market” is not valid here. Expected: Input should be 'cross_cutting', "
            "'workplace', 'marketplace' or 'community'. Did you mean marketplace?",
        ),
    ),
    "unknown area": (
        put("criteria", 3, "area", "T11"),
        ("book.xlsx[criteria], row 3, area: “T11” is not a defined id. Did you mean T1?",),
    ),
    "area without criteria": (
        added("areas", "T3", "3", "Rest", "Toys rest."),
        (
            "book.xlsx[areas], row 4, area: Nothing belongs to “T3”; at least one row of another sheet must name it. "
            "Expected: criteria.",
        ),
    ),
    "not a number": (
        put("criteria", 2, "weight", "heavy"),
        ("book.xlsx[criteria], row 2, weight: “heavy” is not a number.",),
    ),
    "a truth for a number": (
        put("criteria", 2, "weight", True),
        ("book.xlsx[criteria], row 2, weight: “TRUE” is not a number.",),
    ),
    "number out of range": (
        put("bands", 3, "starts_at", 160),
        (
            "book.xlsx[bands], row 3, starts_at: “160” is not valid here. Expected: Input should be less than or equal "
            "to 100.",
        ),
    ),
    "bands do not rise": (
        put("bands", 2, "starts_at", 60),
        ("book.xlsx[bands], row 1, bands: “[60, 60]” is not valid here. Expected: 0, then rising.",),
    ),
    "word without a value": (
        put("scale", 3, "value", None),
        ("book.xlsx[scale], row 3, status: “mostly” is not valid here. Expected: a value from 0 to 1.",),
    ),
    "neither yes nor no": (
        put("criteria", 2, "critical", "perhaps"),
        ("book.xlsx[criteria], row 2, critical: “perhaps” is not valid here. Expected: yes, no.",),
    ),
    "required cell empty": (
        put("criteria", 4, "text", " "),
        ("book.xlsx[criteria], row 4, text: The cell is empty, but a value is required.",),
    ),
    "setting empty": (
        setting("publisher", ""),
        ("book.xlsx[framework], row 6, publisher: The cell is empty, but a value is required.",),
    ),
    "setting missing": (
        lambda pages: pages["framework"].pop(5),
        ("book.xlsx[framework], publisher: The key is missing.",),
    ),
    "setting unknown": (
        lambda pages: pages["framework"][7].__setitem__(0, "editon"),
        ("book.xlsx[framework], row 8, editon: There is no such key here (its value is “”). Did you mean edition?",),
    ),
    "setting twice": (
        added("framework", "year", 2002),
        ("book.xlsx[framework], row 18, year: The key appears twice in the same place; only one can count.",),
    ),
    "setting wrong": (
        setting("year", "long ago"),
        ("book.xlsx[framework], row 7, year: “long ago” is not a whole number.",),
    ),
    "version as a number": (
        setting("version", 1.1),
        (
            "book.xlsx[framework], row 10, version: The cell contains the number 1.1, and numbers lose zeros: 1.10 "
            "becomes 1.1, and 1.0 becomes 1. Format the cell as text, then type it again.",
        ),
    ),
    "version as a whole number": (
        setting("version", 1),
        (
            "book.xlsx[framework], row 10, version: The cell contains the number 1, and numbers lose zeros: 1.10 "
            "becomes 1.1, and 1.0 becomes 1. Format the cell as text, then type it again.",
        ),
    ),
    "code as a broken number": (
        put("areas", 2, "code", 1.1),
        (
            "book.xlsx[areas], row 2, code: The cell contains the number 1.1, and numbers lose zeros: 1.10 becomes "
            "1.1, and 1.0 becomes 1. Format the cell as text, then type it again.",
        ),
    ),
    "date in a text": (
        put("areas", 3, "code", date(2026, 2, 1)),
        (
            "book.xlsx[areas], row 3, code: The spreadsheet has turned this cell into a date (2026-02-01). Format the "
            "cell as text, then type it again.",
        ),
    ),
    "id with a space": (
        put("criteria", 2, "criterion", "T1 a"),
        (
            "book.xlsx[criteria], row 2, criterion: “T1 a” is not valid here. Expected: String should match pattern "
            "'^[A-Za-z0-9][A-Za-z0-9._-]*$'.",
        ),
    ),
    "link from elsewhere": (
        put("links", 2, "source", "T22"),
        ("book.xlsx[links], row 2, source: “T22” is not part of this standard. Did you mean T2?",),
    ),
    "link twice": (
        added("links", "T1", "area", "TOY-R1", "right", "secondary", "project", None),
        ("book.xlsx[links], row 4, source: “T1, right, TOY-R1” already appears in an earlier row.",),
    ),
    "link of unknown strength": (
        put("links", 2, "strength", "primry"),
        (
            "book.xlsx[links], row 2, strength: “primry” is not valid here. Expected: Input should be 'primary' or "
            "'secondary'. Did you mean primary?",
        ),
    ),
    "translation of nothing": (
        put("translations", 2, "id", "T1.c"),
        ("book.xlsx[translations], row 2, id: “T1.c” is not part of this standard. Did you mean T1.b?",),
    ),
    "translation of no field": (
        put("translations", 2, "field", "titel"),
        (
            "book.xlsx[translations], row 2, field: “titel” is not valid here. Expected: title, "
            "short_title, publisher, edition, licence_note, held_in_part, text, gap, partly, evidence_hint. "
            "Did you mean title?",
        ),
    ),
    "text translated twice": (
        added("translations", "fr", "T1", "title", "Jouer"),
        ("book.xlsx[translations], row 3, language: “fr, T1, title” already appears in an earlier row.",),
    ),
    "language that is a file of ours": (
        put("translations", 2, "language", "framework"),
        ("book.xlsx[translations], row 2, language: “framework” is not valid here.",),
    ),
    "two mistakes at once": (
        lambda pages: (put("criteria", 2, "level", "all")(pages), put("criteria", 3, "text", None)(pages)),
        (
            "book.xlsx[criteria], row 3, text: The cell is empty, but a value is required.",
            "book.xlsx[criteria], row 2, level: “all” is not valid here. Expected: Input should be 'group', "
            "'operation' or "
            "'both'.",
        ),
    ),
    "unlike anything": (
        of_toys,
        tuple(
            f"book.xlsx: The sheet “{name}” is missing."
            for name in ("framework", "areas", "criteria", "scale", "bands")
        ),
    ),
}


def said(problems: list[Problem], words: Words) -> tuple[str, ...]:
    return tuple(sentence(problem, words) for problem in problems)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_earns_its_sentences(name: str, tmp_path: Path, words: Words) -> None:
    change, expected = MISTAKES[name]
    found, problems = read(tmp_path / "book.xlsx", change)
    assert said(problems, words) == expected
    assert found is None
    assert all(problem.weight is Weight.FILE for problem in problems)


def test_merged_cells_are_reported(tmp_path: Path, words: Words) -> None:
    def merge(workbook: xlsxwriter.Workbook) -> None:
        workbook.get_worksheet_by_name("criteria").merge_range("A2:A3", "T1")

    found, problems = read(tmp_path / "book.xlsx", lambda pages: None, merge)
    assert found is None
    assert said(problems, words) == (
        "book.xlsx[criteria], row 2: The cells A2:A3 are merged. Unmerge them so that every row is complete.",
    )


@pytest.mark.parametrize("value", ["#DIV/0!", ""])
def test_a_formula_that_came_to_nothing_is_reported(value: str, tmp_path: Path, words: Words) -> None:
    def fail(workbook: xlsxwriter.Workbook) -> None:
        workbook.get_worksheet_by_name("criteria").write_formula("Q2", "=A2&1/0", None, value)

    _, problems = read(tmp_path / "book.xlsx", lambda pages: None, fail)
    assert said(problems, words) == (
        "book.xlsx[criteria], row 2, rights: The cell contains the formula “=A2&1/0” without a result. "
        "Open the file once in a spreadsheet program and save it, or enter the value instead.",
    )


def test_the_calculated_value_of_a_formula_is_used(tmp_path: Path) -> None:
    def work_out(workbook: xlsxwriter.Workbook) -> None:
        workbook.get_worksheet_by_name("criteria").write_formula("B2", '=A2&".a"', None, "T1.a")

    found, problems = read(tmp_path / "book.xlsx", lambda pages: None, work_out)
    assert problems == []
    assert found.standard.framework == shipped("toy").framework


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("book.csv", b"a,b", "book: “.csv” is not a readable format. Expected: .xlsx."),
        ("book.xlsx", b"no book", "book: The file cannot be read (File is not a zip file)."),
        ("book.xlsx", b"", "book: The file cannot be read (File is not a zip file)."),
    ],
)
def test_what_is_no_workbook_is_reported(
    name: str, content: bytes, expected: str, tmp_path: Path, words: Words
) -> None:
    (tmp_path / name).write_bytes(content)
    found, problems = read_standard(tmp_path / name, "book")
    assert found is None
    assert said(problems, words) == (expected,)


GOOD: dict[str, Change] = {
    "as it is": lambda pages: None,
    "sheets in capitals": lambda pages: [renamed(name, name.upper())(pages) for name in list(pages)],
    "sheets in another order": lambda pages: [pages.update({name: pages.pop(name)}) for name in ("areas", "framework")],
    "columns in another order": lambda pages: [turned(name)(pages) for name in pages],
    "columns in capitals and spaces": head("criteria", "evidence_hint", " Evidence Hint"),
    "blank rows": spread_out,
    "sheets of one's own": lambda pages: pages.update({"Notes": [["=?"], [1]], "Chart data": []}),
    "column left out": without("criteria", "since"),
    "truths of the spreadsheet": put("criteria", 2, "critical", True),
    "truths in capitals": put("criteria", 2, "critical", "TRUE"),
    "truths as numbers": put("criteria", 2, "critical", 1),
    "no left empty": put("criteria", 3, "critical", None),
    "code as a whole number": put("areas", 2, "code", 1),
    "number as a text": put("criteria", 3, "weight", "0.5"),
    "keys in capitals": lambda pages: pages["framework"][3].__setitem__(0, "Short title"),
    "list with other marks": put("criteria", 2, "rights", " TOY-R1 ,;\n "),
    "spaces round an id": put("criteria", 2, "criterion", " T1.a "),
}


@pytest.mark.thorough
@pytest.mark.parametrize("name", GOOD)
def test_an_odd_but_good_workbook_is_taken(name: str, tmp_path: Path) -> None:
    found, problems = read(tmp_path / "book.xlsx", GOOD[name])
    assert problems == []
    assert found.standard.framework == shipped("toy").framework
    assert found.standard.links == shipped("toy").links
    assert found.standard.translations[0].texts == {"T1": {"title": "Jeu"}}


def test_a_sheet_that_was_meant_as_one_of_ours_is_noted(tmp_path: Path, words: Words) -> None:
    found, problems = read(tmp_path / "book.xlsx", renamed("links", "link"))
    assert said(problems, words) == (
        "book.xlsx[link]: This sheet is not part of our format, so it was not read. Did you mean links?",
    )
    assert found.standard.links == ()


def test_what_is_said_is_known_with_its_sheet_and_row(tmp_path: Path) -> None:
    found, _ = read(tmp_path / "book.xlsx", lambda pages: pages["criteria"].insert(3, []))
    document = found.documents[0][0]
    place = ("areas", 1, "criteria", 0, "functions", 0)
    assert (document.file(place), document.line(place), document.column(place)) == (
        "book.xlsx[criteria]",
        5,
        "functions",
    )
    assert (document.file(("title",)), document.line(("title",))) == ("book.xlsx[framework]", 3)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(40))
def test_a_workbook_with_flipped_bytes_is_reported_and_never_raises(seed: int, tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "book.xlsx", toy())
    chance, content = Random(seed), bytearray(path.read_bytes())
    for _ in range(12):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(bytes(content))
    found, problems = read_standard(path, "book.xlsx")
    assert found or problems


def test_a_family_and_an_element_can_be_translated(tmp_path: Path) -> None:
    def change(pages: Sheets) -> None:
        put("areas", 2, "family", "shops")(pages)
        put("criteria", 2, "element", "doors")(pages)
        for name in ("shops", "doors"):
            added("translations", "fr", f"part/toy/{name}", "title", name.upper())(pages)

    found, problems = read(tmp_path / "toy.xlsx", change)
    assert problems == []
    (french,) = found.standard.translations
    assert french.texts["part/toy/doors"] == {"title": "DOORS"}
    assert french.texts["part/toy/shops"] == {"title": "SHOPS"}
    _, (problem,) = read(tmp_path / "other.xlsx", added("translations", "fr", "part/toy/roofs", "title", "ROOFS"))
    assert (problem.kind, problem.value) == ("not_inside", "part/toy/roofs")


def test_a_version_that_goes_on_after_its_number_is_read_as_that_number(tmp_path: Path, words: Words) -> None:
    found, problems = read(tmp_path / "book.xlsx", setting("version", "5.1.1+u4"))
    assert found is not None, problems
    assert found.standard.framework.version == "5.1.1"
    assert [sentence(problem, words) for problem in problems] == [
        "book.xlsx[framework], row 10, version: “5.1.1+u4” is more than a number. The standard is version 5.1.1; what "
        "follows is not kept."
    ]
