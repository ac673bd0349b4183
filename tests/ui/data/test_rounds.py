"""Does the data page say which rounds are closed, and can they be closed and reopened there?"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.store.disk import REPLICA
from dashboard.store.history import history
from dashboard.store.publishing.edits import close_round
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from dashboard.ui.elements.closed_rounds import tell_closed
from dashboard.ui.view import View
from tests.conftest import TODAY, WRITER, copy_of, rest_thorough, said
from tests.ui.conftest import OpenPage, cells, nothing_failed, tells


@pytest.fixture
def mine(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the sample's store that the test may change."""
    store = copy_of(sample_store, tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    return store


def turned(app: AppTest, role: str, why: str) -> AppTest:
    app.text_input(key="writer_role").set_value(role)
    app.text_input(key="writer_why").set_value(why)
    app.button(key="rounds_turn").click().run()
    nothing_failed(app)
    return app


@pytest.mark.parametrize("at", rest_thorough(["2026-11-27T20:08:00+00:00", "?", ""]))
def test_a_copy_says_when_it_was_last_complete_and_closes_no_round(page: OpenPage, mine: Path, at: str) -> None:
    (mine / REPLICA).write_text(f"{at}\n")
    app = page("data/publications", {"round": "2024"})
    nothing_failed(app)
    assert tells(app, "problem.replica")
    assert not [button for button in app.button if button.key == "rounds_turn"]
    assert tells(app, "data.copied", at="27 Nov 2026, 20:08") == (len(at) > 1)


@pytest.mark.thorough
def test_the_round_of_the_bar_is_closed_and_reopened(page: OpenPage, mine: Path) -> None:
    app = page("data/publications", {"round": "2024"})
    nothing_failed(app)
    assert app.button(key="rounds_turn").label == "Close Round 2024"
    assert cells(app).count("open") == 3
    turned(app, "programme lead", "*it* is over")
    assert tells(app, "rounds.done_close", round="Round 2024")
    assert cells(app).count("closed") == 1
    assert "*it* is over" in cells(app)
    assert "closed round 2024" in cells(app)
    assert (next(history(mine)).kind, next(history(mine)).about) == ("close", "2024")
    assert app.button(key="rounds_turn").label == "Reopen Round 2024"
    turned(app, "programme lead", "late answers")
    assert tells(app, "rounds.done_reopen", round="Round 2024")
    assert cells(app).count("open") == 3
    assert "late answers" in cells(app)


@pytest.mark.thorough
def test_a_round_without_answers_is_closed_only_at_the_second_request(
    page: OpenPage, mine: Path, tmp_path: Path
) -> None:
    head = "round,title,starts_on,ends_on,frameworks,versions,note\n"
    (tmp_path / "rounds.csv").write_text(f"{head}2026,Round 2026,2026-02-02,2026-05-29,crbp,,\n")
    assert publish(Load(mine, [tmp_path / "rounds.csv"], WRITER, TODAY)).revision is not None
    app = turned(page("data/publications", {"round": "2026"}), WRITER.role, "over")
    assert tells(app, "problem.round_unanswered", value="2026")
    assert len(list(history(mine))) == 2
    assert app.button(key="rounds_turn").label == "Close Round 2026 anyway"
    app.button(key="rounds_turn").click().run()
    nothing_failed(app)
    assert tells(app, "rounds.done_close", round="Round 2026")
    assert next(history(mine)).kind == "close"


def test_what_would_move_in_a_closed_round_is_listed_where_it_is_asked_about(
    page: OpenPage, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert close_round(store, "R1", WRITER, TODAY, accept=True).revision is not None
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    app = page("data/publications")
    app.text_input(key="writer_role").set_value(WRITER.role)
    joins = b"operation,country,title,kind,services,first_round\nn-op,AAA,New,operation,shop,R1\n"
    app.file_uploader(key="files").set_value([("operations.csv", joins, "text/csv")])
    next(button for button in app.button if said("data.publish").fullmatch(button.label)).click().run()
    nothing_failed(app)
    assert tells(app, "data.agree_first")
    assert tells(app, "closed.one", country="Aland", round="First round")
    assert len(list(history(store))) == 2


def test_without_a_role_nothing_is_closed(page: OpenPage, mine: Path) -> None:
    app = turned(page("data/publications"), " ", "")
    assert tells(app, "rounds.not_done")
    assert tells(app, "problem.role_missing")
    assert len(list(history(mine))) == 1


def test_a_server_that_others_can_reach_offers_no_button(page: OpenPage, open_to_all: None) -> None:
    app = page("data/publications")
    nothing_failed(app)
    assert "rounds_turn" not in [button.key for button in app.button]
    assert cells(app).count("open") == 3


@pytest.mark.thorough
def test_a_damaged_history_is_told(page: OpenPage, mine: Path, tmp_path: Path) -> None:
    app = page("data/publications")
    shutil.copy(mine / "moves" / "000001.json", tmp_path)
    turned(app, WRITER.role, "")
    (mine / "moves" / "000001.json").write_text("{")
    app.run()
    nothing_failed(app)
    assert tells(app, "problem.pointer_damaged")


@pytest.mark.thorough
@pytest.mark.parametrize("part", ["collect", "answer", "check"])
def test_in_a_closed_round_the_page_takes_no_answer_and_says_why(page: OpenPage, mine: Path, part: str) -> None:
    opened = page("collect", {"round": "2025", "part": part})
    nothing_failed(opened)
    assert not tells(opened, "rounds.is_closed")
    before = _written_by(opened)
    assert close_round(mine, "2025", WRITER, TODAY, accept=True).revision is not None
    closed = page("collect", {"round": "2025", "part": part})
    nothing_failed(closed)
    assert tells(closed, "rounds.is_closed", round="Round 2025")
    if part != "collect":
        assert before
        assert not _written_by(closed)


def _written_by(app: AppTest) -> list[str]:
    """Return the fields for the writer's role and reason."""
    return [field.key for field in app.text_input if field.key == "writer_role"]


@pytest.mark.thorough
def test_where_answers_would_be_written_it_is_said_that_the_round_is_closed(
    mine: Path, view_of: Callable[..., View], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert close_round(mine, "2024", WRITER, TODAY).revision is not None
    published = Reader(mine).current()
    assert published is not None
    told: list[str] = []
    monkeypatch.setattr("streamlit.info", told.append)
    views = [replace(view_of(round=code), published=published) for code in ("2023", "2024")]
    assert [tell_closed(view) for view in views] == [False, True]
    assert [said("rounds.is_closed", round="Round 2024").fullmatch(text) is not None for text in told] == [True]
