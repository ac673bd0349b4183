"""What does a document show of a view, in order? Pictures cut to its pages, and tables for readers."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.exports.packs.leaf import Leaf, Listed
from dashboard.exports.packs.pictures import Pictures


@dataclass(frozen=True)
class Block:
    """A picture with what it shows, or a table; `rows` are those of the picture."""

    subject: str
    png: bytes = b""
    table: Listed | None = None
    rows: Listed | None = None


def blocks_of(place: int, leaf: Leaf, pictures: Pictures, ratio: float) -> Iterator[Block]:
    """Yield what the view at this place of a pack shows; no picture is higher than `ratio` times its width."""
    for one in leaf.charts:
        picture = pictures.get((place, one.key))
        if picture:
            yield from (Block(one.told.subject, png, rows=one.table) for png in picture.cut(ratio))
        elif one.table and one.table.rows:
            yield Block(one.told.subject, table=one.table)
    yield from (Block(table.title, table=table) for table in leaf.tables)
