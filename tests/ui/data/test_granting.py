"""Can an administrator grant, change and end a role on the page, and nobody else?"""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.permissions import Grant, Person, Role
from dashboard.store.history import current_number
from dashboard.store.published_codes import grants_in
from dashboard.store.publishing.commit import set_name
from dashboard.store.reader import Reader
from dashboard.ui import identity
from tests.ui.conftest import OpenPage, nothing_failed, tells

ADMIN = Person("idp|admin", "Admin", (Grant(Role.ADMIN),))
SOMEBODY = "idp|7"


def granted(store: Path) -> list[str]:
    published = Reader(store).current()
    assert published is not None
    return [str(grant) for grant in grants_in(published).get(SOMEBODY, ())]


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    nothing_failed(app)
    return app


@pytest.mark.thorough
def test_a_role_is_granted_changed_and_ended(page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "person", lambda: ADMIN)
    set_name(own, SOMEBODY, "Shown Name")
    app = page("data/sources")
    press(app, "role_save ")
    assert current_number(own) == 1
    assert tells(app, "edit.needs", fields="Person (id)")
    app.text_input(key="role_subject ").input(f" {SOMEBODY} ").run()
    app.selectbox(key="role_role ").set_value("contributor").run()
    app.selectbox(key="role_scope ").set_value("operation:gha-op").run()
    press(app, "role_save ")
    assert tells(app, "edit.saved.one", number=2)
    assert granted(own) == ["contributor@operation:gha-op"]
    code = f"{SOMEBODY} contributor operation:gha-op"
    app.selectbox(key="role_chosen").set_value(code).run()
    assert any("Shown Name · Contributor" in option for option in app.selectbox(key="role_chosen").options)
    app.selectbox(key=f"role_role {code}").set_value("admin").run()
    assert not [box for box in app.selectbox if box.key == f"role_scope {code}"], "it holds everywhere"
    press(app, f"role_save {code}")
    assert granted(own) == ["admin"]
    last = f"{SOMEBODY} admin group"
    app.selectbox(key="role_chosen").set_value(last).run()
    press(app, f"role_back {last}")
    assert tells(app, "problem.last_admin")
    app.selectbox(key=f"role_role {last}").set_value("viewer").run()
    press(app, f"role_save {last}")
    assert tells(app, "problem.last_admin")
    assert granted(own) == ["admin"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_has_the_form(role: Role, page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "person", lambda: Person("idp|2", "Two", (Grant(role),)))
    app = page("data/sources")
    nothing_failed(app)
    assert not tells(app, "roles.grant_title")
    assert not [box for box in app.selectbox if box.key == "role_chosen"]
