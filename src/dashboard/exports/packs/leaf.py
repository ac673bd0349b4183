"""What does one view carry away? Its finding, charts and tables, with everything a reader needs to know about them.

Nothing here depends on a format: slides, reports, workbooks and pages are all made from these values.
"""

from dataclasses import dataclass
from datetime import date

from dashboard.exports.figures import FiguresTable
from dashboard.exports.picture import Chart, Told

Cell = str | int | float | bool | date | None


@dataclass(frozen=True)
class Listed:
    """A table for readers: its title, the heads of its columns, and its rows as they are read; None is empty."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Shown:
    """A chart, the text around it, and its rows as a table; without columns that make sense to a reader, no table."""

    key: str
    chart: Chart
    told: Told
    table: Listed | None


@dataclass(frozen=True)
class Standing:
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
    does not show, `sure` how sure the group's figure is, on pages that say so.
    """

    page: str
    query: tuple[tuple[str, str], ...]
    name: str
    finding: str
    choice: str
    rests: str
    sources: tuple[str, ...]
    marks: tuple[str, ...]
    charts: tuple[Shown, ...]
    tables: tuple[Listed, ...]
    figures: tuple[FiguresTable, ...]
    standing: Standing | None
    masked: bool
    left_out: tuple[str, ...] = ()
    sure: str = ""

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
