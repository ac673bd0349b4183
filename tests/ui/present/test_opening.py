"""Is a room opened only from its page, by a button that says so, and closed by another one or by hiding names?"""

from http.client import HTTPConnection
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.store.votes import ask, code_of, standing
from dashboard.ui import listener
from dashboard.ui.listener import OpenListener, opened
from dashboard.ui.present import room_opening
from tests.conftest import said
from tests.ui.conftest import OpenPage, nothing_failed, tells, texts
from tests.voting import SEVERITY, device

HERE = "127.0.0.1"


@pytest.fixture(autouse=True)
def store(own: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide a separate store, on a machine that phones can reach."""
    monkeypatch.setenv("DASHBOARD_ROOM_HOST", HERE)
    return own


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_opening, "local_addresses", tuple)


def press(app: AppTest, name: str) -> AppTest:
    app.button(key=f"room_{name}").click().run()
    nothing_failed(app)
    return app


def phone_sees(store: Path, found: OpenListener | None = None) -> str:
    """Return what a phone that has joined is shown by the open room, or by one that was `found` before."""
    found = found or opened()
    assert found is not None
    connection = HTTPConnection(found.address, found.port, timeout=30)
    held = f"joined={code_of(store)}; device={device(1)}; group=board"
    connection.request("GET", "/vote", headers={"Cookie": held})
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def test_nothing_is_open_until_somebody_says_so_and_it_is_told_what_that_opens(page: OpenPage) -> None:
    app = page("present/vote")
    nothing_failed(app)
    assert tells(app, "room.open_title")
    assert any("No other page" in text and "4 hours" in text for text in texts(app))
    assert not app.get("image")
    assert keys(app) >= {"room_open"}
    assert not keys(app) & {"room_leave", "room_let_in"}, "there is one way to open a room"
    assert opened() is None


def test_an_open_room_shows_how_phones_join_and_until_when(page: OpenPage, store: Path) -> None:
    before = code_of(store)
    app = press(page("present/vote"), "open")
    found = opened()
    assert found is not None
    assert code_of(store) != before, "phones of a room before have other letters"
    assert app.get("image")
    shown = " ".join(texts(app))
    assert f"{HERE}:{found.port}/vote" in shown
    assert code_of(store) in shown
    assert f"{found.term.until:%H:%M}" in shown
    assert not tells(app, "room.open_title")


def test_asking_opens_the_room_as_well(page: OpenPage, store: Path) -> None:
    press(page("present/vote"), "open")
    now = standing(store)
    assert now is not None
    assert now.question.said["en"].asks in phone_sees(store)


@pytest.mark.thorough
def test_opened_again_while_a_question_stands_phones_go_on_with_their_letters(page: OpenPage, store: Path) -> None:
    ask(store, SEVERITY)
    before = code_of(store)
    app = page("present/vote")
    assert tells(app, "room.open_title"), "a server that was started anew has no room"
    press(app, "let_in")
    assert code_of(store) == before
    assert "How severe?" in phone_sees(store)


@pytest.mark.thorough
@pytest.mark.usefixtures("no_network")
def test_without_a_network_the_room_votes_on_paper(page: OpenPage, store: Path) -> None:
    app = page("present/vote")
    assert tells(app, "room.no_network_here")
    assert "room_let_in" not in keys(app)
    press(app, "open")
    now = standing(store)
    assert now is not None
    assert opened() is None
    first = now.question.choices[0]
    app.number_input(key=f"room_paper_1_1_{first}").set_value(7)
    nothing_failed(app.run())
    assert tells(app, "room.voted.other", n=7)
    assert tells(app, "room.on_paper", n=7)
    press(app, "reveal")
    assert tells(app, "room.agree_all.other", n=7, choice=now.question.said["en"].choices[first])
    assert tells(app, "room.on_paper", n=7)


@pytest.mark.thorough
def test_of_several_networks_one_is_chosen(page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_opening, "local_addresses", lambda: ("127.0.0.2", HERE))
    app = page("present/vote")
    app.radio(key="room_address").set_value(HERE).run()
    press(app, "open")
    found = opened()
    assert found is not None
    assert found.address == HERE


def test_an_address_that_cannot_be_listened_on_is_told_and_nothing_is_asked(
    page: OpenPage, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_ROOM_HOST", "198.51.100.1")
    app = press(page("present/vote"), "open")
    assert tells(app, "room.refused_not_opened")
    assert opened() is None
    assert standing(store) is None


@pytest.mark.thorough
def test_another_address_of_the_machine_is_told(page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    app = press(page("present/vote"), "open")
    assert not tells(app, "room.network_changed")
    monkeypatch.setattr(room_opening, "local_addresses", lambda: ("192.168.1.5",))
    assert tells(app.run(), "room.network_changed")


def test_closing_the_room_thanks_phones_and_leaves_the_leader_where_votes_are(page: OpenPage, store: Path) -> None:
    app = press(page("present/vote", {"country": "SEN"}), "open")
    found = opened()
    press(app, "leave")
    assert opened() is None
    assert said("vote.ended").search(phone_sees(store, found))
    assert (app.query_params["part"], app.query_params["country"]) == ("vote", "SEN")
    assert tells(app, "room.closed_now")
    assert tells(app, "room.voted.other", n=0), "the question waits"
    assert "room_leave" not in keys(app)
    assert not tells(app.run(), "room.closed_now"), "said once"
    before = code_of(store)
    press(app, "let_in")
    assert code_of(store) == before
    assert standing(store) is not None


def test_another_window_follows_what_the_room_does(page: OpenPage, store: Path) -> None:
    led, other = page("present/vote"), page("present/vote")
    press(led, "open")
    assert tells(other.run(), "room.voted.other", n=0)
    press(led, "reveal")
    assert "room_close" in keys(other.run())
    press(led, "close")
    assert tells(other.run(), "room.finding.one")
    press(led, "leave")
    assert tells(other.run(), "room.open_title")


def test_hiding_names_closes_the_room_and_phones_see_no_name_any_more(page: OpenPage, store: Path) -> None:
    press(page("present/vote", {"country": "GHA"}), "open")
    found = opened()
    assert found is not None
    assert "Ghana" in phone_sees(store)
    app = page("heatmap", {"safe": "yes"})
    nothing_failed(app)
    assert opened() is None
    sees = phone_sees(store, found)
    assert said("vote.ended").search(sees)
    assert "Ghana" not in sees
    app = page("present/vote", {"safe": "yes"})
    assert tells(app, "room.not_safe")
    assert not [key for key in keys(app) if key.startswith("room_")]
    assert not app.get("download_button")


def test_where_others_reach_the_server_nobody_opens_a_room(page: OpenPage, open_to_all: None) -> None:
    app = page("present/vote")
    assert tells(app, "room.not_open")
    assert not [key for key in keys(app) if key.startswith("room_")]


@pytest.mark.thorough
def test_a_room_that_timed_out_asks_again_before_opening(page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    app = press(page("present/vote"), "open")
    found = opened()
    assert found is not None
    monkeypatch.setattr(listener, "_now", lambda: found.term.until)
    assert tells(app.run(), "room.open_title")
    assert "room_let_in" in keys(app)
