"""Declares what is asked about method and sources, and how much figures would change if calculated differently.

The alternatives are those of steps 7 and 8 of the Handbook on Constructing Composite Indicators (OECD and JRC, 2008):
other weights, other values for the steps of the scale, another mean, and leaving out each country.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.cube import Floats, Ints, Rows
from dashboard.figures.fold import Units, fold_units
from dashboard.figures.gaps import judgements
from dashboard.figures.ratings import BESIDE
from dashboard.figures.read import READINGS, SCORE, Read, divided, mean, named, spread, whole_percent
from dashboard.figures.scores import WHOLE, in_whole_and_areas
from dashboard.figures.selection import Asked, bands_of, column, read_units
from dashboard.figures.single_answers import recounted
from dashboard.model.known_codes import SEVERE
from dashboard.queries.question import CHOSEN, Folded, Question


class MethodRow(TypedDict):
    """A row of `method`."""

    framework: str
    title: str
    version: str
    average_of: str
    country_figure: str
    coverage_limit: float
    count_below: int
    scale: str
    n_own_scale: int
    n_reversed: int
    bands: str
    n_weighted: int
    n_critical: int


class SourcesRow(TypedDict):
    """A row of `sources`."""

    kind: str
    title: str
    short_title: str | None
    publisher: str
    years: str
    licence: str | None
    version: str | None
    held_in_part: str | None
    n: int
    n_to_verify: int | None
    n_confirmed: int | None
    n_own_reading: int | None


METHOD = Question("method", MethodRow)
SOURCES = Question("sources", SourcesRow)


Counted = tuple[Units, Read]
"""The sums and figures of each place in each country."""
OTHER_WAYS = ("seen", "equal", "low_step", "high_step")
"""The ways of counting that test the method; counting what operations would inherit answers a different question."""
AS_ANSWERED, MEDIAN, CHILDREN, WITHOUT = "answers", "median", "children", "without"


class RobustnessRow(TypedDict):
    """A row of `robustness`."""

    of: str
    code: str
    title: str
    way: str
    left_out: list[str]
    left_out_titles: list[str]
    year: int | None
    percent: float | None
    band: str | None
    band_title: str | None


@dataclass(frozen=True, eq=False)
class Way:
    """One way of calculating the figures of all places: their shares, by place, and the country that is left out."""

    name: str
    percent: Floats
    country: str = ""


def robustness_answer(asked: Asked) -> pa.Table:
    """How much would each figure change if it were calculated differently? A row per alternative for each figure.

    The alternatives are those of steps 7 and 8 of the Handbook on Constructing Composite Indicators (OECD and JRC,
    2008): other weights, other values for the steps of the scale, another mean, and leaving out each country.

    By place: the mean over countries (`of` is `group`), each principle (`area`), then each country.

    A country's own figure varies only with the way of counting. `reading` and `n_answered` are those of the figure as
    answered, which alone decides whether there are enough answers for a band. `year` is that of the figures by which
    countries are weighted; `left_out` are countries without such a figure, or the one left out on purpose.
    """
    wanted = asked.in_view & asked.of_kind & asked.criteria & asked.within
    rows = asked.chosen(wanted, asked.spread_over, asked.cube.answered)
    counted = {AS_ANSWERED: _read(asked, rows)}
    counted |= {
        name: _read(asked, recounted(rows, name, asked.cube.inherits, asked.cube.least_coverage)) for name in OTHER_WAYS
    }
    children = asked.rows("children").to_pylist()
    return pa.concat_tables([_of_means(asked, counted, children), _of_countries(asked, counted)])


ROBUSTNESS = Folded("robustness", RobustnessRow, robustness_answer, (*CHOSEN, "kind"), ("children",))


def _read(asked: Asked, rows: Rows) -> Counted:
    """The figures of each country: the group is the place, the unit the country."""
    rows, place, into = in_whole_and_areas(asked.cube, asked.in_areas, rows)
    units = fold_units(rows, place, rows.country, into)
    return units, read_units(asked, units)


def _ways(asked: Asked, counted: Mapping[str, Counted], children: list[dict[str, Any]]) -> Iterable[Way]:
    """As answered, with answers counted in other ways, and with countries combined in other ways.

    Countries are combined by the median, weighted by the number of children, and without each of them.
    """
    size = len(asked.cube.areas) + 1
    for name, (units, figures) in counted.items():
        yield Way(name, spread(units, figures, size).percent)
    units, figures = counted[AS_ANSWERED]
    yield Way(MEDIAN, spread(units, figures, size).median)
    number = np.full(len(asked.cube.countries), np.nan)
    number[[asked.cube.country_numbers[row["country"]] for row in children]] = [row["number"] for row in children]
    weight = number[units.unit]
    enters = figures.shown & ~np.isnan(weight)
    whole = np.bincount(units.group[enters], weight[enters], minlength=size)
    points = np.bincount(units.group[enters], (weight * figures.score)[enters], minlength=size)
    yield Way(CHILDREN, whole_percent(divided(points, whole)))
    for country in np.unique(units.unit):
        stays = figures.shown & (units.unit != country)
        left = whole_percent(mean(units.group[stays], figures.score[stays], size))
        yield Way(WITHOUT, left, asked.cube.countries[country])


def _of_means(asked: Asked, counted: Mapping[str, Counted], children: list[dict[str, Any]]) -> pa.Table:
    """A row per place and way, if the figure may be shown as answered."""
    ways, areas = list(_ways(asked, counted, children)), asked.cube.areas
    found = [(place, way) for place in np.flatnonzero(~np.isnan(ways[0].percent)).tolist() for way in ways]
    whole = spread(*counted[AS_ANSWERED], len(areas) + 1)
    percent = np.array([way.percent[place] for place, way in found], np.float64)
    known = {row["country"] for row in children}
    here = np.unique(counted[AS_ANSWERED][0].unit)
    unknown = [asked.cube.countries[place] for place in here if asked.cube.countries[place] not in known]
    year = max((int(row["year"]) for row in children), default=None)
    return _table(
        asked,
        of=["group" if place == WHOLE else "area" for place, _ in found],
        code=["" if place == WHOLE else areas[place - 1].area for place, _ in found],
        title=["" if place == WHOLE else asked.title(areas[place - 1].area) for place, _ in found],
        way=[way.name for _, way in found],
        left_out=[[way.country] if way.country else unknown if way.name == CHILDREN else [] for _, way in found],
        year=[year if way.name == CHILDREN else None for _, way in found],
        percent=percent,
        banded=np.where(np.isnan(whole.banded[[place for place, _ in found]]), np.nan, percent),
        reading=whole.reading[[place for place, _ in found]],
        n_answered=whole.sums["n_answered"][[place for place, _ in found]],
    )


def _of_countries(asked: Asked, counted: Mapping[str, Counted]) -> pa.Table:
    """A row per country and way of counting, for everything together."""
    units, figures = counted[AS_ANSWERED]
    here = np.flatnonzero((units.group == WHOLE) & figures.shown)
    found = [(at, name) for at in here.tolist() for name in counted]
    cube = asked.cube
    percent = whole_percent(np.array([counted[name][1].score[at] for at, name in found], np.float64))
    return _table(
        asked,
        of=["country"] * len(found),
        code=[cube.countries[units.unit[at]] for at, _ in found],
        title=[cube.country_titles[units.unit[at]] for at, _ in found],
        way=[name for _, name in found],
        left_out=[[] for _ in found],
        year=[None] * len(found),
        percent=percent,
        banded=np.where(figures.reading[[at for at, _ in found]] == SCORE, percent, np.nan),
        reading=figures.reading[[at for at, _ in found]],
        n_answered=units.sums["n_answered"][[at for at, _ in found]],
    )


def _table(
    asked: Asked, *, percent: Floats, banded: Floats, reading: Ints, n_answered: Floats, **columns: Sequence[Any]
) -> pa.Table:
    titles = dict(zip(asked.cube.countries, asked.cube.country_titles, strict=True))
    left_out = [[titles[code] for code in codes] for codes in columns["left_out"]]
    table = {
        "of": pa.array(columns["of"], pa.string()),
        "code": pa.array(columns["code"], pa.string()),
        "title": pa.array(columns["title"], pa.string()),
        "way": pa.array(columns["way"], pa.string()),
        "left_out": pa.array(columns["left_out"], pa.list_(pa.string())),
        "left_out_titles": pa.array(left_out, pa.list_(pa.string())),
        "year": pa.array(columns["year"], pa.int16()),
        "percent": column(percent),
        "reading": column(named(reading, READINGS), pa.string()),
        "n_answered": column(n_answered),
        **bands_of(asked, banded),
    }
    return pa.table(table)


class GapWaysRow(TypedDict):
    """A row of `gap_ways`."""

    way: str
    n_severe_gaps: int


def gap_ways_answer(asked: Asked) -> pa.Table:
    """How many severe gaps would there be if answers were counted differently? One row per way, as answered first.

    The ways are those of `robustness` that count answers differently.
    """
    ways = (AS_ANSWERED, *OTHER_WAYS)
    return pa.table({"way": ways, "n_severe_gaps": pa.array([_severe_gaps(asked, way) for way in ways], pa.int64())})


GAP_WAYS = Folded("gap_ways", GapWaysRow, gap_ways_answer, ("round", "countries", "impacts"), BESIDE)


def _severe_gaps(asked: Asked, way: str) -> int:
    found = judgements(replace(asked, cube=replace(asked.cube, counting=way)))
    return int((found.gap & (found.severity == SEVERE)).sum())
