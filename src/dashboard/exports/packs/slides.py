"""Writes a pack as slides, in the layout of a template: real text, pictures of charts, and native tables.

The notes of a slide hold the rows of its chart. See docs/decisions/0024-files-out.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from pptx.util import Emu, Inches

from dashboard.exports.packs.chart_images import Block, Pictures, describe, fitted, without_times
from dashboard.exports.packs.content import Leaf, Pack
from dashboard.exports.packs.deck import MARGIN, QUIET, SIZES, SMALL, TITLE_HIGH, TITLE_LINES, TOP, WARNING, Deck
from dashboard.exports.packs.fitting import BOLD, UNKNOWN, lines_of, said, within_lines
from dashboard.exports.packs.planned import Slide, beside, in_a_sentence, planned, rests_on, subject_of, unlike
from dashboard.exports.writable import given_writable
from dashboard.model.words import Words

MOST_IN_NOTES = 200
"""The most rows of a table in the notes of a slide."""
LEFT_SHARE = 0.62
"""The share of a footer for what a slide rests on; its marks have the rest."""
ABOVE = 0.5
"""Inches between a title and a picture: for the filters, and for what it shows."""


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
    plan = list(planned(deck, pack, drawn, words, body))
    n_front = sum(not one.behind for one in plan)
    for slide in plan[:n_front]:
        _add(deck, pack, slide, seen, words)
    _listing(deck, pack, words("pack.in_a_sentence"), in_a_sentence(pack, drawn), SIZES[0], words)
    for slide in plan[n_front:]:
        _add(deck, pack, slide, seen, words)
    sources = tuple(dict.fromkeys(line for leaf in pack.leaves for line in leaf.sources))
    _listing(deck, pack, words("pack.head_sources"), sources, SMALL, words)
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
    named = dict.fromkeys(table.title for leaf in pack.leaves if leaf.appendix for table in leaf.listed if table.rows)
    return (words("pack.appendix_has", tables=words.listed(list(named))),) if named else ()


def _add(deck: Deck, pack: Pack, one: Slide, seen: set[str], words: Words) -> None:
    """Add a slide under a title that no other has."""
    title = unlike(deck, one, seen)
    seen.add(title)
    _slide(deck, pack, replace(one, title=title), words)


def _slide(deck: Deck, pack: Pack, one: Slide, words: Words) -> None:
    slide, block, leaf = deck.add(one.title), one.block, one.leaf
    top = deck.lines(slide, TOP + TITLE_HIGH + 0.05, [rests_on(deck, leaf)], SMALL, colour=QUIET)
    if said_beside := beside(deck, one.points, block):
        top = deck.lines(slide, top + 0.05, [f"• {line}" for line in said_beside], SIZES[0])
    top = deck.lines(slide, top, [subject_of(leaf, block)], SMALL, colour=QUIET)
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


def _listing(deck: Deck, pack: Pack, title: str, lines: Sequence[str], size: float, words: Words) -> None:
    """Add lines, on as many slides as they need."""
    number = 0
    while lines:
        number += 1
        slide = deck.add(title if number == 1 else words("pack.continued", title=title, number=number))
        top = TOP + TITLE_HIGH + 0.2
        n = next(n for n in range(len(lines), 0, -1) if n == 1 or top + deck.height_of(lines[:n], size) < deck.bottom)
        deck.lines(slide, top, lines[:n], size)
        _footer(deck, slide, pack.dated, pack.marks, words)
        lines = lines[n:]
