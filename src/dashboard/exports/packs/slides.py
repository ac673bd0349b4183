"""Writes a pack as slides, in the layout of a template: real text, pictures of charts, and native tables.

The notes of a slide hold the rows of its chart. See docs/decisions/0024-files-out.md.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain, count
from typing import Any

from pptx.util import Emu, Inches

from dashboard.exports.packs.chart_images import Block, Pictures, blocks_of, describe, fitted, without_times
from dashboard.exports.packs.deck import MARGIN, QUIET, SIZES, SMALL, TITLE_HIGH, TITLE_LINES, TOP, WARNING, Deck
from dashboard.exports.packs.fitting import (
    BOLD,
    UNKNOWN,
    Leaf,
    Listed,
    Pack,
    TableGrid,
    grid_of,
    lines_of,
    said,
    within_lines,
)
from dashboard.exports.packs.outline import APPENDIX
from dashboard.exports.writable import given_writable
from dashboard.model.words import Words

MOST_SHRUNK = 1.2
"""How many times higher than the body of a slide a chart may be, before it is cut instead of made smaller."""
LEAST_PICTURE = 0.36
"""The share of a slide's height that its picture has at least; sentences beside it that leave less are in the notes."""
CELL_LINES = 5
MOST_IN_NOTES = 200
"""The most rows of a table in the notes of a slide."""
MOST_IN_APPENDIX = 240
"""The most rows of a table in the appendix; the workbook has all."""
LEFT_SHARE = 0.62
"""The share of a footer for what a slide rests on; its marks have the rest."""
ABOVE = 0.5
"""Inches between a title and a picture: for the filters, and for what it shows."""
LEFT_HIGH = 0.3
"""Inches: the height of the line that says where the rest of a table is."""


@dataclass(frozen=True)
class Slide:
    """What one slide says: a part of a block, under a title that no other has."""

    title: str
    leaf: Leaf
    block: Block
    points: tuple[str, ...] = ()
    grid: TableGrid | None = None
    left: str = ""


@given_writable
def slides(pack: Pack, pictures: Pictures, words: Words, template: bytes | None = None) -> bytes:
    """Return the pack as PPTX, in the size and layout of a template.

    The first slide says what it is, the last ones which sources it has. Between them, every block has a slide; what is
    in the appendix has as many as it needs.
    """
    deck = Deck(template)
    body = deck.bottom - TOP - TITLE_HIGH - ABOVE
    drawn = fitted(pack.leaves, pictures, body / deck.across)
    _front(deck, pack, words)
    seen: set[str] = set()
    for slide in _planned(deck, pack, drawn, words, body):
        title = _unlike(deck, slide, seen)
        seen.add(title)
        _slide(deck, pack, replace(slide, title=title), words)
    _sources(deck, pack, words)
    for number, slide in enumerate(deck.file.slides, 1):
        place = (deck.width - MARGIN - 0.6, deck.bottom + 0.05, 0.6, 0.3)
        deck.text(slide, place, [str(number)], SMALL, colour=QUIET, right=True)
    describe(deck.file.core_properties, pack.title, pack.made_on)
    stream = BytesIO()
    deck.file.save(stream)
    return without_times(stream.getvalue())


def _front(deck: Deck, pack: Pack, words: Words) -> None:
    """Add the first slide: what this is, as of when, approved by whom, and how to read it; then what has changed."""
    slide = deck.add(pack.title)
    choices = tuple(dict.fromkeys(leaf.choice for leaf in pack.leaves))
    top = TOP + TITLE_HIGH + 0.15
    top = deck.lines(slide, top, [*choices[:1], pack.dated, *pack.approved], 18, colour=QUIET)
    top = deck.lines(slide, top + 0.15, pack.marks, 18, bold=True, colour=WARNING)
    lines = [*pack.method, *(() if pack.moved else _contents(pack, words))]
    size = next((one for one in (16, *SIZES) if top + deck.height_of(lines, one) < deck.bottom - 0.3), SMALL)
    deck.lines(slide, top + 0.3, lines, size)
    if pack.moved:
        slide = deck.add(words("pack.moved"))
        deck.lines(slide, TOP + TITLE_HIGH + 0.2, pack.moved, SMALL)
        _footer(deck, slide, pack.dated, pack.marks, words)


def _contents(pack: Pack, words: Words) -> tuple[str, ...]:
    """How much there is besides what the slides in front say."""
    named = dict.fromkeys(table.title for leaf in pack.leaves if leaf.appendix for table in leaf.tables)
    return (words("pack.appendix_has", tables=words.listed(list(named))),) if named else ()


def _planned(deck: Deck, pack: Pack, drawn: Pictures, words: Words, body: float) -> Iterator[Slide]:
    """Every slide between the first and the sources; those of the appendix last."""
    whole = {table.title for leaf in pack.leaves if leaf.appendix for table in leaf.listed}
    leaves = sorted(enumerate(pack.leaves), key=lambda one: one[1].appendix)
    for place, leaf in leaves:
        blocks = list(blocks_of(place, leaf, drawn, body * MOST_SHRUNK / deck.across))
        for block in blocks or [Block(leaf.name, leaf.finding)]:
            made = list(_slides_of(deck, leaf, block, words, block.subject in whole))
            pieces = [one for one in blocks if one.png and one.subject == block.subject]
            if block.png and pieces[1:]:
                yield _part(made[0], pieces.index(block) + 1, len(pieces), words)
            else:
                yield from (_part(one, n, len(made), words) for n, one in enumerate(made, 1)) if made[1:] else made


def _slides_of(deck: Deck, leaf: Leaf, block: Block, words: Words, whole: bool) -> Iterator[Slide]:
    """A block on one slide; a table that is longer goes on, unless the whole of it is in the appendix."""
    title, rest = deck.titled(block.finding or leaf.finding)
    if leaf.appendix and block.table:
        title, rest = words("pack.in_appendix", title=block.subject), ""
    points = () if leaf.appendix else tuple(filter(None, (rest, *block.points)))
    if block.table is None or not block.table.rows:
        yield Slide(title, leaf, replace(block, table=None), points)
        return
    high = deck.bottom - _body(deck, leaf, block, points) - 0.1
    grid = _largest(block.table, words, deck.across, high, leaf.appendix)
    if grid.n_left or grid.that_fit(high) < len(block.table.rows):
        yield from _in_parts(Slide(title, leaf, block, points, grid), words, high - LEFT_HIGH, whole)
    else:
        yield Slide(title, leaf, block, points, grid)


def _in_parts(slide: Slide, words: Words, high: float, whole: bool) -> Iterator[Slide]:
    """The rows that fit, and what is in the appendix; or all of them on one slide after the other."""
    table, grid = slide.block.table, slide.grid
    if table is None or grid is None:
        return
    if whole and not slide.leaf.appendix:
        first = grid.first(max(1, grid.that_fit(high)))
        yield replace(slide, grid=first, left=first.left(table, words, APPENDIX))
        return
    rest = grid.first(MOST_IN_APPENDIX)
    left = rest.left(table, words)
    while rest.rows:
        part = rest.first(max(1, rest.that_fit(high)))
        rest = replace(rest, rows=rest.rows[len(part.rows) :])
        yield replace(slide, grid=part, left="" if rest.rows else left)


def _part(slide: Slide, number: int, of: int, words: Words) -> Slide:
    return replace(slide, title=words("pack.part_of", title=slide.title, number=number, of=of))


def _largest(table: Listed, words: Words, width: float, high: float, whole: bool) -> TableGrid:
    """A table in the largest type in which all of it fits on a slide; in the smallest if it does in none.

    The cells of a `whole` one are not shortened to few lines.
    """
    every = [grid_of(table, words, size, width, UNKNOWN, whole) for size in SIZES]
    grids = every if whole else [one.low(CELL_LINES) for one in every]
    return next((one for one in grids if not one.n_left and one.that_fit(high) == len(one.rows)), grids[-1])


def _unlike(deck: Deck, slide: Slide, seen: Container[str]) -> str:
    """The title of a slide, made different from those before with what its view is called, its filters, or a number."""
    tried = (slide.title, f"{slide.leaf.name}: {slide.title}", f"{slide.leaf.choice}: {slide.title}")
    numbered = (f"{slide.title} ({number})" for number in count(2))
    return next(title for title in chain(filter(deck.fits, tried), numbered) if title not in seen)


def _rests(deck: Deck, leaf: Leaf) -> str:
    """The filters, and what figures drawn rest on if there is room; the notes hold both."""
    for line in (f"{leaf.choice} · {leaf.rests}" if leaf.rests and leaf.charts else leaf.choice, leaf.choice):
        if lines_of(line, SMALL * UNKNOWN, deck.across - 0.2) <= TITLE_LINES:
            return line
    return within_lines(leaf.choice, SMALL * UNKNOWN, deck.across - 0.2, TITLE_LINES)


def _body(deck: Deck, leaf: Leaf, block: Block, points: Sequence[str]) -> float:
    """Where the body of a slide begins, below its title, filters, subject and sentences."""
    lines = [_rests(deck, leaf), _subject(leaf, block)]
    high = sum(deck.height_of([line], SMALL) for line in lines if line)
    said_beside = _beside(deck, points, block)
    return TOP + TITLE_HIGH + 0.1 + high + (deck.height_of(said_beside, SIZES[0]) + 0.1 if said_beside else 0.0)


def _subject(leaf: Leaf, block: Block) -> str:
    """What a picture or table shows, unless its title says so or sentences stand between."""
    said_already = leaf.appendix or (block.table is not None and block.points)
    return "" if said_already or not (block.png or block.table) else block.subject


def _beside(deck: Deck, points: Sequence[str], block: Block) -> list[str]:
    """The sentences that stand beside a picture or table and leave it room, the first ones first."""
    most = deck.bottom - TOP - TITLE_HIGH - (LEAST_PICTURE * deck.height if block.png or block.table else 1.0) - 0.6
    kept = list(points)
    while kept and deck.height_of(kept, SIZES[0]) > most:
        kept.pop()
    return kept


def _slide(deck: Deck, pack: Pack, one: Slide, words: Words) -> None:
    slide, block, leaf = deck.add(one.title), one.block, one.leaf
    top = deck.lines(slide, TOP + TITLE_HIGH + 0.05, [_rests(deck, leaf)], SMALL, colour=QUIET)
    if said_beside := _beside(deck, one.points, block):
        top = deck.lines(slide, top + 0.05, [f"• {line}" for line in said_beside], SIZES[0])
    top = deck.lines(slide, top, [_subject(leaf, block)], SMALL, colour=QUIET)
    if block.png:
        _picture(deck, slide, block, top, f"{one.title} {block.subject}")
    elif one.grid:
        deck.table(slide, one.grid, top + 0.03)
    if one.left:
        place = (MARGIN, deck.bottom - 0.28, deck.across, 0.28)
        deck.text(slide, place, [one.left], SMALL, colour=QUIET)
    _footer(deck, slide, _source(deck, pack, leaf), leaf.told, words)
    slide.notes_slide.notes_text_frame.text = "\n".join(_notes(one, words))


def _picture(deck: Deck, slide: Any, body: Block, top: float, alternative: str) -> None:
    """Place a picture as large as fits, and say what it shows."""
    high, wide = Inches(deck.bottom - top), Inches(deck.across)
    shape = slide.shapes.add_picture(BytesIO(body.png), Inches(MARGIN), Inches(top), width=wide)
    if shape.height > high:
        shape.width, shape.height = Emu(int(shape.width * high / shape.height)), high
    shape.left = Emu(int((Inches(deck.width) - shape.width) / 2))
    shape._element.nvPicPr.cNvPr.set("descr", alternative)
    shape.name = body.subject


def _notes(one: Slide, words: Words) -> Iterator[str]:
    """Yield the lines of the notes: the finding and every sentence beside it, the rows, then the sources."""
    leaf, block = one.leaf, one.block
    yield from dict.fromkeys(filter(None, (block.finding, leaf.finding, *one.points)))
    yield from (leaf.choice, leaf.rests, *leaf.told, "")
    listed = block.table or block.rows
    if listed:
        rows = listed.rows[:MOST_IN_NOTES]
        yield from (listed.title, " | ".join(listed.heads))
        yield from (" | ".join(said(cell, words) for cell in row) for row in rows)
        if left := len(listed.rows) - len(rows):
            yield words.count("pack.more_rows", left)
        yield ""
    yield from leaf.sources


def _source(deck: Deck, pack: Pack, leaf: Leaf) -> str:
    """The standard, the publication and who has approved it, if that fits into the footer; else the publication."""
    width = (deck.across - 0.7) * LEFT_SHARE - 0.2
    return next(
        (line for line in leaf.sources[:1] if lines_of(line, SMALL * UNKNOWN, width) <= TITLE_LINES),
        within_lines(" ".join((pack.dated, leaf.approved)), SMALL * UNKNOWN, width, TITLE_LINES),
    )


def _footer(deck: Deck, slide: Any, rests: str, marks: Sequence[str], words: Words) -> None:
    """Say at the end of a slide which publication it is and what it rests on, and what must not be overlooked."""
    top, across = deck.bottom + 0.05, deck.across - 0.7
    left = across * LEFT_SHARE
    deck.text(slide, (MARGIN, top, left, 0.42), [rests], SMALL, colour=QUIET)
    right = across - left
    line = _fitting(marks, right / BOLD - 0.2, words)
    deck.text(slide, (MARGIN + left, top, right, 0.42), [line], SMALL, bold=True, colour=WARNING, right=True)


def _fitting(lines: Sequence[str], width: float, words: Words) -> str:
    """As many lines as fit into the footer, one in any case, and how many more there are; the notes hold all."""
    for n in range(len(lines), 1, -1):
        more = [words.count("pack.more_left_out", len(lines) - n)] if lines[n:] else []
        line = " ".join((*lines[:n], *more))
        if lines_of(line, SMALL * UNKNOWN, width) <= TITLE_LINES:
            return line
    return " ".join((*lines[:1], *([words.count("pack.more_left_out", len(lines) - 1)] if lines[1:] else [])))


def _sources(deck: Deck, pack: Pack, words: Words) -> None:
    """Add what everything rests on, with the licence of each source, on as many slides as it needs."""
    lines = list(dict.fromkeys(line for leaf in pack.leaves for line in leaf.sources))
    number = 0
    while lines:
        number += 1
        title = words("pack.head_sources")
        slide = deck.add(title if number == 1 else words("pack.continued", title=title, number=number))
        top = TOP + TITLE_HIGH + 0.2
        n = next(n for n in range(len(lines), 0, -1) if n == 1 or top + deck.height_of(lines[:n], SMALL) < deck.bottom)
        deck.lines(slide, top, lines[:n], SMALL)
        _footer(deck, slide, pack.dated, pack.marks, words)
        lines = lines[n:]
