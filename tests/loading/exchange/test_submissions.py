"""Does what phones send come back as the answers that were given, in the shapes of KoboToolbox and ODK Central?"""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from dashboard.exports.xlsform import xlsform
from dashboard.loading.yaml_file import read_words
from dashboard.model.problem import Problem
from dashboard.model.workbook import ASKED, DAY, ROLE, encoded, question_name
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.reader import Reader
from tests.conftest import ROOT, TINY, TODAY, WRITER, copy_of, rest_thorough
from tests.phones import Sent, form_from, made_from, of_central, of_kobo, written_csv, written_xlsx, xform

Answer = Mapping[str, Any]
Exported = Callable[[ET.Element, Sequence[Sent], Path], Path]


def kobo_csv(form: ET.Element, sent: Sequence[Sent], folder: Path) -> Path:
    return written_csv(of_kobo(form, sent), ";", folder / "kobo.csv")


def kobo_xlsx(form: ET.Element, sent: Sequence[Sent], folder: Path) -> Path:
    return written_xlsx(of_kobo(form, sent), folder / "kobo.xlsx")


def kobo_without_groups(form: ET.Element, sent: Sequence[Sent], folder: Path) -> Path:
    return written_csv(of_kobo(form, sent, groups=False), ";", folder / "flat.csv")


def central_csv(form: ET.Element, sent: Sequence[Sent], folder: Path) -> Path:
    return written_csv(of_central(form, sent), ",", folder / "central.csv")


def answers(store: Path, round_: str, operations: Sequence[str]) -> list[Answer]:
    """Everything that some operations have answered in a round."""
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        rows = connection.execute(
            "SELECT o.operation, k.criterion, s.status, a.evidence, a.note, a.na_reason, a.answered_by_role, "
            "CAST(a.answered_on AS VARCHAR) AS answered_on, v.version AS version FROM answer AS a "
            "JOIN round USING (round_no) JOIN operation AS o USING (operation_no) JOIN criterion AS k "
            "USING (criterion_no) JOIN scale AS s USING (status_no) LEFT JOIN framework_version AS v USING "
            "(version_no) WHERE s.counts_as <> 'unanswered' AND round = ? AND list_contains(?, operation) ORDER BY ALL",
            [round_, operations],
        )
        names = [column[0] for column in rows.description]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


EVIDENCE = ("none", "self_declared", "seen", "independently_checked")


def submissions(given: Sequence[Answer], asks_operation: bool) -> Iterator[Sent]:
    """What phones send to give these answers: one submission for each operation, role and day."""

    def of(answer: Answer) -> tuple[str, str, str]:
        return answer["operation"], answer["answered_by_role"] or "", answer["answered_on"] or ""

    for (operation, role, day), group in groupby(sorted(given, key=of), key=of):
        sent = {ROLE: role, DAY: day} | ({"dashboard_operation": encoded(operation)} if asks_operation else {})
        for answer in group:
            evidence = None if answer["evidence"] is None else EVIDENCE[answer["evidence"]]
            said = {**answer, "evidence": evidence}
            sent |= {question_name(column, answer["criterion"]): said[column] or "" for column in ASKED}
        yield sent


def emptied(tmp_path: Path, folders: Sequence[Path]) -> Path:
    """A store with the lists and standards of some folders, but without an answer."""
    store = tmp_path / "emptied"
    lists = [
        file
        for folder in folders
        for name in ("countries", "operations", "rounds")
        for file in folder.glob(f"{name}.csv")
    ]
    standards = [folder if folder.name == "frameworks" else folder / "frameworks" for folder in folders]
    found = [*(folder for folder in standards if folder.is_dir()), *lists]
    assert publish(Load(store, found, WRITER, TODAY)).revision is not None
    return store


def taken(store: Path, *paths: Path) -> tuple[Problem, ...]:
    outcome = publish(Load(store, paths, WRITER, TODAY))
    assert outcome.revision is not None, outcome.problems
    return outcome.problems


@pytest.fixture(scope="module")
def toys_emptied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy group without an answer. Read-only."""
    return emptied(tmp_path_factory.mktemp("toys"), [TINY])


@pytest.mark.parametrize("exported", rest_thorough([kobo_csv, central_csv, kobo_xlsx, kobo_without_groups], now=2))
def test_every_answer_comes_back_equal(
    tiny_store: Path, toys_emptied: Path, tmp_path: Path, exported: Exported
) -> None:
    everybody = ["toy-hq", "a-op", "a2-op", "b-op"]
    given = answers(tiny_store, "R2", everybody)
    assert len(given) == 5
    form = made_from(tiny_store, everything=True)
    store = copy_of(toys_emptied, tmp_path / "store")
    assert taken(store, exported(form, list(submissions(given, True)), tmp_path)) == ()
    assert answers(store, "R2", everybody) == given


@pytest.mark.thorough
def test_a_whole_operation_of_the_sample_comes_back_equal(sample_store: Path, tmp_path: Path) -> None:
    given = answers(sample_store, "2025", ["gha-op"])
    assert len(given) > 100
    form = made_from(sample_store, "gha-op", "2025", everything=True)
    store = emptied(tmp_path, [ROOT / "frameworks", ROOT / "data"])
    assert taken(store, kobo_csv(form, list(submissions(given, False)), tmp_path)) == ()
    assert answers(store, "2025", ["gha-op"]) == given


def test_what_was_answered_before_stays(store: Path, tmp_path: Path) -> None:
    before = answers(store, "R2", ["a-op"])
    sent = {ROLE: "Shop manager", DAY: "2025-03-01", question_name("status", "T2.a"): "somewhat"}
    assert taken(store, kobo_csv(made_from(store, "a-op"), [sent], tmp_path)) == ()
    after = answers(store, "R2", ["a-op"])
    assert [one for one in after if one["criterion"] != "T2.a"] == before
    (new,) = (one for one in after if one["criterion"] == "T2.a")
    assert (new["status"], new["answered_by_role"], new["answered_on"], new["version"]) == (
        "somewhat", "Shop manager", "2025-03-01", "1.0",
    )  # fmt: skip


@pytest.mark.parametrize("exported", [kobo_csv, central_csv])
def test_the_answer_sent_last_counts_whatever_its_row(store: Path, tmp_path: Path, exported: Exported) -> None:
    name = question_name("status", "T2.a")
    sent = [{name: "no", "sent_at": "2025-03-02T10:00:00"}, {name: "yes", "sent_at": "2025-03-01T10:00:00"}]
    file = exported(made_from(store, "a-op"), sent, tmp_path)
    assert [(p.kind, p.value) for p in taken(store, file)] == [("sent_again", "1")]
    assert [one["status"] for one in answers(store, "R2", ["a-op"]) if one["criterion"] == "T2.a"] == ["no"]


@pytest.mark.parametrize(("exported", "state"), [(kobo_csv, "Not approved"), (central_csv, "rejected")])
def test_what_a_reviewer_refused_stays_out(store: Path, tmp_path: Path, exported: Exported, state: str) -> None:
    file = exported(made_from(store, "a-op"), [{question_name("status", "T2.a"): "no", "state": state}], tmp_path)
    assert [p.kind for p in check(store, [file], TODAY)][:2] == ["submission_refused", "nothing_sent"]


def test_a_problem_names_the_row_and_the_column_of_the_export(store: Path, tmp_path: Path) -> None:
    wrong = {question_name("status", "T1.b"): "perhaps", "dashboard_operation": "b_op"}
    right = {question_name("status", "T1.a"): "yes", "dashboard_operation": "a2_op"}
    problems = check(store, [kobo_csv(made_from(store), [right, wrong], tmp_path)], TODAY)
    (found,) = (problem for problem in problems if problem.serious)
    assert (found.kind, found.row, found.column, found.value) == (
        "off_scale", 3, "area_T1/criterion_T1__b/status_T1__b", "perhaps",
    )  # fmt: skip


def test_what_was_not_asked_of_an_operation_names_its_question(store: Path, tmp_path: Path) -> None:
    # a2-op is no shop.
    sent = {question_name("status", "T2.a"): "yes", "dashboard_operation": "a2_op"}
    problems = check(store, [central_csv(made_from(store), [sent], tmp_path)], TODAY)
    (found,) = (problem for problem in problems if problem.serious)
    assert (found.kind, found.row, found.column) == ("not_asked", 2, "area_T2-criterion_T2__a-status_T2__a")


def test_an_answer_belongs_to_the_version_that_the_form_asked(store: Path, tmp_path: Path) -> None:
    form = form_from(store, "a-op")
    assert form is not None
    newer = tmp_path / "newer" / "frameworks"
    text = (TINY / "frameworks" / "toy" / "framework.yaml").read_text("utf-8")
    assert 'version: "1.0"' in text
    (newer / "toy").mkdir(parents=True)
    (newer / "toy" / "framework.yaml").write_text(text.replace('version: "1.0"', 'version: "1.1"'), "utf-8")
    taken(store, newer)
    sent = {question_name("status", "T2.a"): "yes"}
    taken(store, kobo_csv(xform(xlsform([(form, read_words())])), [sent], tmp_path))
    assert [one["version"] for one in answers(store, "R2", ["a-op"]) if one["criterion"] == "T2.a"] == ["1.0"]


def test_an_export_without_submissions_says_so(store: Path, tmp_path: Path) -> None:
    file = kobo_csv(made_from(store, "a-op"), [{ROLE: "Shop manager"}], tmp_path)
    assert ("nothing_sent", False) in [(p.kind, p.serious) for p in check(store, [file], TODAY)]
