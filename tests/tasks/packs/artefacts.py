"""Views read for a pack, and what its files say: every text in them, also metadata and alternative texts."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.caching import clear_session_resource_cache

from dashboard.exports.packs.chart_images import Pictures
from dashboard.exports.packs.content import Leaf, Pack
from dashboard.exports.packs.printed import CONTENT, lay_out
from dashboard.model.problem import Problem
from dashboard.model.words import Words
from dashboard.tasks.pack_views import STORE, PackRequest, PackView, read_pages
from dashboard.ui import pack_process, page_content
from tests.conftest import ROOT

SESSION = "test session id"
"""The session id of every AppTest."""
NUMBER = re.compile(r"(?<![\w.-])\d+(?:[.,]\d+)*(?![\w-])")
OURS = re.compile(r"^(ppt/(slides|notesSlides)/|word/(document|footer)|docProps/core)")
"""The parts of slides and reports with running text."""


def everything(content: bytes) -> str:
    """All texts and attributes of an Office file or a page, whether they are seen or not."""
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist() if _is_text(name))


def _is_text(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def said_in(kind: str, content: bytes, words: Words) -> list[str]:
    """The running texts of a file in its own order, and the values of its cells as they are written elsewhere."""
    if kind == "xlsx":
        return [_cell(value, words) for row in _rows(content) for value in row]
    return list(_said_in_page(content) if kind == "html" else _said_in_office(content))


def _rows(content: bytes) -> Iterator[Sequence[object]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    for name in workbook.sheet_names:
        yield from workbook.get_sheet_by_name(name).to_python()


def _cell(value: object, words: Words) -> str:
    return words.shown(round(value, 1) if isinstance(value, float) else value)


def _said_in_office(content: bytes) -> Iterator[str]:
    with ZipFile(BytesIO(content)) as parts:
        for name in filter(OURS.match, parts.namelist()):
            for element in ElementTree.fromstring(parts.read(name)).iter():  # noqa: S314
                if element.tag.endswith("}t") and element.text:
                    yield element.text


class _Texts(HTMLParser):
    """Gathers what a reader of a page sees; scripts, styles and drawings are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "svg"):
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.within and self.within[-1] == tag:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if not self.within and data.strip():
            self.found.append(data)


def _said_in_page(content: bytes) -> list[str]:
    texts = _Texts()
    texts.feed(content.decode())
    return texts.found


def printed_content(pack: Pack, pictures: Pictures, words: Words) -> str:
    """Everything that a PDF says."""
    with TemporaryDirectory() as folder:
        lay_out(Path(folder), pack, pictures, words)
        return (Path(folder) / CONTENT).read_text("utf-8")


def printed_texts(content: str) -> Iterator[str]:
    """The texts of a PDF, without the widths of columns and the names of pictures."""
    yield from _within(json.loads(content))


def _within(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, str) and key not in ("picture", "lang"):
        yield value
    elif isinstance(value, list) and key != "widths":
        for one in value:
            yield from _within(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _within(one, name)


def nothing(_share: float, _step: str = "") -> None:
    """Progress that nobody watches."""


def read(store: Path, views: tuple[PackView, ...], apart: bool = False, **more: object) -> tuple[Leaf, ...]:
    """The views as a pack reads them; in a process of its own, which takes seconds to start, only where asked."""
    asked = PackRequest(store, views, **more)  # type: ignore[arg-type]
    if apart:
        leaves = read_pages(asked, nothing)
        assert not isinstance(leaves, Problem), leaves
        return leaves
    scan = manifest_scanner.scan_component_manifests
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(ROOT)
        patched.setenv(STORE, str(store.resolve()))
        patched.setattr(page_content, "_takers", [])
        patched.setattr(manifest_scanner, "scan_component_manifests", cache(scan))
        read_here = [pack_process.read(asked, view) for view in views]
    clear_session_resource_cache(SESSION)
    pairs = zip(read_here, views, strict=True)
    found = tuple(pack_process.taken(leaf, view) for leaf, view in pairs if isinstance(leaf, Leaf))
    assert len(found) == len(views), read_here
    return found
