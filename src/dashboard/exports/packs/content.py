"""What a pack says, in no format: its views, each with its finding, its charts and tables, and what must be known.

Slides, reports, workbooks and pages are all made from it.
"""

from dataclasses import dataclass
from datetime import date

from dashboard.exports.figures_file import FiguresTable
from dashboard.exports.picture import Chart, ChartTexts

Cell = str | int | float | bool | date | None


@dataclass(frozen=True)
class Listed:
    """A table for readers: its title, the heads of its columns, and its rows as they are read; None is empty.

    `finding` is what it shows, if that is not what its view does; `points` are sentences beside it.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: str = ""
    finding: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownChart:
    """A chart, the text around it, and its rows as a table; without columns that make sense to a reader, no table.

    `told.title` is its own finding; `points` are sentences beside it.
    """

    key: str
    chart: Chart
    told: ChartTexts
    table: Listed | None
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeafScore:
    """The score of everything in view, what it could be if everything were answered, and the answers it rests on.

    Null, not 0, without enough answers. `coverage` is in percent of what applies.
    """

    kind: str
    score: float | None
    low: float | None
    high: float | None
    answered: int
    applicable: int
    coverage: float | None


@dataclass(frozen=True)
class Leaf:
    """One view. `name` is what it is called, `finding` the first sentence of its page, both in plain text.

    `choice` says the filters in words, `rests` how much is answered, and between what bounds the score may lie.
    `sources` are the standard with its publication and the outside sources shown, each with its licence. `tables` are
    those without a chart, `figures` all tables of the page for other programs. `left_out` says what the view names but
    does not show, `sure` how sure the group's figure is, on pages that say so, `approved` who has approved the round.
    What is in the `appendix` is whole; elsewhere, a table is as long as its page.
    """

    page: str
    query: tuple[tuple[str, str], ...]
    name: str
    finding: str
    choice: str
    rests: str
    sources: tuple[str, ...]
    marks: tuple[str, ...]
    charts: tuple[ShownChart, ...]
    tables: tuple[Listed, ...]
    figures: tuple[FiguresTable, ...]
    standing: LeafScore | None
    masked: bool
    left_out: tuple[str, ...] = ()
    sure: str = ""
    approved: str = ""
    appendix: bool = False

    @property
    def told(self) -> tuple[str, ...]:
        """What must not be overlooked in it."""
        return (*self.marks, *self.left_out)

    @property
    def listed(self) -> tuple[Listed, ...]:
        """Every table for readers, those of charts first."""
        return (*(shown.table for shown in self.charts if shown.table), *self.tables)


@dataclass(frozen=True)
class Pack:
    """Views to carry away together. `method` says in a few sentences how numbers are made.

    `dated` says which publication it is and when the pack was made; `moved` what has changed since the former pack.
    """

    title: str
    dated: str
    method: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    made_on: date
    moved: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """What must not be overlooked in any of its views, each once."""
        return tuple(dict.fromkeys(mark for leaf in self.leaves for mark in leaf.marks))

    @property
    def approved(self) -> tuple[str, ...]:
        """Who has approved the rounds of its views, or that nobody has, each once; with the filters if they differ."""
        said = dict.fromkeys((leaf.choice, leaf.approved) for leaf in self.leaves if leaf.approved)
        several = len({approved for _, approved in said}) > 1
        return tuple(dict.fromkeys(f"{choice}: {approved}" if several else approved for choice, approved in said))
