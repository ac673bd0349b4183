"""Does *Share* make a pack of what it offers, one at a time, with the names that the screen shows?"""

from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from dashboard.model.problem import Problem, Weight
from dashboard.model.tour import Step
from dashboard.model.words import Words
from dashboard.store.locking import Writer
from dashboard.store.named_files import save_view
from dashboard.tasks.pack_views import AUDIENCES, PackRequest
from dashboard.ui.frame import export_menu
from dashboard.ui.view import View
from tests.ui.conftest import OpenPage, open_share, tells

WHOSE = "pack_views"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Collect the files that are offered, by name."""
    found: dict[str, bytes] = {}

    def offered(_view: View, _label: str, content: bytes | object, name: str, _key: str, *_kind: str) -> None:
        if isinstance(content, bytes):  # The charts of the page are made when they are taken.
            found[name] = content

    monkeypatch.setattr(export_menu, "offer", offered)
    return found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[PackRequest]:
    """Collect what would be read, instead of reading it."""
    found: list[PackRequest] = []

    def refused(one: PackRequest, *_more: object) -> Problem:
        found.append(one)
        return Problem("chart_not_drawn", "heatmap", value="broken", weight=Weight.FILE)

    monkeypatch.setattr(export_menu, "make_pack", refused)
    return found


@pytest.mark.thorough
@pytest.mark.outside
def test_a_saved_view_becomes_a_workbook(own: Path, page: OpenPage, made: dict[str, bytes]) -> None:
    step = Step.of_view("heatmap", {"country": "GHA"}, "Only Ghana", "A sentence.")
    assert save_view(own, step, Writer("tester", "for a test")) is None
    app = open_share(page("overview"))
    assert not made
    app.selectbox(key=WHOSE).set_value(export_menu.SAVED).run()
    app.button_group(key="pack_formats").set_value(["xlsx"]).run()
    app.button(key="pack_make").click().run()
    assert list(made) == ["saved.xlsx"]
    workbook = CalamineWorkbook.from_filelike(BytesIO(made["saved.xlsx"]))
    said_in_it = [str(cell) for row in workbook.get_sheet_by_index(0).to_python() for cell in row]
    assert "Only Ghana" in said_in_it


def test_saved_views_are_offered_only_if_there_are_some(page: OpenPage, words: Words) -> None:
    offered = open_share(page("overview")).selectbox(key=WHOSE).options
    assert offered == [words(f"pack.for_{name}") for name in AUDIENCES]


def test_an_audience_gets_the_filters_of_this_page(page: OpenPage, asked: list[PackRequest]) -> None:
    app = open_share(page("heatmap", {"country": "GHA", "show_as": "map", "indicator": "internet_users"}))
    app.button(key="pack_make").click().run()
    (one,) = asked
    assert [view.page for view in one.views] == [view.page for view in AUDIENCES["board"]]
    assert {view.query["country"] for view in one.views} == {"GHA"}
    assert not any("indicator" in view.query for view in one.views)
    assert (one.safe, one.aliases, one.person) == (False, {}, None)
    assert tells(app, "problem.chart_not_drawn", value="broken")


def test_while_names_are_hidden_the_pack_hides_them_with_the_same_letters(
    page: OpenPage, asked: list[PackRequest]
) -> None:
    app = open_share(page("heatmap", {"country": "GHA", "safe": "yes"}))
    app.button(key="pack_make").click().run()
    (one,) = asked
    assert one.safe
    assert set(one.aliases["country"]) >= {"GHA", "TCD"}
    assert all(view.query["country"].startswith("safe-country-") for view in one.views)


def test_a_scenario_is_packed_as_one(page: OpenPage, asked: list[PackRequest]) -> None:
    imagined = "in~2025,GHA~CRBP-05~implemented"
    open_share(page("heatmap", {"imagined": imagined})).button(key="pack_make").click().run()
    assert {view.query["imagined"] for view in asked[0].views} == {imagined}


def test_a_second_pack_waits_for_the_first(page: OpenPage, asked: list[PackRequest]) -> None:
    app = open_share(page("heatmap"))
    assert export_menu.AT_ONCE.acquire(blocking=False)
    try:
        app.button(key="pack_make").click().run()
        assert tells(app, "pack.busy")
        assert not asked
    finally:
        export_menu.AT_ONCE.release()
    app.button(key="pack_make").click().run()
    assert len(asked) == 1
