"""Does an administrator see what people are called and change it on the page, and nobody else?"""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.permissions import Grant, Person, Role
from dashboard.store.disk import REPLICA
from dashboard.store.history import current_number
from dashboard.store.publishing.commit import FILE, change_name, set_name, shown_names
from dashboard.ui import identity
from dashboard.ui.escape import escape
from tests.ui.conftest import OpenPage, nothing_failed, tells

ADMIN = Person("idp|admin", "Admin", (Grant(Role.ADMIN),))
ONE, TWO = "idp|1", "idp|2"


@pytest.fixture
def named(own: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a store with the name of one person and without that of another, before an administrator."""
    monkeypatch.setattr(identity, "person", lambda: ADMIN)
    set_name(own, ONE, "Ama *B.*")
    set_name(own, TWO, "")
    return own


def save(app: AppTest, subject: str, name: str) -> AppTest:
    app.selectbox(key="names_person").set_value(subject)
    app.text_input(key="names_name").input(name)
    app.button(key="names_save").click().run()
    nothing_failed(app)
    return app


@pytest.mark.thorough
def test_every_id_is_listed_with_its_name(named: Path, page: OpenPage) -> None:
    app = page("data/sources")
    nothing_failed(app)
    assert tells(app, "names.title")
    text = "\n".join(one.proto.body for one in app.get("html"))
    for shown in (ONE, TWO, "Ama *B.*", "(name removed)"):
        assert shown in text, shown


def test_a_name_is_changed_for_everything_before_and_the_history_stays(named: Path, page: OpenPage) -> None:
    app = save(page("data/sources"), ONE, " Ama  C. ")
    assert tells(app, "names.saved", subject=escape(ONE), name="Ama C.")
    assert shown_names(named) == {ONE: "Ama C.", TWO: ""}
    assert current_number(named) == 1


@pytest.mark.thorough
def test_an_empty_name_removes_nothing(named: Path, page: OpenPage) -> None:
    assert tells(save(page("data/sources"), ONE, "  "), "names.needs")
    assert shown_names(named)[ONE] == "Ama *B.*"


def test_a_list_that_is_damaged_is_not_replaced_by_an_empty_one(named: Path, page: OpenPage) -> None:
    app = page("data/sources")
    (named / FILE).write_text("[", "utf-8")
    assert tells(save(app, ONE, "Ama C."), "problem.names_unreadable")
    assert (named / FILE).read_text("utf-8") == "["
    assert tells(page("data/sources"), "problem.names_unreadable")


def test_nothing_is_changed_in_a_copy(named: Path, page: OpenPage) -> None:
    (named / REPLICA).touch()
    assert tells(save(page("data/sources"), ONE, "Ama C."), "problem.replica")
    assert shown_names(named)[ONE] == "Ama *B.*"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_sees_or_changes_names(
    role: Role, named: Path, page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Person("idp|2", "Two", (Grant(role),))
    monkeypatch.setattr(identity, "person", lambda: other)
    app = page("data/sources")
    nothing_failed(app)
    assert not tells(app, "names.title")
    assert [problem.kind for problem in change_name(named, ONE, "Else", other)] == ["not_your_role"]
    assert shown_names(named)[ONE] == "Ama *B.*"
