"""A pack as slides: real text, pictures of charts with their rows in the notes, and native tables.

See docs/decisions/0050-packs.md.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import BytesIO
from typing import Any

from pptx.util import Emu, Inches

from dashboard.exports.packs.blocks import Block, blocks_of
from dashboard.exports.packs.deck import BODY, FOOT, MARGIN, QUIET, SMALL, TINY, WARNING, Deck
from dashboard.exports.packs.fitting import height_of, said
from dashboard.exports.packs.fixed import describe, without_times
from dashboard.exports.packs.grid import BOLD, Grid, grid_of
from dashboard.exports.packs.leaf import Leaf, Listed, Pack
from dashboard.exports.packs.pictures import Pictures, fitted
from dashboard.exports.writable import given_writable
from dashboard.model.words import Words

MOST_SHRUNK = 1.2
"""How many times higher than the body of a slide a chart may be, before it is cut instead of made smaller."""
SIZES = (14, 13, 12, 11, 10)
"""Type sizes of tables, in points: the largest at which all rows fit, or else the smallest."""
FRONT_SIZES = (14, 13, 12, 11, 10, 9, 8)
MOST_IN_NOTES = 200
"""The most rows of a table in the notes of a slide."""
FOOT_LEFT, FOOT_RIGHT, FOOT_HIGH, FOOT_SIZES = 0.55, 0.45, 0.3, (9, 8, 7)
"""The shares of a footer for what a slide rests on and for its marks, its height in inches, and its sizes of type."""


@given_writable
def slides(pack: Pack, pictures: Pictures, words: Words, template: bytes | None = None) -> bytes:
    """Return the pack as PPTX, in the size and layout of a template."""
    deck = Deck(template)
    ratio = deck.high / deck.across
    drawn = fitted(pack.leaves, pictures, ratio)
    _front(deck, pack, words)
    for place, leaf in enumerate(pack.leaves):
        bodies = list(blocks_of(place, leaf, drawn, ratio * MOST_SHRUNK)) or [Block(leaf.name)]
        for number, body in enumerate(bodies, 1):
            more = f" ({number}/{len(bodies)})" if len(bodies) > 1 else ""
            _leaf(deck, pack, leaf, body, more, words)
    for number, slide in enumerate(deck.file.slides, 1):
        top = deck.height - FOOT + 0.05
        deck.text(slide, (deck.width - MARGIN - 0.5, top, 0.5, 0.3), [str(number)], TINY, colour=QUIET, right=True)
    describe(deck.file.core_properties, pack.title, pack.made_on)
    stream = BytesIO()
    deck.file.save(stream)
    return without_times(stream.getvalue())


def _front(deck: Deck, pack: Pack, words: Words) -> None:
    """Add the first slide: which publication, how numbers are made, what has changed, and the views; more if needed."""
    slide = deck.add(pack.title)
    deck.below_title(slide, pack.dated, "")
    size = deck.size(" ".join((*pack.method, *pack.moved)), deck.across - 0.3, deck.high * 0.65, FRONT_SIZES)
    top = BODY
    for lines, bold in (
        (pack.method, False),
        ((words("pack.moved"),) if pack.moved else (), True),
        (pack.moved, False),
    ):
        high = sum(height_of(line, size * deck.wider, deck.across - 0.2) + size / 3 / 72 for line in lines)
        if lines:
            deck.text(slide, (MARGIN, top, deck.across, high), lines, size, bold=bold)
        top += high
    _footer(deck, slide, pack.dated, " ".join(pack.marks))
    _contents(deck, slide, pack, words, top + 0.15)


def _contents(deck: Deck, slide: Any, pack: Pack, words: Words, top: float) -> None:
    """List the views below `top`, or on slides of their own if there are too many."""
    rows = tuple((number, leaf.name, leaf.finding) for number, leaf in enumerate(pack.leaves, 1))
    heads = ("", words("pack.head_view"), words("pack.head_finding"))
    listed = Listed(words("pack.contents"), heads, rows)
    grid = _largest(deck, listed, words, deck.height - FOOT - top)
    if len(grid.rows) == len(rows):
        deck.table(slide, grid, top)
        return
    while rows:
        grid = _largest(deck, Listed(listed.title, heads, rows), words, deck.high)
        slide = deck.add(listed.title)
        deck.table(slide, grid, BODY)
        _footer(deck, slide, pack.dated, " ".join(pack.marks))
        rows = rows[len(grid.rows) :]


def _largest(deck: Deck, table: Listed, words: Words, high: float) -> Grid:
    """As many rows of a table as fit on a slide, in the largest type that has room for all."""
    for size in SIZES:
        grid = grid_of(table, words, size, deck.across, deck.wider)
        if not grid.n_left and grid.that_fit(high) == len(grid.rows):
            return grid
    return grid.first(max(1, grid.that_fit(high)))


def _leaf(deck: Deck, pack: Pack, leaf: Leaf, body: Block, more: str, words: Words) -> None:
    slide = deck.add(f"{leaf.finding}{more}")
    line = f"{leaf.choice} · {leaf.rests}" if leaf.rests else leaf.choice
    deck.below_title(slide, line, body.subject if body.png or body.table else "")
    if body.png:
        _picture(deck, slide, body, f"{leaf.finding} {body.subject}")
    elif body.table is not None:
        _table(deck, slide, body.table, words)
    _footer(deck, slide, _sources(deck, leaf, words), _told(deck, leaf, words))
    slide.notes_slide.notes_text_frame.text = "\n".join(_notes(leaf, body, words))


def _picture(deck: Deck, slide: Any, body: Block, alternative: str) -> None:
    """Place a picture as large as fits, and say what it shows."""
    high, wide = Inches(deck.high), Inches(deck.across)
    shape = slide.shapes.add_picture(BytesIO(body.png), Inches(MARGIN), Inches(BODY), width=wide)
    if shape.height > high:
        shape.width, shape.height = Emu(int(shape.width * high / shape.height)), high
    shape.left = Emu(int((Inches(deck.width) - shape.width) / 2))
    shape._element.nvPicPr.cNvPr.set("descr", alternative)
    shape.name = body.subject


def _table(deck: Deck, slide: Any, table: Listed, words: Words) -> None:
    """Write the rows that fit as a native table, and what there is besides."""
    grid = _largest(deck, table, words, deck.high - 0.25)
    deck.table(slide, grid, BODY)
    if left := grid.left(table, words):
        deck.left(slide, left)


def _notes(leaf: Leaf, body: Block, words: Words) -> Iterator[str]:
    """Yield the lines of the notes: the finding, the rows, then the sources."""
    yield from (leaf.finding, leaf.choice, leaf.rests, *leaf.told, "")
    listed = body.table or body.rows
    if listed:
        rows = listed.rows[:MOST_IN_NOTES]
        yield from (listed.title, " | ".join(listed.heads))
        yield from (" | ".join(said(cell, words) for cell in row) for row in rows)
        if left := len(listed.rows) - len(rows):
            yield words.count("pack.more_rows", left)
        yield ""
    yield from leaf.sources


def _sources(deck: Deck, leaf: Leaf, words: Words) -> str:
    """As many sources, each with its licence, as fit into the footer; the notes hold all."""
    return _fitting(deck, leaf.sources, 1, deck.across * FOOT_LEFT - 0.1, partial(words.count, "pack.more_sources"))


def _told(deck: Deck, leaf: Leaf, words: Words) -> str:
    """The marks of a view, and as much of what it does not show as fits into the footer; the notes hold all."""
    more = partial(words.count, "pack.more_left_out")
    return _fitting(deck, leaf.told, len(leaf.marks), (deck.across * FOOT_RIGHT - 0.5) / BOLD, more)


def _fitting(deck: Deck, lines: Sequence[str], least: int, width: float, more: Callable[[int], str]) -> str:
    """As many lines as fit into the footer in its smallest type, `least` in any case, and how many more there are."""
    for n in range(len(lines), least, -1):
        line = " ".join((*lines[:n], *([more(len(lines) - n)] if lines[n:] else [])))
        if height_of(line, FOOT_SIZES[-1] * deck.wider, width) <= FOOT_HIGH:
            return line
    return " ".join((*lines[:least], *([more(len(lines) - least)] if lines[least:] else [])))


def _footer(deck: Deck, slide: Any, rests: str, marks: str) -> None:
    """Say at the end of a slide which publication it is and what it rests on, and what must not be overlooked."""
    top, left, right = deck.height - FOOT + 0.05, deck.across * FOOT_LEFT, deck.across * FOOT_RIGHT - 0.5
    size = deck.size(rests, left - 0.1, FOOT_HIGH, FOOT_SIZES)
    deck.text(slide, (MARGIN, top, left, 0.3), [rests], size, colour=QUIET)
    size = deck.size(marks, right / BOLD, 0.23, (SMALL, 11, 10, *FOOT_SIZES))
    deck.text(slide, (MARGIN + left, top, right, 0.3), [marks], size, bold=True, colour=WARNING, right=True)
