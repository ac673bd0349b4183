"""Does `dashboard verify` write each verdict, go on where it stopped, and change nothing else in the file?"""

import csv
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import pytest
import yaml
from click.testing import CliRunner, Result

from dashboard.__main__ import main
from dashboard.loading.frameworks import read_library
from dashboard.loading.yaml_edit import edited
from dashboard.loading.yaml_file import Place
from dashboard.model.framework import Criterion
from dashboard.store.disk import write_atomically
from dashboard.store.reader import Reader
from dashboard.tasks.verdicts import COLUMNS, MARKS, Verdict, written_page
from dashboard.tasks.verifying import VerifiedStandard, give, open_standard, take_table
from tests.conftest import ROOT, TINY, TODAY
from tests.standards import SHIPPED
from tests.tasks.test_command import call

ORDER = tuple(Criterion.model_fields)
GIVEN = Verdict("T1.b", "own_reading", "12", role="project", date="2025-12-31")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(copytree(TINY / "frameworks", tmp_path / "frameworks"))


@pytest.fixture
def toy(folder: Path) -> VerifiedStandard:
    return opened(folder)


def opened(folder: Path) -> VerifiedStandard:
    found = open_standard(folder, "toy")
    assert isinstance(found, VerifiedStandard), found
    return found


def given(standard: VerifiedStandard, verdict: Verdict) -> VerifiedStandard:
    found = give(standard, verdict, TODAY)
    assert isinstance(found, VerifiedStandard), found
    return found


def kinds(found: object) -> list[str]:
    assert isinstance(found, list), found
    return [problem.kind for problem in found]


def text_of(folder: Path) -> str:
    return (folder / "toy" / "framework.yaml").read_bytes().decode()


def table_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "toy" / "verified.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def typed(folder: Path, *lines: str, options: tuple[str, ...] = ("--role", "project")) -> Result:
    """Type lines at the command."""
    arguments = ["verify", "toy", str(folder), *options]
    result = CliRunner().invoke(main, arguments, input="".join(f"{line}\n" for line in lines))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def shown(result: Result) -> list[str]:
    """The criteria that were shown."""
    return re.findall(r"^(T\d\.\w) · ", result.stdout, re.MULTILINE)


# One verdict.


def test_a_verdict_sets_mark_and_page_and_becomes_a_row(folder: Path, toy: VerifiedStandard) -> None:
    before = text_of(folder)
    now = given(toy, GIVEN)
    assert text_of(folder) == before.replace('version: "1.0"', 'version: "1.1"').replace(
        "        citation: Toy standard, 1b\n        verification: confirmed\n",
        "        citation: Toy standard, 1b\n        page: page 12\n        verification: own_reading\n",
    )
    row = {**dict.fromkeys(COLUMNS, ""), "criterion": "T1.b", "verdict": "own_reading", "page": "page 12"}
    row |= {"role": "project", "date": "2025-12-31", "version": "1.1", "text": "Toys are lent."}
    assert table_of(folder) == [row]
    assert [item.criterion.criterion for item in now.items() if item.counts] == ["T1.b"]


@pytest.mark.parametrize(("verdict", "mark"), MARKS.items())
def test_each_verdict_has_its_mark_and_says_otherwise_never_confirms(
    toy: VerifiedStandard, verdict: str, mark: str
) -> None:
    words = {"says_otherwise": "Nothing on loans."}
    now = given(toy, Verdict("T1.b", verdict, "12", words.get(verdict, ""), "project", "2025-12-31"))
    item = next(item for item in now.items() if item.criterion.criterion == "T1.b")
    assert item.criterion.verification == mark
    assert item.otherwise == words.get(verdict, "")
    assert (mark == "to_verify") is (verdict == "says_otherwise")


def test_the_version_rises_once_in_a_session_and_publishing_takes_the_folder(
    folder: Path, toy: VerifiedStandard, store: Path
) -> None:
    now = given(given(toy, GIVEN), Verdict("T2.a", "says_this", "3", "", "project", "2025-12-31"))
    assert now.framework.version == "1.1"
    again = given(opened(folder), Verdict("T2.b", "says_this", "4", "", "project", "2025-12-31"))
    assert again.framework.version == "1.2"
    assert call("publish", folder, "--store", store, "--accept").exit_code == 0
    published = Reader(store).current()
    assert published is not None
    with published.cursor() as cursor:
        marks = dict(cursor.execute("SELECT criterion, verification FROM criterion").fetchall())
        cited = dict(cursor.execute("SELECT criterion, citation FROM criterion").fetchall())
    assert (marks["T1.b"], marks["T2.a"], marks["T2.b"]) == ("own_reading", "confirmed", "confirmed")
    assert cited["T1.b"] == "Toy standard, 1b, page 12"


@pytest.mark.parametrize(("was", "becomes"), [("1.6", "1.7"), ("1.9", "1.10"), ("2", "2.1"), ("1.2.3", "1.2.4")])
def test_the_next_version_is_one_step_higher(folder: Path, was: str, becomes: str) -> None:
    file = folder / "toy" / "framework.yaml"
    file.write_text(text_of(folder).replace('version: "1.0"', f'version: "{was}"'), "utf-8")
    assert given(opened(folder), GIVEN).framework.version == becomes


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ({"criterion": "T9.z"}, "unknown_criterion"),
        ({"verdict": "perhaps"}, "bad_verdict"),
        ({"page": "  "}, "page_missing"),
        ({"verdict": "says_otherwise"}, "instead_missing"),
        ({"instead": "It says more."}, "instead_unused"),
        ({"role": " \t"}, "role_missing"),
        ({"date": "2026-01-02"}, "future_date"),
        ({"date": "31.12.2025"}, "bad_date"),
        ({"text": "Toys are sold."}, "text_changed"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    folder: Path, toy: VerifiedStandard, wrong: Mapping[str, str], kind: str
) -> None:
    before = text_of(folder)
    assert kinds(give(toy, Verdict(**{**vars(GIVEN), **wrong}), TODAY)) == [kind]
    assert text_of(folder) == before
    assert not (folder / "toy" / "verified.csv").exists()


@pytest.mark.parametrize(
    ("typed_page", "page"),
    [("12", "page 12"), (" 12-13 ", "pages 12-13"), ("12, 14", "pages 12, 14"), ("table 3", "table 3"), ("iv", "iv")],
)
def test_a_page_that_is_only_a_number_is_called_one(typed_page: str, page: str) -> None:
    assert written_page(typed_page.strip()) == page


def test_an_earlier_verdict_stays_in_the_table_and_the_last_one_counts(folder: Path, toy: VerifiedStandard) -> None:
    now = given(given(toy, GIVEN), Verdict("T1.b", "says_this", "13", "", "steward", "2026-01-01"))
    assert [(row["verdict"], row["role"]) for row in table_of(folder)] == [
        ("own_reading", "project"),
        ("says_this", "steward"),
    ]
    assert [item.last.page for item in now.items() if item.last] == ["page 13"]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("text: Toys are lent.", "text: Toys are given."),
        ("page: page 12", "page: page 13"),
        ("verification: own_reading", "verification: confirmed"),
    ],
)
def test_a_verdict_no_longer_counts_once_text_page_or_mark_change(
    folder: Path, toy: VerifiedStandard, was: str, becomes: str
) -> None:
    given(toy, GIVEN)
    (folder / "toy" / "framework.yaml").write_text(text_of(folder).replace(was, becomes), "utf-8")
    assert [item.counts for item in opened(folder).items()] == [False] * 4
    result = typed(folder, "", "q")
    assert shown(result) == ["T1.a", "T1.b"]
    said = " ".join(result.stdout.split())
    assert "has changed since the last verdict, which no longer counts: Our own reading, page 12 (project" in said


def test_columns_and_separators_of_a_spreadsheet_are_kept_as_values(folder: Path, toy: VerifiedStandard) -> None:
    given(toy, GIVEN)
    file = folder / "toy" / "verified.csv"
    header, row = file.read_text("utf-8-sig").splitlines()
    file.write_text(f"{header};note\n{row};seen by two\n".replace(",", ";"), "utf-8")
    given(opened(folder), Verdict("T2.a", "says_this", "3", "", "project", "2025-12-31"))
    assert [row["note"] for row in table_of(folder)] == ["seen by two", ""]
    assert all(item.counts for item in opened(folder).items() if item.criterion.criterion in ("T1.b", "T2.a"))


def test_a_formula_in_the_words_is_guarded_and_read_back(folder: Path, toy: VerifiedStandard) -> None:
    now = given(toy, Verdict("T1.b", "says_otherwise", "12", "=1+1", "project", "2025-12-31"))
    assert table_of(folder)[0]["instead"] == "'=1+1"
    assert [item.otherwise for item in now.items()] == ["", "=1+1", "", ""]


def test_without_its_row_the_mark_is_put_back(
    folder: Path, toy: VerifiedStandard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str) -> None:
        if path.name == "verified.csv":
            raise OSError(28, "No space left on device")
        write_atomically(path, text)

    monkeypatch.setattr("dashboard.tasks.verifying.write_atomically", full)
    before = text_of(folder)
    assert kinds(give(toy, GIVEN, TODAY)) == ["not_written"]
    assert text_of(folder) == before


# Which folder.


def test_an_unknown_standard_leads_to_the_nearest(folder: Path) -> None:
    result = call("verify", "tooy", folder)
    assert result.exit_code == 1
    assert f"{folder}: “tooy” is not a standard in this folder. Expected: toy. Did you mean toy?" in result.stderr


@pytest.mark.parametrize("of", ["frameworks", "."])
def test_the_standards_of_the_program_are_never_written(of: str) -> None:
    result = call("verify", "crbp", ROOT / of)
    assert result.exit_code == 1
    assert "These are the standards that the program itself includes" in result.stderr


def test_a_link_to_the_standards_of_the_program_is_no_copy(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "mine"
    link.mkdir()
    (link / "toy").symlink_to(folder / "toy")
    assert kinds(open_standard(link, "toy", included=folder)) == ["standard_included"]


@pytest.mark.parametrize("content", ["areas: [", "framework: toy\nversion: 1\n"])
def test_a_file_that_cannot_be_read_says_where(folder: Path, content: str) -> None:
    (folder / "toy" / "framework.yaml").write_text(content, "utf-8")
    result = call("verify", "toy", folder)
    assert result.exit_code == 1
    assert result.stderr.startswith("toy/framework.yaml")


def test_a_folder_without_standards_says_so(tmp_path: Path) -> None:
    assert kinds(open_standard(tmp_path, "toy")) == ["nothing_found"]


# In the terminal.


def test_it_goes_on_with_the_first_criterion_without_a_verdict(folder: Path) -> None:
    first = typed(folder, "1", "5", "", "2", "7", "q")
    assert shown(first) == ["T1.a", "T1.b", "T2.a", "T2.b"]
    assert "TOY, version 1.1: 2 of 4 criteria have a verdict." in first.stdout
    assert f"dashboard publish {folder}" in first.stdout
    second = typed(folder, "3", "8", "It asks for less.", "q")
    assert shown(second) == ["T1.b", "T2.b"]
    assert "TOY, version 1.2: 3 of 4 criteria have a verdict. The document says otherwise on 1." in second.stdout
    assert [row["criterion"] for row in table_of(folder)] == ["T1.a", "T2.a", "T1.b"]


def test_a_criterion_is_shown_with_all_that_is_to_be_compared(folder: Path) -> None:
    result = typed(folder, options=("--role", "project", "--item", "T2.a"))
    assert shown(result) == ["T2.a"]
    for line in (
        "T2.a · Shops (1 of 1)",
        "  Prices are told.",
        "  Evidence could be: A price list.",
        "  Source: Toy standard, 2a",
        "  Marked now: to verify",
        "  2  Our own reading. Ours goes further or is more exact.",
    ):
        assert line in result.stdout.splitlines()


def test_what_is_typed_wrong_is_asked_again_and_the_end_of_it_stops(folder: Path) -> None:
    result = typed(folder, "", "steward", "9", "1", "", "1", "5", options=())
    assert result.stderr.splitlines() == [
        "“9” is not a verdict. Expected: 1, 2, 3.",
        "Give the page or place in the document.",
    ]
    assert [(row["criterion"], row["role"]) for row in table_of(folder)] == [("T1.a", "steward")]
    assert result.exit_code == 0


def test_nothing_follows_if_nothing_was_given(folder: Path) -> None:
    before = text_of(folder)
    assert "dashboard publish" not in typed(folder, "q").stdout
    assert text_of(folder) == before


def test_a_verdict_is_corrected_by_naming_its_criterion(folder: Path) -> None:
    for key in ("1", "2"):
        typed(folder, key, "5", options=("--role", "project", "--item", "T1.a"))
    assert [row["verdict"] for row in table_of(folder)] == ["says_this", "own_reading"]
    wrong = typed(folder, options=("--item", "T1.aa"))
    assert (wrong.exit_code, "Did you mean T1.a?" in wrong.stderr) == (1, True)


def test_when_all_have_a_verdict_nothing_is_asked(folder: Path) -> None:
    typed(folder, *["1", "5"] * 4)
    result = typed(folder)
    assert shown(result) == []
    assert "Every criterion has a verdict." in result.stdout


def test_a_day_to_come_is_refused_before_anything_is_asked(folder: Path) -> None:
    tomorrow = date.today() + timedelta(days=1)
    result = typed(folder, options=("--date", tomorrow.isoformat()))
    assert result.exit_code == 1
    assert f"{tomorrow} is in the future" in result.stderr
    assert shown(result) == []


# By a table.


def test_a_filled_in_table_is_taken_and_a_second_time_changes_nothing(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "filled.csv"
    table.write_text(
        "Criterion;Verdict;Page\nT1.a;Says this;5\n\nT1.b;says otherwise: It asks for less.;6\nT2.a;;\n", "utf-8"
    )
    result = call("verify", "toy", folder, "--from", table, "--role", "project", "--date", "2025-12-31")
    assert result.exit_code == 0
    assert "Took 2 verdicts from filled.csv." in result.stdout
    found = [(row["criterion"], row["verdict"], row["page"], row["instead"]) for row in table_of(folder)]
    assert found == [("T1.a", "says_this", "page 5", ""), ("T1.b", "says_otherwise", "page 6", "It asks for less.")]
    before = text_of(folder)
    again = call("verify", "toy", folder, "--from", table, "--role", "project", "--date", "2025-12-31")
    assert "Took 0 verdicts" in again.stdout
    assert text_of(folder) == before


def test_wrong_rows_of_a_table_are_named_and_the_others_taken(
    folder: Path, toy: VerifiedStandard, tmp_path: Path
) -> None:
    table = tmp_path / "filled.csv"
    table.write_text(
        "criterion,verdict,page,role,date,text\n"
        "T1.a,says_this,5,project,2025-12-31,No toy is sharp.\n"
        "T1.b,says_this,6,project,2025-12-31,Toys are sold.\n"
        "T2.a,says_this,7,,2025-12-31,\n"
        "T2.c,says_this,7,project,2025-12-31,\n",
        "utf-8",
    )
    taken = take_table(toy, table, Verdict("", "", ""), TODAY)
    assert taken.taken == 1
    assert [(one.kind, one.row, one.column) for one in taken.problems] == [
        ("text_changed", 3, "text"),
        ("role_missing", 4, "role"),
        ("unknown_criterion", 5, "criterion"),
    ]


def test_a_table_without_a_column_is_refused(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "filled.csv"
    table.write_text("criterion,page\nT1.a,5\n", "utf-8")
    result = call("verify", "toy", folder, "--from", table, "--role", "project")
    assert (result.exit_code, "verdict: The column is missing." in result.stderr) == (1, True)


# The file, byte by byte.


def as_is(text: str) -> str:
    return text


def with_line_ends_of_windows(text: str) -> str:
    return text.replace("\n", "\r\n")


def with_mark(text: str) -> str:
    return f"\ufeff{text}"


@pytest.mark.parametrize("form", [as_is, with_line_ends_of_windows, with_mark])
@pytest.mark.parametrize("name", SHIPPED)
def test_all_other_bytes_of_a_framework_stay(name: str, form: Callable[[str], str]) -> None:
    """Of each criterion, only lines of its mark and page differ."""
    text = form((SHIPPED[name] / name / "framework.yaml").read_bytes().decode())
    values = yaml.load(text.removeprefix("\ufeff"), yaml.CSafeLoader)
    last: Place = ("areas", len(values["areas"]) - 1, "criteria", len(values["areas"][-1]["criteria"]) - 1)
    for place in (("areas", 0, "criteria", 0), last):
        found = edited(text, {(*place, "page"): "12: a #b", (*place, "verification"): "own_reading"}, ORDER)
        assert found is not None
        was, now = text.splitlines(keepends=True), found.splitlines(keepends=True)
        assert [line for line in was if line not in now and not re.match(" +(page|verification):", line)] == []
        new = [line for line in now if line not in was or now.count(line) > was.count(line)]
        assert {line.strip() for line in new} <= {'page: "12: a #b"', "verification: own_reading"}
        assert '        page: "12: a #b"' in found
        assert found.startswith("\ufeff") is text.startswith("\ufeff")
        assert found.count("\r\n") == (found.count("\n") if form is with_line_ends_of_windows else 0)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("a:\n- b: c # why\n  page: >-\n    one\n    two\n\n# end\n", "a:\n- b: c # why\n  page: twelve\n\n# end\n"),
        ("a:\n- b: c # why\n", "a:\n- b: c # why\n  page: twelve\n"),
        ("a:\n- b: >-\n    c\n    d\n\n- x: 1", "a:\n- b: >-\n    c\n    d\n  page: twelve\n\n- x: 1"),
        ("a: [{b: c}] # why\n", 'a: [{b: c, page: "twelve"}] # why\n'),
        ("a:\n- b: c\n  page: 'one' # why\n", "a:\n- b: c\n  page: twelve # why\n"),
        ("a:\n- b: c", "a:\n- b: c\n  page: twelve"),
    ],
)
def test_a_text_is_set_wherever_it_is(was: str, becomes: str) -> None:
    assert edited(was, {("a", 0, "page"): "twelve"}, ("b", "page")) == becomes


@pytest.mark.parametrize(
    "text",
    ["a:\n- &one {b: c, page: x}\n- *one\n", "a:\n- b: c\n  page: &x one\n  d: *x\n", "a: text\n", "a: []\n", "a: ["],
)
def test_what_cannot_be_set_alone_is_not_set(text: str) -> None:
    assert edited(text, {("a", 0, "page"): "twelve"}, ("b", "page")) is None


def test_a_file_whose_marks_are_shared_is_left_as_it_is(folder: Path, toy: VerifiedStandard) -> None:
    shared = text_of(folder).replace("1a\n        verification: confirmed", "1a\n        verification: &m confirmed")
    shared = shared.replace("1b\n        verification: confirmed", "1b\n        verification: *m")
    (folder / "toy" / "framework.yaml").write_text(shared, "utf-8")
    assert kinds(give(toy, GIVEN, TODAY)) == ["not_editable"]
    assert text_of(folder) == shared


def test_the_folder_is_read_as_before_with_the_table_in_it(folder: Path, toy: VerifiedStandard) -> None:
    given(toy, GIVEN)
    _, problems = read_library([folder])
    assert problems == []
