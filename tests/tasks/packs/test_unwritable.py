"""Can a pack be made in every format, whatever characters people have typed, and older publications still hold?"""

import csv
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from dashboard.exports.packs.chart_images import pictures_of
from dashboard.model.words import Words
from dashboard.store.publishing import build
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from dashboard.tasks.pack import PACK_FORMATS, pack_of
from dashboard.tasks.pack_views import ChosenViews, PackView
from tests.conftest import ROOT, TODAY, WRITER, copy_of, rest_thorough
from tests.tasks.packs.artefacts import nothing, read, said_in

pytestmark = pytest.mark.outside
ODD = chr(65534)
VIEWS = (
    PackView("plan", {"part": "actions", "country": "GHA"}, f"To{ODD} do"),
    PackView("compare", {"subject": "gha-op,bol-op"}),
)
"""One with a table of actions, and one with the titles of operations in its chart."""


def rows_with(name: str, of: str, **changed: str) -> list[list[str]]:
    """The header of a table of the sample, and its row with a value, changed."""
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as stream:
        head, *rows = list(csv.reader(stream))
    row = next(row for row in rows if of in row)
    return [head, [changed.get(column, cell) for column, cell in zip(head, row, strict=True)]]


@pytest.fixture
def odd(tmp_path: Path) -> list[Path]:
    """An action and the name of a country with a character that XML cannot hold."""
    action = {"text": f"Train{ODD} guards", "owner_role": f"Owner{ODD}", "due_on": "2024-01-01", "status": "open"}
    title = {"title": f"Greater{ODD} Ghana"}
    changed = {"actions.csv": ("A-013", action), "countries.csv": ("GHA", title)}
    for name, (of, values) in changed.items():
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows_with(name, of, **values))
    return [tmp_path / name for name in changed]


@pytest.fixture(params=rest_thorough(["as an earlier program published it", "as published today"]))
def store(
    request: pytest.FixtureRequest, sample_store: Path, odd: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    store = copy_of(sample_store, tmp_path / "store")
    earlier = request.param != "as published today"
    if earlier:
        monkeypatch.setattr(build, "take_out", lambda connection, staged: [], raising=False)
    outcome = publish(Load(store, odd, WRITER, TODAY))
    assert outcome.revision is not None
    assert len([problem for problem in outcome.problems if problem.kind == "unwritable"]) == (0 if earlier else 3)
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        ((text, owner),) = connection.execute("SELECT text, owner_role FROM action WHERE action = 'A-013'").fetchall()
    assert (ODD in text, ODD in owner) == (earlier, earlier)
    return store


def parts(content: bytes) -> Iterator[bytes]:
    """The XML of an Office file; any other file whole."""
    if not content.startswith(b"PK"):
        yield content
        return
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(archive.read(name))  # noqa: S314
                yield archive.read(name)


def test_a_pack_is_made_in_every_format(store: Path, words: Words) -> None:
    published = Reader(store).current()
    assert published is not None
    leaves = read(store, VIEWS)
    pack, pictures = pack_of(leaves, ChosenViews(VIEWS), published.revision, words), pictures_of(leaves, nothing)
    assert pictures
    for kind, write in PACK_FORMATS.items():
        content = write(pack, pictures, words)
        assert not any(ODD.encode() in part or re.search(b"_xFFFE_", part) for part in parts(content)), kind
        if kind != "pdf":
            told = " ".join(said_in(kind, content, words))
            assert "Train guards" in told, kind
            assert "Greater Ghana" in told, kind
    for picture in pictures.values():
        assert ODD not in picture.svg
        ElementTree.fromstring(picture.svg)  # noqa: S314
