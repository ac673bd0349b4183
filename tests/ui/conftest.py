"""What do the tests of pages share? A way to run a page as the first visitor and as any later one."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
import streamlit as st
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.caching import clear_session_resource_cache
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Node

from dashboard.model.known_codes import opened_by
from dashboard.model.records import Draft
from dashboard.model.view_state import FIELDS
from dashboard.queries import ask
from dashboard.store.reader import Published
from dashboard.ui import listener
from dashboard.ui.editing.editor import Editor
from dashboard.ui.frame import export_menu, shell
from dashboard.ui.session_state import EDITED, Edited
from dashboard.ui.view import View
from tests.conftest import ROOT, copy_of, said

OpenPage = Callable[..., AppTest]
Taken = dict[str, Callable[[], bytes]]
ENOUGH = 60
"""Seconds after which a page has failed; it normally takes a tenth of a second."""
TERM = re.compile(r"\[([^\]]*)\]\(#term-\w+\)")
"""A term linked to the glossary."""
TERM_IN_HTML = re.compile(r'<a href="#term-\w+">(.*?)</a>')
BAR = '<div class="filters">'
"""What the filter bar begins with."""
TABLE = '<div class="table">'
"""What a table begins with."""
TABLE_ALONE = re.compile(r'(?<=<div class="table">)(.*?)<table>.*</table>', re.DOTALL)
"""A table with what stands above and below it, which is running text."""
SESSION = "test session id"
"""The session id of every AppTest."""


@pytest.fixture(scope="session", autouse=True)
def looked_for_once() -> Iterator[None]:
    """Look up components once: every AppTest searches all installed packages, two thirds of its start-up cost."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="module", autouse=True)
def no_page_changes_rows_of_others() -> Iterator[None]:
    """In every test, rows read again are those that were made, also in the lists and rows within them."""
    real, seen = ask.rows_made, dict[tuple[int, object], tuple[pa.Table, str]]()

    def compared(published: Published, table: pa.Table, make: Callable[[pa.Table], list[Any]]) -> list[Any]:
        found = real(published, table, make)
        # The table is kept: no other can be given its identity.
        _, before = seen.setdefault((id(table), make), (table, repr(found)))
        assert repr(found) == before, f"a page changed what others read: {table.column_names}"
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ask, "rows_made", compared)
        yield


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, sample_store: Path) -> None:
    """Run the app on the sample's store, from the folder where it is started."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DASHBOARD_STORE", str(sample_store))


@pytest.fixture(autouse=True)
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the cookies sent by the browser, to be filled in; AppTest sends values that are not text."""
    sent: dict[str, str] = {}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: sent))
    return sent


@pytest.fixture(autouse=True)
def rooms_end(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Open rooms on ports that no other worker uses, and close them after the test."""
    monkeypatch.setattr(listener, "PORTS", ())
    yield
    listener.close_listener()
    if listener._held.last is not None:
        listener._held.last.give_up_port()


@pytest.fixture
def own(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the sample's store that the test may change."""
    store = copy_of(sample_store, tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    return store


@pytest.fixture(autouse=True)
def session_ends() -> Iterator[None]:
    """Free the room taken by one test's uploads before the next."""
    yield
    clear_session_resource_cache(SESSION)


def drafts_of(app: AppTest, editor: Editor[Any]) -> dict[Any, Draft[Any]]:
    """Return the unsaved drafts of an editor in the session of a page."""
    edited: dict[str, Edited] = app.session_state[EDITED.name]
    return edited[editor.name].drafts


def set_drafts(app: AppTest, editor: Editor[Any], drafts: Mapping[Any, Draft[Any]]) -> None:
    """Set the unsaved drafts of an editor in the session of a page, and none of any other."""
    app.session_state[EDITED.name] = {editor.name: Edited(dict(drafts))}


@pytest.fixture
def front_door(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Return a list that grows with every run through `app.py`."""
    runs: list[None] = []
    real = shell.front_door

    def counted() -> None:
        runs.append(None)
        real()

    monkeypatch.setattr(shell, "front_door", counted)
    return runs


def _opened(place: str, query: Mapping[str, str] | None = None, theme: str = "light") -> AppTest:
    page, _, part = place.partition("/")
    app = AppTest.from_file(ROOT / "app.py", default_timeout=ENOUGH)
    app.query_params.update(opened_by(part) | dict(query or {}))
    app.context["theme"] = theme
    return app.switch_page(f"pages/{page}.py").run()


@pytest.fixture
def warm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulate a server whose navigation has run before: AppTest makes every run the first of a process."""
    real = PagesManager.__init__

    def initialised(self: PagesManager, *args: Any, **more: Any) -> None:
        PagesManager.uses_pages_directory = False
        real(self, *args, **more)

    monkeypatch.setattr(PagesManager, "__init__", initialised)


@pytest.fixture
def cold_page() -> OpenPage:
    """Return a function that opens a page as the first visitor after a restart, without `app.py`."""

    return _opened


@pytest.fixture
def page(warm: None) -> OpenPage:
    """Return a function that opens a page, or `page/part`, as a later visitor: through `app.py`, with a query."""

    return _opened


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Taken:
    """Collect the pictures that *Share* would draw on request, by file name."""
    found: Taken = {}

    def offered(_view: View, _label: str, content: Callable[[], bytes], name: str, *_more: str) -> None:
        found[name] = content

    monkeypatch.setattr(export_menu, "offer", offered)
    return found


def open_share(app: AppTest) -> AppTest:
    """Return the same page after *Export*, *Share* and *View* were opened."""
    for button in ("export", "share", "view_menu"):
        app.session_state[button] = True
    app.run()
    nothing_failed(app)
    return app


@pytest.fixture
def open_to_all() -> Iterator[None]:
    """Simulate a server that other machines can reach."""
    former = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")  # noqa: S104
    yield
    config.set_option("server.address", former)


def go(app: AppTest, place: str) -> AppTest:
    """Open a page, or `page/part`, or `page/way` in which it is shown, keeping the view, as a link on a page does."""
    page, _, part = place.partition("/")
    app.query_params.update(opened_by(part))
    return app.switch_page(f"pages/{page}.py").run()


def choose(app: AppTest, **codes: str) -> AppTest:
    """Choose in the filter bar, as the browser does: by the address. No code clears a filter."""
    for name, chosen in codes.items():
        if chosen:
            app.query_params[name] = chosen
        else:
            app.query_params.pop(name, None)
    app.run()
    nothing_failed(app)
    return app


def bar(app: AppTest) -> str:
    """Return the HTML of the filter bar; empty if it is not drawn."""
    return next((html.proto.body for html in app.main.get("html") if html.proto.body.startswith(BAR)), "")


def offered(app: AppTest, name: str) -> dict[str, str]:
    """Return what a list of the filter bar offers, by code; what it calls no choice has none."""
    found = re.findall(rf'name="filter_{name}" value="([^"]*)"[^>]*><bdi>([^<]*)</bdi>', bar(app))
    return {unescape(code): unescape(text) for code, text in found}


def reset(app: AppTest) -> AppTest:
    """Press *Reset* in the filter bar, as the browser does."""
    (cleared,) = re.findall(r'class="reset" data-cleared="([^"]*)"', bar(app))
    return choose(app, **dict.fromkeys(cleared.split(), ""))


def unfold(app: AppTest) -> AppTest:
    """Return the page with the rest of every list open."""
    for name in list(app.session_state):
        if str(name).startswith("more_"):
            app.session_state[name] = True
    return app.run()


def in_page(widgets: Iterable[Any]) -> list[Any]:
    """Return the widgets that are not in the filter bar."""
    return [widget for widget in widgets if widget.key not in FIELDS]


def texts(app: AppTest) -> list[str]:
    """Return every sentence of a run that a reader would see as running text."""
    kinds = ("markdown", "caption", "subheader", "info", "warning", "error", "success")
    bodies = (TABLE_ALONE.sub(r"\1", html.proto.body) for html in app.get("html") if BAR not in html.proto.body)
    written = [re.sub(r"<[^>]*>", " ", TERM_IN_HTML.sub(r"\1", body)) for body in bodies]
    found = [*(element.value for kind in kinds for element in getattr(app, kind)), *map(unescape, written)]
    return [TERM.sub(r"\1", text) for text in found]


def keys(app: AppTest) -> list[str]:
    """Return each legend of the page as one line: its marks, unless they are pictures, and their words."""
    drawn = (html.proto.body for html in app.get("html") if html.proto.body.startswith('<div class="legend">'))
    return [" ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split()) for body in drawn]


def told(app: AppTest) -> list[str]:
    """Return the HTML of each heading with its texts."""
    return [body for body in (html.proto.body for html in app.get("html")) if body.startswith('<div class="told">')]


def finding(app: AppTest) -> str:
    """Return the page's opening sentence."""
    (found,) = [body for body in (html.proto.body for html in app.get("html")) if body.startswith("<h1>")]
    return unescape(re.sub("<[^>]*>", "", found))


def nothing_failed(app: AppTest) -> None:
    """Assert that there was no exception, nor any trace of one in the text."""
    assert not app.exception, app.exception
    assert not any("Traceback" in text or "Error:" in text for text in texts(app))


def tells(app: AppTest, key: str, **places: object) -> bool:
    """Whether a sentence of the words is somewhere on the page."""
    return any(said(key, **places).search(text) for text in texts(app))


MARKS = (
    (r'<img alt="([^"]*)" src="([^"]*)"[^>]*>', r"![\1](\2)"), (r'<a href="([^"]*)">(.*?)</a>', r"[\2](\1)"),
    (r"</?b>", "**"), (r"</?em>", "_"), ("<br>", "  \n"), ("<small>", ":small["), ("</(?:small|span)>", "]"),
    ('<span class="gray">', ":gray["), (r'<span style="[^"]*">', "["),
)  # fmt: skip
"""How the HTML of a cell is written in the words, whose marks are short."""


def tables(within: AppTest | Node) -> list[pd.DataFrame]:
    """Return the tables of a page or of a part of it, in order; what is bold or a link in a cell is marked as in words.

    What is slanted stands between underscores, so that a star is one that the person sees.
    """
    found = []
    for body in (html.proto.body for html in within.get("html") if html.proto.body.startswith(TABLE)):
        for mark, written in MARKS:
            body = re.sub(mark, written, body)
        lines = re.findall("<tr>(.*?)</tr>", body, re.DOTALL)
        head, *rest = (list(map(unescape, re.findall("<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL))) for line in lines)
        found.append(pd.DataFrame(rest, columns=head))
    return found


def cells(within: AppTest | Node) -> list[str]:
    """Return every cell of every table of a page or of a part of it."""
    return [cell for table in tables(within) for line in table.to_numpy() for cell in line]


def choices(app: AppTest, field: str) -> dict[str, str]:
    """Return the titles of a choice of the page, by code; a switch has one. Empty if it is not drawn."""
    pairs = re.findall(r'value="([^"]*)"[^>]*>([^<]*)', _drawn_choice(app, field))
    return {unescape(code): unescape(text) for code, text in pairs}


def shown(app: AppTest, field: str) -> str:
    """Return the code that a choice of the page shows: that of the address, if it has it, else what is marked."""
    held = dict(app.query_params).get(field, "")
    held = str(held[-1] if isinstance(held, list) else held)
    codes, drawn = choices(app, field).keys(), _drawn_choice(app, field)
    marked = re.findall(r'value="([^"]*)" (?:checked|selected)', drawn)
    if codes == {"yes"}:
        return held or (marked or ["no"])[0]
    (plain,) = marked
    return held if held in codes else plain


def _drawn_choice(app: AppTest, field: str) -> str:
    drawn = "".join(html.proto.body for html in app.main.get("html") if 'class="choices"' in html.proto.body)
    found = re.search(rf'<(fieldset|select|label)[^>]* data-field="{field}".*?</\1>', drawn)
    return found[0] if found else ""
