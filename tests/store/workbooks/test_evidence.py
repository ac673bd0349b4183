"""Is the evidence of an operation included in its workbook, and replaced answer by answer when it comes back?"""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.model.answer import Evidence, of_answer
from dashboard.model.problem import Problem, sentence
from dashboard.model.words import Words
from dashboard.store.published_codes import stored_evidence
from dashboard.store.publishing.edits import close_round
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.reader import Reader
from tests.books import HEAD, Sheets, filled_in, write
from tests.conftest import TODAY, WRITER, copy_of, rest_thorough

HEADS = {
    "criterion": "Question (id)",
    "title": "Title of the document",
    "link": "Link (https://…)",
    "document": "Document id",
    "dated_on": "Date of the document",
    "page": "Page or section",
    "holder": "Held by (role or department)",
    "confidential": "Confidential?",
    "evidence_id": "evidence_id",
    "handed_out": "handed_out",
}
T1, T2 = ("R2", "a-op", "T1.a"), ("R2", "a-op", "T2.a")
POLICY = Evidence(*of_answer(T1), "Policy", "https://toys.example/p", "TP-1", "2025-01-31", "4", "Board office")
SECRET = Evidence(*of_answer(T1), "Case notes", "https://toys.example/s", "CN-7", "", "9", "Legal", "true")
PHOTO = Evidence(*of_answer(T2), "Photo")
ROWS = (
    "round,operation,criterion,action,title,link,document,dated_on,page,holder,confidential\n"
    "R2,a-op,T1.a,,Policy,https://toys.example/p,TP-1,2025-01-31,4,Board office,\n"
    "R2,a-op,T1.a,,Case notes,https://toys.example/s,CN-7,,9,Legal,true\n"
    "R2,a-op,T2.a,,Photo,,,,,,\n"
    "R2,b-op,T1.a,,Theirs,,,,,,\n"
)


@pytest.fixture(scope="module")
def evidence_store(tiny_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy group with evidence of two operations, one item of it confidential. Read-only."""
    folder = tmp_path_factory.mktemp("evidence")
    store = copy_of(tiny_store, folder / "store")
    assert load(store, folder, ROWS) == ()
    return store


@pytest.fixture(scope="module")
def workbook(evidence_store: Path) -> Sheets:
    """What is handed out of it, filled in. Read-only."""
    return filled_in(evidence_store)


@pytest.fixture
def with_evidence(evidence_store: Path, tmp_path: Path) -> Path:
    """A copy of it, free to change."""
    return copy_of(evidence_store, tmp_path / "store")


@pytest.fixture
def sheets(workbook: Sheets) -> Sheets:
    """Its workbook, free to change."""
    return deepcopy(workbook)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a-op.xlsx"


def load(store: Path, tmp_path: Path, rows: str) -> tuple[Problem, ...]:
    (tmp_path / "evidence.csv").write_text(rows, "utf-8")
    return published(store, tmp_path / "evidence.csv")


def published(store: Path, *paths: Path) -> tuple[Problem, ...]:
    outcome = publish(Load(store, list(paths), WRITER, TODAY))
    assert outcome.revision is not None or not any(problem.serious for problem in outcome.problems), outcome.problems
    return outcome.problems


def items(store: Path, key: tuple[str, str, str] = T1) -> list[Evidence]:
    now = Reader(store).current()
    assert now is not None
    with now.connection as connection:
        return stored_evidence(connection, of_answer(key))


def every(store: Path) -> list[list[Evidence]]:
    return [items(store, key) for key in (T1, T2, ("R2", "b-op", "T1.a"))]


def row_of(sheets: Sheets, title: str) -> list[object]:
    position = sheets["Evidence"][HEAD].index(HEADS["title"])
    return next(row for row in sheets["Evidence"][HEAD + 1 :] if row[position] == title)


def typed(sheets: Sheets, row: list[object], **cells: object) -> list[object]:
    for name, cell in cells.items():
        row[sheets["Evidence"][HEAD].index(HEADS[name])] = cell
    return row


def added(sheets: Sheets, **cells: object) -> int:
    """Type into a new row. Returns its number as a spreadsheet counts."""
    sheet = sheets["Evidence"]
    sheet.append(typed(sheets, [""] * len(sheet[HEAD]), **cells))
    return len(sheet)


def told(store: Path, words: Words, *files: Path) -> list[str]:
    return [sentence(problem, words) for problem in check(store, files, TODAY)]


def test_the_sheet_names_each_item_and_keeps_back_what_is_confidential(with_evidence: Path, sheets: Sheets) -> None:
    shown = [list(row[2:9]) for row in sheets["Evidence"][HEAD + 1 :] if row[0]]
    assert shown == [
        ["Policy", "https://toys.example/p", "TP-1", date(2025, 1, 31), "4", "Board office", ""],
        ["Case notes", "", "", "", "", "", "yes"],
        ["Photo", "", "", "", "", "", ""],
    ]


def test_returned_as_it_was_and_sorted_otherwise_it_changes_nothing(
    with_evidence: Path, sheets: Sheets, file: Path
) -> None:
    before = every(with_evidence)
    sheets["Evidence"][HEAD + 1 :] = reversed(sheets["Evidence"][HEAD + 1 :])
    assert published(with_evidence, write(file, sheets)) == ()
    assert every(with_evidence) == before


def test_what_was_published_since_stays_where_nobody_changed_the_sheet(
    with_evidence: Path, sheets: Sheets, file: Path, tmp_path: Path
) -> None:
    write(file, sheets)
    load(with_evidence, tmp_path, ROWS.replace("Photo", "Film"))
    assert published(with_evidence, file) == ()
    assert [item.title for item in items(with_evidence, T2)] == ["Film"]


def test_a_changed_item_replaces_those_of_its_answer_alone(
    with_evidence: Path, sheets: Sheets, file: Path, tmp_path: Path
) -> None:
    typed(sheets, row_of(sheets, "Policy"), page=5, dated_on=date(2025, 2, 1))
    write(file, sheets)
    load(with_evidence, tmp_path, ROWS.replace("Photo", "Film"))
    assert published(with_evidence, file) == ()
    assert items(with_evidence) == [replace(POLICY, page="5", dated_on="2025-02-01"), SECRET]
    assert [item.title for item in items(with_evidence, T2)] == ["Film"]
    assert published(with_evidence, file) == ()
    assert items(with_evidence) == [replace(POLICY, page="5", dated_on="2025-02-01"), SECRET]


def test_items_are_added_in_empty_rows_and_taken_away_by_clearing_theirs(
    with_evidence: Path, sheets: Sheets, file: Path
) -> None:
    added(sheets, criterion="T2.a", title="Minutes", confidential="Yes")
    added(sheets, criterion="T1.b", title="Plan", link="https://toys.example/plan")
    typed(sheets, row_of(sheets, "Case notes"), title="", confidential="")
    assert published(with_evidence, write(file, sheets)) == ()
    assert items(with_evidence) == [POLICY]
    assert items(with_evidence, T2) == [PHOTO, replace(PHOTO, title="Minutes", confidential="true")]
    (plan,) = items(with_evidence, ("R2", "a-op", "T1.b"))
    assert (plan.title, plan.link) == ("Plan", "https://toys.example/plan")


def test_what_a_confidential_item_keeps_back_can_be_replaced_and_is_otherwise_kept(
    with_evidence: Path, sheets: Sheets, file: Path
) -> None:
    typed(sheets, row_of(sheets, "Case notes"), holder="Audit")
    assert published(with_evidence, write(file, sheets)) == ()
    assert items(with_evidence) == [POLICY, replace(SECRET, holder="Audit")]


def test_an_answer_of_which_all_items_are_cleared_keeps_them_with_a_note(
    with_evidence: Path, sheets: Sheets, file: Path, words: Words
) -> None:
    typed(sheets, row_of(sheets, "Photo"), title="")
    (note,) = published(with_evidence, write(file, sheets))
    assert (note.kind, note.row, note.serious) == ("left_as_it_is", HEAD + 4, False)
    assert items(with_evidence, T2) == [PHOTO]


def test_changed_in_both_places_the_sheet_counts_and_a_note_says_so(
    with_evidence: Path, sheets: Sheets, file: Path, tmp_path: Path
) -> None:
    typed(sheets, row_of(sheets, "Photo"), title="Drawing")
    write(file, sheets)
    load(with_evidence, tmp_path, ROWS.replace("Photo", "Film"))
    (note,) = published(with_evidence, file)
    assert (note.kind, note.column, note.value) == ("published_meanwhile", HEADS["title"], "Film → Drawing")
    assert (note.row, note.serious) == (HEAD + 4, False)
    assert [item.title for item in items(with_evidence, T2)] == ["Drawing"]


def test_workbooks_that_contradict_each_other_are_both_told(
    with_evidence: Path, sheets: Sheets, file: Path, tmp_path: Path
) -> None:
    for at, title in ((file, "Drawing"), (tmp_path / "other.xlsx", "Model")):
        changed = deepcopy(sheets)
        typed(changed, row_of(changed, "Photo"), title=title)
        write(at, changed)
    unchanged = write(tmp_path / "unchanged.xlsx", sheets)
    problems = check(with_evidence, [file, tmp_path / "other.xlsx", unchanged], TODAY)
    assert [(problem.kind, problem.value, problem.row) for problem in problems] == [
        ("contradicted", "Drawing", HEAD + 4),
        ("contradicted", "Model", HEAD + 4),
    ]
    assert published(with_evidence, file, unchanged) == ()
    assert [item.title for item in items(with_evidence, T2)] == ["Drawing"]


def test_bad_rows_are_told_and_their_answer_keeps_its_evidence(
    with_evidence: Path, sheets: Sheets, file: Path, words: Words
) -> None:
    before = every(with_evidence)
    typed(sheets, row_of(sheets, "Policy"), link="the intranet")
    typed(sheets, row_of(sheets, "Photo"), title="", page="3")
    added(sheets, criterion="T2.a", title="Minutes", dated_on="03/04/2025")
    added(sheets, criterion="T9.z", title="Page")
    added(sheets, title="Of nothing")
    added(sheets, criterion="T1.b", title="Plan", confidential="perhaps", dated_on=date(2026, 2, 1))
    problems = told(with_evidence, words, write(file, sheets))
    starts = [
        "10, Question (id): The row does not identify anything that is asked",
        "5, Link (https://…): “the intranet” is not an address",
        "6, Title of the document: This row was left out, because another row of the same answer",
        "7, Title of the document: The cell is empty",
        "8, Date of the document: “03/04/2025” is not a valid date",
        "9, Question (id): “T9.z” is not a criterion.",
        "11, Date of the document: 2026-02-01 is in the future.",
        "11, Confidential?: “perhaps” is not on the scale.",
    ]
    assert len(problems) == len(starts)
    for problem, start in zip(problems, starts, strict=True):
        assert problem.startswith(f"a-op.xlsx[Evidence], row {start}")
    published(with_evidence, file)
    assert every(with_evidence) == before


@pytest.mark.parametrize("column", rest_thorough(["handed_out", "evidence_id"]))
def test_without_its_hidden_columns_it_reads_the_same(
    column: str, with_evidence: Path, sheets: Sheets, file: Path
) -> None:
    before = every(with_evidence)
    at = sheets["Evidence"][HEAD].index(column)
    sheets["Evidence"][HEAD:] = [row[:at] + row[at + 1 :] for row in sheets["Evidence"][HEAD:]]
    assert published(with_evidence, write(file, sheets)) == ()
    assert every(with_evidence) == before


def test_a_workbook_without_the_sheet_leaves_evidence_alone(with_evidence: Path, sheets: Sheets, file: Path) -> None:
    before = every(with_evidence)
    del sheets["Evidence"]
    assert published(with_evidence, write(file, sheets)) == ()
    assert every(with_evidence) == before


def test_of_a_closed_round_a_changed_item_is_told_and_an_unchanged_sheet_is_not(
    with_evidence: Path, sheets: Sheets, file: Path, tmp_path: Path
) -> None:
    assert close_round(with_evidence, "R2", WRITER, TODAY, accept=True).revision is not None
    before = every(with_evidence)
    assert check(with_evidence, [write(file, sheets)], TODAY) == ()
    typed(sheets, row_of(sheets, "Photo"), title="Drawing")
    (problem,) = check(with_evidence, [write(tmp_path / "changed.xlsx", sheets)], TODAY)
    assert (problem.kind, problem.row) == ("round_closed", HEAD + 4)
    published(with_evidence, tmp_path / "changed.xlsx")
    assert every(with_evidence) == before
