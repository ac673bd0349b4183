"""What does the first visitor see while the sample is published?"""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.model.deployment import SHIPPED
from dashboard.store.disk import REPLICA
from dashboard.store.locking import Outcome
from dashboard.store.publishing.load import Load
from dashboard.ui.collect import collect_page
from dashboard.ui.frame import first_visit
from tests.conftest import TINY, PublishOnce, copy_of, rest_thorough
from tests.exports.test_lists_workbook import masters, type_in
from tests.ui.collect.test_hand_in import as_role, hand_in, press
from tests.ui.conftest import ENOUGH, OpenPage, nothing_failed, tells, texts

Told = Callable[[float, str], None]


def drawn(monkeypatch: pytest.MonkeyPatch, publishing: Callable[[Told], Outcome]) -> AppTest:
    """Return the page at the end of `publishing`, which receives the progress callback."""

    def publish(load: Load) -> Outcome:
        return publishing(load.progress)

    def script() -> None:
        from dashboard.loading.yaml_file import read_words
        from dashboard.ui.frame.first_visit import make_first_publication

        make_first_publication(read_words())

    monkeypatch.setattr(first_visit, "publish", publish)
    app = AppTest.from_function(script, default_timeout=ENOUGH).run()
    nothing_failed(app)
    return app


def bar(app: AppTest) -> tuple[int, str]:
    (found,) = app.get("progress")
    return found.proto.value, found.proto.text


def test_before_anything_is_read_the_page_says_what_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(_: Told) -> Outcome:
        st.stop()

    app = drawn(monkeypatch, stops)
    assert tells(app, "first.title")
    assert tells(app, "first.about")
    assert bar(app) == (0, "0 % · Starting")


def test_the_bar_says_how_far_it_is_and_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(tell: Told) -> Outcome:
        tell(0.3456, "read")
        tell(0.8, "fold")
        st.stop()

    assert bar(drawn(monkeypatch, stops)) == (80, "80 % · Calculating scores")


def test_what_was_said_meanwhile_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    app = drawn(monkeypatch, lambda tell: Outcome(None, ()))
    assert not app.get("progress")
    assert not texts(app)


def test_a_copy_that_is_not_complete_yet_offers_nothing_to_publish(
    page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "publications").mkdir()
    (tmp_path / "publications" / "000001-0badf00d.duckdb").touch()
    (tmp_path / REPLICA).touch()
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    app = page("overview")
    nothing_failed(app)
    assert tells(app, "first.none")
    assert tells(app, "problem.replica")
    assert not app.button


@pytest.mark.parametrize("name", rest_thorough(["overview", "data"]))
def test_standards_without_a_round_are_told_and_what_comes_next(
    name: str, page: OpenPage, publish_once: PublishOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(publish_once("standards alone", [TINY / "frameworks"])))
    app = page(name)
    nothing_failed(app)
    assert tells(app, "first.nobody")
    assert tells(app, "first.lists")
    assert not app.get("file_uploader")


def test_a_newcomer_publishes_the_workbook_of_the_lists_on_the_page(
    page: OpenPage, tmp_path: Path, publish_once: PublishOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, path = (
        copy_of(publish_once("standards alone", [TINY / "frameworks"]), tmp_path / "store"),
        tmp_path / "l.xlsx",
    )
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    written: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(collect_page, "offer", lambda view, label, content, name, key: written.update({name: content}))
    app = page("collect")
    nothing_failed(app)
    assert tells(app, "first.nobody")
    path.write_bytes(written["lists.xlsx"]())
    type_in(path)
    app = hand_in(app, (path.name, path.read_bytes(), "application/vnd.ms-excel"))
    as_role(app)
    app = press(app, "collect_publish")
    assert [row[0] for row in masters(store)[1]] == ["hq", "gh"]
    assert not tells(app, "first.nobody")


def test_an_empty_store_begins_with_the_standards_or_the_sample(
    page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.txt").touch()
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    wanted = list[tuple[Path, ...]]()
    monkeypatch.setattr(first_visit, "make_first_publication", lambda words, paths: wanted.append(paths))
    app = page("overview")
    nothing_failed(app)
    app.button(key="first_standards").click().run()
    assert wanted[:1] == [(SHIPPED[0],)]
