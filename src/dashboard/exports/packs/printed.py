"""Writes a pack as PDF, set by Typst: the same report, with charts as drawings and real text.

Typst is optional: without it, there is no PDF.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dashboard.exports.packs.chart_images import Pictures, blocks_of
from dashboard.exports.packs.fitting import OURS, Leaf, Listed, Pack, grid_of
from dashboard.exports.picture import FONTS
from dashboard.exports.writable import given_writable
from dashboard.model.words import Words

PACKAGE = "typst"
FORM = Path(__file__).with_name("printed.typ")
"""How the report is set; it reads everything that it says from a file beside it."""
CONTENT = "content.json"
HIGHEST, ROWS, ACROSS, SIZE = 1.2, 20, 6.7, 8.5


def can_print() -> bool:
    """Whether Typst is installed."""
    return find_spec(PACKAGE) is not None


@given_writable
def printed(pack: Pack, pictures: Pictures, words: Words) -> bytes:
    """Return the pack as PDF on A4. Raises ImportError without Typst."""
    typst = import_module(PACKAGE)
    with TemporaryDirectory() as folder:
        lay_out(Path(folder), pack, pictures, words)
        made: bytes = typst.compile(
            str(Path(folder) / FORM.name),
            root=folder,
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            timestamp=int(datetime.combine(pack.made_on, time(), UTC).timestamp()),
        )
        return made


def lay_out(folder: Path, pack: Pack, pictures: Pictures, words: Words) -> None:
    """Write the form, everything that it says, and its pictures into a folder."""
    leaves = [_leaf(folder, place, leaf, pictures, words) for place, leaf in enumerate(pack.leaves)]
    content = {**_front(pack, words), "leaves": leaves}
    (folder / CONTENT).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    (folder / FORM.name).write_text(FORM.read_text("utf-8"), "utf-8")


def _front(pack: Pack, words: Words) -> dict[str, Any]:
    return {
        "title": pack.title,
        "dated": pack.dated,
        "marks": " ".join(pack.marks),
        "method": pack.method,
        "moved_title": words("pack.moved"),
        "moved": pack.moved,
        "contents": words("pack.contents"),
        "lang": words.language,
    }


def _leaf(root: Path, place: int, leaf: Leaf, pictures: Pictures, words: Words) -> dict[str, Any]:
    return {
        "name": leaf.name,
        "finding": leaf.finding,
        "about": [leaf.choice, leaf.rests],
        "marks": " ".join(leaf.told),
        "blocks": list(_blocks(root, place, leaf, pictures, words)),
        "sources": leaf.sources,
    }


def _blocks(root: Path, place: int, leaf: Leaf, pictures: Pictures, words: Words) -> Iterator[dict[str, Any]]:
    for number, block in enumerate(blocks_of(place, leaf, pictures, HIGHEST)):
        if block.png:
            name = f"{place}-{number}.png"
            (root / name).write_bytes(block.png)
            yield {"picture": name, "subject": block.subject, "alt": f"{leaf.finding} {block.subject}"}
        elif block.table:
            yield {"subject": block.subject, **_table(block.table, words)}


def _table(table: Listed, words: Words) -> dict[str, Any]:
    grid = grid_of(table, words, SIZE, ACROSS, OURS).first(ROWS)
    return {
        "heads": grid.heads,
        "widths": grid.widths,
        "numeric": grid.numeric,
        "rows": grid.rows,
        "more": grid.left(table, words),
    }
