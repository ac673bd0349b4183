"""Does a session know whose it is, refuse where it should know and does not, and change nothing behind a proxy?"""

from pathlib import Path

import pytest
import streamlit as st

from dashboard.model.permissions import Grant, Person, Role, Scope
from dashboard.store.locking import is_loopback
from dashboard.ui import identity, session
from dashboard.ui.identity import NobodyError, person, person_of, read, written
from tests.conftest import said
from tests.ui.conftest import OpenPage, tells
from tests.ui.server.signin.conftest import AUTH, secrets

AMA = Person("id.example.org|ama", "Ama *Mensah*", (Grant(Role.VIEWER), Grant(Role.REVIEWER, Scope("country", "GHA"))))


def test_a_person_written_reads_back_as_the_same_on_one_line_of_plain_letters() -> None:
    for one in (AMA, Person("a|b", "Zoé Ñandú\U0001f642", locale="fr-SN")):
        assert read(written(one)) == one
        assert written(one).isascii()
        assert written(one).isprintable()


def test_a_person_is_spoken_to_in_the_language_that_their_provider_names() -> None:
    for locale, language in (("fr-SN", "fr"), ("es_CO", "es"), ("EN", "en"), ("", ""), ("fr; x", "")):
        assert identity.language_of(identity.named("a|b", "Ama", (), locale)) == language
    assert identity.language_of(None) == ""


def test_where_people_sign_in_nobody_is_not_let_pass() -> None:
    with pytest.raises(NobodyError):
        person_of({"type": "http", "headers": [(identity.HEADER, written(AMA).encode())]})
    with pytest.raises(NobodyError):
        person()


def test_where_nobody_signs_in_there_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets(monkeypatch, None)
    assert person_of({"type": "http", "headers": [(identity.HEADER, written(AMA).encode())]}) is None
    assert person() is None


def test_who_is_signed_in_and_how_to_leave_stands_behind_the_question_mark(
    page: OpenPage, sample_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(sample_store))
    secrets(monkeypatch, None)
    app = page("heatmap")
    app.button(key="help").click().run()
    assert not tells(app, "signin.as")
    secrets(monkeypatch, AUTH)
    app.user = {identity.HELD: written(AMA)}
    app.button(key="help").click().run()
    (found,) = [text.value for text in app.markdown if said("signin.as").search(text.value)]
    assert "\\*Mensah\\*" in found, "a name is not read as Markdown"
    assert "(/signout)" in found
    assert "(/signout?everywhere=yes)" in found


FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "x-forwarded-proto", "X-Real-IP", "X-Original-Host")


@pytest.mark.parametrize("header", FORWARDED)
def test_without_sign_in_a_session_that_came_through_a_proxy_changes_nothing(
    header: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(st.context), "headers", property(lambda _: {"Host": "localhost:8501", header: "x"}))
    assert session.listens_on() == "localhost", "sign-in is on: roles decide, whatever the way"
    secrets(monkeypatch, None)
    assert session.listens_on() == header
    assert session.listens_on(["host", header]) == header
    assert not is_loopback(session.listens_on())
    assert not session.may_lead()
    assert session.listens_on(["host", "accept", "user-agent"]) == "localhost"
