"""The sums of a publication as arrays: what every figure is folded from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.figures.scale import Scale
from dashboard.model.view.known import HEAD_OFFICE
from dashboard.store.reading.cache import MOST_RESULTS, Cache

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FIGURED = (
    "n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_unanswered", "n_full", "n_part",
    "n_nil", "n_critical_failed", "n_evidence_none", "n_evidence_self", "n_evidence_seen", "n_evidence_checked",
    "weight_applicable", "weight_answered", "points",
)  # fmt: skip
"""What figures are read off: counts of answers, and weights."""
INHERITED = ("n_inherited", "weight_inherited", "points_inherited")
"""What would be added with answers inherited from the head office: those of its round and criterion."""
MEASURES = (
    *FIGURED, "weight_seen", "points_seen", "n_full_seen", "n_part_seen", "points_equal", "weight_full", "weight_part",
    "weight_nil", *INHERITED,
)  # fmt: skip
"""All that is summed: what figures are read off, and what methods that read answers otherwise would need."""
CHANGES = ("n_matched", "weight_matched", "points_now", "points_earlier")
"""What is summed of answers that were given in a round and in the one before."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Sums by round, country and criterion: each an index into the codes of the publication.

    `values` has a row for each, and a column for each of `measures`: counts of answers or sums of weights. `last` is
    the day of the latest answer of each, counted from 1970, nan where there is none; empty where nobody asks for it.
    """

    round: Ints
    country: Ints
    criterion: Ints
    values: Floats
    measures: tuple[str, ...] = MEASURES
    last: Floats = field(default_factory=lambda: np.zeros(0))

    def where(self, flags: Flags) -> "Rows":
        """Those rows that are flagged."""
        return self.take(np.flatnonzero(flags))

    def take(self, index: Ints) -> "Rows":
        """The rows at these places, each as often as it is named."""
        last = self.last[index] if len(self.last) else self.last
        return Rows(
            self.round[index], self.country[index], self.criterion[index], self.values[index], self.measures, last
        )

    def of(self, measures: tuple[str, ...]) -> "Rows":
        """The same rows with some of their measures."""
        columns = [self.measures.index(name) for name in measures]
        return replace(self, values=self.values[:, columns], measures=measures)

    def __getitem__(self, name: str) -> Floats:
        """One measure, by row."""
        return self.values[:, self.measures.index(name)]


@dataclass(frozen=True)
class Framework:
    """One standard: its limits, and its bands from low to high (at which whole percentage each begins)."""

    code: str
    title: str
    number: int
    average_of: str
    """What a figure is the average of: `criteria`, by their weights, or `areas`, each counting alike."""
    coverage_limit: float
    count_below: float
    bands: tuple[str, ...]
    band_titles: tuple[str, ...]
    starts_at: tuple[float, ...]


@dataclass(frozen=True)
class Area:
    """A principle or key area of a standard: `code` is what it is called on paper, `number` its place."""

    area: str
    framework: str
    code: str
    number: int


@dataclass(frozen=True, eq=False)
class Cube:
    """Everything that figures are folded from, read once a publication."""

    rounds: tuple[str, ...]
    round_titles: tuple[str, ...]
    round_positions: tuple[int, ...]
    """The earliest first."""
    round_starts: tuple[date, ...]
    round_ends: tuple[date, ...]
    countries: tuple[str, ...]
    """In the order of pages; the head office last."""
    country_titles: tuple[str, ...]
    country_regions: tuple[str | None, ...]
    criteria: tuple[str, ...]
    numbers: Ints
    """The number of each criterion, by which it is sorted."""
    framework_of: Ints
    area_of: Ints
    """The area that each criterion stands in, by which lists are sorted; it may count in more: see `in_areas`."""
    respect: Flags
    critical: Flags
    inherits: Flags
    """Which criteria an operation without an answer may be read with the head office's answer of."""
    weight: Floats
    scale: Scale
    frameworks: tuple[Framework, ...]
    areas: tuple[Area, ...]
    participants: frozenset[tuple[str, str, str]]
    """Framework, round and country of all who are asked."""
    illustrative: frozenset[tuple[str, str]]
    """Framework and country of those whose answers are invented."""
    cells: Mapping[str, "Cells"]
    """By grid."""
    facets: Mapping[str, "Cells"]
    """What figures can be read by: `all`, `principle`, `risk_area`, `right`; their codes in order, as rows of cells."""
    members: Mapping[str, Ints]
    """The countries that the group and each region is the mean of."""
    sums: Rows
    changes: Rows
    counting: str = ""
    """How answers are counted, where that is not as they are; see `countings.py`."""
    answered: Rows | None = None
    """The sums of answers as they are, where they are counted otherwise."""
    kept: Cache[Any] = field(default_factory=lambda: Cache(MOST_RESULTS))
    """What was worked out of the publication for questions, whatever was chosen."""

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
        """By country: whether it is the head office, which stands beside them."""
        return np.array([code == HEAD_OFFICE for code in self.countries], bool)

    @cached_property
    def averages_areas(self) -> Flags:
        """By criterion: whether its standard averages areas."""
        flags: Flags = np.array([one.average_of == "areas" for one in self.frameworks], bool)[self.framework_of]
        return flags

    @cached_property
    def limits(self) -> Floats:
        """By framework: the coverage and the number of answers that a score needs, and the largest step."""
        rows = [(one.coverage_limit, one.count_below, self.scale.largest_step(one.code)) for one in self.frameworks]
        return np.array(rows, np.float64).reshape(-1, 3)

    def flags_of(self, codes: Sequence[str], among: Mapping[str, int], size: int) -> Flags:
        """Which of `size` things are named by some codes."""
        flags = np.zeros(size, bool)
        flags[[among[code] for code in codes if code in among]] = True
        return flags


@dataclass(frozen=True, eq=False)
class Cells:
    """Which criteria stand in which cells of one grid: pairs of criterion and cell, sorted by criterion."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    """The codes of the row and of the column of each cell."""
    criterion: Ints
    cell: Ints

    @cached_property
    def places(self) -> dict[tuple[str, str], int]:
        """The place of each cell, by its row and column."""
        return {codes: place for place, codes in enumerate(zip(self.rows, self.columns, strict=True))}
