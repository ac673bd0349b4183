"""Folds how well standards serve each right, where it is served least, and which risks threaten it."""

from collections.abc import Mapping
from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.criteria import about, answered, kept_rights, sums_of
from dashboard.figures.cube import CubeFramework, Flags, Floats, Ints, Rows
from dashboard.figures.failures import BEFORE
from dashboard.figures.fold import Sums, Units, fold_units, whole
from dashboard.figures.grid import NO_CELLS, cover, grid, of_cells, strings
from dashboard.figures.ratings import BESIDE, OPENINGS, openings
from dashboard.figures.read import READINGS, Read, named, read
from dashboard.figures.risks import gaps_in, ranked
from dashboard.figures.selection import Asked, column
from dashboard.model.known_codes import SEVERE
from dashboard.queries.question import RATED, READ, AnyRow, Folded

COLUMNS = (
    "reading", "percent", "lowest", "highest", "low", "high", "one_step", "n_units", "n_shown", "n_applicable",
    "n_answered", "n_not_applicable", "n_full", "n_part", "n_nil", "n_critical_failed", BEFORE, "n_seen", "coverage",
    "shade", "band_title",
)  # fmt: skip


def rights_answer(asked: Asked) -> pa.Table:
    """How well is each right served by each standard? A row per right and framework, those the partnership names first.

    Frameworks are shown side by side and never summed. A criterion that serves several rights counts in each.

    Rights that are selected, or whose articles are; frameworks that are read in some round.
    """
    cube, themes = asked.cube, kept_rights(asked)
    frameworks = [cube.frameworks[place] for place in np.flatnonzero(asked.rounds_read >= 0)]
    pairs = [(row, one) for row in themes for one in frameworks]
    figures = grid(asked, "right", asked.criteria & asked.of_kind)
    places = np.array([figures.place(row["theme"], one.code) for row, one in pairs], np.intp)
    counts = _counts(asked, pairs)
    columns = of_cells(figures, places, COLUMNS)
    rounds = np.tile(asked.rounds_read[asked.rounds_read >= 0], len(themes))
    return pa.table(
        {
            **_titles(asked, pairs),
            "round": strings(cube.rounds[number] for number in rounds),
            "round_title": strings(cube.round_titles[number] for number in rounds),
            **counts,
            **columns,
            "reading": linked(columns["reading"], counts["n_criteria"].to_numpy() > 0),
            "strength": strings(["primary"] * len(pairs)),
            "basis": strings(["project"] * len(pairs)),
            "asks": pa.array([row["asks"] for row, _ in pairs], pa.list_(pa.string())),
        }
    )


RIGHTS = Folded("rights", AnyRow, rights_answer, (*READ, "kind", "right"), ("right_themes",))


def linked(reading: pa.Array, there: Flags) -> pa.Array:
    """The readings, with `no_link` where there is no link."""
    return pa.array(np.where(there, reading.to_numpy(zero_copy_only=False), "no_link"), pa.string())


def criteria_in_cells(asked: Asked, name: str, criteria: Flags) -> dict[tuple[str, str], int]:
    """How many of some criteria belong to each cell of a grid, by row and column."""
    cells = asked.cube.cells.get(name, NO_CELLS)
    counts = np.bincount(cells.cell[criteria[cells.criterion]], minlength=len(cells.rows)).tolist()
    return dict(zip(zip(cells.rows, cells.columns, strict=True), counts, strict=True))


def _titles(asked: Asked, pairs: list[tuple[Mapping[str, Any], CubeFramework]]) -> dict[str, pa.Array]:
    return {
        "row_code": strings(row["theme"] for row, _ in pairs),
        "row_title": strings(asked.title(row["theme"]) for row, _ in pairs),
        "row_position": pa.array([row["position"] for row, _ in pairs], pa.int16()),
        "named": pa.array([row["named"] for row, _ in pairs], pa.bool_()),
        "column_code": strings(one.code for _, one in pairs),
        "column_title": strings(one.title for _, one in pairs),
        "column_mark": strings(one.title for _, one in pairs),
        "column_position": pa.array([one.number for _, one in pairs], pa.int16()),
    }


def _counts(asked: Asked, pairs: list[tuple[Mapping[str, Any], CubeFramework]]) -> dict[str, pa.Array]:
    of_kind = asked.criteria & asked.of_kind
    counts = {
        "n_criteria": asked.criteria,
        "n_of_kind": of_kind,
        "n_critical": of_kind & asked.cube.critical,
    }
    counted = {name: criteria_in_cells(asked, "right", criteria) for name, criteria in counts.items()}
    keys = [(row["theme"], one.code) for row, one in pairs]
    return {name: pa.array([of.get(key, 0) for key in keys], pa.int64()) for name, of in counted.items()}


LOWEST = 3
"""How many countries are named for each framework."""


class RightGapsRow(TypedDict):
    """A row of `right_gaps`."""

    framework: str
    country_title: str
    percent: float | None
    criterion: str
    text: str


def serving(asked: Asked) -> Flags:
    """The criteria that serve the right in focus, of the kind in view and kept by the filters."""
    cells = asked.cube.cells.get("right", NO_CELLS)
    here = np.array([row == asked.given["focus"] for row in cells.rows], bool)
    flags = np.zeros(len(asked.cube.criteria), bool)
    if len(here):
        flags[cells.criterion[here[cells.cell]]] = True
    return flags & asked.of_kind & asked.criteria


def right_gaps_answer(asked: Asked) -> pa.Table:
    """Where is one right served least? The three lowest countries in each framework, each with what it lacks.

    A row per criterion that is not fully in place; in each country critical ones first, then the least in place.

    `reading`, `percent` and `n_answered` are those of the country.
    """
    cube = asked.cube
    rows = asked.chosen_as_read(serving(asked), asked.spread_over)
    framework = cube.framework_of[rows.criterion]
    units = fold_units(rows, framework, rows.country, asked.into_parts(rows))
    figures = read(units, cube.limits[units.group])
    place = _places(asked, units, figures)
    of_row = np.full((len(cube.frameworks), len(cube.countries)), -1, np.intp)
    of_row[units.group, units.unit] = np.arange(len(units.group))
    unit = of_row[framework, rows.country]
    own = read(whole(Sums(rows.values, rows.measures)), cube.limits[framework]).score
    shown = np.flatnonzero((place[unit] > 0) & (own < 1))
    criterion = rows.criterion[shown]
    codes = np.array([cube.criteria[number] for number in criterion], np.str_)
    own_order = codes, own[shown], ~cube.critical[criterion]
    order = np.lexsort((*own_order, place[unit[shown]], framework[shown]))
    shown = shown[order]
    of_country = figures.take(unit[shown]), units.sums["n_answered"][unit[shown]]
    return _table(asked, rows.take(shown), place[unit[shown]], *of_country)


RIGHT_GAPS = Folded("right_gaps", RightGapsRow, right_gaps_answer, (*READ, "kind", "focus"))


def _places(asked: Asked, units: Units, figures: Read) -> Ints:
    """The rank of each country in its framework, from the lowest, which is 1; 0 for those that are not named."""
    places = np.zeros(len(units.group), np.intp)
    lacking = np.flatnonzero(figures.shown & (figures.score < 1))
    codes = np.array([asked.cube.countries[number] for number in units.unit[lacking]], np.str_)
    lacking = lacking[np.lexsort((codes, figures.score[lacking], units.group[lacking]))]
    of = units.group[lacking]
    place = np.arange(len(of)) - np.searchsorted(of, of) + 1
    places[lacking] = np.where(place <= LOWEST, place, 0)
    return places


def _table(asked: Asked, rows: Rows, place: Ints, figures: Read, n_answered: Floats) -> pa.Table:
    cube, sums = asked.cube, Sums(rows.values, rows.measures)
    criteria = [cube.criteria[number] for number in rows.criterion]
    frameworks = [cube.frameworks[cube.framework_of[number]].code for number in rows.criterion]
    return pa.table(
        {
            "framework": strings(frameworks),
            "place": pa.array(place, pa.int64()),
            "country": strings(cube.countries[number] for number in rows.country),
            "country_title": strings(cube.country_titles[number] for number in rows.country),
            "reading": column(named(figures.reading, READINGS), pa.string()),
            "percent": column(figures.percent),
            "n_answered": column(n_answered),
            "criterion": strings(criteria),
            "text": strings(asked.text(code) for code in criteria),
            "critical": pa.array(cube.critical[rows.criterion]),
            **{name: column(sums[name]) for name in ("n_full", "n_part", "n_nil")},
        }
    )


class RightCriteriaRow(TypedDict):
    """A row of `right_criteria`."""

    framework: str
    criterion: str
    text: str


def right_criteria_answer(asked: Asked) -> pa.Table:
    """Which criteria serve one right, in every framework, and what was answered? Critical first, then least in place.

    Each framework in the round it is read in, in the order of frameworks.
    """
    cube, served = asked.cube, serving(asked)
    sums = sums_of(asked, asked.chosen_as_read(served, asked.countries))
    criteria = np.flatnonzero(served & (asked.rounds_read[cube.framework_of] >= 0))
    keys = (-sums["n_part"][criteria], -sums["n_nil"][criteria], ~cube.critical[criteria], cube.framework_of[criteria])
    criteria = criteria[np.lexsort(keys)]
    articles = {row["criterion"]: row["articles"] for row in asked.rows("right_articles").to_pylist()}
    named = [articles.get(cube.criteria[place]) for place in criteria]
    return pa.table(
        {
            **about(asked, criteria, ("framework", "area_code", "criterion", "kind", "critical", "text", "round")),
            "articles": pa.array(named, pa.list_(pa.string())),
            **answered(sums, criteria),
        }
    )


RIGHT_CRITERIA = Folded(
    "right_criteria", RightCriteriaRow, right_criteria_answer, (*READ, "kind", "focus"), ("right_articles",)
)


class RiskRightsRow(TypedDict):
    """A row of `risk_rights`."""

    theme: str
    title: str
    position: int
    n_risks: int
    severity: int | None
    n_severe: int
    n_severe_gaps: int
    n_openings: int
    need: int | None
    reading: str


def risk_rights_answer(asked: Asked) -> pa.Table:
    """What threatens and what serves each right? One row per right: its rated risks and opportunities, and its cover.

    The cover is how far the respect criteria that serve the right are in place. A risk that touches several rights
    counts in each.

    The rights that the filter of rights keeps, in order; an article keeps the right that it belongs to.
    """
    rights = kept_rights(asked)
    codes = [row["theme"] for row in rights]
    risks = ranked(asked)
    rated = openings(asked).to_pylist()
    told = [_told(asked, code, risks, rated) for code in codes]
    columns = (
        "n_risks",
        "severity",
        "n_severe",
        "most_severe",
        "n_severe_gaps",
        "n_gap_risks",
        "n_openings",
        "need",
        "most_needed",
    )
    covered = cover(asked, codes, "respect", "right")
    return pa.table(
        {
            "theme": column(codes, pa.string()),
            "title": column([asked.title(code) for code in codes], pa.string()),
            "named": column([row["named"] for row in rights]),
            "position": column([row["position"] for row in rights]),
            **{name: column([row[name] for row in told], _type(name)) for name in columns},
            **{name: values for name, values in covered.items() if name not in LEFT_OUT},
        }
    )


RISK_RIGHTS = Folded(
    "risk_rights", RiskRightsRow, risk_rights_answer, (*RATED, "right"), ("right_themes", *BESIDE, *OPENINGS)
)


LEFT_OUT = ("coverage", "n_critical_failed")


def _type(name: str) -> pa.DataType:
    return pa.string() if name in ("most_severe", "most_needed") else pa.int64()


def _told(asked: Asked, right: str, risks: list[Any], openings: list[Any]) -> Mapping[str, Any]:
    """What was rated for one right; risks come in their usual order."""
    own = [row for row in risks if right in row["rights"]]
    gaps = gaps_in(own)
    serving = [row for row in openings if right in row["rights"]]
    most = max(serving, key=lambda row: (row["need"], row["reach"], row["feasibility"], row["impact"]), default=None)
    return {
        "n_risks": len(own),
        "severity": own[0]["severity"] if own else None,
        "n_severe": sum(row["severity"] == SEVERE for row in own),
        "most_severe": asked.text(own[0]["impact"]) if own else None,
        "n_severe_gaps": gaps.n,
        "n_gap_risks": gaps.n_risks,
        "n_openings": len(serving),
        "need": most["need"] if most else None,
        "most_needed": asked.text(most["impact"]) if most else None,
    }
