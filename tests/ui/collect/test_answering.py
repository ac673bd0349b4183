"""Can a round be answered on the page: saved along the way, by two people without loss, and read-only if closed?"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest

import dashboard.store.publishing.publish as publishing
import dashboard.ui.collect.answer_drafts as saving
from dashboard.model.answer import Key
from dashboard.queries.ask import rows
from dashboard.queries.collect_answering import ANSWERING
from dashboard.store.disk import REPLICA
from dashboard.store.history import current_number
from dashboard.store.publishing.save_rows import save_answers
from dashboard.ui.collect.answer_drafts import EDITOR
from tests.conftest import MakeView, rest_thorough, said
from tests.ui.collect.assessing import another_answers, another_checks, answer, as_somebody, offered, press
from tests.ui.conftest import (
    OpenPage,
    cells,
    choices,
    choose,
    drafts_of,
    finding,
    in_page,
    nothing_failed,
    shown,
    tells,
    texts,
)

LEFT: Key = ("2025", "tcd-op", "CRBP-02.b")
NEXT: Key = ("2025", "tcd-op", "CRBP-05.b")
DONE: Key = ("2025", "tcd-op", "CRBP-01.b")
ASKED: Key = ("2025", "tcd-op", "CRBP-08.b")
CHAD = {"part": "answer", "operation": "tcd-op"}
NOTE = 'Told "at the till", or =never\nand *twice*'


def field(app: AppTest, name: str, key: Key) -> Any:
    """Return a field of one criterion's form."""
    widgets = {"status": app.radio, "evidence": app.radio, "note": app.text_area, "na_reason": app.text_area}
    return widgets[name](key=f"answering_{name} {' '.join(key)}")


def is_open(app: AppTest, key: Key) -> bool:
    return f"answering_status {' '.join(key)}" in app.session_state and any(
        f":gray[{key[2]}]" in text for text in texts(app)
    )


def typed(page: OpenPage, query: dict[str, str] = CHAD) -> AppTest:
    """Open the page with the first remaining criterion answered but not yet left."""
    app = page("collect", query)
    field(app, "status", LEFT).set_value("partly").run()
    field(app, "evidence", LEFT).set_value("self_declared").run()
    field(app, "note", LEFT).input(NOTE).run()
    return app


def keeps_what_is_typed(app: AppTest, key: Key = LEFT) -> bool:
    return [field(app, name, key).value for name in ("status", "evidence", "note")] == ["partly", "self_declared", NOTE]


def test_in_the_copy_of_a_store_nothing_is_asked_and_the_page_says_why(page: OpenPage, own: Path) -> None:
    (own / REPLICA).touch()
    app = page("collect", CHAD)
    nothing_failed(app)
    assert tells(app, "problem.replica")
    assert not is_open(app, LEFT)


@pytest.mark.parametrize("theme", rest_thorough(["light", "dark"]))
def test_it_opens_on_the_first_that_is_left_with_the_last_answer_beside(
    theme: str, page: OpenPage, view_of: MakeView
) -> None:
    app = page("collect", CHAD, theme)
    nothing_failed(app)
    view = view_of(operation="tcd-op")
    asked = rows(view.published, ANSWERING, view.parameters())
    left = [row for row in asked if row["counts_as"] == "unanswered"]
    places = {"n": len(left), "of": len(asked), "done": len(asked) - len(left)}
    assert said("answering.finding.other", operation="Chad", **places).search(finding(app))
    assert is_open(app, LEFT)
    (row,) = [row for row in asked if row["criterion"] == LEFT[2]]
    assert tells(app, "answering.before", round="Round 2024", said=f"◉ {row['was_status_title']} · self-declared")
    (status, *_) = in_page(app.radio)
    assert [status.value, len(status.options)] == [None, 5]


def test_what_is_answered_is_saved_when_its_criterion_is_left(page: OpenPage, own: Path) -> None:
    app = as_somebody(typed(page))
    assert current_number(own) == 1, "nothing is saved while somebody writes"
    assert app.query_params["criterion"] == LEFT[2]
    press(app, "answering.next")
    nothing_failed(app)
    assert is_open(app, NEXT)
    assert tells(app, "edit.saved.one", number=2)
    given = answer(own, LEFT)
    assert (given.status, given.evidence, given.note) == ("partly", "self_declared", NOTE)
    assert (given.answered_by_role, given.answered_on) == ("facilitator", date.today().isoformat())
    assert said("answering.finding.one").search(finding(app))
    # The list is another way of leaving; the next criterion is saved as well, and nothing is asked again.
    field(app, "status", NEXT).set_value("implemented").run()
    app.button(key=f"answering_go {DONE[2]}").click().run()
    assert is_open(app, DONE)
    # It has several parts, and says when the answer is partly.
    assert tells(app, "standard.partly")
    assert answer(own, NEXT).status == "implemented"
    assert said("answering.complete", operation="Chad").search(finding(app))
    assert drafts_of(app, EDITOR) == {}


@pytest.mark.thorough
def test_save_saves_and_stays(page: OpenPage, own: Path) -> None:
    app = press(as_somebody(typed(page)), "edit.save")
    assert is_open(app, LEFT)
    assert answer(own, LEFT).status == "partly"
    assert keeps_what_is_typed(app)
    press(app, "edit.save")
    assert current_number(own) == 2, "nothing is left to save"


@pytest.mark.thorough
def test_save_that_saves_nothing_says_why_beside_it(page: OpenPage, own: Path) -> None:
    app = press(page("collect", CHAD), "edit.save")
    assert tells(app, "answering.save_untouched")
    field(app, "note", LEFT).input(NOTE).run()
    assert not tells(app, "answering.save_untouched"), "said to whoever has pressed it, and once"
    assert tells(press(app, "edit.save"), "answering.save_status")
    field(app, "status", LEFT).set_value("not_applicable").run()
    assert tells(press(app, "edit.save"), "answering.save_na_reason")
    field(app, "status", LEFT).set_value("partly").run()
    assert tells(press(app, "edit.save"), "answering.save_role")
    as_somebody(app)
    assert answer(own, LEFT).status == "partly"
    assert not [key for key in ("untouched", "status", "na_reason", "role") if tells(app, f"answering.save_{key}")]
    assert tells(press(app, "edit.save"), "edit.nothing_changed")
    assert current_number(own) == 2


@pytest.mark.thorough
def test_who_answers_is_asked_before_the_buttons(page: OpenPage, own: Path) -> None:
    app = typed(page)
    order = [str(getattr(one, "key", "")) for one in app.main]
    assert order.index("writer_role") < order.index("answering_next") < order.index("answering_save")


@pytest.mark.thorough
def test_without_a_role_all_is_kept_and_saved_as_one_step_once_it_is_given(page: OpenPage, own: Path) -> None:
    app = press(typed(page), "answering.next")
    nothing_failed(app)
    assert is_open(app, NEXT)
    assert tells(app, "answering.say_who")
    assert tells(app, "answering.waiting_waits", criterion=LEFT[2])
    field(app, "status", NEXT).set_value("not_known").run()
    press(app, "answering.next")
    assert current_number(own) == 1
    as_somebody(app)
    nothing_failed(app)
    assert tells(app, "edit.saved.other", n=2, number=2)
    assert (answer(own, LEFT).note, answer(own, NEXT).status) == (NOTE, "not_known")


@pytest.mark.thorough
def test_not_applicable_waits_for_its_reason(page: OpenPage, own: Path) -> None:
    app = as_somebody(page("collect", CHAD))
    field(app, "status", LEFT).set_value("not_applicable").run()
    press(app, "answering.next")
    assert current_number(own) == 1
    assert tells(app, "answering.waiting_na_reason", criterion=LEFT[2])
    app.button(key=f"answering_go {LEFT[2]}").click().run()
    field(app, "na_reason", LEFT).input("No one under 18 is hired.").run()
    press(app, "answering.next")
    assert (answer(own, LEFT).status, answer(own, LEFT).na_reason) == ("not_applicable", "No one under 18 is hired.")


def test_a_note_without_a_status_is_kept_and_told(page: OpenPage, own: Path) -> None:
    app = as_somebody(page("collect", CHAD))
    field(app, "note", LEFT).input("To be asked").run()
    press(app, "answering.next")
    assert tells(app, "answering.waiting_status", criterion=LEFT[2])
    assert current_number(own) == 1
    app.switch_page("pages/heatmap.py").run()
    app.switch_page("pages/collect.py").run()
    app.button(key=f"answering_go {LEFT[2]}").click().run()
    assert field(app, "note", LEFT).value == "To be asked"


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["busy", "not_written"])
def test_a_machine_that_cannot_write_keeps_what_is_typed_says_why_and_does_not_try_again_by_itself(
    kind: str, page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = as_somebody(typed(page))
    tries: list[None] = []

    def counted(*given: Any) -> Any:
        tries.append(None)
        return save_answers(*given)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving, "save_answers", counted)
    with monkeypatch.context() as broken, FileLock(own / "LOCK") if kind == "busy" else FileLock(own / "other"):
        broken.setattr("dashboard.store.locking.LOCK_SECONDS", 0)
        if kind == "not_written":
            broken.setattr(publishing, "build", full)
        press(app, "answering.next")
        nothing_failed(app)
        assert tells(app, f"problem.{kind}")
        assert tells(app, "edit.not_saved")
        app.run()
        assert len(tries) == 1
    app.button(key=f"answering_go {LEFT[2]}").click().run()
    assert keeps_what_is_typed(app)
    press(app, "edit.save")
    assert tells(app, "edit.saved.one", number=2)
    assert answer(own, LEFT).note == NOTE


def test_what_is_typed_is_there_after_another_page_and_another_operation(page: OpenPage, own: Path) -> None:
    app = typed(page)
    app.switch_page("pages/heatmap.py").run()
    app.switch_page("pages/collect.py").run()
    assert keeps_what_is_typed(app)
    choose(app, operation="gha-op")
    assert tells(app, "answering.elsewhere.one")
    choose(app, operation="tcd-op")
    assert keeps_what_is_typed(app)
    press(app, "edit.discard")
    assert field(app, "status", LEFT).value is None


@pytest.mark.thorough
def test_an_answer_is_taken_back(page: OpenPage, own: Path) -> None:
    app = as_somebody(page("collect", {**CHAD, "criterion": DONE[2]}))
    press(app, "edit.withdraw")
    press(app, "edit.save")
    assert tells(app, "edit.saved.one", number=2)
    given = answer(own, DONE)
    assert (given.status, given.evidence, given.note) == ("unanswered", "", "")


@pytest.mark.thorough
def test_an_answer_that_was_saved_is_undone(page: OpenPage, own: Path) -> None:
    before = answer(own, DONE)
    app = as_somebody(page("collect", {**CHAD, "criterion": DONE[2]}))
    field(app, "note", DONE).input(NOTE).run()
    press(app, "edit.save")
    assert answer(own, DONE).note == NOTE
    press(app, "edit.undo")
    nothing_failed(app)
    assert tells(app, "edit.undone.one", number=3)
    given = answer(own, DONE)
    assert (given.status, given.evidence, given.note) == (before.status, before.evidence, before.note)


def test_who_answers_claims_no_more_than_declared_and_keeps_what_a_second_role_has_raised(page: OpenPage) -> None:
    app = page("collect", CHAD)
    assert field(app, "evidence", LEFT).options == ["not stated", "no evidence", "self-declared"]
    seen: Key = ("2025", "gtm-op", "CRBP-04.a")
    app = page("collect", {"part": "answer", "operation": "gtm-op", "criterion": seen[2]})
    assert field(app, "evidence", seen).options[-1] == "seen by a reviewer"


# One function at a time.


def test_a_function_says_how_much_of_it_is_left_and_keeps_the_page_to_it(page: OpenPage) -> None:
    app = page("collect", {**CHAD, "function": "hr"})
    nothing_failed(app)
    options = choices(app, "function")
    assert options["hr"] == "Human resources: 1 of 6 still to do"
    assert options[""] == "All functions: 2 of 30 still to do"
    assert is_open(app, LEFT)
    shown = [button.key for button in app.button if str(button.key).startswith("answering_go ")]
    assert len(shown) == 6
    choose(app, function="product_content")
    assert is_open(app, NEXT)


def test_a_function_that_is_not_asked_of_an_operation_falls_back_to_all(page: OpenPage) -> None:
    app = page("collect", {**CHAD, "function": "customer_care"})
    nothing_failed(app)
    assert shown(app, "function") == ""


# Questions from reviewers.


@pytest.mark.thorough
def test_a_question_comes_first_and_goes_with_the_answer(page: OpenPage, own: Path) -> None:
    another_checks(own, ASKED, "asked_back", "Which [shops](http://x)?")
    app = as_somebody(page("collect", CHAD))
    nothing_failed(app)
    assert is_open(app, ASKED)
    assert said("answering.questions.one").search(finding(app))
    (warning,) = [warning.value for warning in app.warning]
    assert said("answering.question", role="Auditor").search(warning)
    assert "[shops]" not in warning, "a comment draws no link"
    field(app, "note", ASKED).input("All of them.").run()
    press(app, "answering.next")
    assert not said("answering.questions.one").search(finding(app))
    assert is_open(app, LEFT)


@pytest.mark.thorough
def test_an_answer_says_that_it_was_checked_and_that_it_has_changed_since(page: OpenPage, own: Path) -> None:
    another_checks(own, DONE, "checked")
    query = {**CHAD, "criterion": DONE[2]}
    assert tells(page("collect", query), "mark.checked", role="Auditor")
    another_answers(own, DONE, note="Not all of them.")
    assert tells(page("collect", query), "mark.changed", role="Auditor")
    for name in ("country/answers", "review"):
        shown = cells(page(name, {"operation": "tcd-op", "criterion": DONE[2], "country": "TCD"}))
        assert any(said("mark.changed", role="Auditor").search(cell) for cell in shown), name


# Two people.


def in_conflict(page: OpenPage, store: Path) -> AppTest:
    """Open the page when two have answered the same criterion, and the second moves on."""
    app = as_somebody(typed(page))
    another_answers(store, LEFT, status="implemented", note="Theirs")
    return press(app, "answering.next")


def test_the_second_of_two_sees_both_versions_and_loses_nothing(page: OpenPage, own: Path) -> None:
    app = in_conflict(page, own)
    nothing_failed(app)
    assert current_number(own) == 2
    assert tells(app, "answering.waiting_conflict", criterion=LEFT[2])
    app.button(key=f"answering_go {LEFT[2]}").click().run()
    assert tells(app, "edit.conflict")
    assert not offered(app, "edit.save")
    shown = cells(app)
    assert {"Implemented", "Partly implemented", "unanswered", "Theirs", "Somebody else", "facilitator"} <= set(shown)
    assert any("at the till" in cell for cell in shown)
    assert keeps_what_is_typed(app)


@pytest.mark.thorough
def test_the_second_of_two_may_keep_their_own_version(page: OpenPage, own: Path) -> None:
    app = in_conflict(page, own)
    app.button(key=f"answering_go {LEFT[2]}").click().run()
    press(app, "edit.keep_mine")
    nothing_failed(app)
    assert tells(app, "edit.saved.one", number=3)
    assert answer(own, LEFT).note == NOTE
    assert not tells(app, "edit.conflict")


@pytest.mark.thorough
def test_the_second_of_two_may_take_the_other_version(page: OpenPage, own: Path) -> None:
    app = in_conflict(page, own)
    app.button(key=f"answering_go {LEFT[2]}").click().run()
    press(app, "edit.take_theirs")
    nothing_failed(app)
    assert (field(app, "status", LEFT).value, field(app, "note", LEFT).value) == ("implemented", "Theirs")
    assert current_number(own) == 2


@pytest.mark.thorough
def test_a_conflict_in_the_last_moment_is_still_reported(
    page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other publication arrives after the page was drawn and before the lock is taken."""
    app = as_somebody(typed(page))

    def late(*given: Any) -> Any:
        monkeypatch.setattr(saving, "save_answers", save_answers)
        another_answers(own, LEFT, status="implemented", note="Theirs")
        return save_answers(*given)

    monkeypatch.setattr(saving, "save_answers", late)
    press(app, "edit.save")
    nothing_failed(app)
    assert tells(app, "edit.conflict")
    assert tells(app, "edit.not_saved")
    assert keeps_what_is_typed(app)
    assert answer(own, LEFT).note == "Theirs"


@pytest.mark.thorough
def test_two_who_say_the_same_are_in_nobodys_way(page: OpenPage, own: Path) -> None:
    app = as_somebody(typed(page))
    another_answers(own, LEFT, status="partly", evidence="self_declared", note=NOTE)
    press(app, "answering.next")
    assert current_number(own) == 2
    assert drafts_of(app, EDITOR) == {}


# Read-only, and what can be downloaded.


def test_where_nothing_may_change_the_answers_are_shown_and_it_says_why(page: OpenPage, open_to_all: None) -> None:
    app = page("collect", CHAD)
    nothing_failed(app)
    assert tells(app, "problem.may_not_publish")
    assert not in_page(app.radio)
    assert not offered(app, "answering.next")
    assert LEFT[2] in cells(app)


def test_a_choice_in_which_nothing_is_asked_says_so(page: OpenPage) -> None:
    app = page("collect", {"part": "answer", "round": "2023", "operation": "gha-op"})
    nothing_failed(app)
    assert said("answering.nothing_asked").fullmatch(finding(app))


def test_answers_and_reviews_are_offered_as_files(page: OpenPage) -> None:
    app = page("collect", CHAD)
    labels = {button.proto.label for button in app.get("download_button")}
    assert len(labels) == 2
    assert all(
        any(said(f"answering.export_{kind}").fullmatch(label) for label in labels) for kind in ("answers", "reviews")
    )
