"""Can people let programs read figures on the data page, with no more than their own rights?"""

import re
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.permissions import TOKEN_DAYS, Grant, Person, Role, Scope
from dashboard.store.tokens import DAY, SHAPE, holder, tokens
from dashboard.ui import identity
from tests.conftest import copy_of
from tests.ui.conftest import OpenPage, cells, nothing_failed, tells

AT_GHANA = Scope("operation", "gha-op")
AMA = Person("idp|ama", "Ama", (Grant(Role.CONTRIBUTOR, AT_GHANA), Grant(Role.VIEWER, Scope("country", "TCD"))))
KOFI = Person("idp|kofi", "Kofi", (Grant(Role.VIEWER),))
ADMIN = Person("idp|admin", "Admin", (Grant(Role.ADMIN),))


@pytest.fixture
def own(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = copy_of(sample_store, tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    return store


def opened(page: OpenPage, monkeypatch: pytest.MonkeyPatch, person: Person | None) -> AppTest:
    monkeypatch.setattr(identity, "person", lambda: person)
    app = page("data/sources")
    nothing_failed(app)
    return app


def made(app: AppTest, name: str, *operations: str) -> str:
    """The text that is shown once the form is sent; empty if none is."""
    app.text_input(key="token_name ").input(name)
    app.multiselect(key="token_operations ").set_value(list(operations))
    app.button(key="token_make").click().run()
    nothing_failed(app)
    return next((code.value for code in app.code if SHAPE.fullmatch(code.value)), "")


def test_a_token_is_shown_once_and_reads_what_was_chosen(
    page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(page, monkeypatch, AMA)
    assert tells(app, "tokens.none")
    text = made(app, "quarterly *report*", "gha-op")
    assert tells(app, "tokens.once")
    found = holder(own, text, time.time() + TOKEN_DAYS * DAY - 60)
    assert found is not None
    assert found.grants == (Grant(Role.VIEWER, AT_GHANA),)
    app.run()
    assert text not in " ".join(code.value for code in app.code), "it is gone at the next click"
    assert text not in repr(app.session_state)
    assert app.text_input(key="token_name ").value == ""
    assert any("quarterly *report*" in cell for cell in cells(app))
    whole = holder(own, made(app, "all that I see"), time.time())
    assert whole is not None
    assert set(whole.grants) == {Grant(Role.VIEWER, grant.scope) for grant in AMA.grants}


@pytest.mark.thorough
def test_what_is_missing_is_said_and_nothing_made(page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(page, monkeypatch, AMA)
    assert not made(app, " ")
    assert tells(app, "edit.needs", fields="What is it for?")
    assert not tokens(own)


@pytest.mark.thorough
def test_people_revoke_their_own_and_administrators_any(
    page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(opened(page, monkeypatch, AMA), "report of Ama", "gha-op")
    (token,) = tokens(own)
    app = opened(page, monkeypatch, KOFI)
    assert tells(app, "tokens.none")
    assert not [cell for cell in cells(app) if re.search("report of Ama|idp", cell)]
    app = opened(page, monkeypatch, ADMIN)
    assert [cell for cell in cells(app) if "idp|ama" in cell.replace("\\", "")], "who made it"
    app.button(key="token_revoke").click().run()
    nothing_failed(app)
    assert token not in tokens(own)
    assert tells(app, "tokens.none")


@pytest.mark.thorough
def test_where_nobody_signs_in_there_are_no_tokens(page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(page, monkeypatch, None)
    assert not tells(app, "tokens.help")
    assert not [box for box in app.text_input if box.key == "token_name "]
