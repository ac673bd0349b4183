"""A pack as slides: real text, pictures of charts with their rows in the notes, and native tables.

See docs/decisions/0050-packs.md.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pptx.util import Emu, Inches, Pt

from dashboard.exports.packs.blocks import Block, blocks_of
from dashboard.exports.packs.deck import BODY, FOOT, MARGIN, QUIET, SMALL, TINY, WARNING, Deck
from dashboard.exports.packs.fitting import narrowed, said, size_for, that_fit, widths_of
from dashboard.exports.packs.fixed import describe, without_times
from dashboard.exports.packs.leaf import Leaf, Listed, Pack
from dashboard.exports.packs.pictures import Pictures
from dashboard.model.words import Words

COLUMNS = 6
MOST_SHRUNK = 2.4
"""How many times higher than the body of a slide a chart may be, before it is cut instead of made smaller."""
ON_A_SLIDE = 24
"""The most entries of a list of slides on one of them."""
MOST_IN_NOTES = 200
"""The most rows of a table in the notes of a slide."""


def slides(pack: Pack, pictures: Pictures, words: Words, template: bytes | None = None) -> bytes:
    """Return the pack as PPTX, in the size and layout of a template."""
    deck = Deck(template)
    ratio = (deck.height - BODY - FOOT) / deck.across * MOST_SHRUNK
    _front(deck, pack, words)
    for place, leaf in enumerate(pack.leaves):
        bodies = list(blocks_of(place, leaf, pictures, ratio)) or [Block(leaf.name)]
        for number, body in enumerate(bodies, 1):
            more = f" ({number}/{len(bodies)})" if len(bodies) > 1 else ""
            _leaf(deck, pack, leaf, body, more, words)
    for number, slide in enumerate(deck.file.slides, 1):
        top = deck.height - FOOT + 0.05
        deck.text(slide, (deck.width - MARGIN - 0.8, top, 0.8, 0.3), [str(number)], TINY, colour=QUIET)
    describe(deck.file.core_properties, pack.title, pack.made_on)
    stream = BytesIO()
    deck.file.save(stream)
    return without_times(stream.getvalue())


def _front(deck: Deck, pack: Pack, words: Words) -> None:
    """Add the first slide: which publication, how numbers are made, what has changed; then the list of slides."""
    slide = deck.add(pack.title)
    lines = [*pack.method, *([words("pack.moved"), *pack.moved] if pack.moved else [])]
    high = deck.height - BODY - FOOT
    size = size_for(" ".join(lines), deck.across - 0.3, high * 0.75, (18, 16, 14, 12, 11, 10, 9, 8))
    deck.text(slide, (MARGIN, 1.45, deck.across, 0.3), [pack.dated], SMALL, colour=QUIET)
    deck.text(slide, (MARGIN, 1.75, deck.across, 0.3), [" ".join(pack.marks)], SMALL, bold=True, colour=WARNING)
    deck.text(slide, (MARGIN, BODY, deck.across, high), lines, size)
    names = [f"{number}. {leaf.name}" for number, leaf in enumerate(pack.leaves, 1)]
    for begin in range(0, len(names), ON_A_SLIDE):
        slide = deck.add(words("pack.contents"))
        half = ON_A_SLIDE // 2
        for column in (0, 1):
            those = names[begin + column * half : begin + (column + 1) * half]
            left = MARGIN + column * deck.across / 2
            longest = max((len(one) for one in those), default=0)
            size = 14 if longest < 60 else 11
            short = [one if len(one) < 110 else f"{one[:109]}…" for one in those]
            if those:
                deck.text(slide, (left, 1.6, deck.across / 2 - 0.1, deck.height - 1.6 - FOOT), short, size)
        _footer(deck, slide, pack)


def _leaf(deck: Deck, pack: Pack, leaf: Leaf, body: Block, more: str, words: Words) -> None:
    slide = deck.add(f"{leaf.finding}{more}")
    deck.text(slide, (MARGIN, 1.4, deck.across, 0.3), [leaf.choice], SMALL, colour=QUIET)
    deck.text(slide, (MARGIN, 1.67, deck.across, 0.3), [leaf.rests], SMALL, colour=QUIET)
    deck.text(slide, (MARGIN, 1.94, deck.across, 0.3), [" ".join(leaf.marks)], SMALL, bold=True, colour=WARNING)
    if body.png:
        _picture(deck, slide, body, f"{leaf.finding} {body.subject}")
    elif body.table is not None:
        _table(deck, slide, body.table, words)
    _footer(deck, slide, pack)
    slide.notes_slide.notes_text_frame.text = "\n".join(_notes(leaf, body, words))


def _picture(deck: Deck, slide: Any, body: Block, alternative: str) -> None:
    """Place a picture as large as fits, and say what it shows."""
    high, wide = Inches(deck.height - BODY - FOOT), Inches(deck.across)
    shape = slide.shapes.add_picture(BytesIO(body.png), Inches(MARGIN), Inches(BODY), width=wide)
    if shape.height > high:
        shape.width, shape.height = Emu(int(shape.width * high / shape.height)), high
    shape.left = Emu(int((Inches(deck.width) - shape.width) / 2))
    shape._element.nvPicPr.cNvPr.set("descr", alternative)
    shape.name = body.subject


def _table(deck: Deck, slide: Any, table: Listed, words: Words) -> None:
    """Write the rows that fit as a native table, and how many there are besides."""
    high = deck.height - BODY - FOOT - 0.3
    chosen = narrowed(table, COLUMNS)
    n = that_fit(chosen, words, TINY, deck.across, high)
    widths = widths_of(chosen, words, deck.across)
    box = (Inches(MARGIN), Inches(BODY), Inches(deck.across), Inches(0.3 * (n + 1)))
    shape = slide.shapes.add_table(n + 1, len(chosen.heads), *box)
    shape.name = table.title
    for place, (head, width) in enumerate(zip(chosen.heads, widths, strict=True)):
        shape.table.columns[place].width = Inches(width)
        _cell(shape.table.cell(0, place), head, bold=True)
        for number, row in enumerate(chosen.rows[:n], 1):
            _cell(shape.table.cell(number, place), said(row[place], words))
    for row in shape.table.rows:
        row.height = Inches(0.25)
    left = len(chosen.rows) - n
    if left:
        top = deck.height - FOOT - 0.3
        deck.text(slide, (MARGIN, top, deck.across, 0.3), [words.count("pack.more_rows", left)], TINY, colour=QUIET)


def _cell(cell: Any, text: str, bold: bool = False) -> None:
    cell.text = text
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = Pt(TINY), bold


def _notes(leaf: Leaf, body: Block, words: Words) -> Iterator[str]:
    """Yield the lines of the notes: the finding, the rows, then the sources."""
    yield from (leaf.finding, leaf.choice, leaf.rests, *leaf.marks, "")
    listed = body.table or body.rows
    if listed:
        rows = listed.rows[:MOST_IN_NOTES]
        yield from (listed.title, " | ".join(listed.heads))
        yield from (" | ".join(said(cell, words) for cell in row) for row in rows)
        if left := len(listed.rows) - len(rows):
            yield words.count("pack.more_rows", left)
        yield ""
    yield from leaf.sources


def _footer(deck: Deck, slide: Any, pack: Pack) -> None:
    line = " · ".join((pack.dated, *pack.marks))
    deck.text(slide, (MARGIN, deck.height - FOOT + 0.05, deck.across - 1, 0.3), [line], TINY, colour=QUIET)
