"""Are answers confirmed, raised and questioned by reviewers, one by one and many at once, without loss?"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

import dashboard.store.publishing.publish as publishing
from dashboard.loading.yaml_file import read_words
from dashboard.model.answer import Answer, Key
from dashboard.model.records import RECORDS, Draft
from dashboard.queries.ask import rows
from dashboard.queries.collect_answering import AGREEMENT
from dashboard.store.history import current_number
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.save_rows import Check
from dashboard.ui.collect.review_drafts import CHECKING, EDITOR, CheckingRow, fresh, missing_field
from dashboard.ui.editing.edit_grid import typed_in
from tests.conftest import TODAY, WRITER, MakeView, said
from tests.ui.collect.assessing import another_answers, another_checks, answer, as_somebody, offered, press, review
from tests.ui.conftest import (
    OpenPage,
    cells,
    choose,
    drafts_of,
    finding,
    nothing_failed,
    set_drafts,
    tables,
    tells,
    texts,
)

CHECK = {"part": "check"}


@pytest.fixture
def waiting(view_of: MakeView) -> list[CheckingRow]:
    """Return what awaits review in the sample, the most important first."""
    view = view_of()
    return rows(view.published, CHECKING, view.parameters(operation="", function=()))


def key_of(row: CheckingRow) -> Key:
    return row["round"], row["operation"], row["criterion"]


def click(app: AppTest, name: str, key: Key) -> AppTest:
    return app.button(key=f"checking_{name} {' '.join(key)}").click().run()


def how(app: AppTest, key: Key) -> ButtonGroup[str]:
    return app.button_group(key=f"checking_how {' '.join(key)}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_opens_with_what_waits_the_most_important_first(
    theme: str, page: OpenPage, waiting: list[CheckingRow]
) -> None:
    app = page("collect", CHECK, theme)
    nothing_failed(app)
    assert said("checking.waits.other", n=waiting[0]["all_n"]).search(finding(app))
    assert said("checking.n_critical", n=waiting[0]["all_critical"]).search(finding(app))
    shown = [str(button.key) for button in app.button if str(button.key).startswith("checking_check ")]
    assert shown == [f"checking_check {' '.join(key_of(row))}" for row in waiting[:6]]
    assert tells(app, "checking.more.other", n=waiting[0]["all_n"] - 6)
    assert tells(app, "checking.asked.other")


def test_filters_keep_to_one_operation_and_one_function(page: OpenPage, view_of: MakeView) -> None:
    app = page("collect", CHECK | {"operation": "gha-op", "function": "security"})
    nothing_failed(app)
    view = view_of(operation="gha-op", function=("security",))
    found = rows(view.published, CHECKING, view.parameters())
    assert said("checking.waits.other", n=found[0]["all_n"]).search(finding(app))
    assert {row["operation"] for row in found} == {"gha-op"}


@pytest.mark.thorough
def test_one_click_checks_an_answer_as_a_step(page: OpenPage, own: Path, waiting: list[CheckingRow]) -> None:
    key = key_of(waiting[0])
    app = click(as_somebody(page("collect", CHECK), "Auditor"), "check", key)
    nothing_failed(app)
    assert tells(app, "edit.saved.one", number=2)
    assert said("checking.waits.other", n=waiting[0]["all_n"] - 1).search(finding(app))
    made = review(own, key)
    assert made is not None
    assert (made.verdict, made.reviewed_by_role, made.reviewed_on) == ("checked", "Auditor", date.today().isoformat())
    assert drafts_of(app, EDITOR) == {}


@pytest.mark.thorough
def test_one_click_raises_the_evidence_and_checks_in_the_same_step(
    page: OpenPage, own: Path, waiting: list[CheckingRow]
) -> None:
    key = next(key_of(row) for row in waiting if row["evidence"] in ("none", "self_declared"))
    before = answer(own, key)
    app = as_somebody(page("collect", CHECK), "Auditor")
    how(app, key).set_value("seen")
    app = click(app, "check", key)
    nothing_failed(app)
    assert current_number(own) == 2
    assert answer(own, key) == replace(before, evidence="seen")
    made = review(own, key)
    assert made is not None
    assert (made.verdict, made.reviewed_evidence) == ("checked", "seen")
    # Evidence already marked as seen can only be raised further.
    seen = next(key_of(row) for row in waiting if row["evidence"] == "seen")
    assert how(app, seen).options == ["as answered", read_words()("evidence.independently_checked")]


@pytest.mark.thorough
def test_what_the_second_role_would_answer_is_kept_and_saved_with_the_verdict(
    page: OpenPage, own: Path, waiting: list[CheckingRow]
) -> None:
    one, two = (key_of(row) for row in waiting[:2])
    app = as_somebody(page("collect", CHECK), "Auditor")
    box = app.selectbox(key=f"checking_rated_status {' '.join(one)}")
    assert box.value is None
    assert box.options == ["Implemented", "Partly implemented", "Not implemented", "Not applicable"]
    box.select("not_implemented").run()
    app.selectbox(key=f"checking_rated_status {' '.join(two)}").select("not_applicable").run()
    assert current_number(own) == 1, "alone it is no check"
    assert not offered(app, "edit.discard"), "the cards stay where they are"
    app.switch_page("pages/heatmap.py").run()
    app.switch_page("pages/collect.py").run()
    assert app.selectbox(key=f"checking_rated_status {' '.join(one)}").value == "not_implemented"
    click(app, "check", one)
    nothing_failed(app)
    made = review(own, one)
    assert made is not None
    assert (made.verdict, made.rated_status) == ("checked", "not_implemented")
    assert answer(own, one).status == "partly"
    app.text_input(key=f"checking_comment {' '.join(two)}").input("Since when?").run()
    assert not offered(app, "edit.discard"), "the cards stay where they are"
    click(app, "asked_back", two)
    made = review(own, two)
    assert made is not None
    assert (made.verdict, made.comment, made.rated_status) == ("asked_back", "Since when?", "not_applicable")


def test_agreement_is_shown_where_both_have_answered(page: OpenPage, view_of: MakeView) -> None:
    app = page("collect", CHECK)
    nothing_failed(app)
    view = view_of()
    found = rows(view.published, AGREEMENT, view.parameters(operation=""))
    table = tables(app)[-1]
    assert list(table.columns) == ["Principle", "Pairs", "Percent agreed"]
    assert list(table["Pairs"]) == [str(row["n_pairs"]) for row in found]
    first = found[0]
    assert list(table.iloc[0]) == ["All answers", str(first["n_pairs"]), f"{first['agreed_percent']:.0f} %"]
    assert table.iloc[1]["Percent agreed"] == "fewer than 3 pairs"
    assert tells(app, "agreement.how")
    assert not tells(page("collect", CHECK | {"round": "2023"}), "agreement.how")


@pytest.mark.thorough
def test_a_question_is_asked_and_shown_to_those_who_answer(
    page: OpenPage, own: Path, waiting: list[CheckingRow]
) -> None:
    key = key_of(waiting[0])
    app = click(as_somebody(page("collect", CHECK), "Auditor"), "asked_back", key)
    assert tells(app, "checking.lacks_comment", operation=key[1], criterion=key[2])
    assert not offered(app, "edit.discard"), "it is said on the card"
    assert current_number(own) == 1, "a question needs words"
    app.text_input(key=f"checking_comment {' '.join(key)}").input("Since when?").run()
    assert current_number(own) == 1
    click(app, "asked_back", key)
    nothing_failed(app)
    assert tells(app, "edit.saved.one", number=2)
    made = review(own, key)
    assert made is not None
    assert (made.verdict, made.comment) == ("asked_back", "Since when?")
    assert "Since when?" in cells(app)
    opened = page("collect", {"part": "answer", "operation": key[1]})
    assert tells(opened, "answering.question", role="Auditor", comment="Since when?")


@pytest.mark.thorough
def test_without_a_role_nothing_is_lost(page: OpenPage, own: Path, waiting: list[CheckingRow]) -> None:
    key = key_of(waiting[0])
    app = click(page("collect", CHECK), "check", key)
    nothing_failed(app)
    assert tells(app, "problem.role_missing")
    press(as_somebody(app, "Auditor"), "edit.save_all.one")
    assert tells(app, "edit.saved.one", number=2)
    assert review(own, key) is not None


@pytest.mark.thorough
def test_the_role_that_answered_is_told_that_a_second_one_checks(
    page: OpenPage, own: Path, waiting: list[CheckingRow]
) -> None:
    key = key_of(waiting[0])
    app = as_somebody(page("collect", CHECK), answer(own, key).answered_by_role.upper())
    click(app, "check", key)
    nothing_failed(app)
    assert tells(app, "problem.same_role")
    assert current_number(own) == 1
    press(app, "edit.discard")
    assert drafts_of(app, EDITOR) == {}


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["busy", "not_written"])
def test_a_machine_that_cannot_write_keeps_the_question_and_says_why(
    kind: str, page: OpenPage, own: Path, waiting: list[CheckingRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = key_of(waiting[0])
    app = as_somebody(page("collect", CHECK), "Auditor")
    app.text_input(key=f"checking_comment {' '.join(key)}").input("Since when?").run()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken, FileLock(own / "LOCK") if kind == "busy" else FileLock(own / "other"):
        broken.setattr("dashboard.store.locking.LOCK_SECONDS", 0)
        if kind == "not_written":
            broken.setattr(publishing, "build", full)
        click(app, "asked_back", key)
        nothing_failed(app)
        assert tells(app, f"problem.{kind}")
    app.switch_page("pages/heatmap.py").run()
    app.switch_page("pages/collect.py").run()
    assert app.text_input(key=f"checking_comment {' '.join(key)}").value == "Since when?"
    press(app, "edit.save_all.one")
    assert tells(app, "edit.saved.one", number=2)


# Two people.


@pytest.mark.thorough
def test_an_answer_that_has_changed_since_is_shown_in_both_versions(
    page: OpenPage, own: Path, waiting: list[CheckingRow]
) -> None:
    key, other = key_of(waiting[0]), key_of(waiting[1])
    app = as_somebody(page("collect", CHECK), "Auditor")
    opened = [Check(answer(own, k), None, "") for k in (key, other)]
    raised = {"verdict": "checked", "evidence": "independently_checked"}
    set_drafts(app, EDITOR, {was.answer.key: Draft(was, replace(was, **raised)) for was in opened})  # type: ignore[arg-type]
    another_answers(own, key, note="Theirs")
    app.run()
    nothing_failed(app)
    assert tells(app, "edit.conflict_of", row=f"{key[1]}, {key[2]}")
    assert not tells(app, "edit.conflict_of", row=f"{other[1]}, {other[2]}")
    assert "Theirs" in cells(app)
    press(app, "edit.keep_mine")
    press(app, "edit.save_all.other")
    nothing_failed(app)
    assert current_number(own) == 3
    assert (answer(own, key).note, answer(own, key).evidence) == ("Theirs", "independently_checked")


def test_an_answer_that_somebody_else_has_checked_since_is_told(
    page: OpenPage, own: Path, waiting: list[CheckingRow]
) -> None:
    key = key_of(waiting[0])
    app = as_somebody(page("collect", CHECK), "Auditor")
    was = Check(answer(own, key), None, "")
    set_drafts(app, EDITOR, {key: Draft(was, replace(was, verdict="checked"))})
    another_checks(own, key, "asked_back", "Since when?", role="Board")
    app.run()
    assert tells(app, "edit.conflict_of")
    assert "Since when?" in cells(app)
    press(app, "edit.take_theirs")
    nothing_failed(app)
    made = review(own, key)
    assert made is not None
    assert made.reviewed_by_role == "Board"
    assert drafts_of(app, EDITOR) == {}


# Many at once.


def test_a_cell_becomes_a_check_and_raised_evidence_is_one() -> None:
    check = Check(Answer("2025", "x-op", "C"), None, "")
    assert typed_in(EDITOR, check, {"verdict": "asked_back", "comment": " why", "note": "x"}) == replace(
        check, verdict="asked_back", comment=" why"
    )
    assert typed_in(EDITOR, check, {"rated_status": "no"}) == replace(check, rated_status="no")
    assert typed_in(EDITOR, check, {"evidence": "seen"}) == replace(check, verdict="checked", evidence="seen")
    assert typed_in(EDITOR, replace(check, verdict="checked"), {"verdict": None}) == check


@pytest.mark.parametrize(
    ("said", "lack"),
    [
        ({"evidence": "seen", "verdict": "checked"}, "evidence"),
        ({"evidence": "independently_checked", "verdict": "checked"}, ""),
        ({"evidence": "independently_checked"}, "verdict"),
        ({"verdict": "asked_back", "comment": "  "}, "comment"),
        ({"verdict": "checked"}, ""),
        ({"rated_status": "no"}, "verdict"),
    ],
)
def test_a_check_is_whole_with_a_verdict_with_words_to_ask_and_without_lowering_evidence(
    said: dict[str, str], lack: str
) -> None:
    check = Check(Answer("2025", "x-op", "C", "partly", "independently_checked"), None, "")
    assert missing_field(replace(check, **said)) == lack  # type: ignore[arg-type]


@pytest.mark.thorough
def test_the_grid_saves_every_row_that_says_something_as_one_step(
    page: OpenPage, own: Path, waiting: list[CheckingRow]
) -> None:
    app = as_somebody(page("collect", CHECK), "Auditor")
    choose(app, show_as="grid")
    nothing_failed(app)
    (grid,) = [frame.value for frame in app.dataframe]
    assert list(grid["criterion"])[:3] == [row["criterion"] for row in waiting[:3]]
    one, two, three, four = (fresh(row) for row in waiting[:4])
    typed = (
        replace(one, verdict="checked", rated_status="partly"),
        replace(two, verdict="asked_back", comment="Since when?"),
        replace(three, verdict="asked_back"),
        replace(four, rated_status="partly"),
    )
    drafts = map(Draft, (one, two, three, four), typed)
    set_drafts(app, EDITOR, {draft.typed.answer.key: draft for draft in drafts})
    app.run()
    assert tells(app, "checking.lacks_comment", criterion=three.answer.criterion)
    assert tells(app, "checking.lacks_verdict", criterion=four.answer.criterion)
    press(app, "edit.save_all.other")
    nothing_failed(app)
    assert tells(app, "edit.saved.other", n=2, number=2)
    assert set(drafts_of(app, EDITOR)) == {three.answer.key, four.answer.key}, "what is not whole is kept"
    made = review(own, one.answer.key)
    assert made is not None
    assert made.rated_status == "partly"
    (grid,) = [frame.value for frame in app.dataframe]
    assert next(iter(grid["criterion"])) == three.answer.criterion
    assert next(iter(grid["verdict"])) == "asked_back"


def test_where_nothing_may_change_what_waits_is_shown_and_it_says_why(page: OpenPage, open_to_all: None) -> None:
    app = page("collect", CHECK)
    nothing_failed(app)
    assert tells(app, "problem.may_not_publish")
    assert not [button for button in app.button if str(button.key).startswith("checking_")]
    assert not offered(app, "checking.check")
    choose(app, show_as="grid")
    nothing_failed(app)


def test_a_choice_in_which_nothing_waits_says_so(page: OpenPage) -> None:
    app = page("collect", CHECK | {"round": "2023", "operation": "gha-op"})
    nothing_failed(app)
    assert said("checking.nothing").search(finding(app))


def test_the_explanation_of_a_number_says_how_many_were_checked(page: OpenPage) -> None:
    app = page("number", {"principle": "CRBP-02", "country": "GHA", "round": "2024"})
    nothing_failed(app)
    assert any(said("number.checked").search(cell) for cell in cells(app))


def test_what_is_approved_is_not_offered_for_review(page: OpenPage, own: Path, tmp_path: Path) -> None:
    there = {"part": "check", "operation": "gha-op"}
    head = ",".join(RECORDS["approvals"].names)
    assert any(str(button.key).startswith("checking_check ") for button in page("collect", there).button)
    (tmp_path / "approvals.csv").write_text(f"{head}\n2025,gha-op,,approved,Director,,2025-07-20\n")
    assert publish(Load(own, [tmp_path / "approvals.csv"], WRITER, TODAY)).revision is not None
    app = page("collect", there)
    nothing_failed(app)
    assert not any(str(button.key).startswith("checking_check ") for button in app.button)
    assert finding(app) == read_words()("checking.nothing")
    assert "Ghana is approved for this round and left out" in " ".join(texts(app))
