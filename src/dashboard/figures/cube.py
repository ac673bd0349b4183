"""The sums of a publication as arrays: what every figure is folded from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from itertools import groupby
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dashboard.figures.scale import Scale, days, scale
from dashboard.store.reading.cache import MOST_RESULTS, Cache, once
from dashboard.store.reading.reader import Published

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
    *FIGURED, "weight_seen", "points_seen", "points_equal", "weight_full", "weight_part", "weight_nil", *INHERITED,
)  # fmt: skip
"""All that is summed: what figures are read off, and what methods that read answers otherwise would need."""
CHANGES = ("n_matched", "weight_matched", "points_now", "points_earlier")
"""What is summed of answers that were given in a round and in the one before."""
HEAD_OFFICE = "GROUP"
"""The head office stands beside the countries."""


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

    def __getitem__(self, name: str) -> Floats:
        """One measure, by row."""
        return self.values[:, self.measures.index(name)]


@dataclass(frozen=True)
class Framework:
    """One standard: its limits, and its bands from low to high (at which whole percentage each begins)."""

    code: str
    title: str
    number: int
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
    countries: tuple[str, ...]
    """In the order of pages; the head office last."""
    country_titles: tuple[str, ...]
    criteria: tuple[str, ...]
    numbers: Ints
    """The number of each criterion, by which it is sorted."""
    framework_of: Ints
    area_of: Ints
    respect: Flags
    critical: Flags
    weight: Floats
    scale: Scale
    frameworks: tuple[Framework, ...]
    areas: tuple[Area, ...]
    participants: frozenset[tuple[str, str, str]]
    """Framework, round and country of all who are asked."""
    cells: Mapping[str, "Cells"]
    """By grid."""
    facets: Mapping[str, "Cells"]
    """What figures can be read by: `all`, `principle`, `risk_area`, `right`; their codes in order, as rows of cells."""
    members: Mapping[str, Ints]
    """The countries that the group and each region is the mean of."""
    sums: Rows
    changes: Rows
    kept: Cache[Any] = field(default_factory=lambda: Cache(MOST_RESULTS))
    """What was worked out of the publication for questions, whatever was chosen."""

    @cached_property
    def framework_numbers(self) -> dict[str, int]:
        return {one.code: number for number, one in enumerate(self.frameworks)}

    @cached_property
    def criterion_numbers(self) -> dict[str, int]:
        return {code: number for number, code in enumerate(self.criteria)}

    @cached_property
    def country_numbers(self) -> dict[str, int]:
        return {code: number for number, code in enumerate(self.countries)}

    @property
    def risk_areas(self) -> "Cells":
        """Which criteria serve which risk area."""
        return self.facets["risk_area"]

    @cached_property
    def limits(self) -> Floats:
        """By framework: the coverage below which no score is shown, and the number of answers below it."""
        return np.array([(one.coverage_limit, one.count_below) for one in self.frameworks], np.float64).reshape(-1, 2)

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


def read_cube(connection: duckdb.DuckDBPyConnection) -> Cube:
    """The cube of what a connection reads: what is published, or what is imagined."""
    criteria, areas = _table(connection, "criteria"), _table(connection, "areas")
    countries, frameworks = _table(connection, "countries"), _table(connection, "frameworks")
    sums, changes = _table(connection, "sums"), _table(connection, "changes")
    rounds, members = _table(connection, "rounds"), _table(connection, "members")
    of_framework = {row["framework"]: number for number, row in enumerate(frameworks.to_pylist())}
    of_area = {code: number for number, code in enumerate(areas["area"].to_pylist())}
    numbers = criteria["criterion_no"].to_numpy().astype(np.intp)
    index = {
        "round": {code: number for number, code in enumerate(rounds["round"].to_pylist())},
        "country": {code: number for number, code in enumerate(countries["country"].to_pylist())},
    }
    return Cube(
        rounds=tuple(rounds["round"].to_pylist()),
        round_titles=tuple(rounds["title"].to_pylist()),
        round_positions=tuple(rounds["position"].to_pylist()),
        countries=tuple(countries["country"].to_pylist()),
        country_titles=tuple(countries["title"].to_pylist()),
        criteria=tuple(criteria["criterion"].to_pylist()),
        numbers=numbers,
        framework_of=np.array([of_framework[code] for code in criteria["framework"].to_pylist()], np.intp),
        area_of=np.array([of_area[code] for code in criteria["area"].to_pylist()], np.intp),
        respect=np.array([kind == "respect" for kind in criteria["kind"].to_pylist()], bool),
        critical=criteria["critical"].to_numpy(zero_copy_only=False).astype(bool),
        weight=criteria["weight"].to_numpy().astype(np.float64),
        scale=scale(_table(connection, "scale").to_pylist()),
        frameworks=tuple(_framework(row) for row in frameworks.to_pylist()),
        areas=tuple(Area(row["area"], row["framework"], row["area_code"], row["area_no"]) for row in areas.to_pylist()),
        participants=frozenset(
            (row["framework"], row["round"], row["country"]) for row in _table(connection, "participants").to_pylist()
        ),
        cells=_cells(_table(connection, "cells"), numbers),
        facets=_cells(_table(connection, "facets"), numbers),
        members={
            subject: np.sort([index["country"][row["country"]] for row in rows])
            for subject, rows in groupby(members.to_pylist(), lambda row: str(row["subject"]))
        },
        sums=_rows(sums, index, numbers, MEASURES),
        changes=_rows(changes, index, numbers, CHANGES),
    )


def places_of(numbers: Ints, wanted: Ints) -> Ints:
    """The place of each criterion among those of a cube, by its number."""
    return np.searchsorted(numbers, wanted)


@once
def cube_of(published: Published) -> Cube:
    """The cube of a publication: read once, shared by all who ask, and freed with it."""
    with published.cursor() as cursor:
        return read_cube(cursor)


def sql(name: str) -> str:
    """The text of one file of this folder."""
    return files("dashboard.figures").joinpath("tables", f"{name}.sql").read_text("utf-8")


def _table(connection: duckdb.DuckDBPyConnection, name: str) -> pa.Table:
    return connection.execute(sql(name)).to_arrow_table()


def _rows(table: pa.Table, index: Mapping[str, Mapping[str, int]], numbers: Ints, measures: tuple[str, ...]) -> Rows:
    return Rows(
        numbered(table["round"], index["round"]),
        numbered(table["country"], index["country"]),
        places_of(numbers, table["criterion_no"].to_numpy().astype(np.intp)),
        np.column_stack([table[name].to_numpy().astype(np.float64) for name in measures]),
        measures,
        days(table["last_answered_on"]) if "last_answered_on" in table.column_names else np.zeros(0),
    )


def numbered(column: pa.ChunkedArray, numbers: Mapping[str, int]) -> Ints:
    """The place of each code among its kind."""
    coded = column.combine_chunks().dictionary_encode()
    of_code = np.array([numbers[code] for code in coded.dictionary.to_pylist()], np.intp)
    return of_code[coded.indices.to_numpy()] if len(of_code) else np.zeros(0, np.intp)


def _cells(table: pa.Table, numbers: Ints) -> dict[str, Cells]:
    found: dict[str, tuple[dict[tuple[str, str], int], list[int], list[int]]] = {}
    places = places_of(numbers, table["criterion_no"].to_numpy().astype(np.intp)).tolist()
    for place, row in zip(places, table.to_pylist(), strict=True):
        cells, criteria, of_cell = found.setdefault(row["grid"], ({}, [], []))
        criteria.append(place)
        of_cell.append(cells.setdefault((row["row_code"], row["column_code"]), len(cells)))
    made = {}
    for grid, (cells, criteria, of_cell) in found.items():
        order = np.argsort(criteria, kind="stable")
        rows, columns = zip(*cells, strict=True)
        made[grid] = Cells(rows, columns, np.array(criteria, np.intp)[order], np.array(of_cell, np.intp)[order])
    return made


def _framework(row: Mapping[str, object]) -> Framework:
    bands: list[dict[str, object]] = [band for band in row["bands"] or [] if band["band"] is not None]  # type: ignore[attr-defined]
    return Framework(
        str(row["framework"]),
        str(row["short_title"]),
        int(row["framework_no"]),  # type: ignore[call-overload]
        float(row["coverage_limit"]),  # type: ignore[arg-type]
        float(row["count_below"]),  # type: ignore[arg-type]
        tuple(str(band["band"]) for band in bands),
        tuple(str(band["title"]) for band in bands),
        tuple(float(band["starts_at"]) for band in bands),  # type: ignore[arg-type]
    )
