"""Makes a choice of views into files: pages are read and charts drawn once, then each format is written.

The list of a pack holds what every view said when it was made; the next pack says what has changed since.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from importlib import import_module

import yaml

from dashboard.exports.packs.chart_images import NotDrawnError, Pictures, pictures_of
from dashboard.exports.packs.content import Leaf, Pack
from dashboard.model.problem import Problem, Progress, Weight
from dashboard.model.tour import PackList, Step, TakenFrom, ViewFinding, as_step_text
from dashboard.model.words import Words
from dashboard.store.history import Revision
from dashboard.tasks.pack_views import ChosenViews, PackRequest, PackView, read_pages

WIDTH = 110
MOST = 14
"""The most sentences on the first page."""


def list_of(pack: Pack, publication: int, views: Iterable[PackView]) -> PackList:
    """The list of a pack just made, from which the next one is made. Raises ValidationError for a view of no tour.

    It holds the views as they were asked for: without a round, the next pack shows the latest one.
    """
    asked = tuple(views)
    steps = tuple(
        Step.of_view(view.page, view.query, leaf.name, as_step_text(leaf.finding))
        for view, leaf in zip(asked, pack.leaves, strict=True)
    )
    taken = tuple(view.taken for view in asked)
    return PackList(
        title=pack.title,
        steps=steps,
        publication=publication,
        made_on=pack.made_on,
        found=tuple(map(found_in, pack.leaves)),
        taken=taken if any(one != TakenFrom() for one in taken) else (),
    )


def found_in(leaf: Leaf) -> ViewFinding:
    """What a view says now."""
    standing = leaf.standing
    if standing is None:
        return ViewFinding(finding=leaf.finding)
    return ViewFinding(
        finding=leaf.finding, score=standing.score, answered=standing.answered, applicable=standing.applicable
    )


def list_yaml(listed: PackList) -> bytes:
    """The list as a file."""
    values = listed.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=WIDTH).encode()


def pack_changes(former: PackList, leaves: Sequence[Leaf], words: Words) -> tuple[str, ...]:
    """Sentences on what has changed: scores and answers first, then findings; that nothing has, if so.

    Views whose names are hidden are not compared, since what they call a country changes every time.
    """
    if any(leaf.masked for leaf in leaves):
        return (words("pack.moved_hidden"),)
    pairs = list(zip(former.found, leaves, strict=False))
    said = list(dict.fromkeys([*_figures(pairs, words), *_findings(pairs, words)]))
    since = words("pack.moved_since", number=str(former.publication), at=former.made_on)
    if not said:
        return (since, words("pack.moved_nothing"))
    more = [words.count("pack.moved_more", len(said) - MOST)] if len(said) > MOST else []
    return (since, *said[:MOST], *more)


def _figures(pairs: Iterable[tuple[ViewFinding, Leaf]], words: Words) -> Iterator[str]:
    for then, leaf in pairs:
        now = found_in(leaf)
        if leaf.standing is None:
            continue
        if (then.score, now.score) != (None, None) and then.score != now.score:
            was, is_now = (words("pack.no_score") if one is None else one for one in (then.score, now.score))
            yield words("pack.moved_score", kind=leaf.standing.kind, choice=leaf.choice, was=was, now=is_now)
        if (then.answered, then.applicable) != (now.answered, now.applicable):
            counts = {"was": then.answered, "of": then.applicable, "now": now.answered, "now_of": now.applicable}
            yield words("pack.moved_answers", choice=leaf.choice, **counts)


def _findings(pairs: Iterable[tuple[ViewFinding, Leaf]], words: Words) -> Iterator[str]:
    for then, leaf in pairs:
        if then.finding != leaf.finding:
            yield words("pack.moved_finding", name=leaf.name, was=then.finding)


READ, DRAWN = 0.5, 0.9
"""The shares of the work that are done once all pages are read, and once all charts are drawn."""
METHOD = ("score", "coverage", "apart")

Write = Callable[[Pack, Pictures, Words], bytes]


def _write(module: str, pack: Pack, pictures: Pictures, words: Words, **more: bytes) -> bytes:
    # Loaded when a pack is made: the libraries of Office files would delay the start of every command and server.
    written: bytes = getattr(import_module(f"dashboard.exports.packs.{module}"), module)(pack, pictures, words, **more)
    return written


PACK_FORMATS: Mapping[str, Write] = {
    ending: partial(_write, module)
    for ending, module in (
        ("pptx", "slides"),
        ("docx", "report"),
        ("pdf", "printed"),
        ("html", "html_page"),
        ("xlsx", "pack_workbook"),
    )
}
"""By file extension."""


def with_template(content: bytes, path: str) -> Write | Problem:
    """What writes slides in the layout of a PPTX file; a Problem if it is none."""
    if not import_module("dashboard.exports.packs.deck").is_template(content):
        return Problem("template_wrong", path, weight=Weight.FILE)
    return partial(_write, "slides", template=content)


@dataclass(frozen=True)
class MadePack:
    """A pack, and its files by format."""

    pack: Pack
    files: Mapping[str, bytes]


def make_pack(
    asked: PackRequest,
    chosen: ChosenViews,
    formats: Mapping[str, Write],
    revision: Revision,
    words: Words,
    progress: Progress,
) -> MadePack | Problem:
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
    return MadePack(pack, files)


def pack_of(leaves: Iterable[Leaf], chosen: ChosenViews, revision: Revision, words: Words) -> Pack:
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
        pack_changes(chosen.former, leaves, words) if chosen.former else (),
    )


def _sure(leaves: Iterable[Leaf]) -> Iterator[str]:
    """How sure the figures of its views are, each with the filters it is about."""
    yield from dict.fromkeys(f"{leaf.choice}: {leaf.sure}" for leaf in leaves if leaf.sure)
