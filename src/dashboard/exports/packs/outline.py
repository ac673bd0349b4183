"""What stands below which heading in a pack that is read from top to bottom: chapters, their parts, and an appendix.

No heading stands twice, and none is longer than two lines: what a heading says shorter, or what has been a heading
before, stands below it as a sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.exports.packs.chart_images import Block, Pictures, blocks_of
from dashboard.exports.packs.content import Leaf, Listed, Pack
from dashboard.exports.packs.fitting import TableGrid, grid_of, shortened, titled
from dashboard.model.words import Words

LONGEST_HEADING = 120
"""The most characters of a heading: two lines across a page of A4 in the largest type that a heading has there."""
UNCUT = 10_000
"""The ratio of pictures that are read on a screen, and may be of any height."""
APPENDIX = "_appendix"
"""Ends the names of the sentences that say what is in the appendix."""


@dataclass(frozen=True)
class Heading:
    """A heading. `below` is the finding as a sentence, where the heading says something else; `number` is its own."""

    text: str
    level: int
    number: int
    below: str = ""


@dataclass(frozen=True)
class Passage:
    """A block below its own heading, or below the one before; what is `whole` is not shortened.

    `caption` says what it shows, unless the heading does. `rest` is the part of the appendix with the whole table.
    """

    heading: Heading | None
    block: Block
    caption: str
    points: tuple[str, ...]
    whole: bool
    rest: Heading | None = None

    @property
    def alternative(self) -> str:
        """What its picture shows, for those who do not see it."""
        return " ".join(dict.fromkeys(filter(None, (self.block.finding, self.block.subject))))

    @property
    def where(self) -> str:
        """The ending of the names of the sentences that say where the rest of its table is."""
        return APPENDIX if self.rest else ""


@dataclass(frozen=True)
class Chapter:
    """A view, the heading above all of the appendix if it is the first one there, its own heading, and its parts."""

    place: int
    leaf: Leaf
    above: Heading | None
    heading: Heading
    parts: tuple[Passage, ...]

    @property
    def headings(self) -> Iterator[Heading]:
        """Yield all headings in their order."""
        yield from (one for one in (self.above, self.heading, *(part.heading for part in self.parts)) if one)


class _Headings:
    """Makes headings, none of them twice."""

    def __init__(self, *used: str) -> None:
        self.used = set(used)
        self.made = 0

    def add(self, level: int, finding: str, *others: str) -> Heading:
        """Return a heading that says the finding, or the first of the others that no heading says yet."""
        texts = [short_heading(text) for text in (finding, *others) if text]
        numbered = (f"{texts[-1]} ({n})" for n in range(2, len(self.used) + 3))
        text = next(text for text in (*texts, *numbered) if text not in self.used)
        self.used.add(text)
        self.made += 1
        return Heading(text, level, self.made, finding if text != finding else "")

    def of_view(self, leaf: Leaf, blocks: Sequence[Block]) -> tuple[Heading, str]:
        """Return the heading of a view, and the finding that it says.

        A view whose finding is a heading already begins with what its first block shows.
        """
        first = blocks[0].finding if blocks else ""
        if not first or short_heading(leaf.finding) not in self.used or short_heading(first) in self.used:
            return self.add(1 + leaf.appendix, leaf.finding, leaf.name), leaf.finding
        made = self.add(1 + leaf.appendix, first)
        return replace(made, below=" ".join(filter(None, (made.below, leaf.finding)))), first


def short_heading(text: str) -> str:
    """As much of a finding as a heading has room for."""
    title, _ = titled(text, lambda part: len(part) <= LONGEST_HEADING)
    return title or shortened(text, LONGEST_HEADING)


def chapters_of(pack: Pack, pictures: Pictures, ratio: float, words: Words) -> tuple[Chapter, ...]:
    """Return the views in the order in which they are read: those of the appendix come last.

    No picture is higher than `ratio` times its width.
    """
    ordered = sorted(enumerate(pack.leaves), key=lambda one: one[1].appendix)
    headings = _Headings(pack.title, words("pack.contents"), *([words("pack.moved")] if pack.moved else []))
    chapters: list[Chapter] = []
    for place, leaf in ordered:
        begins = leaf.appendix and not any(chapter.leaf.appendix for chapter in chapters)
        above = headings.add(1, words("pack.appendix")) if begins else None
        blocks = list(blocks_of(place, leaf, pictures, ratio))
        heading, said = headings.of_view(leaf, blocks)
        parts = tuple(_parts(leaf, heading, said, blocks, headings))
        chapters.append(Chapter(place, leaf, above, heading, parts))
    behind = [part for chapter in chapters if chapter.leaf.appendix for part in chapter.parts]
    return tuple(
        replace(one, parts=tuple(replace(part, rest=_rest(part, behind)) for part in one.parts)) for one in chapters
    )


def _parts(leaf: Leaf, above: Heading, said: str, blocks: Sequence[Block], headings: _Headings) -> Iterator[Passage]:
    """Yield the parts of a view below a heading that says a finding.

    In the appendix, each table has a heading of its own, to be found.
    """
    before = Block("", said)
    for block in blocks:
        heading, finding = None, block.finding or leaf.finding
        within = f"{leaf.name}: {block.subject}"
        if finding != (before.finding or leaf.finding):
            heading = headings.add(above.level + 1, finding, block.subject, within)
        elif leaf.appendix and block.table:
            heading = replace(headings.add(above.level + 1, block.subject, within), below="")
        caption = "" if block.subject in (above.text, heading.text if heading else "") else block.subject
        # The pieces of one picture have their points once.
        points = block.points if heading or block.points != before.points else ()
        yield Passage(heading, block, caption, points, leaf.appendix)
        before = block


def _rest(part: Passage, behind: Sequence[Passage]) -> Heading | None:
    """The heading of the appendix below which the whole table of a part is, with all of its rows and columns."""
    if part.whole or part.block.table is None:
        return None
    return next((one.heading for one in behind if one.block.table and holds(one.block.table, part.block.table)), None)


def holds(whole: Listed, table: Listed) -> bool:
    """Whether a table has all rows and columns of another one that is called the same."""
    if (whole.key, whole.title) != (table.key, table.title) or not set(table.heads) <= set(whole.heads):
        return False
    places = [whole.heads.index(head) for head in table.heads]
    return set(table.rows) <= {tuple(row[place] for place in places) for row in whole.rows}


def grids_of(part: Passage, words: Words, size: float, width: float, rows: int, wider: float) -> Iterator[TableGrid]:
    """Yield the first rows and columns of the table of a part; of a whole one all, on several grids if need be."""
    table = part.block.table
    if table is None:
        return
    grid = grid_of(table, words, size, width, wider, part.whole)
    if part.whole and grid.n_left:
        yield from _beside(table, words, size, width, wider)
    else:
        yield grid if part.whole else grid.first(rows)


def _beside(table: Listed, words: Words, size: float, width: float, wider: float) -> Iterator[TableGrid]:
    """Yield grids that together have all columns. Each numbers its rows, and has those that hold anything."""
    left = [place for place in range(len(table.heads)) if any(row[place] is not None for row in table.rows)]
    while left:
        heads = [table.heads[place] for place in left]
        every = ((number, *(row[place] for place in left)) for number, row in enumerate(table.rows, 1))
        rows = tuple(row for row in every if any(cell is not None for cell in row[1:]))
        grid = grid_of(Listed(table.title, (words("pack.row"), *heads), rows), words, size, width, wider, True)
        if len(grid.heads) == 1:
            # A column with a word as long as the page has it alone.
            alone = tuple(row[1:2] for row in rows)
            grid = grid_of(Listed(table.title, (heads[0],), alone), words, size, width, wider, True)
            left = left[1:]
        else:
            left = left[len(grid.heads) - 1 :]
        yield grid
