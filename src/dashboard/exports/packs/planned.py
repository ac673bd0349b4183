"""Plans what each slide of a pack says: one for every chart and table, then the appendix, and under which title."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from dashboard.exports.packs.chart_images import Block, Pictures, blocks_of
from dashboard.exports.packs.content import Leaf, Listed, Pack
from dashboard.exports.packs.deck import SIZES, SMALL, TITLE_HIGH, TITLE_LINES, TOP, Deck
from dashboard.exports.packs.fitting import MOST_LINES, UNKNOWN, TableGrid, grid_of, lines_of, within_lines
from dashboard.exports.packs.outline import APPENDIX, holds
from dashboard.model.words import Words

MOST_SHRUNK = 1.2
"""How many times higher than the body of a slide a chart may be, before it is cut instead of made smaller."""
LEAST_PICTURE = 0.36
"""The share of a slide's height that its picture has at least; sentences beside it that leave less are in the notes."""
LEAST_LINES = 3
"""The fewest lines to which a cell may be shortened: in two, not even a date is whole."""
FEW_ROWS = 10
"""A table of so many rows has cells of fewer lines before it goes on on a second slide."""
MOST_IN_FRONT = 10
"""The most slides before the appendix of a pack that has one; if there are more, a view has one, and goes on behind."""
MOST_SLIDES = 15
"""The most slides of a table; the workbook has all of its rows."""
LEFT_HIGH = 0.3
"""Inches: the height of the line that says where the rest of a table is."""


@dataclass(frozen=True)
class Slide:
    """What one slide says: a part of a block, under a title that no other has; `behind` if it is in the appendix."""

    title: str
    leaf: Leaf
    block: Block
    points: tuple[str, ...] = ()
    grid: TableGrid | None = None
    left: str = ""
    behind: bool = False


def planned(deck: Deck, pack: Pack, drawn: Pictures, words: Words, body: float) -> Iterator[Slide]:
    """Every slide with a chart or a table, those of the appendix last.

    If a pack with an appendix has too many before it, what goes on on more slides does so in the appendix.
    """
    whole = [table for leaf in pack.leaves if leaf.appendix for table in leaf.listed]
    front: list[list[Slide]] = []
    behind: list[list[Slide]] = []
    for place, leaf in enumerate(pack.leaves):
        shown = _shown(place, leaf, drawn, body * MOST_SHRUNK / deck.across)
        made = [(block, list(_slides_of(deck, leaf, block, words, whole))) for block in shown]
        (behind if leaf.appendix else front).extend(_numbered(made, words))
    on_behind: list[Slide] = []
    if behind and 1 + sum(map(len, front)) > MOST_IN_FRONT:
        on_behind = [_gone_on(one, n, len(parts), words) for parts in front for n, one in enumerate(parts, 1) if n > 1]
        front = [parts[:1] for parts in front]
    yield from chain(*front, (replace(one, behind=True) for one in chain(on_behind, *behind)))


def in_a_sentence(pack: Pack, drawn: Pictures) -> tuple[str, ...]:
    """The findings of views without anything else to show, each once, and what is left out; filters if they differ."""
    nothing = [not _shown(place, leaf, drawn, 1.0) for place, leaf in enumerate(pack.leaves)]
    front = {leaf.finding for leaf in pack.leaves if not leaf.appendix}
    several = len({leaf.choice for leaf in pack.leaves}) > 1
    said: dict[str, None] = {}
    for leaf, empty in zip(pack.leaves, nothing, strict=True):
        finding = next((table.finding for table in leaf.tables if table.finding), leaf.finding)
        if empty and not (leaf.appendix and leaf.finding in front):
            said[" ".join((f"{leaf.choice}: {finding}" if several else finding, *leaf.left_out))] = None
    return tuple(said)


def _shown(place: int, leaf: Leaf, drawn: Pictures, ratio: float) -> list[Block]:
    """The blocks of a view that show anything: no table without rows."""
    return [one for one in blocks_of(place, leaf, drawn, ratio) if one.png or (one.table and one.table.rows)]


def _numbered(made: Iterable[tuple[Block, list[Slide]]], words: Words) -> Iterator[list[Slide]]:
    """The slides of each chart and each table; those of one that has several say which they are."""
    of: dict[tuple[bool, str], list[Slide]] = {}
    for block, found in made:
        of.setdefault((bool(block.png), block.key + block.subject), []).extend(found)
    for found in of.values():
        yield [_part(one, n, len(found), words) for n, one in enumerate(found, 1)] if found[1:] else found


def _gone_on(slide: Slide, number: int, of: int, words: Words) -> Slide:
    return _part(replace(slide, title=words("pack.in_appendix", title=slide.block.subject)), number, of, words)


def _slides_of(deck: Deck, leaf: Leaf, block: Block, words: Words, whole: Sequence[Listed]) -> Iterator[Slide]:
    """A block on one slide; a table that is longer goes on, unless one of those in the appendix has it `whole`."""
    title, rest = deck.titled(block.finding or leaf.finding)
    if leaf.appendix and block.table:
        title, rest = words("pack.in_appendix", title=block.subject), ""
    points = () if leaf.appendix else tuple(filter(None, (rest, *block.points)))
    if block.table is None:
        yield Slide(title, leaf, block, points)
        return
    high = deck.bottom - _body(deck, leaf, block, points) - 0.1
    grid = _largest(block.table, words, deck.across, high, leaf.appendix)
    if grid.n_left or grid.that_fit(high) < len(block.table.rows):
        behind = any(holds(one, block.table) for one in whole)
        yield from _in_parts(Slide(title, leaf, block, points, grid), words, high - LEFT_HIGH, behind)
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
    rest, said_of = grid, 0
    parts: list[TableGrid] = []
    while rest.rows and len(parts) < MOST_SLIDES:
        part = rest.first(max(1, rest.that_fit(high)))
        rest = replace(rest, rows=rest.rows[len(part.rows) :])
        parts.append(part)
        said_of += len(part.rows)
    yield from (replace(slide, grid=part) for part in parts[:-1])
    yield replace(slide, grid=parts[-1], left=grid.first(said_of).left(table, words))


def _part(slide: Slide, number: int, of: int, words: Words) -> Slide:
    return replace(slide, title=words("pack.part_of", title=slide.title, number=number, of=of))


def _largest(table: Listed, words: Words, width: float, high: float, whole: bool) -> TableGrid:
    """A table in the largest type in which all of it fits on a slide; in the smallest if it does in none.

    The cells of a `whole` one are not shortened to few lines; those of one with few rows are to as few as it takes.
    """
    grids = [grid_of(table, words, size, width, UNKNOWN, whole) for size in SIZES]
    smallest = grids[-1]
    if not whole and len(table.rows) <= FEW_ROWS:
        grids += [smallest.low(lines) for lines in range(MOST_LINES - 1, LEAST_LINES - 1, -1)]
    fit = [one for one in grids if one.that_fit(high) == len(one.rows)]
    return next((one for one in fit if not one.n_left), fit[0] if fit else smallest)


def unlike(deck: Deck, slide: Slide, seen: Container[str]) -> str:
    """The title of a slide, made different from those before with what its view is called, its filters, or a number."""
    tried = (slide.title, f"{slide.leaf.name}: {slide.title}", f"{slide.leaf.choice}: {slide.title}")
    numbered = (f"{slide.title} ({number})" for number in count(2))
    return next(title for title in chain(filter(deck.fits, tried), numbered) if title not in seen)


def rests_on(deck: Deck, leaf: Leaf) -> str:
    """The filters, and what the figures rest on if there is room; the notes hold both."""
    for line in (f"{leaf.choice} · {leaf.rests}" if leaf.rests and leaf.charts else leaf.choice, leaf.choice):
        if lines_of(line, SMALL * UNKNOWN, deck.across - 0.2) <= TITLE_LINES:
            return line
    return within_lines(leaf.choice, SMALL * UNKNOWN, deck.across - 0.2, TITLE_LINES)


def _body(deck: Deck, leaf: Leaf, block: Block, points: Sequence[str]) -> float:
    """Where the body of a slide begins, below its title, filters, subject and sentences."""
    lines = [rests_on(deck, leaf), subject_of(leaf, block)]
    high = sum(deck.height_of([line], SMALL) for line in lines if line)
    said_beside = beside(deck, points, block)
    return TOP + TITLE_HIGH + 0.1 + high + (deck.height_of(said_beside, SIZES[0]) + 0.1 if said_beside else 0.0)


def subject_of(leaf: Leaf, block: Block) -> str:
    """What a picture or table shows, unless its title says so or sentences stand between."""
    said_already = leaf.appendix or (block.table is not None and block.points)
    return "" if said_already or not (block.png or block.table) else block.subject


def beside(deck: Deck, points: Sequence[str], block: Block) -> list[str]:
    """The sentences that stand beside a picture or table and leave it room, the first ones first."""
    most = deck.bottom - TOP - TITLE_HIGH - (LEAST_PICTURE * deck.height if block.png or block.table else 1.0) - 0.6
    kept = list(points)
    while kept and deck.height_of(kept, SIZES[0]) > most:
        kept.pop()
    return kept
