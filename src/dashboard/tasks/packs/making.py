"""How does a choice of views become files? Pages are read and charts drawn once, then each format is written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dashboard.exports.packs.leaf import Leaf, Pack
from dashboard.exports.packs.page import page
from dashboard.exports.packs.pictures import Pictures, pictures_of
from dashboard.exports.packs.printed import printed
from dashboard.exports.packs.report import report
from dashboard.exports.packs.sheets import sheets
from dashboard.exports.packs.slides import slides
from dashboard.model.limits import Progress
from dashboard.model.problem import Problem, Weight
from dashboard.model.words import Words
from dashboard.store.history import Revision
from dashboard.tasks.packs.asked import Asked
from dashboard.tasks.packs.moved import moved
from dashboard.tasks.packs.reading import read_pages
from dashboard.tasks.packs.views import Chosen

READ, DRAWN = 0.5, 0.9
"""The shares of the work that are done once all pages are read, and once all charts are drawn."""
METHOD = ("score", "coverage", "apart")

Write = Callable[[Pack, Pictures, Words], bytes]
FORMATS: Mapping[str, Write] = {"pptx": slides, "docx": report, "pdf": printed, "html": page, "xlsx": sheets}
"""By file extension."""


@dataclass(frozen=True)
class Made:
    """A pack, and its files by format."""

    pack: Pack
    files: Mapping[str, bytes]


def make(
    asked: Asked,
    chosen: Chosen,
    formats: Mapping[str, Write],
    revision: Revision,
    words: Words,
    progress: Progress,
) -> Made | Problem:
    """The pack in these formats; a Problem if a page cannot be read or a chart cannot be drawn."""
    leaves = read_pages(asked, lambda share, step: progress(share * READ, step))
    if isinstance(leaves, Problem):
        return leaves
    pack = pack_of(leaves, chosen, revision, words)
    try:
        pictures = pictures_of(leaves, lambda share: progress(READ + share * (DRAWN - READ), "pack_drawing"))
    except ValueError as error:
        return Problem("chart_not_drawn", leaves[0].page, value=str(error), weight=Weight.FILE)
    files = {}
    for number, (name, write) in enumerate(formats.items()):
        progress(DRAWN + (1 - DRAWN) * number / len(formats), "pack_writing")
        files[name] = write(pack, pictures, words)
    progress(1, "pack_writing")
    return Made(pack, files)


def pack_of(leaves: Iterable[Leaf], chosen: Chosen, revision: Revision, words: Words) -> Pack:
    """Leaves as a pack, with what its first page says."""
    leaves, today = tuple(leaves), date.today()
    at = datetime.fromisoformat(revision.at).date()
    hidden = any(leaf.masked for leaf in leaves)
    return Pack(
        (not hidden and chosen.title) or words("pack.title"),
        words("pack.dated", number=str(revision.number), at=at, today=today),
        tuple(words(f"pack.method_{name}") for name in METHOD),
        leaves,
        today,
        moved(chosen.former, leaves, words) if chosen.former else (),
    )
