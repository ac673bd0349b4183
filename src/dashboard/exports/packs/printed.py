"""Writes a pack as PDF, set by Typst: the same report, with bookmarks, contents, and tags for who cannot see it.

Typst is optional: without it, there is no PDF.
"""

import json
from datetime import UTC, datetime, time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dashboard.exports.packs.chart_images import Pictures, on_paper
from dashboard.exports.packs.content import Pack
from dashboard.exports.packs.fitting import OURS, TableGrid
from dashboard.exports.packs.outline import Chapter, Heading, Passage, chapters_of, grids_of
from dashboard.exports.picture import FONTS
from dashboard.exports.writable import given_writable
from dashboard.model.words import Words

PACKAGE = "typst"
FORM = Path(__file__).with_name("printed.typ")
"""How the report is set; it reads everything that it says from a file beside it."""
CONTENT = "content.json"
HIGHEST, ROWS, ACROSS, LYING, SIZE = 1.0, 20, 6.7, 10.1, 10
"""The height of a picture as a multiple of its width; the most rows of a table, unless it is whole; the inches across a
page that stands and one that lies; and the smallest type in points, also of tables. Slides have larger ones."""
ACCESSIBLE = "ua-1"
"""What a PDF has to hold for readers who do not see it, ISO 14289-1."""


def can_print() -> bool:
    """Whether Typst is installed."""
    return find_spec(PACKAGE) is not None


@given_writable
def printed(pack: Pack, pictures: Pictures, words: Words) -> bytes:
    """Return the pack as PDF on A4. Raises ImportError without Typst."""
    typst = import_module(PACKAGE)
    with TemporaryDirectory() as folder:
        lay_out(Path(folder), pack, pictures, words)
        how = {
            "root": folder,
            "font_paths": [str(FONTS)],
            "ignore_system_fonts": True,
            "timestamp": int(datetime.combine(pack.made_on, time(), UTC).timestamp()),
        }
        form = str(Path(folder) / FORM.name)
        try:
            made: bytes = typst.compile(form, pdf_standards=[ACCESSIBLE], **how)
        except typst.TypstError:
            # The standard forbids letters that no typeface here has; without it they are boxes.
            made = typst.compile(form, **how)
        return made


def lay_out(folder: Path, pack: Pack, pictures: Pictures, words: Words) -> None:
    """Write the form, everything that it says, and its pictures into a folder."""
    chapters = chapters_of(pack, on_paper(pack.leaves, pictures, HIGHEST), HIGHEST, words)
    content = {**_front(pack, words), "chapters": [_chapter(folder, one, words) for one in chapters]}
    (folder / CONTENT).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    (folder / FORM.name).write_text(FORM.read_text("utf-8"), "utf-8")


def _front(pack: Pack, words: Words) -> dict[str, Any]:
    return {
        "title": pack.title,
        "dated": pack.dated,
        "approved": pack.approved,
        "marks": " ".join(pack.marks),
        "method": pack.method,
        "moved_title": words("pack.moved"),
        "moved": pack.moved,
        "contents": words("pack.contents"),
        "lang": words.language,
    }


def _chapter(root: Path, chapter: Chapter, words: Words) -> dict[str, Any]:
    leaf = chapter.leaf
    return {
        "above": _heading(chapter.above),
        "heading": _heading(chapter.heading),
        "name": leaf.name,
        "about": [leaf.choice, leaf.rests],
        "marks": " ".join(leaf.told),
        "blocks": [_block(root, f"{chapter.place}-{n}.png", one, words) for n, one in enumerate(chapter.parts)],
        "sources": leaf.sources,
        "lies": leaf.appendix,
    }


def _heading(heading: Heading | None) -> dict[str, Any] | None:
    return {"text": heading.text, "level": heading.level, "below": heading.below} if heading else None


def _block(root: Path, name: str, part: Passage, words: Words) -> dict[str, Any]:
    about = {"heading": _heading(part.heading), "points": part.points}
    if part.block.png:
        (root / name).write_bytes(part.block.png)
        return {**about, "picture": name, "alt": part.alternative}
    grids = list(grids_of(part, words, SIZE, LYING if part.whole else ACROSS, ROWS, OURS))
    more = grids[0].left(part.block.table, words, part.where) if part.block.table and not part.whole else ""
    return {**about, "caption": part.caption, "grids": list(map(_grid, grids)), "more": more}


def _grid(grid: TableGrid) -> dict[str, Any]:
    return {"heads": grid.heads, "widths": grid.widths, "numeric": grid.numeric, "rows": grid.rows}
