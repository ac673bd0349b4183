"""Are archives of others shown beside one's own figures, and only to whoever sees everything?"""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading.archive.keys import fingerprint
from dashboard.model.archive import grouped
from dashboard.model.limits import COMMAND
from dashboard.model.people.person import Grant, Person, Role, Scope
from dashboard.queries.ask import rows
from dashboard.store.keeping.sources import sources
from dashboard.store.permission import Writer
from dashboard.store.reading.reader import Reader
from dashboard.tasks.beside_source import compare
from dashboard.tasks.sources import Sent, add_source
from dashboard.ui import people
from dashboard.ui.elements.sentences import signed as with_sign
from tests.archives import KEY, made, members, signed, zipped
from tests.conftest import TODAY, MakeOnce, MakeView
from tests.ui.conftest import OpenPage, cells, choose, nothing_failed, tables, tells

NAME = "Other *group*"
PLAIN = "Other group"
OF = {"framework": "crbp", "round": "2025", "part": "received"}
BY = Writer("data steward", "for a test")
VERSION = re.compile(rb"^version: .*$", re.M)


def add(store: Path, folder: Path, name: str, content: bytes) -> None:
    path = folder / "sent.zip"
    path.write_bytes(content)
    received = add_source(store, Sent(path, path.name, name), BY, COMMAND, TODAY)
    assert received.source is not None, received.problems


@pytest.fixture(scope="module")
def with_sources(make_once: MakeOnce, sample_store: Path) -> Path:
    """The sample with three sources: one operation, one with another version of a standard, and one with less."""

    def fill(folder: Path) -> None:
        store = Path(shutil.copytree(sample_store, folder / "store"))
        whole = made(sample_store, "gha-op").content
        add(store, folder, PLAIN, whole)
        files = members(whole)
        crbp = "frameworks/crbp/framework.yaml"
        # An answer without a version is one to the version that is loaded.
        unnamed = {"data/answers.csv": files["data/answers.csv"].replace(b",1.4\r\n", b",\r\n")}
        later = files | unnamed | {crbp: VERSION.sub(b'version: "99.0"', files[crbp])}
        add(store, folder, "Later", zipped(signed(later, KEY)))

    return make_once("with_sources", fill) / "store"


@pytest.fixture
def kept(with_sources: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_STORE", str(with_sources))
    return with_sources


def opened(page: OpenPage, **query: str) -> AppTest:
    app = page("data", OF | query)
    nothing_failed(app)
    return app


def test_without_a_source_the_page_says_so_and_offers_to_add_one(page: OpenPage) -> None:
    app = opened(page)
    assert tells(app, "received.none")
    assert app.button(key="source_add")


def test_every_source_is_listed_with_its_marks_and_its_fingerprint(page: OpenPage, kept: Path) -> None:
    app = opened(page)
    said_in = cells(app)
    assert sum(grouped(fingerprint(KEY.public_key())) in cell for cell in said_in) == len(sources(kept)) == 2
    assert any(PLAIN in cell for cell in said_in)
    assert any("Only operation gha-op" in cell and "Illustrative data" in cell for cell in said_in)


def test_figures_stand_side_by_side_and_only_equal_questions_have_a_difference(
    page: OpenPage, kept: Path, view_of: MakeView
) -> None:
    app = opened(page)
    app.selectbox(key="received_source").set_value(PLAIN).run()
    nothing_failed(app)
    table = tables(app)[0]
    view = view_of(framework="crbp", round="2025")
    own = {row["area_title"]: row for row in rows(view.published, "areas", view.unfiltered())}
    # One operation by itself is all that there is in the source.
    theirs = {row["area_title"]: row for row in rows(view.published, "areas", view.parameters(country=("GHA",)))}
    assert len(table) == len(own) > 5
    for row in table.to_dict("records"):
        title, ours, other, difference = row.values()
        assert f"**{own[title]['mean']:.0f}**" in ours
        assert f"**{theirs[title]['mean']:.0f}**" in other
        assert f"at least {own[title]['low']:.0f}" in ours
        scores = [side[title]["mean"] or 0 for side in (own, theirs)]
        assert difference == f"{with_sign(scores[1] - scores[0])} points"
    assert tells(app, "received.same")

    app.selectbox(key="received_source").set_value("Later").run()
    nothing_failed(app)
    assert len(tables(app)[0].columns) == 3
    assert tells(app, "received.other_version")


def test_filters_of_places_do_not_count(page: OpenPage, kept: Path) -> None:
    assert tables(opened(page, country="TCD"))[0].equals(tables(opened(page))[0])
    respect, support = opened(page), opened(page, kind="support")
    assert not tables(respect)[0].equals(tables(support)[0])


def test_nothing_of_a_source_is_added_to_any_figure(kept: Path, sample_store: Path, view_of: MakeView) -> None:
    view = view_of(framework="crbp", round="2025")
    published = Reader(kept).current()
    assert published is not None
    for name in ("areas", "headline", "heatmap"):
        assert rows(published, name, view.parameters()) == rows(view.published, name, view.parameters())


def test_a_round_or_standard_that_the_source_lacks_is_said(page: OpenPage, kept: Path, view_of: MakeView) -> None:
    view = view_of(framework="crbp", round="2025")
    empty = compare(view.published, view.unfiltered(), view.published, view_of(round="2025").state, TODAY)
    assert empty.theirs is not None
    lacking = compare(view.published, view.unfiltered(), view.published, replace(view.state, round="1999"), TODAY)
    assert lacking.theirs is None
    assert "2025" in lacking.rounds
    nowhere = compare(view.published, view.unfiltered(), view.published, replace(view.state, framework="none"), TODAY)
    assert (nowhere.theirs, nowhere.rounds) == (None, ())


@pytest.mark.parametrize("scope", [Scope("operation", "gha-op"), Scope("country", "GHA")])
def test_whoever_does_not_see_everything_sees_no_source(
    page: OpenPage, kept: Path, monkeypatch: pytest.MonkeyPatch, scope: Scope
) -> None:
    monkeypatch.setattr(people, "person", lambda: Person("idp|1", "One", (Grant(Role.CONTRIBUTOR, scope),)))
    app = opened(page)
    assert tells(app, "sight.left_out")
    assert not tables(app)
    assert not app.selectbox
    assert not [text for text in cells(app) if PLAIN in text]


def test_while_names_are_hidden_no_source_is_shown(page: OpenPage, kept: Path) -> None:
    app = opened(page, safe="yes")
    assert tells(app, "safe.left_out_here")
    assert not tables(app)


def test_whoever_sees_everything_but_may_not_add_is_told_so(
    page: OpenPage, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "person", lambda: Person("idp|1", "One", (Grant(Role.VIEWER),)))
    app = opened(page)
    assert tables(app)
    assert tells(app, "problem.not_your_role")
    assert not [button for button in app.button if button.key == "source_add"]


def test_an_archive_is_added_on_the_page(page: OpenPage, own: Path, sample_store: Path) -> None:
    app = opened(page)
    app.text_input(key="writer_role").set_value("Data steward").run()
    upload(app, made(sample_store, "gha-op").content[:-1])
    assert tells(app, "problem.archive_broken")
    assert not (own / "sources").exists()
    upload(app, made(sample_store, "gha-op").content)
    assert tells(app, "received.done")
    (source,) = sources(own)
    assert source.name == PLAIN
    assert any(grouped(source.fingerprint) in cell for cell in cells(app))
    choose(app, kind="support")
    nothing_failed(app)


def upload(app: AppTest, content: bytes) -> None:
    app.file_uploader(key="source_file").set_value(("sent.zip", content, "application/zip"))
    app.text_input(key="source_name").set_value(PLAIN)
    app.button(key="source_add").click().run()
    nothing_failed(app)


def test_a_name_cannot_format_the_page(page: OpenPage, own: Path, sample_store: Path) -> None:
    received = add_source(own, Sent(own / "none.zip", "none.zip", NAME), BY, COMMAND, TODAY)
    assert [problem.kind for problem in received.problems] == ["source_name"]
