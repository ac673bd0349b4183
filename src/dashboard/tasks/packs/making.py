"""How does a choice of views become files? Pages are read and charts drawn once, then each format is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from importlib import import_module

from dashboard.exports.packs.leaf import Leaf, Pack
from dashboard.exports.packs.pictures import NotDrawnError, Pictures, pictures_of
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


def _write(module: str, pack: Pack, pictures: Pictures, words: Words, **more: bytes) -> bytes:
    # Loaded when a pack is made: the libraries of Office files would delay the start of every command and server.
    written: bytes = getattr(import_module(f"dashboard.exports.packs.{module}"), module)(pack, pictures, words, **more)
    return written


FORMATS: Mapping[str, Write] = {
    ending: partial(_write, module)
    for ending, module in (
        ("pptx", "slides"),
        ("docx", "report"),
        ("pdf", "printed"),
        ("html", "page"),
        ("xlsx", "sheets"),
    )
}
"""By file extension."""


def with_template(content: bytes, path: str) -> Write | Problem:
    """What writes slides in the layout of a PPTX file; a Problem if it is none."""
    if not import_module("dashboard.exports.packs.deck").is_template(content):
        return Problem("template_wrong", path, weight=Weight.FILE)
    return partial(_write, "slides", template=content)


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
        files = {}
        for number, (name, write) in enumerate(formats.items()):
            progress(DRAWN + (1 - DRAWN) * number / len(formats), "pack_writing")
            files[name] = write(pack, pictures, words)
    except NotDrawnError as error:
        return Problem("chart_not_drawn", leaves[0].page, value=str(error), weight=Weight.FILE)
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
        (*(words(f"pack.method_{name}") for name in METHOD), *_sure(leaves)),
        leaves,
        today,
        moved(chosen.former, leaves, words) if chosen.former else (),
    )


def _sure(leaves: Iterable[Leaf]) -> Iterator[str]:
    """How sure the figures of its views are, each with the filters it is about."""
    yield from dict.fromkeys(f"{leaf.choice}: {leaf.sure}" for leaf in leaves if leaf.sure)
