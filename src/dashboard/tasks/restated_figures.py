"""Finds figures of earlier rounds that read otherwise although no answer has changed, and says so by kind."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from dashboard.figures.cube import Cube
from dashboard.figures.imagined import cube_of
from dashboard.figures.read import COUNT, band, named, read
from dashboard.figures.scores import whole_and_areas
from dashboard.model.known_codes import KINDS
from dashboard.model.problem import Problem
from dashboard.model.words import Words
from dashboard.store.reader import Published
from dashboard.tasks.figure_tables import figures_of

Cell = tuple[str, str, str, str, str]
"""Framework, round, kind, country and area; an empty area is all of them."""
EDGES, FEW, CAME, WENT, JUDGED_ANEW = "edges", "few", "gaps_came", "gaps_went", "gaps_judged"
"""The kinds of what moves: bands that begin elsewhere, figures of one or two answers that lost their band, severe gaps
that came and went by another rule of a standard or of the library, and severe gaps that a former program did not count.
"""
Gap = tuple[str, str, str]
"""Round, risk and the title of the operation that has the gap."""

AT_ONCE = 1_000
FEW_BANDED = 24
"""The last shape of tables that only programs made which gave one or two answers a band."""


@dataclass(frozen=True)
class ShownFigure:
    """What is shown of a cell; no band if it has none."""

    percent: float
    is_count: bool
    band: str | None


def earlier_figures(published: Published) -> Mapping[Cell, ShownFigure]:
    """The figures by country and area of every round but the last of each framework, where one is shown."""
    cube = cube_of(published)
    found: dict[Cell, ShownFigure] = {}
    for number, framework in enumerate(cube.frameworks):
        asked = [place for place, code in enumerate(cube.rounds) if framework.code in _asks(cube, code)]
        for round_ in asked[:-1]:
            found |= _of_round(cube, number, round_)
    return found


def _asks(cube: Cube, round_: str) -> set[str]:
    return {framework for framework, at, _ in cube.participants if at == round_}


def _of_round(cube: Cube, number: int, round_: int) -> Mapping[Cell, ShownFigure]:
    framework, n_countries = cube.frameworks[number], len(cube.countries)
    rows = cube.sums.where((cube.sums.round == round_) & (cube.framework_of[cube.sums.criterion] == number))
    kind = np.where(cube.respect, 0, 1)[rows.criterion]
    units = whole_and_areas(cube, cube.in_areas, rows, kind * n_countries + rows.country)
    figures = read(units, np.repeat(cube.limits[[number]], len(units.group), axis=0))
    bands = named(band(figures.banded, framework), framework.bands)
    areas = ("", *(area.area for area in cube.areas))
    return {
        (
            framework.code,
            cube.rounds[round_],
            KINDS[units.group[at] // n_countries],
            cube.countries[units.group[at] % n_countries],
            areas[units.unit[at]],
        ): ShownFigure(float(figures.percent[at]), bool(figures.reading[at] == COUNT), bands[at])
        for at in np.flatnonzero(figures.shown)
    }


def moved_between(was: Published, now: Published) -> Counter[str]:
    """What the rules in a publication moved: edges of bands, and what decides on gaps; not what answers moved."""
    moved = Counter[str]()
    if _read_of(was, BANDS) != _read_of(now, BANDS):
        moved += moved_by_edges(earlier_figures(was), earlier_figures(now))
    if _read_of(was, RULES) != _read_of(now, RULES):
        before, after = earlier_gaps(was), earlier_gaps(now)
        moved += Counter({CAME: len(after - before), WENT: len(before - after)})
    return moved


def moved_by_upgrade(published: Published, shape: int) -> Counter[str]:
    """What the program that made tables of a former shape had shown otherwise."""
    if shape > FEW_BANDED:
        return Counter()
    return without_band(earlier_figures(published)) + Counter({JUDGED_ANEW: len(earlier_gaps(published))})


def earlier_gaps(published: Published) -> set[Gap]:
    """The severe gaps of every round but the last."""
    return {
        (round_, row["impact"], operation)
        for round_ in cube_of(published).rounds[:-1]
        for row in _risks(published, round_)
        for operation in row["gap_operations"][: row["n_severe_gaps"]]
    }


def _risks(published: Published, round_: str) -> Iterator[Mapping[str, Any]]:
    found = figures_of(published, "risks", "risk_list", {"round": round_}, date.today())
    for part in () if isinstance(found, Problem) else found.rows.to_batches(AT_ONCE):
        yield from part.to_pylist()


BANDS = "SELECT framework, band, starts_at FROM band JOIN framework USING (framework_no) ORDER BY ALL"
RULES = """
SELECT criterion, critical::text, weight::text, kind, NULL FROM criterion_card
UNION ALL SELECT impact, NULL, NULL, NULL, criteria::text FROM impact_card
UNION ALL SELECT framework, coverage_limit::text, NULL, NULL, NULL FROM framework ORDER BY ALL
"""
"""What decides whether a rating is a gap, besides answers and ratings."""


def _read_of(published: Published, question: str) -> list[tuple[object, ...]]:
    with published.cursor() as cursor:
        return cursor.execute(question).fetchall()


def moved_by_edges(was: Mapping[Cell, ShownFigure], now: Mapping[Cell, ShownFigure]) -> Counter[str]:
    """How many cells show the same number on both sides, but another band."""
    both = ((one, now[cell]) for cell, one in was.items() if cell in now)
    return Counter({EDGES: sum(one.percent == other.percent and one.band != other.band for one, other in both)})


def without_band(figures: Mapping[Cell, ShownFigure]) -> Counter[str]:
    """How many cells rest on one or two answers: they had a band once."""
    return Counter({FEW: sum(figure.is_count for figure in figures.values())})


def moved_said(moved: Mapping[str, int], words: Words) -> str:
    """The sentence on everything that moved, by kind; empty if nothing did."""
    kinds = [words.count(f"command.moved_{kind}", n) for kind, n in moved.items() if n]
    return words("command.moved", kinds=words.listed(kinds)) if kinds else ""
