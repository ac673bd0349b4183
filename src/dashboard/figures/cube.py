"""The sums of a publication as arrays, from which every figure is folded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.figures.scale import Scale
from dashboard.model.framework import CountryFigure
from dashboard.model.known_codes import HEAD_OFFICE
from dashboard.store.cache import MOST_RESULTS, Cache

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FIGURED = (
    "n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_unanswered", "n_full", "n_part",
    "n_nil", "n_critical_failed", "n_evidence_none", "n_evidence_self", "n_evidence_seen", "n_evidence_checked",
    "n_started", "weight_applicable", "weight_answered", "points",
)  # fmt: skip
"""What figures are calculated from: counts of answers, and weights; `n_started` counts what a short start asks."""
INHERITED = ("n_inherited", "weight_inherited", "points_inherited")
"""What answers inherited from the head office would add, for its round and criterion."""
MEASURES = (
    *FIGURED, "weight_seen", "points_seen", "n_full_seen", "n_part_seen", "points_equal", "weight_full", "weight_part",
    "weight_nil", *INHERITED,
)  # fmt: skip
"""Everything that is summed: what figures use, and what other ways of counting would need."""
INHERITS = (
    "n_answered", "weight_answered", "points", "n_not_known", "n_unanswered", "n_full", "n_part", "n_nil", *INHERITED,
)  # fmt: skip
"""The measures that inherited answers change."""
LENT = tuple(f"{name}_lent" for name in INHERITS)
"""By how much each of them was changed: there only where answers are counted that way."""
LEAST = "least_coverage"
"""Beside them: the coverage limit of each answer that was asked, added up."""
CHANGES = ("n_matched", "weight_matched", "points_now", "points_earlier")
"""Sums over answers that were given both in a round and in the one before."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Sums by round, country and criterion, each an index into the codes of the publication.

    `values` has one row for each and one column for each of `measures`: counts of answers or sums of weights. `last` is
    the day of the latest answer, in days since 1970, nan if there is none; it is empty if nobody asks for it.
    `operations` are the sums of single operations, if figures are means over them; `total` says which of their totals
    each row is, -1 for none. Both are empty if all answers are pooled.
    """

    round: Ints
    country: Ints
    criterion: Ints
    values: Floats
    measures: tuple[str, ...] = MEASURES
    last: Floats = field(default_factory=lambda: np.zeros(0))
    total: Ints = field(default_factory=lambda: np.zeros(0, np.intp))
    operations: "OfOperations | None" = None

    def where(self, flags: Flags) -> "Rows":
        """The rows that are flagged."""
        return self.take(np.flatnonzero(flags))

    def take(self, index: Ints) -> "Rows":
        """The rows at these places, repeated as often as they are named."""
        last = self.last[index] if len(self.last) else self.last
        total = self.total[index] if len(self.total) else self.total
        round_, country, criterion = self.round[index], self.country[index], self.criterion[index]
        return Rows(round_, country, criterion, self.values[index], self.measures, last, total, self.operations)

    def of(self, measures: tuple[str, ...]) -> "Rows":
        """The same rows with only some of their measures."""
        columns = [self.measures.index(name) for name in measures]
        operations = self.operations and replace(self.operations, rows=self.operations.rows.of(measures))
        return replace(self, values=self.values[:, columns], measures=measures, operations=operations)

    def __getitem__(self, name: str) -> Floats:
        """One measure, by row."""
        return self.values[:, self.measures.index(name)]

    def plus(self, name: str, values: Floats) -> "Rows":
        """The rows with one more measure; for the single operations beneath them it is not known, and 0."""
        operations = self.operations
        if operations:
            none = np.zeros(len(operations.rows.round))
            operations = replace(operations, rows=operations.rows.plus(name, none))
        more = np.column_stack([self.values, values])
        return replace(self, values=more, measures=(*self.measures, name), operations=operations)


@dataclass(frozen=True, eq=False)
class OfOperations:
    """Sums of single operations, sorted by the total that each belongs to.

    `total` is the place of that total among some rows, `number` the operation's among those of the cube.
    """

    rows: Rows
    total: Ints
    number: Ints


@dataclass(frozen=True)
class CubeFramework:
    """One standard: its limits, and its bands from low to high (the whole percentage at which each begins)."""

    code: str
    title: str
    number: int
    average_of: tuple[str, ...]
    """What a figure is the mean of, from the top: `families`, `areas`, `elements`; or `criteria`, by weight."""
    country_figure: CountryFigure
    """Whether the figure of a country is one over all answers, or the mean of its operations or of their groups."""
    coverage_limit: float
    count_below: float
    bands: tuple[str, ...]
    band_titles: tuple[str, ...]
    starts_at: tuple[float, ...]


@dataclass(frozen=True)
class CubeArea:
    """A principle or key area of a standard: `code` is its printed name, `number` its place."""

    area: str
    framework: str
    code: str
    number: int


@dataclass(frozen=True)
class Group:
    """A group of operations, such as a company or a brand: its name, and their codes."""

    title: str
    operations: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Tree:
    """Parts of figures, and what each is a part of: a row per part, a column per level, from the top down.

    `names` number the part at each level, 0 if the level is not averaged. `weights` say how much it counts among those
    beside it.
    """

    names: Ints
    weights: Floats

    def take(self, index: Ints) -> "Tree":
        """The parts at these places."""
        return Tree(self.names[index], self.weights[index])


@dataclass(frozen=True, eq=False)
class Cube:
    """Everything that figures are folded from, read once per publication."""

    rounds: tuple[str, ...]
    round_titles: tuple[str, ...]
    round_positions: tuple[int, ...]
    """Earliest first."""
    round_starts: tuple[date, ...]
    round_ends: tuple[date, ...]
    countries: tuple[str, ...]
    """In the order used on pages; the head office last."""
    country_titles: tuple[str, ...]
    country_regions: tuple[str | None, ...]
    operations: tuple[str, ...]
    """In the order used on pages, those of the head office last."""
    operation_titles: tuple[str, ...]
    group_titles: tuple[str, ...]
    """By operation: what its group is called, or itself if it has none."""
    criteria: tuple[str, ...]
    numbers: Ints
    """The number of each criterion; criteria are sorted by it."""
    framework_of: Ints
    area_of: Ints
    """The area of each criterion, which sorts lists. It may count in further areas: see `in_areas`."""
    part_of: Ints
    """By criterion and area: the smallest part in which it counts there; 0 if its standard averages criteria."""
    parts: tuple[str, ...]
    """What each part is called, by its number in `tree`."""
    tree: Tree
    respect: Flags
    critical: Flags
    inherits: Flags
    """Which criteria an operation that has not answered may inherit from the head office."""
    weight: Floats
    scale_of: Ints
    """The number of the scale that each criterion is answered on."""
    scale: Scale
    frameworks: tuple[CubeFramework, ...]
    areas: tuple[CubeArea, ...]
    participants: frozenset[tuple[str, str, str]]
    """Framework, round and country of everyone who is asked."""
    illustrative: frozenset[tuple[str, str]]
    """Framework and country of those whose answers are illustrative."""
    short_starts: Mapping[tuple[str, str], str]
    """Round and operation where only a short start is asked, with its country: only what failed there counts."""
    cells: Mapping[str, "Cells"]
    """By grid."""
    facets: Mapping[str, "Cells"]
    """What figures can be grouped by: `all`, `principle`, `risk_area` and `right`; codes in order, as rows of cells."""
    members: Mapping[str, Ints]
    """The countries that the figures of the group and of each region are averaged over."""
    groups: Mapping[str, "Group"]
    """Groups of operations, by the code under which each is compared."""
    sums: Rows
    changes: Rows
    counting: str = ""
    """How answers are counted, if not as they are; see `single_answers.py`."""
    answered: Rows | None = None
    """The sums of answers as they are, if `values` are counted in another way."""
    kept: Cache[Any] = field(default_factory=lambda: Cache(MOST_RESULTS))
    """Results that questions have calculated from the publication, independent of the filters."""

    @cached_property
    def framework_numbers(self) -> dict[str, int]:
        return {one.code: number for number, one in enumerate(self.frameworks)}

    @cached_property
    def criterion_numbers(self) -> dict[str, int]:
        return {code: number for number, code in enumerate(self.criteria)}

    @cached_property
    def in_areas(self) -> "Cells":
        """The areas in which each criterion counts: its own, and those of criteria that ask the same."""
        cells = self.facets.get("principle", Cells((), (), np.zeros(0, np.intp), np.zeros(0, np.intp)))
        codes = tuple(area.area for area in self.areas)
        number = np.array([codes.index(code) for code in cells.rows], np.intp)
        return Cells(codes, ("",) * len(codes), cells.criterion, number[cells.cell])

    @cached_property
    def country_numbers(self) -> dict[str, int]:
        return {code: number for number, code in enumerate(self.countries)}

    @cached_property
    def head_office(self) -> Flags:
        """By country: whether it is the head office, which is listed separately."""
        return np.array([code == HEAD_OFFICE for code in self.countries], bool)

    @cached_property
    def limits(self) -> Floats:
        """By framework: the coverage and number of answers that a score needs, and the largest step."""
        rows = [(one.coverage_limit, one.count_below, self.scale.largest_step(one.code)) for one in self.frameworks]
        return np.array(rows, np.float64).reshape(-1, 3)

    @cached_property
    def least_coverage(self) -> Floats:
        """By criterion: the coverage that a figure of its framework needs."""
        limits: Floats = self.limits[self.framework_of, 0]
        return limits

    def flags_of(self, codes: Sequence[str], among: Mapping[str, int], size: int) -> Flags:
        """Which of `size` things some codes name."""
        flags = np.zeros(size, bool)
        flags[[among[code] for code in codes if code in among]] = True
        return flags


@dataclass(frozen=True, eq=False)
class Cells:
    """Which criteria belong to which cells of one grid: pairs of criterion and cell, sorted by criterion."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    """The codes of the row and of the column of each cell."""
    criterion: Ints
    cell: Ints

    @cached_property
    def places(self) -> dict[tuple[str, str], int]:
        """The place of each cell, by its row and column."""
        return {codes: place for place, codes in enumerate(zip(self.rows, self.columns, strict=True))}
