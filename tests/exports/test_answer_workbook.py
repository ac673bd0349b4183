"""Does the workbook of an operation hold every question once, ready to be filled in, sorted and read back?"""

import re
import zipfile
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from string import ascii_uppercase

import pytest

from dashboard.exports.answer_lists import lists_of
from dashboard.exports.answer_workbook import answer_workbook, sheets_of
from dashboard.model.known_codes import OF_SEVERITY
from dashboard.model.words import Words
from dashboard.model.workbook import (
    LONGEST,
    SHEETS,
    WORKBOOK_SIGNATURE,
    Book,
    HandedOut,
    cell_text,
    fingerprint_of,
)
from dashboard.queries.collect_answering import book_of
from dashboard.store.publishing.library_tables import stored_library
from dashboard.store.reader import Published, Reader
from tests.books import HEAD, Sheets, at, cells_of


@pytest.fixture(scope="module")
def toys(tiny_store: Path) -> Book:
    published = Reader(tiny_store).current()
    assert published is not None
    with published.connection:
        book = book_of(published, "a-op", "R2", "en")
    assert book is not None
    return book


@pytest.fixture(scope="module")
def ghana(published: Published) -> Book:
    book = book_of(published, "gha-op", "2025", "en")
    assert book is not None
    return book


def xml(content: bytes, title: str) -> str:
    """The text of one sheet inside the file."""
    number = list(cells_of(content)).index(title) + 1
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml").decode()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def questions(sheets: Sheets, words: Words) -> dict[str, str]:
    """The sheet that each criterion is on."""
    return {
        str(row[0]): title
        for title, rows in sheets.items()
        if len(rows) > HEAD and rows[HEAD][1] == words("book.head.text")
        for row in rows[HEAD + 1 :]
    }


def test_every_question_that_is_asked_occurs_once_on_the_sheet_of_the_function_that_leads(
    ghana: Book, published: Published, words: Words
) -> None:
    sheets = cells_of(answer_workbook(ghana, words))
    found = questions(sheets, words)
    with published.cursor() as cursor:
        asked = cursor.execute(
            "SELECT criterion, (SELECT title FROM wording WHERE language = 'en' AND id = (SELECT arg_min(target, "
            "position) FROM criterion_link AS l WHERE l.criterion_no = criterion.criterion_no AND target_type = "
            "'function')) FROM asked JOIN criterion USING (criterion_no) JOIN operation USING (profile_no) "
            "JOIN round USING (round_no) "
            "WHERE operation = 'gha-op' AND round = '2025'"
        ).fetchall()
    assert found == dict(asked)
    rows = [row for title in dict.fromkeys(found.values()) for row in sheets[title][HEAD + 1 :]]
    assert len(rows) == len(found) > 100


def test_the_first_function_of_a_criterion_leads(ghana: Book, published: Published) -> None:
    with published.cursor() as cursor:
        library = stored_library(cursor)
    first = {c.criterion: c.functions[0] for f in library.frameworks for a in f.areas for c in a.criteria}
    assert {row["criterion"]: row["function"] for row in ghana.questions} == {
        row["criterion"]: first[row["criterion"]] for row in ghana.questions
    }


def test_a_row_says_what_is_asked_what_was_said_last_and_what_is_said_now(toys: Book, words: Words) -> None:
    sheet = cells_of(answer_workbook(toys, words))["Toy makers"]
    row = dict(zip(sheet[HEAD], sheet[at(sheet, "T1.a", "Id")[0]], strict=True))
    assert [str(row[head]) for head in sheet[HEAD][:12]] == [
        "T1.a", "No toy is sharp.", "1 Play", "Respect", "critical", "No, self-declared (First round)",
        "Mostly", "seen by a reviewer", "", "", "Shop manager", "2025-02-01",
    ]  # fmt: skip
    assert (row["framework"], row["framework_version"], row["criterion_id"]) == ("toy", "1.0", "T1.a")
    assert (row["round"], row["operation"]) == ("R2", "a-op")
    handed_out = HandedOut.of(str(row["handed_out"]))
    assert handed_out is not None
    assert (handed_out.status, handed_out.version) == ("mostly", "1.0")
    assert dict(zip(sheet[HEAD], sheet[at(sheet, "T2.a", "Id")[0]], strict=True))["handed_out"] == ""


def test_criteria_of_no_function_get_a_sheet_of_their_own(toys: Book, words: Words) -> None:
    loose = replace(toys, questions=tuple({**row, "function_title": None} for row in toys.questions[:1]))
    assert "Other questions" in cells_of(answer_workbook(loose, words))


def test_titles_of_sheets_are_such_as_a_spreadsheet_takes(toys: Book, words: Words) -> None:
    names = [
        "Sales/[all]: what?*",
        "Read me",
        "lists",
        "History",
        "A name that is much longer than a sheet allows",
        "'",
    ]
    names.append(names[4] + " at all")
    one = toys.questions[0]
    questions = tuple({**one, "criterion": f"C{n}", "function_title": name} for n, name in enumerate(names))
    book = replace(toys, questions=questions)
    titles = [sheet.title for sheet in sheets_of(book, lists_of(book, words), words)]
    assert all(len(title) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", title) for title in titles)
    taken = [title.lower() for title in (*titles, "read me", "lists", "history")]
    assert len(set(taken)) == len(taken)
    assert len(cells_of(answer_workbook(book, words))) == len(titles) + 2


def test_what_is_for_reading_back_is_hidden_and_the_mark_is_there(toys: Book, words: Words) -> None:
    content = answer_workbook(toys, words)
    columns = [column for column in SHEETS["answers"] if column.name != "law"]
    hidden = [number for number, column in enumerate(columns, start=1) if column.hidden]
    found = re.findall(r'<col min="(\d+)" max="(\d+)"[^>]*hidden="1"', xml(content, "Toy makers"))
    assert [n for low, high in found for n in range(int(low), int(high) + 1)] == hidden
    assert '<sheet name="lists" sheetId="8" state="veryHidden"' in part(content, "xl/workbook.xml")
    assert cells_of(content)["lists"][0][0] == WORKBOOK_SIGNATURE


def test_without_kinds_there_is_no_column_of_kinds(toys: Book, words: Words) -> None:
    head = words("book.head.kind")
    assert head in cells_of(answer_workbook(toys, words))["Toy makers"][HEAD]
    book = replace(toys, questions=tuple({**row, "kind": "respect"} for row in toys.questions))
    sheet = cells_of(answer_workbook(book, words))["Toy makers"]
    assert head not in sheet[HEAD]
    status = words("book.head.status")
    assert (
        at(sheet, "T1.a", status)[1] == at(cells_of(answer_workbook(toys, words))["Toy makers"], "T1.a", status)[1] - 1
    )


def test_beside_a_standard_with_kinds_one_without_leaves_the_cell_empty(toys: Book, words: Words) -> None:
    own = [
        {**row, "framework": "plain", "kind": "respect", "criterion": f"P{n}"} for n, row in enumerate(toys.questions)
    ]
    statuses = [{**row, "framework": "plain"} for row in toys.statuses]
    book = replace(toys, questions=(*toys.questions, *own), statuses=(*toys.statuses, *statuses))
    sheet = cells_of(answer_workbook(book, words))["Toy makers"]
    kind = sheet[HEAD].index(words("book.head.kind"))
    said = {str(row[0]): row[kind] for row in sheet[HEAD + 1 :]}
    assert (said["T1.a"], said["P0"]) == (words("kind.respect"), "")


def test_structure_is_locked_without_a_password_and_rows_can_be_sorted(toys: Book, words: Words) -> None:
    content = answer_workbook(toys, words)
    for title in ("Toy makers", "Risks", "Opportunities", "Actions"):
        (protection,) = re.findall(r"<sheetProtection[^>]*>", xml(content, title))
        assert "password" not in protection
        assert 'sort="0"' in protection
        assert 'autoFilter="0"' in protection
    sheet = xml(content, "Toy makers")
    assert re.search(r'<autoFilter ref="A4:S7"', sheet)
    assert re.search(r'<pane xSplit="2" ySplit="4"[^>]*state="frozen"', sheet)
    styles = part(content, "xl/styles.xml")
    looks = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.partition("<cellXfs")[2])
    unlocked = {number for number, look in enumerate(looks) if 'locked="0"' in look}
    for name, style in re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', sheet):
        below = int(re.sub(r"\D", "", name)) > HEAD + 1
        assert (int(style) in unlocked) == below, name


def test_cells_are_chosen_from_lists_and_what_is_only_shown_takes_no_typing(toys: Book, words: Words) -> None:
    content = answer_workbook(toys, words)
    lists = cells_of(content)["lists"]

    def listed(title: str, column: str) -> list[object]:
        found = re.search(
            rf'sqref="{column}5(?::{column}\d+)?"[^>]*><formula1>lists!\$C\$(\d+):\$C\$(\d+)<', xml(content, title)
        )
        assert found is not None, (title, column)
        return [row[2] for row in lists[int(found[1]) - 1 : int(found[2])]]

    assert listed("Toy makers", "G") == [
        "Yes",
        "Mostly",
        "Somewhat",
        "No",
        "Does not apply",
        "Do not know",
        "unanswered",
    ]
    assert listed("Toy makers", "H") == [
        words(f"evidence.{code}") for code in ("none", "self_declared", "seen", "independently_checked")
    ]
    assert listed("Risks", "F") == ["found", "none found"]
    assert re.search(r'sqref="G5"[^>]*><formula1>"1,2,3,4"<', xml(content, "Risks"))
    assert listed("Actions", "K") == ["Yes", "Mostly", "Somewhat", "No"]
    assert re.search(r'type="custom"[^>]*sqref="B5:B7"[^>]*><formula1>FALSE<', xml(content, "Toy makers"))


def test_rows_of_different_scales_find_their_own_list_wherever_they_are_sorted_to(toys: Book, words: Words) -> None:
    other = [{**row, "framework": "other", "title": f"{row['title']}!"} for row in toys.statuses]
    asked = {**toys.questions[0], "criterion": "O1", "framework": "other", "framework_version": "2"}
    book = replace(toys, statuses=(*toys.statuses, *other), questions=(*toys.questions, asked))
    content = answer_workbook(book, words)
    assert "<formula1>INDIRECT($S5)</formula1>" in xml(content, "Toy makers")
    sheet = cells_of(content)["Toy makers"]
    assert {row[0]: row[18] for row in sheet[HEAD + 1 :]} == {
        "T1.a": "scale_1", "T1.b": "scale_1", "T2.a": "scale_1", "O1": "scale_2",
    }  # fmt: skip
    names = dict(re.findall(r'<definedName name="(scale_\d)">lists!\$C\$(\d+)', part(content, "xl/workbook.xml")))
    assert cells_of(content)["lists"][int(names["scale_2"]) - 1] == ["scale_2", "yes", "Yes!"]


def test_a_reason_is_marked_as_wanted_while_the_status_is_not_applicable(toys: Book, words: Words) -> None:
    sheet = xml(answer_workbook(toys, words), "Toy makers")
    assert re.search(
        r'<conditionalFormatting sqref="I5:I7">.*?<formula>AND\(OR\(\$G5="Does not apply"\),LEN\(TRIM\(\$I5\)\)=0\)<',
        sheet,
    )


def test_each_sheet_counts_what_is_filled_in(toys: Book, words: Words) -> None:
    content = answer_workbook(toys, words)
    sheets = cells_of(content)
    assert [sheets[title][1][0] for title in ("Toy makers", "Risks", "Actions")] == [
        "2 of 3 answered", "0 of 1 rated", "Actions: 0, 0 of them pre-filled",
    ]  # fmt: skip
    formula = 'SUMPRODUCT((LEN(TRIM($G$5:$G$7))&gt;0)*($G$5:$G$7&lt;&gt;"unanswered"))&amp;" of "&amp;3&amp;" answered"'
    assert f"<f>{formula}</f>" in xml(content, "Toy makers")
    turned = Words("xx", {**words.texts, "book.counter.answers": 'Of {asked} "here": {filled}'})
    formula = '"Of "&amp;3&amp;" ""here"": "&amp;SUMPRODUCT('
    assert f"<f>{formula}" in xml(answer_workbook(toys, turned), "Toy makers")


def test_a_text_is_never_a_formula(toys: Book, words: Words) -> None:
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://example.org", "{=1}"]
    one = {**toys.questions[0], "function_title": "Toy makers"}
    questions = tuple(
        {**one, "criterion": f"C{n}", "text": text, "note": text, "last_note": text} for n, text in enumerate(texts)
    )
    content = answer_workbook(replace(toys, questions=questions), words)
    sheet = xml(content, "Toy makers")
    assert len(re.findall(r"<f>", sheet)) == 1, "the counter alone"
    assert "hyperlink" not in sheet
    rows = cells_of(content)["Toy makers"][HEAD:]
    note = rows[0].index(words("book.head.note"))
    assert [row[note] for row in rows[1:]] == [text.strip() for text in texts]


def test_illustrative_data_says_so_on_every_sheet_and_real_data_nowhere(toys: Book, words: Words) -> None:
    notice = words("shell.illustrative")
    for synthetic, wanted in ((True, {True}), (False, {False})):
        sheets = cells_of(answer_workbook(replace(toys, about={**toys.about, "synthetic": synthetic}), words))
        del sheets["lists"]
        assert {any(notice in row for row in rows) for rows in sheets.values()} == wanted


def test_the_guide_says_what_each_status_and_sheet_means(toys: Book, words: Words) -> None:
    guide = cells_of(answer_workbook(toys, words))["Read me"]
    lines = {str(row[0]): row[1:3] for row in guide}
    assert lines["Mostly"] == ["answered", "Some of it is in place; counts 75 of 100."]
    assert lines["Does not apply"][0] == "not applicable"
    assert lines["Toy makers"] == ["3", "Questions to answer"]
    assert words("book.guide.roles") in lines


def test_the_header_is_printed_on_every_page(toys: Book, words: Words) -> None:
    content = answer_workbook(toys, words)
    assert "'Toy makers'!$4:$4" in part(content, "xl/workbook.xml")
    assert re.search(r'<pageSetup[^>]*fitToHeight="0"[^>]*orientation="landscape"', xml(content, "Toy makers"))


def test_the_same_content_gives_the_same_bytes(ghana: Book, words: Words) -> None:
    assert answer_workbook(ghana, words) == answer_workbook(ghana, words)


def test_a_text_that_no_cell_can_hold_is_shown_as_far_as_it_goes_and_counts_as_unchanged() -> None:
    long, odd = "x" * (LONGEST + 10), "a\x07b\x00"
    assert cell_text(long) == f"{'x' * LONGEST}…"
    assert cell_text(odd) == "ab"
    assert fingerprint_of([long, odd]) == fingerprint_of([cell_text(long), cell_text(odd)])
    assert fingerprint_of(["a", "b"]) != fingerprint_of(["a b", ""])
    assert fingerprint_of([None, "", " "]) == ""


def test_a_question_says_when_it_is_partly_and_the_guide_which_standard_is_held_in_part(
    ghana: Book, words: Words
) -> None:
    cells = cells_of(answer_workbook(ghana, words))
    guide = [str(cell) for row in cells[words("book.sheet.guide")] for cell in row]
    (held,) = {row["held_in_part"] for row in ghana.statuses} - {None}
    assert held in guide
    asked = {row["criterion"]: row for row in ghana.questions}
    texts = [str(cell) for sheet in cells.values() for row in sheet for cell in row]
    for code in ("CRBP-01.b", "COP14-A2.3"):
        row = asked[code]
        assert f"{row['text']}\n{words('standard.partly', when=row['partly'])}" in texts
    assert asked["CRBP-02.b"]["partly"] is None
    assert asked["CRBP-02.b"]["text"] in texts


def test_a_cell_of_the_severity_of_a_risk_says_what_each_grade_needs(ghana: Book, words: Words) -> None:
    content = answer_workbook(ghana, words)
    heads = cells_of(content)["Risks"][HEAD]
    found = re.findall(r'<dataValidation [^>]*?\bprompt="([^"]*)" sqref="([A-Z])5:', xml(content, "Risks"))
    prompts = {heads[ascii_uppercase.index(letter)]: unescape(prompt) for prompt, letter in found}
    needs = {part: "\n".join(f"{grade}: {words(f'rating.{part}_{grade}')}" for grade in "4321") for part in OF_SEVERITY}
    left = words("book.residual_help", sheet=words("book.sheet.guide"))
    expected = {**needs, "residual_severity": left, "rated_on": words("book.date_help")}
    assert prompts == {words(f"book.head.{name}"): text for name, text in expected.items()}


def test_the_instructions_say_what_each_grade_needs_if_there_are_risks(ghana: Book, words: Words) -> None:
    rows = cells_of(answer_workbook(ghana, words))["Read me"]
    first = next(number for number, row in enumerate(rows) if row[0] == words("rating.title"))
    table = [[str(cell) for cell in row[:3]] for row in rows[first + 2 : first + 18]]
    severe = f"4 – {words('grade.severity_4')}"
    assert table[:3] == [[severe, words(f"rating.{part}"), words(f"rating.{part}_4")] for part in OF_SEVERITY]
    assert table[3::4] == [["", words("rating.example"), words(f"rating.example_{grade}")] for grade in "4321"]
    assert [words("rating.rule")] in [row[:1] for row in rows]
    rated = tuple(row for row in ghana.impacts if row["polarity"] == "opportunity")
    without = {str(row[0]) for row in cells_of(answer_workbook(replace(ghana, impacts=rated), words))["Read me"]}
    assert not without & {words("rating.title"), words("rating.rule")}
