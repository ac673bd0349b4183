"""Is a workbook that people have filled in read as they meant it, whatever a spreadsheet and a department do to it?"""

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random

import duckdb
import pytest
from xlsxwriter.workbook import Workbook

from dashboard.loading.file_contents import FormulaCell, formula_cells
from dashboard.loading.staging import make_staging
from dashboard.loading.table_files import stage
from dashboard.loading.workbook_words import days_of, scale_meanings
from dashboard.loading.yaml_file import read_words
from dashboard.model.framework import OWN_SCALE, scales_of
from dashboard.model.problem import Weight, sentence
from dashboard.model.words import Words
from dashboard.model.workbook import HandedOut, fingerprint_of
from dashboard.store.publishing.library_tables import stored_library
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.reader import Reader
from tests.books import HEAD, HEADS, Sheets, at, cells_of, fill, filled_in, handed_out, published, write
from tests.conftest import LEVELS, TINY, TODAY, WRITER, copy_of, rest_thorough, some_of
from tests.standards import shipped

TOYS = "Toy makers"
SOFFICE = shutil.which("soffice")
TABLES = ("answer", "risk_rating", "opportunity_rating", "action")


def content(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a workbook can change, as published."""
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in TABLES}


def answers(store: Path, operation: str = "a-op") -> dict[str, tuple[object, ...]]:
    """Status, evidence, note, day and version of the answers of the second round, by criterion."""
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        found = connection.execute(
            "SELECT criterion, status, evidence, note, CAST(answered_on AS VARCHAR), version FROM answer "
            "JOIN criterion USING (criterion_no) JOIN round USING (round_no) JOIN operation USING (operation_no) "
            "JOIN scale USING (status_no) LEFT JOIN framework_version USING (version_no) "
            "WHERE round = 'R2' AND operation = $operation",
            {"operation": operation},
        ).fetchall()
    return {row[0]: row[1:] for row in found}


def told(store: Path, *paths: Path) -> list[tuple[str, str, str, int | None, str | None]]:
    """Weight, kind, sheet, row and column of each problem."""
    return [(p.weight.value, p.kind, p.file, p.row, p.column) for p in check(store, paths, TODAY)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "toys.xlsx"


def table(sheets: Sheets) -> list[list[object]]:
    return sheets[TOYS][HEAD:]


# Export and import.


@pytest.mark.thorough
@pytest.mark.parametrize("operation", ["a-op", "toy-hq", "b-op"])
def test_the_toy_group_returned_as_it_was_changes_nothing(store: Path, operation: str, file: Path) -> None:
    file.write_bytes(handed_out(store, operation))
    before = content(store)
    assert published(store, file) == ()
    assert content(store) == before


@pytest.mark.thorough
def test_the_sample_returned_as_it_was_changes_nothing(sample_store: Path, tmp_path: Path) -> None:
    store = copy_of(sample_store, tmp_path / "store")
    files = []
    for operation in ("gha-op", "HQ", "bol-op"):
        files.append(tmp_path / f"{operation}.xlsx")
        files[-1].write_bytes(handed_out(store, operation, "2025"))
    before = content(store)
    assert published(store, *files) == ()
    assert content(store) == before


@pytest.mark.thorough
def test_a_note_that_begins_like_a_formula_goes_out_and_in_as_text(store: Path, sheets: Sheets, file: Path) -> None:
    for three in (("=1+1", "+1", "-1"), ("@a", "'=1", "''=1")):
        notes = dict(zip(("T1.a", "T1.b", "T2.a"), three, strict=True))
        for id_, note in notes.items():
            fill(sheets[TOYS], id_, status="Mostly", reason="", note=note)
        published(store, write(file, sheets))
        assert {id_: answer[2] for id_, answer in answers(store).items()} == notes
        file.write_bytes(handed_out(store))
        sheets = cells_of(file.read_bytes())
        for id_, note in notes.items():
            row, column = at(sheets[TOYS], id_, HEADS["note"])
            assert sheets[TOYS][row][column] == note
        assert published(store, file) == ()
        assert {id_: answer[2] for id_, answer in answers(store).items()} == notes


def test_a_filled_workbook_becomes_answers_ratings_and_actions(store: Path, sheets: Sheets, file: Path) -> None:
    fill(sheets[TOYS], "T2.a", status="Somewhat", evidence="seen by a reviewer", note="In one shop.", role="Seller")
    fill(sheets[TOYS], "T2.a", on=date(2025, 3, 1))
    fill(sheets["Risks"], "TOY-I1", scale=3, scope=2, irremediability="4", likelihood=1, basis="A walk.")
    fill(sheets["Opportunities"], "TOY-I2", found="none found", basis="Asked around.", rated_on="2 March 2025")
    action = ["", "", "T2.a", "", "Tell the prices", "Seller", date(2026, 5, 1), "in progress", "high", "", "Mostly"]
    sheets["Actions"].append([*action, "", "", ""])
    assert published(store, write(file, sheets)) == ()
    assert answers(store)["T2.a"] == ("somewhat", 2, "In one shop.", "2025-03-01", "1.0")
    found = content(store)
    assert [row[2:8] for row in found["risk_rating"]] == [("TOY-I1", True, 3, 2, 4, 1)]
    assert [(row[2:4], row[-1]) for row in found["opportunity_rating"]] == [(("TOY-I2", False), date(2025, 3, 2))]
    ((id_, round_, _, criterion, *_, status, priority, _, expected, _, _, _, _),) = found["action"]
    assert (id_, round_, criterion, status, priority, expected) == (
        "A-001", "R2", "T2.a", "in_progress", "high", "mostly",
    )  # fmt: skip


def test_a_workbook_is_one_file_of_the_history(store: Path, sheets: Sheets, file: Path) -> None:
    fill(sheets[TOYS], "T2.a", status="Somewhat")
    fill(sheets["Risks"], "TOY-I1", scale=3, scope=2, irremediability=4, likelihood=1, basis="A walk.")
    outcome = publish(Load(store, [write(file, sheets)], WRITER, TODAY))
    assert outcome.revision is not None
    assert [(name, rows) for name, _, rows in outcome.revision.files] == [("toys.xlsx", 4)]


def test_a_department_may_send_its_own_sheet_alone(store: Path, sheets: Sheets, file: Path) -> None:
    fill(sheets[TOYS], "T2.a", status="Yes")
    published(store, write(file, {"Ours": sheets[TOYS]}))
    assert answers(store)["T2.a"][0] == "yes"


def test_questions_that_are_gone_from_a_sheet_are_reported_and_what_is_published_of_them_stays(
    store: Path, sheets: Sheets, file: Path
) -> None:
    before = answers(store)
    gone = [row for row in table(sheets)[1:] if row[0] in ("T1.a", "T1.b")][:1]
    sheets[TOYS].remove(gone[0])
    fill(sheets[TOYS], "T2.a", status="Yes")
    (problem,) = published(store, write(file, sheets))
    assert (problem.kind, problem.weight, problem.value) == ("rows_gone", Weight.NOTE, gone[0][0])
    assert answers(store) == before | {"T2.a": answers(store)["T2.a"]}


def test_a_sheet_that_is_left_out_whole_is_not_missed(sample_store: Path, file: Path) -> None:
    sheets = filled_in(sample_store, "tcd-op", "2025")
    del sheets["Legal and privacy"]
    gone = sheets["Sustainability"].pop(HEAD + 1)
    (problem,) = check(sample_store, [write(file, sheets)], TODAY)
    assert (problem.kind, problem.value) == ("rows_gone", gone[0])


# What a spreadsheet does to it.


def shuffled(sheets: Sheets) -> Sheets:
    return {title: [*rows[: HEAD + 1], *reversed(rows[HEAD + 1 :])] for title, rows in sheets.items()}


def renamed(sheets: Sheets) -> Sheets:
    return {f"{number}. {title}": rows for number, (title, rows) in enumerate(reversed(sheets.items()))}


def columns_moved(sheets: Sheets) -> Sheets:
    return {title: rows if title == "lists" else [row[::-1] for row in rows] for title, rows in sheets.items()}


def blank_rows(sheets: Sheets) -> Sheets:
    return {
        title: rows if title == "lists" else [*rows[: HEAD + 2], [], [" ", "\u00a0"], *rows[HEAD + 2 :], [""]]
        for title, rows in sheets.items()
    }


def without_top(sheets: Sheets) -> Sheets:
    return {title: rows if title in ("lists", "Read me") else rows[HEAD:] for title, rows in sheets.items()}


def without_lists(sheets: Sheets) -> Sheets:
    return {title: rows for title, rows in sheets.items() if title != "lists"}


def trailing_blanks(sheets: Sheets) -> Sheets:
    def padded(cell: object) -> object:
        return f" {cell}\u00a0 " if isinstance(cell, str) and cell else cell

    return {t: rows if t == "lists" else [[padded(c) for c in row] for row in rows] for t, rows in sheets.items()}


def without(column: str) -> Callable[[Sheets], Sheets]:
    def taken_out(sheets: Sheets) -> Sheets:
        found = {}
        for title, rows in sheets.items():
            places = [number for number, cell in enumerate(rows[HEAD]) if cell == column] if len(rows) > HEAD else []
            found[title] = [[cell for n, cell in enumerate(row) if n not in places or title == "lists"] for row in rows]
        return found

    return taken_out


HARMLESS: dict[str, Callable[[Sheets], Sheets]] = {
    "rows sorted": shuffled,
    "sheets renamed and moved": renamed,
    "columns moved": columns_moved,
    "blank rows": blank_rows,
    "title rows taken out": without_top,
    "hidden sheet taken out": without_lists,
    "blanks round every cell": trailing_blanks,
    "shown column taken out": without("Question"),
    **{
        f"{column} taken out": without(column)
        for column in ("framework", "framework_version", "round", "operation", "handed_out", "choices", "Last round")
    },
}


@pytest.mark.thorough
@pytest.mark.share
@pytest.mark.parametrize("mishap", some_of(HARMLESS, least=8))
def test_what_a_spreadsheet_does_loses_nothing(mishap: str, store: Path, sheets: Sheets, file: Path) -> None:
    fill(sheets[TOYS], "T2.a", status="Somewhat", evidence="self-declared", note="In one shop.", on=date(2025, 3, 1))
    fill(sheets["Risks"], "TOY-I1", scale=3, scope=2, irremediability=4, likelihood=1, basis="A walk.")
    assert published(store, write(file, HARMLESS[mishap](sheets))) == ()
    assert answers(store)["T2.a"] == ("somewhat", 1, "In one shop.", "2025-03-01", "1.0")
    assert answers(store)["T1.a"][:2] == ("mostly", 2)
    assert [row[2:8] for row in content(store)["risk_rating"]] == [("TOY-I1", True, 3, 2, 4, 1)]


def test_the_hidden_id_serves_where_the_shown_one_is_gone(store: Path, sheets: Sheets, file: Path) -> None:
    fill(sheets[TOYS], "T2.a", status="No")
    fill(sheets[TOYS], "T2.a", id="")
    assert published(store, write(file, sheets)) == ()
    assert answers(store)["T2.a"][0] == "no"


def test_the_shown_id_serves_where_the_hidden_one_is_gone(store: Path, sheets: Sheets, file: Path) -> None:
    fill(sheets[TOYS], "T2.a", status="No")
    assert published(store, write(file, without("criterion_id")(sheets))) == ()
    assert answers(store)["T2.a"][0] == "no"


def test_rows_sorted_without_their_hidden_columns_are_known_by_the_id_that_people_see(
    store: Path, sheets: Sheets, file: Path
) -> None:
    fill(sheets[TOYS], "T2.a", status="No")
    seen = sheets[TOYS][HEAD].index("framework")
    rows = sheets[TOYS][HEAD + 1 :]
    sheets[TOYS][HEAD + 1 :] = [
        [*shown[:seen], *hidden[seen:]] for shown, hidden in zip(reversed(rows), rows, strict=True)
    ]
    assert published(store, write(file, sheets)) == ()
    found = answers(store)
    assert (found["T2.a"][0], found["T1.a"][:2], found["T1.b"][0]) == ("no", ("mostly", 2), "na")


def test_a_column_to_fill_in_that_is_gone_is_told_and_nothing_is_lost(store: Path, sheets: Sheets, file: Path) -> None:
    write(file, without("Note")(sheets))
    assert told(store, file) == [("file", "missing_column", f"toys.xlsx[{TOYS}]", 4, "Note")]


def test_without_operation_and_round_it_is_reported(store: Path, sheets: Sheets, file: Path) -> None:
    for mishap in (without_lists, without("operation"), without("round")):
        sheets = mishap(sheets)
    write(file, sheets)
    assert [(kind, column) for _, kind, _, _, column in told(store, file)] == [
        ("book_of_nothing", "round"),
        ("book_of_nothing", "operation"),
    ]


def test_rows_that_somebody_added_are_reported_and_not_read(store: Path, sheets: Sheets, file: Path) -> None:
    sheets[TOYS] += [["", "Our shops"], ["", "", "", "", "", "", "Yes"]]
    sheets["Our notes"] = [["Ask the seller."]]
    write(file, sheets)
    place = f"toys.xlsx[{TOYS}]"
    assert told(store, file) == [
        ("note", "unknown_sheet", "toys.xlsx[Our notes]", None, None),
        ("note", "no_id", place, 8, "Id"),
        ("row", "no_id", place, 9, "Id"),
    ]


@pytest.mark.thorough
def test_cells_merged_over_rows_are_reported_and_over_columns_are_not(store: Path, sheets: Sheets, file: Path) -> None:
    row, column = at(sheets[TOYS], "T1.b", "Note")

    def merge(workbook: Workbook) -> None:
        page = workbook.get_worksheet_by_name(TOYS)
        page.merge_range(row, column, row + 1, column, "For both.")
        page.merge_range(0, 0, 0, 4, "Toys")
        page.merge_range(row - 1, column, row - 1, column + 1, "For one.")

    write(file, sheets, merge)
    assert told(store, file) == [("row", "merged_rows", f"toys.xlsx[{TOYS}]", row + 2, "Note")]
    assert check(store, [file], TODAY)[0].value == "J6:J7"
    published(store, file)
    assert (answers(store)["T1.b"][2], answers(store)["T1.a"][2]) == ("For both.", "For one.")


@pytest.mark.thorough
def test_the_value_of_a_formula_is_used_and_one_without_is_reported(store: Path, sheets: Sheets, file: Path) -> None:
    status, note = at(sheets[TOYS], "T2.a", "Status"), at(sheets[TOYS], "T2.a", "Note")

    def calculate(workbook: Workbook) -> None:
        page = workbook.get_worksheet_by_name(TOYS)
        page.write_formula(*status, '="So"&"mewhat"', None, "Somewhat")
        page.write_formula(*note, "=1/0", None, "#DIV/0!")

    write(file, sheets, calculate)
    assert told(store, file) == [("row", "formula", f"toys.xlsx[{TOYS}]", 7, "Note")]
    published(store, file)
    assert answers(store)["T2.a"][:3] == ("somewhat", None, None)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_formulas_are_found_whatever_a_program_puts_before_names(prefix: str, tmp_path: Path) -> None:
    target = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    parts = {
        "xl/workbook.xml": f'<{prefix}sheets><{prefix}sheet name="A" sheetId="1" r:id="r1"/></{prefix}sheets>',
        "xl/_rels/workbook.xml.rels": f'<Relationship Id="r1" Type="{target}" Target="worksheets/sheet1.xml"/>',
        "xl/worksheets/sheet1.xml": f'<{prefix}c r="B3"><{prefix}f>1+1</{prefix}f></{prefix}c>',
    }
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    assert formula_cells(tmp_path / "a.xlsx", "A") == [FormulaCell(2, 1, "=1+1")]
    assert formula_cells(tmp_path / "a.xlsx", "B") is None


@pytest.mark.thorough
def test_formulas_that_cannot_be_distinguished_from_values_are_reported(
    store: Path, sheets: Sheets, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.loading.file_contents.formula_cells", lambda *_: None)
    fill(sheets[TOYS], "T2.a", status="Mostly")
    write(file, {TOYS: sheets[TOYS], "lists": sheets["lists"]})
    assert told(store, file) == [("note", "formulas_unread", f"toys.xlsx[{TOYS}]", None, None)]
    published(store, file)
    assert answers(store)["T2.a"][0] == "mostly"


# What people type.


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        (date(2025, 4, 3), ["2025-04-03"]),
        (datetime(2025, 4, 3, 12), ["2025-04-03"]),
        ("2025-04-03", ["2025-04-03"]),
        ("2025-04-03T00:00:00", ["2025-04-03"]),
        (" 3  April 2025", ["2025-04-03"]),
        ("3rd of april 2025", ["2025-04-03"]),
        ("3. Apr. 2025", ["2025-04-03"]),
        ("April 3, 2025", ["2025-04-03"]),
        ("25/04/2025", ["2025-04-25"]),
        ("4/25/2025", ["2025-04-25"]),
        ("04.04.2025", ["2025-04-04"]),
        ("03/04/2025", ["2025-03-04", "2025-04-03"]),
        ("3-4-2025", ["2025-03-04", "2025-04-03"]),
        ("31/02/2025", []),
        ("31 February 2025", []),
        ("3 Ma 2025", []),
        ("3 Ju 2025", []),
        ("3 Jum 2025", []),
        ("April 2025", []),
        ("03/04/25", []),
        ("soon", []),
        (45750.0, []),
    ],
)
def test_a_day_is_taken_only_when_it_can_be_read_in_one_way(cell: object, days: list[str]) -> None:
    assert [day.isoformat() for day in days_of(cell)] == days


@pytest.mark.thorough
def test_an_ambiguous_or_invalid_day_is_reported_and_the_answer_stays_out(
    store: Path, sheets: Sheets, file: Path
) -> None:
    fill(sheets[TOYS], "T2.a", status="Yes", on="03/04/2025")
    fill(sheets[TOYS], "T1.a", on="last spring")
    write(file, sheets)
    place = f"toys.xlsx[{TOYS}]"
    assert told(store, file) == [
        ("row", "bad_date", place, 5, "Answered on"),
        ("row", "two_days", place, 7, "Answered on"),
    ]
    assert check(store, [file], TODAY)[1].expected == "2025-03-04 / 2025-04-03"
    published(store, file)
    assert (answers(store)["T2.a"][0], answers(store)["T1.a"][3]) == ("unanswered", "2025-02-01")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("Somewhat", "somewhat"),
        ("SOMEWHAT\u00a0", "somewhat"),
        ("dont_know", "dont_know"),
        ("do not  KNOW", "dont_know"),
        ("n/a", "na"),
        ("y", "yes"),
        ("unanswered", "unanswered"),
        ("partial", None),
        ("Yess", None),
        (1, None),
    ],
)
def test_a_status_is_read_by_title_or_code_and_otherwise_reported(
    typed: object, status: str | None, store: Path, sheets: Sheets, file: Path
) -> None:
    fill(sheets[TOYS], "T2.a", status=typed, reason="None sold." if status == "na" else "")
    problems = [(p.weight.value, p.kind, p.file, p.row, p.column) for p in published(store, write(file, sheets))]
    assert problems == ([] if status else [("row", "off_scale", f"toys.xlsx[{TOYS}]", 7, "Status")])
    assert answers(store)["T2.a"][0] == (status or "unanswered")


def test_a_word_that_is_not_on_the_scale_is_reported_with_the_words_of_the_list(
    store: Path, sheets: Sheets, file: Path, words: Words
) -> None:
    fill(sheets[TOYS], "T2.a", status="Somwhat", evidence="sen by reviewer")
    write(file, sheets)
    assert [sentence(problem, words) for problem in check(store, [file], TODAY)] == [
        f"toys.xlsx[{TOYS}], row 7, Status: “Somwhat” is not on the scale. "
        "Expected: Yes, Mostly, Somewhat, No, Does not apply, Do not know, unanswered. Did you mean Somewhat?",
        f"toys.xlsx[{TOYS}], row 7, Evidence: “sen by reviewer” is not on the scale. Expected: no evidence, "
        "self-declared, seen by a reviewer, independently checked. Did you mean seen by a reviewer?",
    ]


@pytest.mark.thorough
def test_plain_words_are_taken_where_one_status_alone_is_meant() -> None:
    toys, crbp = (scale_meanings(scales_of(shipped(name).framework)[OWN_SCALE], ()) for name in ("toy", "crbp"))
    assert [crbp.code(word) for word in ("YES", "no", "partial", "n/a", "?", "Partly")] == [
        "implemented", "not_implemented", "partly", "not_applicable", "not_known", "partly",
    ]  # fmt: skip
    assert [toys.code(word) for word in ("yes", "no", "partial", "na", "?")] == ["yes", "no", None, "na", "dont_know"]


@pytest.mark.thorough
def test_a_workbook_in_another_language_is_read_by_its_own_words(store: Path, file: Path, words: Words) -> None:
    other = {
        "book.head.status": "Statut",
        "book.head.note": "Remarque",
        "book.head.answers.evidence": "Preuve",
        "evidence.seen": "vue",
        "evidence.none": "aucune",
        "book.sheet.risk_ratings": "Risques",
        "book.found.none": "aucun",
    }
    sheets = cells_of(handed_out(store, words=Words("fr", other, words.texts)))
    row, column = at(sheets[TOYS], "T2.a", "Statut")
    sheets[TOYS][row][column : column + 2] = ["mostly", "Vue"]
    row, column = at(sheets["Risques"], "TOY-I1", "Found?")
    sheets["Risques"][row][column] = "Aucun"
    sheets["Risques"][row][at(sheets["Risques"], "TOY-I1", HEADS["basis"])[1]] = "Un tour."
    assert published(store, write(file, sheets)) == ()
    write(file, without("Remarque")(sheets))
    assert told(store, file) == [("file", "missing_column", f"toys.xlsx[{TOYS}]", 4, "Remarque")]
    assert answers(store)["T2.a"][:2] == ("mostly", 2)
    assert [row[3] for row in content(store)["risk_rating"]] == [False]


def test_what_the_checks_find_is_reported_with_the_header_that_people_see(
    store: Path, sheets: Sheets, file: Path
) -> None:
    fill(sheets[TOYS], "T2.a", status="Does not apply")
    fill(sheets["Risks"], "TOY-I1", scale=5, scope=2, irremediability=1, likelihood=1, basis="A walk.")
    fill(sheets["Opportunities"], "TOY-I2", reach=1, need=2, feasibility=2, rated_on=date(2030, 1, 1))
    write(file, sheets)
    assert set(told(store, file)) == {
        ("row", "off_scale", "toys.xlsx[Risks]", 5, "How harmful (1-4)"),
        ("row", "reason_missing", f"toys.xlsx[{TOYS}]", 7, "Reason (required if not applicable)"),
        ("row", "future_date", "toys.xlsx[Opportunities]", 5, "Rated on"),
        ("row", "basis_missing", "toys.xlsx[Opportunities]", 5, "Basis of the rating"),
    }


def test_content_without_a_status_is_reported_and_a_role_alone_is_not(store: Path, sheets: Sheets, file: Path) -> None:
    fill(sheets[TOYS], "T2.a", role="Seller", on=date(2025, 3, 1))
    write(file, sheets)
    assert told(store, file) == []
    fill(sheets[TOYS], "T2.a", note="We tell them.")
    write(file, sheets)
    assert told(store, file) == [("row", "no_status", f"toys.xlsx[{TOYS}]", 7, "Status")]


@pytest.mark.thorough
def test_an_emptied_status_withdraws_nothing_and_is_reported(store: Path, sheets: Sheets, file: Path) -> None:
    fill(sheets[TOYS], "T1.a", status="", evidence="", role="", on="")
    write(file, sheets)
    assert told(store, file) == [("note", "left_as_it_is", f"toys.xlsx[{TOYS}]", 5, "Status")]
    before = content(store)
    published(store, file)
    assert content(store) == before


def test_unanswered_withdraws_an_answer(store: Path, sheets: Sheets, file: Path) -> None:
    fill(sheets[TOYS], "T1.a", status="Unanswered", evidence="")
    assert published(store, write(file, sheets)) == ()
    assert answers(store)["T1.a"][0] == "unanswered"


@pytest.mark.thorough
def test_unanswered_where_nothing_was_answered_withdraws_nothing_that_came_later(
    store: Path, sheets: Sheets, file: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later.csv"
    later.write_text("round,operation,criterion,status\nR2,a-op,T2.a,yes\n")
    published(store, later)
    fill(sheets[TOYS], "T2.a", status="unanswered")
    assert published(store, write(file, sheets)) == ()
    assert answers(store)["T2.a"][0] == "yes"


def test_an_empty_workbook_says_so(store: Path, file: Path) -> None:
    sheets = filled_in(store, "b-op", "R2")
    fill(sheets[TOYS], "T1.a", status="", role="", on="", evidence="")
    write(file, without("handed_out")(sheets))
    assert told(store, file) == [("note", "nothing_filled_in", "toys.xlsx", None, None)]


# Several workbooks, and what was published in the meantime.


def two(store: Path, folder: Path, one: dict[str, object], other: dict[str, object], id_: str = "T2.a") -> list[Path]:
    """Two departments fill in the same question."""
    paths, asked = [], filled_in(store)
    for name, cells in (("shop.xlsx", one), ("office.xlsx", other)):
        sheets = deepcopy(asked)
        fill(sheets[TOYS], id_, **cells)
        paths.append(write(folder / name, sheets))
    return paths


@pytest.mark.thorough
def test_two_workbooks_are_put_together(store: Path, tmp_path: Path) -> None:
    shop, office = two(store, tmp_path, {"status": "Yes"}, {})
    sheets = filled_in(store)
    fill(sheets[TOYS], "T1.a", status="No", note="One is.")
    write(office, sheets)
    assert published(store, shop, office) == ()
    assert (answers(store)["T2.a"][0], answers(store)["T1.a"][:3]) == ("yes", ("no", 2, "One is."))


@pytest.mark.thorough
def test_what_was_not_changed_yields_to_what_was_whichever_is_read_first(store: Path, tmp_path: Path) -> None:
    shop, office = two(store, tmp_path, {"status": "Yes"}, {}, "T1.a")
    for paths in ((shop, office), (office, shop)):
        copy = copy_of(store, tmp_path / f"store-{paths[0].stem}")
        assert published(copy, *paths) == ()
        assert answers(copy)["T1.a"][0] == "yes"


@pytest.mark.thorough
def test_what_was_not_changed_yields_to_a_table_of_the_same_load(
    store: Path, sheets: Sheets, tmp_path: Path, file: Path
) -> None:
    table = tmp_path / "later.csv"
    table.write_text("round,operation,criterion,status\nR2,a-op,T1.a,yes\n")
    write(file, sheets)
    for paths in ((file, table), (table, file)):
        copy = copy_of(store, tmp_path / f"store-{paths[0].stem}")
        assert published(copy, *paths) == ()
        assert answers(copy)["T1.a"][0] == "yes"


@pytest.mark.thorough
def test_two_that_say_the_same_are_no_matter(store: Path, tmp_path: Path) -> None:
    paths = two(store, tmp_path, {"status": "Yes", "role": "Seller"}, {"status": "YES ", "role": "Clerk"})
    assert published(store, *paths) == ()
    assert answers(store)["T2.a"][0] == "yes"


@pytest.mark.thorough
def test_two_that_contradict_are_both_reported_and_neither_is_used(store: Path, tmp_path: Path, words: Words) -> None:
    before = answers(store)
    paths = two(store, tmp_path, {"status": "Yes"}, {"status": "No"}, "T1.a")
    assert [sentence(problem, words) for problem in check(store, paths, TODAY)] == [
        f"shop.xlsx[{TOYS}], row 5, Status: This row says “Yes”, but another row of the workbooks says something "
        f"else. Neither was used. Expected: the same in both; the other says “No”, office.xlsx[{TOYS}] G5.",
        f"office.xlsx[{TOYS}], row 5, Status: This row says “No”, but another row of the workbooks says something "
        f"else. Neither was used. Expected: the same in both; the other says “Yes”, shop.xlsx[{TOYS}] G5.",
    ]
    published(store, *paths)
    assert answers(store) == before


@pytest.mark.thorough
def test_what_only_one_of_two_says_is_put_to_what_both_say(store: Path, tmp_path: Path) -> None:
    paths = two(store, tmp_path, {"status": "Mostly", "note": "In shops."}, {"status": "mostly", "evidence": "seen"})
    assert published(store, *paths) == ()
    assert answers(store)["T2.a"][:3] == ("mostly", 2, "In shops.")


@pytest.mark.thorough
def test_the_same_workbook_imported_again_changes_nothing_and_is_not_reported(
    store: Path, sheets: Sheets, file: Path
) -> None:
    fill(sheets[TOYS], "T2.a", status="Yes", note="In shops.", on=date(2025, 3, 1))
    fill(sheets["Risks"], "TOY-I1", scale=3, scope=2, irremediability=4, likelihood=1, basis="A walk.")
    fill(sheets["Opportunities"], "TOY-I2", found="none found", basis="Asked around.")
    write(file, with_action(sheets, "", "", "T2.a", "", "Tell the prices", "", date(2026, 5, 1)))
    assert published(store, file) == ()
    before = content(store)
    assert published(store, file) == ()
    assert content(store) == before


@pytest.mark.thorough
def test_the_same_question_twice_in_one_workbook_is_a_contradiction_too(
    store: Path, sheets: Sheets, file: Path
) -> None:
    fill(sheets[TOYS], "T2.a", status="Yes")
    sheets[TOYS].append(list(sheets[TOYS][-1]))
    write(file, sheets)
    assert told(store, file) == []
    sheets[TOYS][-1][at(sheets[TOYS], "T2.a", "Status")[1]] = "No"
    write(file, sheets)
    assert [(kind, row) for _, kind, _, row, _ in told(store, file)] == [("contradicted", 7), ("contradicted", 8)]


@pytest.mark.thorough
def test_ratings_that_contradict_are_reported_as_well(store: Path, tmp_path: Path) -> None:
    paths = []
    for name, grade in (("shop.xlsx", 1), ("office.xlsx", 4)):
        sheets = filled_in(store)
        fill(sheets["Risks"], "TOY-I1", scale=grade, scope=1, irremediability=1, likelihood=1, basis="A walk.")
        paths.append(write(tmp_path / name, sheets))
    assert [(kind, column) for _, kind, _, _, column in told(store, *paths)] == [
        ("contradicted", "How harmful (1-4)")
    ] * 2
    published(store, *paths)
    assert content(store)["risk_rating"] == []


@pytest.mark.thorough
def test_what_was_published_since_overrides_a_row_that_nobody_changed(
    store: Path, sheets: Sheets, file: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later.csv"
    later.write_text("round,operation,criterion,status\nR2,a-op,T1.a,yes\n")
    published(store, later)
    fill(sheets[TOYS], "T2.a", status="No")
    write(file, sheets)
    (problem,) = published(store, file)
    assert (problem.kind, problem.value, problem.serious) == ("later_one_stands", "1", False)
    assert (answers(store)["T1.a"][0], answers(store)["T2.a"][0]) == ("yes", "no")


@pytest.mark.thorough
def test_a_changed_row_over_what_was_published_since_is_reported_and_used(
    store: Path, sheets: Sheets, file: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later.csv"
    later.write_text("round,operation,criterion,status\nR2,a-op,T1.a,yes\n")
    published(store, later)
    fill(sheets[TOYS], "T1.a", status="No")
    write(file, sheets)
    (problem,) = published(store, file)
    assert (problem.kind, problem.row, problem.value, problem.serious) == ("published_meanwhile", 5, "yes → no", False)
    assert answers(store)["T1.a"][0] == "no"


# Actions.


def with_action(sheets: Sheets, *cells: object) -> Sheets:
    sheets["Actions"].append([*cells, *[""] * (15 - len(cells))])
    return sheets


@pytest.mark.thorough
def test_a_new_action_imported_twice_is_one_action_and_keeps_what_was_said_since(
    store: Path, sheets: Sheets, file: Path, tmp_path: Path
) -> None:
    write(file, with_action(sheets, "", "", "T2.a", "", "Tell the prices", "", date(2026, 5, 1)))
    assert published(store, file) == ()
    sheets = filled_in(store)
    assert sheets["Actions"][-1][:2] == ["A-001", "Prices are told."]
    sheets["Actions"][-1][5:8] = ["Seller", date(2026, 6, 1), "blocked"]
    assert published(store, write(tmp_path / "second.xlsx", sheets)) == ()
    (problem,) = published(store, file)
    assert (problem.kind, problem.value) == ("published_meanwhile", "2026-06-01 → 2026-05-01")
    ((id_, _, _, _, _, _, owner, due, status, *_),) = content(store)["action"]
    assert (id_, owner, due, status) == ("A-001", "Seller", date(2026, 5, 1), "blocked")


@pytest.mark.thorough
def test_new_actions_of_two_workbooks_get_different_ids(store: Path, tmp_path: Path) -> None:
    paths = [
        write(tmp_path / f"{text}.xlsx", with_action(filled_in(store), "", "", "T2.a", "", text, "", date(2026, 5, 1)))
        for text in ("One", "Two", "one more")
    ]
    same = write(tmp_path / "same.xlsx", with_action(filled_in(store), "", "", "T2.a", "", "One", "", date(2026, 5, 1)))
    assert published(store, *paths, same) == ()
    assert [(row[0], row[5]) for row in content(store)["action"]] == [
        ("A-001", "One"), ("A-002", "Two"), ("A-003", "one more"),
    ]  # fmt: skip


@pytest.mark.thorough
def test_an_action_never_takes_the_place_of_one_of_another_operation(
    store: Path, sheets: Sheets, file: Path, tmp_path: Path
) -> None:
    theirs = with_action(filled_in(store, "b-op"), "", "", "T1.a", "", "Blunt it", "", date(2026, 5, 1))
    published(store, write(tmp_path / "theirs.xlsx", theirs))
    before = content(store)
    write(file, with_action(sheets, "A-001", "", "T2.a", "", "Tell", "", date(2026, 5, 1)))
    assert told(store, file) == [("row", "id_of_another", "toys.xlsx[Actions]", 5, "Id")]
    published(store, file)
    assert content(store) == before


@pytest.mark.thorough
def test_an_action_of_no_round_stays_so(store: Path, file: Path, tmp_path: Path) -> None:
    table = tmp_path / "actions.csv"
    table.write_text("action,operation,text,owner_role,due_on,criterion\nX-1,a-op,Tell,,2026-05-01,T2.a\n")
    published(store, table)
    before = content(store)
    file.write_bytes(handed_out(store))
    assert published(store, file) == ()
    assert content(store) == before


# What else an action may say.

PLANNED = "action,operation,text,owner_role,due_on,criterion,effort,cost,cause\n"
SAID = ("low", "high", "No one is named")


def planned(store: Path) -> list[tuple[object, ...]]:
    found = Reader(store).current()
    assert found is not None
    with found.connection as connection:
        return connection.execute("SELECT text, effort, cost, cause FROM action ORDER BY action").fetchall()


@pytest.fixture(scope="module")
def classes_once(tiny_store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Sheets]:
    """The store with one action that uses every field, and the workbook handed out from it. Read-only."""
    folder = tmp_path_factory.mktemp("classes")
    table = folder / "actions.csv"
    table.write_text(f"{PLANNED}A-001,a-op,Tell,,2026-05-01,T2.a,{','.join(SAID)}\n")
    store = copy_of(tiny_store, folder / "store")
    assert published(store, table) == ()
    return store, filled_in(store)


@pytest.fixture
def with_classes(classes_once: tuple[Path, Sheets], tmp_path: Path) -> Path:
    """A copy of that store, free to change."""
    return copy_of(classes_once[0], tmp_path / "store")


@pytest.fixture
def classes(classes_once: tuple[Path, Sheets]) -> Sheets:
    """Its workbook, as handed out."""
    return deepcopy(classes_once[1])


def test_effort_cost_and_cause_go_out_in_words_and_come_back(with_classes: Path, classes: Sheets, file: Path) -> None:
    assert classes["Actions"][-1][11:14] == ["low", "high", *SAID[2:]]
    assert published(with_classes, write(file, classes)) == ()
    assert planned(with_classes) == [("Tell", *SAID)]
    classes["Actions"][-1][11:14] = ["High", "medium", ""]
    assert published(with_classes, write(file, classes)) == ()
    assert planned(with_classes) == [("Tell", "high", "medium", None)]


def test_a_class_in_a_workbook_that_is_none_is_told_with_the_nearest(
    with_classes: Path, classes: Sheets, file: Path, words: Words
) -> None:
    classes["Actions"][-1][11] = "mediun"
    told_ = [sentence(problem, words) for problem in check(with_classes, [write(file, classes)], TODAY)]
    assert told_ == [
        "toys.xlsx[Actions], row 5, Effort: “mediun” is not on the scale. Expected: high, medium, low. "
        "Did you mean medium?"
    ]


def of_before(sheets: Sheets) -> Sheets:
    """The workbook as handed out before actions had these columns: no headers, no cells, a shorter fingerprint."""
    made = deepcopy(sheets)
    made["Actions"] = [row[:11] + row[14:] for row in made["Actions"]]
    (action,) = made["Actions"][HEAD + 1 :][-1:]
    said = ["T2.a", "", "Tell", "", "2026-05-01", "open", "medium", "", "yes"]
    action[-1] = HandedOut(fingerprint_of(said)).cell()
    heads = [["head:actions", name] for name in COLUMNS_OF_LATER]
    made["lists"] = [row for row in made["lists"] if list(map(str, row[:2])) not in heads]
    return made


COLUMNS_OF_LATER = ("effort", "cost", "cause")


def test_an_older_workbook_is_read_and_empties_no_column_that_it_lacks(
    with_classes: Path, classes: Sheets, file: Path
) -> None:
    sheets = of_before(classes)
    assert published(with_classes, write(file, sheets)) == (), "nobody has changed anything"
    assert planned(with_classes) == [("Tell", *SAID)]
    sheets["Actions"][-1][4] = "Tell all"
    assert published(with_classes, write(file, sheets)) == ()
    assert planned(with_classes) == [("Tell all", *SAID)]


@pytest.mark.parametrize("first", rest_thorough(["before", "now"]))
def test_an_older_workbook_loses_nothing_that_another_says_in_the_columns_it_lacks(
    first: str, with_classes: Path, classes: Sheets, tmp_path: Path
) -> None:
    now = classes
    before = of_before(now)
    before["Actions"][-1][5] = "Seller"
    now["Actions"][-1][11] = "High"
    paths = [write(tmp_path / f"{name}.xlsx", sheets) for name, sheets in (("before", before), ("now", now))]
    assert published(with_classes, *(paths if first == "before" else reversed(paths))) == ()
    assert planned(with_classes) == [("Tell", "high", *SAID[1:])]


def with_quarters(sheets: Sheets, said: str = "2026-Q1 open") -> Sheets:
    """The workbook as handed out while actions also had a status by quarter, with what was said there."""
    made, head = deepcopy(sheets), "Status by quarter (2026-Q1 open; 2026-Q2 done)"
    for number, row in enumerate(made["Actions"]):
        row.insert(14, {HEAD: head, len(made["Actions"]) - 1: said}.get(number, ""))
    then = ["T2.a", "", "Tell", "", "2026-05-01", "open", "medium", "", "yes", *SAID, "2026-Q1 open"]
    made["Actions"][-1][-1] = HandedOut(fingerprint_of(then)).cell()
    made["lists"].append(["head:actions", "status_by_quarter", head])
    return made


def test_a_workbook_with_a_status_by_quarter_is_read_and_says_that_this_column_is_not(
    with_classes: Path, classes: Sheets, tmp_path: Path, file: Path, words: Words
) -> None:
    sheets = with_quarters(classes)
    told = "toys.xlsx[Actions], row 4, Status by quarter (2026-Q1 open; 2026-Q2 done): This column is no longer read."
    assert [sentence(problem, words) for problem in published(with_classes, write(file, sheets))] == [told]
    table = tmp_path / "actions.csv"
    table.write_text(f"{PLANNED}A-001,a-op,Tell all,,2026-05-01,T2.a,{','.join(SAID)}\n")
    assert published(with_classes, table) == ()
    # Nobody has changed anything in the workbook, so what was published later is kept.
    kinds = [problem.kind for problem in published(with_classes, write(file, sheets))]
    assert kinds == ["former_column", "later_one_stands"]
    assert planned(with_classes) == [("Tell all", *SAID)]
    sheets["Actions"][-1][5] = "Seller"
    assert "later_one_stands" not in {p.kind for p in published(with_classes, write(file, sheets))}
    assert planned(with_classes) == [("Tell", *SAID)]


@pytest.fixture
def levels(tmp_path: Path) -> Path:
    """A store with a standard without kinds, free to change."""
    store = tmp_path / "store"
    assert published(store, LEVELS) == ()
    return store


def without_kinds(store: Path) -> tuple[str, Sheets]:
    """The workbook handed out from it, and the title of its sheet of answers."""
    sheets = filled_in(store)
    (title,) = [title for title, rows in sheets.items() if len(rows) > HEAD and "Evidence" in rows[HEAD]]
    assert "Kind" not in sheets[title][HEAD]
    return title, sheets


def test_a_standard_without_kinds_is_read_with_a_column_of_kinds(levels: Path, file: Path) -> None:
    before = content(levels)
    title, older = without_kinds(levels)
    for number, row in enumerate(older[title]):
        row.insert(3, {HEAD: "Kind"}.get(number, "Respect" if number > HEAD else ""))
    assert published(levels, write(file, older)) == ()
    assert content(levels) == before
    fill(older[title], "L1.4", status="No")
    assert published(levels, write(file, older)) == ()
    assert answers(levels)["L1.4"][0] == "no"


@pytest.mark.thorough
def test_a_standard_without_kinds_is_read_without_a_column_of_kinds(levels: Path, file: Path) -> None:
    before = content(levels)
    _, sheets = without_kinds(levels)
    assert published(levels, write(file, sheets)) == ()
    assert content(levels) == before


# A workbook of an older version.


@pytest.fixture
def newer(store: Path, tmp_path: Path) -> Path:
    """The store after the toy standard has renamed one criterion and one status, reworded a criterion and added one."""
    folder = Path(
        shutil.copytree(
            TINY / "frameworks", tmp_path / "frameworks", ignore=shutil.ignore_patterns("cases", "guidance")
        )
    )
    path = folder / "toy" / "framework.yaml"
    text = path.read_text("utf-8")
    for was, becomes in (
        ('version: "1.0"', 'version: "1.1"'),
        ("title: Does not apply", "title: Not for us"),
        ("text: Toys are lent.", 'since: "1.1"\n        text: Toys are lent to every child.'),
        ("criterion: T2.a\n", "criterion: T2.price\n        formerly: [T2.a]\n"),
    ):  # fmt: skip
        assert was in text
        text = text.replace(was, becomes)
    text += (
        "      - {criterion: T2.c, kind: respect, level: operation, text: Toys are clean., functions: [toy_maker], "
        "evidence_hint: A cloth., citation: Toy standard, verification: to_verify}\n"
    )
    path.write_text(text, "utf-8")
    outcome = publish(Load(store, [folder], WRITER, TODAY))
    assert outcome.revision is not None, outcome.problems
    return store


@pytest.mark.thorough
def test_a_workbook_of_an_older_version_is_read_and_what_changed_is_reported(
    sheets: Sheets, newer: Path, file: Path, words: Words
) -> None:
    fill(sheets[TOYS], "T2.a", status="Does not apply", reason="None sold.")
    fill(sheets[TOYS], "T1.b", status="No", reason="")
    write(file, sheets)
    place = f"toys.xlsx[{TOYS}]"
    assert {sentence(problem, words) for problem in check(newer, [file], TODAY)} == {
        "toy: 1/4 of its criteria have never been answered. Without them, there would be a figure.",
        f"{place}, row 7, Id: The former id was read as the current one (“T2.a → T2.price”).",
        "toys.xlsx: The workbook is for an older version (“TOY 1.0 → 1.1”). Its answers are kept as answers to that "
        "version.",
        "toys.xlsx: Asked since then, and not in this workbook: T2.c.",
        f"{place}, row 6, Id: The question has been reworded (“Toys are lent. → Toys are lent to every child.”).",
    }
    published(newer, file)
    found = answers(newer)
    assert found["T2.price"][0] == "na"
    assert (found["T1.b"][0], found["T1.b"][-1]) == ("no", "1.0")
    assert found["T1.a"][0] == "mostly"
    assert found["T2.c"][0] == "unanswered"


@pytest.mark.thorough
def test_a_workbook_of_the_present_version_keeps_answers_to_older_words_as_such(newer: Path, file: Path) -> None:
    before = answers(newer)
    assert before["T1.b"][-1] == "1.0"
    file.write_bytes(handed_out(newer))
    assert published(newer, file) == ()
    assert answers(newer) == before
    sheets = filled_in(newer)
    fill(sheets[TOYS], "T1.b", status="No", reason="")
    published(newer, write(file, sheets))
    assert answers(newer)["T1.b"][-1] == "1.1"


@pytest.mark.thorough
def test_where_the_round_names_an_older_version_the_workbook_asks_in_its_words(
    newer: Path, file: Path, tmp_path: Path
) -> None:
    pinned = tmp_path / "rounds.csv"
    pinned.write_text(
        "round,title,starts_on,ends_on,frameworks,versions\nR2,Second round,2025-01-01,2025-03-31,toy,toy=1\n"
    )
    published(newer, pinned)
    sheets = filled_in(newer)
    row = sheets[TOYS][at(sheets[TOYS], "T1.b", "Id")[0]]
    assert (row[1], row[13]) == ("Toys are lent.", "1.0")
    fill(sheets[TOYS], "T1.b", status="No", reason="")
    assert published(newer, write(file, sheets)) == ()
    assert answers(newer)["T1.b"][-1] == "1.0"


@pytest.mark.thorough
def test_it_is_read_where_nothing_is_published_yet(sheets: Sheets, file: Path, tmp_path: Path) -> None:
    fill(sheets[TOYS], "T2.a", status="Somewhat")
    assert told(tmp_path / "none", TINY, write(file, sheets)) == []
    assert {kind for _, kind, *_ in told(tmp_path / "none", file)} == {"frameworks_first"}


# LibreOffice.


def staged(path: Path, store: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of a workbook, without merging them into the publication."""
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        library = stored_library(connection)
    with duckdb.connect() as connection:
        make_staging(connection)
        tables, problems = stage(connection, path, path.name, lambda: library)
        assert not problems
        assert not any(any(table.book.touched) for table in tables if table.book is not None)
        kinds = ("answers", "risk_ratings", "opportunity_ratings", "actions")
        return {kind: connection.execute(f"FROM staged_{kind}").fetchall() for kind in kinds}


@pytest.mark.outside
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not there")
@pytest.mark.parametrize("formats", [("xlsx",), ("ods", "xlsx"), ("ods",)])
def test_libreoffice_opens_and_saves_it_and_it_reads_the_same(
    formats: tuple[str, ...], sample_store: Path, tmp_path: Path
) -> None:
    path = tmp_path / "gha.xlsx"
    path.write_bytes(handed_out(sample_store, "gha-op", "2025"))
    before = staged(path, sample_store)
    assert len(before["answers"]) > 100
    for number, form in enumerate(formats):
        folder = tmp_path / f"{number}"
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        run = [str(SOFFICE), profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
        subprocess.run(run, check=True, capture_output=True, timeout=120)
        path = folder / f"gha.{form}"
    assert staged(path, sample_store) == before
    texts = {cell for rows in cells_of(path.read_bytes()).values() for row in rows[:2] for cell in row}
    assert "3 of 3 answered" in texts, "the counter is worked out anew"


# Everything else.


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(25))
def test_a_workbook_with_anything_in_its_cells_is_reported_and_never_raises(
    seed: int, sheets: Sheets, file: Path, store: Path
) -> None:
    chance = Random(seed)
    odd = [
        "",
        "?",
        "=1",
        "\u0000",
        "9" * 40,
        -1,
        1e300,
        date(1900, 1, 1),
        "T1.a",
        "yes",
        "a;b;c",
        "x" * 40000,
        "1.0",
        "--",
    ]
    for _ in range(chance.choice((1, 8, 60))):
        rows = sheets[chance.choice(list(sheets))]
        row = rows[chance.randrange(len(rows))]
        if chance.random() < 0.1:
            rows.insert(chance.randrange(len(rows)), [chance.choice(odd) for _ in row])
        row[chance.randrange(len(row))] = chance.choice(odd)
    write(file, sheets)
    problems = check(store, [file], TODAY)
    assert all(sentence(problem, read_words()) for problem in problems)


def test_a_library_is_asked_for_only_by_a_workbook_of_an_operation(tmp_path: Path, store: Path) -> None:
    def never() -> None:
        raise AssertionError

    path = write(
        tmp_path / "table.xlsx",
        {"Answers": [["round", "operation", "criterion", "status"], ["R2", "a-op", "T2.a", "yes"]]},
    )
    with duckdb.connect() as connection:
        make_staging(connection)
        tables, _ = stage(connection, path, path.name, never)  # type: ignore[arg-type]
    assert [replace(table, path=path).kind for table in tables] == ["answers"]
