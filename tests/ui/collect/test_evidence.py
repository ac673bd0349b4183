"""Can evidence be named, changed and removed below an answer or an action, and does an answer have its thread?"""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.answer import Evidence, Subject, of_action, of_answer
from dashboard.model.permissions import Deed
from dashboard.model.records import Draft
from dashboard.queries.ask import rows
from dashboard.store.history import current_number
from dashboard.store.locking import Writer
from dashboard.store.published_codes import stored_evidence
from dashboard.store.publishing.save_rows import save_comment, save_evidence
from dashboard.store.reader import Reader
from dashboard.ui.collect.review_drafts import CHECKING
from dashboard.ui.elements.answer_text import link
from tests.conftest import TODAY, MakeView, said
from tests.ui.collect.assessing import as_somebody, review
from tests.ui.conftest import OpenPage, cells, choose, nothing_failed, tells, texts

KEY = ("2025", "gha-op", "CRBP-02.a")
ANSWER = {"part": "answer", "operation": "gha-op", "criterion": KEY[2]}
SECRET = Evidence(*of_answer(KEY), "Qxz minutes", "https://qxz.example/m", "QXZ-1", "", "7", "Qxz office", "true")


def items(store: Path, subject: Subject) -> list[Evidence]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return stored_evidence(connection, subject)


def opened(page: OpenPage, query: dict[str, str], fold: str) -> AppTest:
    """Open a page with one fold open, in a role."""
    return act(as_somebody(page("collect" if "criterion" in query else "plan", query)), None, fold)


def act(app: AppTest, element: Any, fold: str = "evidence_items") -> AppTest:
    """Run the page after something was done in an open fold, which a test has to hold open itself."""
    app.session_state[f"more_{fold}"] = True
    return (app if element is None else element).run()


def fill(app: AppTest, subject: Subject, n: int = 0, **typed: str) -> AppTest:
    code = " ".join(subject).strip() + (f" {n}" if n else "")
    for name, text in typed.items():
        act(app, app.text_input(key=f"evidence_{name} {code}").input(text))
    return app


def added(page: OpenPage, own: Path, subject: Subject, query: Any) -> tuple[AppTest, list[Evidence]]:
    """Add an item; return the page, and the items before it."""
    before = items(own, subject)
    code = " ".join(subject).strip()
    app = opened(page, query, "evidence_items")
    assert len(before) == 2
    act(app, app.button(key=f"evidence_save {code}").click())
    assert tells(app, "edit.needs", fields="Title")
    fill(app, subject, title="Shelf photo", link="http://x")
    act(app, app.checkbox(key=f"evidence_confidential {code}").check())
    act(app, app.button(key=f"evidence_save {code}").click())
    nothing_failed(app)
    assert tells(app, "edit.saved.one", number=2)
    new = Evidence(*subject, "Shelf photo", "http://x", confidential="true")
    assert items(own, subject) == [*before, new]
    return app, before


def test_an_item_is_added(page: OpenPage, own: Path) -> None:
    added(page, own, of_answer(KEY), ANSWER)


@pytest.mark.thorough
@pytest.mark.parametrize(("subject", "query"), [
    (of_answer(KEY), ANSWER), (of_action("A-001"), {"part": "actions", "action": "A-001"}),
])  # fmt: skip
def test_an_item_is_added_changed_and_removed(page: OpenPage, own: Path, subject: Subject, query: Any) -> None:
    app, before = added(page, own, subject, query)
    code = " ".join(subject).strip()
    act(app, None)
    act(app, app.selectbox(key="evidence_chosen").select(f"{code} 1"))
    fill(app, subject, 1, page="5")
    act(app, app.button(key=f"evidence_save {code} 1").click())
    assert [item.page for item in items(own, subject)] == ["5", before[1].page, ""]
    act(app, None)
    act(app, app.selectbox(key="evidence_chosen").select(f"{code} 3"))
    act(app, app.button(key=f"evidence_back {code} 3").click())
    assert [item.title for item in items(own, subject)] == [item.title for item in before]
    act(app, app.button(key="evidence_undo").click())
    assert [item.title for item in items(own, subject)] == [*(item.title for item in before), "Shelf photo"]


@pytest.mark.thorough
def test_an_address_that_is_none_is_refused_and_kept_in_its_field(page: OpenPage, own: Path) -> None:
    subject = of_answer(KEY)
    app = fill(opened(page, ANSWER, "evidence_items"), subject, title="Photo", link="javascript:alert(1)")
    act(app, app.button(key=f"evidence_save {' '.join(subject).strip()}").click())
    assert any("javascript" in error.value and "shown as a link" in error.value for error in app.error)
    assert current_number(own) == 1
    assert app.text_input(key=f"evidence_link {' '.join(subject).strip()}").value == "javascript:alert(1)"


def test_readers_see_of_a_confidential_item_only_what_it_is(page: OpenPage, own: Path) -> None:
    assert save_evidence(own, SECRET.subject, Draft(None, SECRET), "x", Writer("Board", ""), TODAY).revision is not None
    country = {"country": "GHA", "operation": "gha-op", "part": "answers"}
    number = page("number", {"country": "GHA", "principle": "CRBP-02"})
    for app in (page("review", {"criterion": KEY[2]}), page("country", country), number):
        nothing_failed(app)
        shown = f"{texts(app)} {cells(app)}"
        assert "Qxz minutes · confidential" in shown
        assert "/pol-gha-42)" in shown
        assert not any(hidden in shown for hidden in ("qxz.example", "QXZ-1", "Qxz office"))
    assert "qxz.example" in f"{texts(opened(page, ANSWER, 'evidence_items'))}"


def test_a_link_is_called_by_its_host_and_holds_no_markup() -> None:
    assert link("https://a.example/x_(y)*[z]$w?q=1#t") == "[a.example](https://a.example/x_%28y%29%2A%5Bz%5D%24w?q=1#t)"
    assert link(None) == link("") == ""


@pytest.mark.thorough
def test_operations_and_reviewers_answer_each_other(page: OpenPage, own: Path) -> None:
    assert save_comment(own, KEY, "Which *page*?", Deed.REVIEW, Writer("Auditor", ""), TODAY).revision is not None
    name = " ".join(KEY)
    app = opened(page, ANSWER, f"comments {name}")
    assert any("Which \\*page\\*?" in text for text in texts(app))
    fold = f"comments {name}"
    act(app, app.text_area(key=f"comment_text {name}").input("Page 17."), fold)
    act(app, app.button(key=f"comment_send {name}").click(), fold)
    nothing_failed(app)
    assert tells(app, "edit.saved.one", number=3)
    act(app, None, fold)
    assert any("Page 17." in text for text in texts(app))
    assert app.text_area(key=f"comment_text {name}").value == ""


@pytest.mark.thorough
def test_an_answer_on_hold_waits_apart_with_its_reason(page: OpenPage, own: Path, view_of: MakeView) -> None:
    view = view_of()
    first = rows(view.published, CHECKING, view.parameters(operation="", function=()))[0]
    key = first["round"], first["operation"], first["criterion"]
    name = " ".join(key)
    app = as_somebody(page("collect", {"part": "check"}), "Auditor")
    app.text_input(key=f"checking_comment {name}").input("The board decides in May").run()
    app.button(key=f"checking_on_hold {name}").click().run()
    nothing_failed(app)
    made = review(own, key)
    assert made is not None
    assert (made.verdict, made.comment) == ("on_hold", "The board decides in May")
    assert tells(app, "checking.waits.other", n=first["all_n"] - 1)
    act(app, None, "held")
    assert any(said("checking.held.one").search(fold.label) for fold in app.expander)
    assert tells(app, "checking.held_because", reason="The board decides in May")
    assert not tells(app, "checking.grid_held.one")
    choose(app, show_as="grid")
    nothing_failed(app)
    assert tells(app, "checking.grid_held.one")
    choose(app, show_as="")
    act(app, app.button(key=f"checking_check {name}").click(), "held")
    again = review(own, key)
    assert again is not None
    assert again.verdict == "checked"
