"""Is an answer held against the scale of its own criterion, and does it follow when the criterion gets another one?"""

from pathlib import Path
from shutil import copytree

import pytest

from dashboard.exports.standard_workbook import rows_of
from dashboard.exports.yaml_text import standard_yaml
from dashboard.loading.frameworks import read_library
from dashboard.loading.standard_file import read_standard
from dashboard.loading.yaml_file import read_words
from dashboard.model.problem import sentence
from dashboard.model.standard_files import Standard
from dashboard.model.words import Words
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.reader import Reader
from tests.books import cells_of, fill, filled_in, handed_out, write
from tests.conftest import LEVELS, TODAY, WRITER, PublishOnce, copy_of
from tests.standards import as_sheets, write_sheets

ANSWERS = """
SELECT criterion, status, value FROM answer JOIN round USING (round_no) JOIN operation USING (operation_no)
JOIN criterion USING (criterion_no) JOIN scale USING (status_no) WHERE round = 'R2' AND operation = 'a-op'
"""
OWN_SCALE = "{criterion: L2.3, kind: respect, level: operation"
NUMBERS_WRONG = "is not valid here. Expected: 1 to 1000 whole steps from low to high."
HEAD = "round,operation,criterion,status\n"


@pytest.fixture
def group(publish_once: PublishOnce, tmp_path: Path) -> Path:
    """The group of levels, published, as a folder to change."""
    copy_of(publish_once("levels", [LEVELS], silently=True), tmp_path / "store")
    return Path(copytree(LEVELS, tmp_path / "group"))


def published(folder: Path) -> list[str]:
    """Publish a folder; returns what is said about it."""
    outcome = publish(Load(folder.parent / "store", [folder], WRITER, TODAY))
    return [sentence(problem, read_words()) for problem in outcome.problems]


def said(folder: Path) -> dict[str, tuple[str, float]]:
    """What A answered in the second round, and what it is worth, by criterion."""
    found = Reader(folder.parent / "store").current()
    assert found is not None
    with found.connection as connection:
        return {code: (status, value) for code, status, value in connection.execute(ANSWERS).fetchall()}


def standard(folder: Path, was: str, becomes: str, version: str = "1.1") -> None:
    """Change the text of the standard, and leave out everything but it."""
    path = folder / "frameworks" / "levels" / "framework.yaml"
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes).replace('version: "1.0"', f'version: "{version}"'), "utf-8")


OFF_SCALE = (
    ("L1.1", "yes", "3, 2, 1, 0, na, unclear"),
    ("L1.2", "na", "3, 2, 1, 0, no_apps, unclear"),
    ("L1.3", "2", "yes, no, na, unclear"),
    ("L2.1", "100.5", "0–100, na, unclear"),
    ("L2.1", "37.3", "0–100, na, unclear"),
    ("L2.2", "1", "2–12, na, unclear"),
)


def test_an_answer_from_another_scale_stays_out(group: Path) -> None:
    file = group.parent / "x.csv"
    rounds = ("R1", "R2", "R1", "R2", "R1", "R2")
    lines = [f"{r},a-op,{code},{status}\n" for r, (code, status, _) in zip(rounds, OFF_SCALE, strict=True)]
    file.write_text(HEAD + "".join(lines))
    found = check(group.parent / "store", [file], TODAY)
    assert {problem.kind for problem in found} == {"off_scale"}
    assert [(problem.value, problem.expected) for problem in found] == [row[1:] for row in OFF_SCALE]


def test_a_number_is_the_same_answer_however_it_is_written(group: Path) -> None:
    texts = ("37.50", "37.5 %", '"37,5"', "037.5")
    cells = [("R1", "a-op"), ("R2", "a-op"), ("R1", "b-op"), ("R2", "b-op")]
    lines = [f"{r},{operation},L2.1,{text}\n" for (r, operation), text in zip(cells, texts, strict=True)]
    (group / "answers.csv").write_text(HEAD + "".join(lines))
    assert not published(group)
    assert said(group)["L2.1"] == ("37.5", 0.375)


def test_answers_follow_a_criterion_that_begins_to_count_the_other_way_round(group: Path) -> None:
    assert said(group)["L1.4"] == ("yes", 1)
    standard(group, "{criterion: L1.4, kind", "{criterion: L1.4, reversed: true, kind")
    (group / "answers.csv").unlink()
    assert not published(group)
    assert said(group)["L1.4"] == ("yes", 0)


def test_answers_follow_a_criterion_to_another_scale_with_the_same_words(group: Path) -> None:
    standard(group, f"{OWN_SCALE}, scale: policy", f"{OWN_SCALE}, scale: adverts")
    (group / "answers.csv").unlink()
    assert not published(group)
    status, value = said(group)["L2.3"]
    assert (status, round(value, 6)) == ("1", 0.333333)


def test_a_scale_without_a_word_that_was_answered_is_refused(group: Path) -> None:
    standard(group, f"{OWN_SCALE}, scale: policy", OWN_SCALE)
    (group / "answers.csv").unlink()
    (problem,) = published(group)
    assert "L2.3" in problem
    status, value = said(group)["L2.3"]
    assert (status, round(value, 6)) == ("1", 0.333333)


def test_a_workbook_offers_each_question_its_own_answers_and_reads_them_back(group: Path) -> None:
    store, sheets = group.parent / "store", filled_in(group.parent / "store")
    hidden = next(cells for cells in sheets.values() if any(row[0] == "scale" for row in cells))
    listed = {row[1]: row[2] for row in hidden if row[0] == "scale"}
    words = {name: [row[2] for row in hidden if row[0] == listed[name]] for name in listed}
    assert words["levels"] == ["Yes", "No", "Does not apply", "Nobody knows", "unanswered"]
    assert words["levels/adverts"][0] == "In every application"
    assert words["levels/days"][:3] == [12, 11, 10]
    (answers,) = (cells for cells in sheets.values() if any(row[0] == "L1.1" for row in cells))
    fill(answers, "L1.1", status="A draft")
    fill(answers, "L1.2", status="In none")
    fill(answers, "L2.1", status=80.5)
    fill(answers, "L2.2", status=3.0)
    write(group.parent / "back.xlsx", sheets)
    assert not publish(Load(store, [group.parent / "back.xlsx"], WRITER, TODAY)).problems
    now = said(group)
    assert {code: now[code] for code in ("L1.1", "L1.2", "L2.1", "L2.2")} == {
        "L1.1": ("1", pytest.approx(1 / 3)), "L1.2": ("0", 1), "L2.1": ("80.5", 0.805),
        "L2.2": ("3", pytest.approx(0.9)),
    }  # fmt: skip
    assert cells_of(handed_out(store))


def levels() -> Standard:
    library, problems = read_library([LEVELS / "frameworks"])
    assert not problems
    return Standard.of(library.frameworks[0], (), ())


def test_the_standard_comes_back_from_its_workbook_and_its_text(tmp_path: Path) -> None:
    given = levels()
    assert rows_of(given)["numbers"][0] == {"low": 0, "high": 100, "step": 0.5, "scale": "share"}
    found, problems = read_standard(write_sheets(tmp_path / "levels.xlsx", as_sheets(given)), "levels.xlsx")
    assert (problems, found and found.standard) == ([], given)
    folder = tmp_path / "frameworks" / "levels"
    folder.mkdir(parents=True)
    (folder / "framework.yaml").write_text(standard_yaml(given.framework), "utf-8")
    assert read_library([tmp_path / "frameworks"])[0].frameworks == (given.framework,)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("scale: days, reversed", "scale: day, reversed", "Expected: policy, adverts, share, days. Did you mean days?"),
        ("high: 12}", "high: 2}", f"“2–2, 1” {NUMBERS_WRONG}"),
        ("step: 0.5", "step: 0.3", f"“0–100, 0.3” {NUMBERS_WRONG}"),
        ("step: 0.5", "step: 0.01", f"“0–100, 0.01” {NUMBERS_WRONG}"),
        ('{scale: policy, status: "2"', '{scale: policy, status: "3"', "Expected: each word once"),
        ("value: 2/3}", "value: 4/3}", "should be less than or equal to 1"),
        ("status: no_apps", 'status: "no"', "Expected: answered, as on the other scale"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_scale_is_told(tmp_path: Path, words: Words, was: str, becomes: str, told: str) -> None:
    folder = Path(copytree(LEVELS / "frameworks", tmp_path / "frameworks"))
    standard(folder.parent, was, becomes)
    found = [sentence(problem, words) for problem in read_library([folder])[1]]
    assert found
    assert told in found[0]
