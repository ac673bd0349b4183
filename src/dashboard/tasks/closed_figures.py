"""Finds the figures and severe gaps of closed rounds that a publication changes, and says so.

A closed round keeps its answers. Its figures may move all the same: by another weight or edge, by an operation that is
new in it, by rules of another version of the program.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.figures.cube import Cube
from dashboard.figures.imagined import cube_of
from dashboard.figures.read import COUNT, band, named, read
from dashboard.figures.scores import whole_and_areas
from dashboard.model.known_codes import KINDS
from dashboard.model.problem import Problem
from dashboard.model.publish_preview import FIGURE, GAP_CAME, GAP_WENT, ClosedChange
from dashboard.model.words import Words
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.publish import rehearse
from dashboard.store.reader import Published
from dashboard.tasks.figure_tables import figures_of

Cell = tuple[str, str, str, str, str]
"""Framework, round, kind, country and area; an empty area is all of them."""
FEW, JUDGED_ANEW = "few", "gaps_judged"
"""The kinds of what another program showed otherwise: figures of one or two answers that had a band, and severe gaps
that it did not count."""
Gap = tuple[str, str, str]
"""Round, risk and the title of the operation that has the gap."""

AT_ONCE = 1_000
FEW_BANDED = 24
"""The last shape of tables that only programs made which gave one or two answers a band."""
NO_FIGURE = 100.0
"""The points by which a figure counts as moved that is shown on one side only: as far as any can."""


@dataclass(frozen=True)
class ShownFigure:
    """What is shown of a cell; no band if it has none."""

    percent: float
    is_count: bool
    band: str | None


def closed_changes(was: Published, now: Published) -> tuple[ClosedChange, ...]:
    """What changes in the rounds that are closed in `was`, the largest first: of figures, then of severe gaps."""
    with was.cursor() as cursor:
        closed = {code for (code,) in cursor.execute("SELECT round FROM round WHERE closed").fetchall()}
    return changes_in(closed, was, now) if closed else ()


def changes_in(closed: Set[str], was: Published, now: Published) -> tuple[ClosedChange, ...]:
    """The same of some rounds, whether they are closed or not."""
    present, called = known_codes(now).formerly, _called_now(was, now)
    before = {
        (framework, round_, kind, present.get(country, country), present.get(area, area)): figure
        for (framework, round_, kind, country, area), figure in figures_in(was, closed.__contains__).items()
    }
    after = figures_in(now, closed.__contains__)
    moved = [
        (_points(before.get(cell), after.get(cell)), cell)
        for cell in sorted(before.keys() | after.keys())
        if before.get(cell) != after.get(cell)
    ]
    moved.sort(key=lambda one: (-one[0], one[1][4] != ""))
    figures = [ClosedChange.of_figure(cell, _said(before.get(cell)), _said(after.get(cell))) for _, cell in moved]
    has = gaps_in(now, closed.__contains__)
    had = {
        (round_, present.get(risk, risk), called.get(operation, operation))
        for round_, risk, operation in gaps_in(was, closed.__contains__)
    }
    gaps = [ClosedChange.of_gap(GAP_CAME, gap) for gap in sorted(has - had)]
    return (*figures, *gaps, *(ClosedChange.of_gap(GAP_WENT, gap) for gap in sorted(had - has)))


Checked = tuple[tuple[Problem, ...], tuple[ClosedChange, ...]]


def checked(store: Path, paths: Iterable[Path], today: date) -> Checked:
    """Every problem that publishing these files would have, and what would change in closed rounds."""
    built = rehearse(store, paths, today, closed=closed_changes)
    return built.problems, built.closed


def _called_now(was: Published, now: Published) -> dict[str, str]:
    """By the title of an operation before: its title now."""
    titles = "SELECT operation_no, title FROM named_operation"
    with was.cursor() as before, now.cursor() as after:
        later = dict(after.execute(titles).fetchall())
        return {title: later[number] for number, title in before.execute(titles).fetchall() if number in later}


def _points(was: ShownFigure | None, now: ShownFigure | None) -> float:
    return NO_FIGURE if was is None or now is None else abs(was.percent - now.percent)


def _said(figure: ShownFigure | None) -> str:
    """The figure as it is kept: its percentage and its band; empty if none is shown."""
    return "" if figure is None else f"{figure.percent:.0f} {figure.band or ''}".strip()


def figures_in(published: Published, wanted: Callable[[str], bool]) -> Mapping[Cell, ShownFigure]:
    """The figures by country and area of some rounds, where one is shown."""
    cube = cube_of(published)
    found: dict[Cell, ShownFigure] = {}
    for number, framework in enumerate(cube.frameworks):
        for place, code in enumerate(cube.rounds):
            if wanted(code) and framework.code in _asks(cube, code):
                found |= _of_round(cube, number, place)
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


def moved_by_upgrade(published: Published, shape: int) -> Counter[str]:
    """What the program that made tables of a former shape had shown otherwise."""
    if shape > FEW_BANDED:
        return Counter()
    earlier = frozenset(cube_of(published).rounds[:-1])
    few = sum(figure.is_count for figure in figures_in(published, earlier.__contains__).values())
    return Counter({FEW: few, JUDGED_ANEW: len(gaps_in(published, earlier.__contains__))})


def gaps_in(published: Published, wanted: Callable[[str], bool]) -> set[Gap]:
    """The severe gaps of some rounds."""
    return {
        (round_, row["impact"], operation)
        for round_ in filter(wanted, cube_of(published).rounds)
        for row in _risks(published, round_)
        for operation in row["gap_operations"][: row["n_severe_gaps"]]
    }


def _risks(published: Published, round_: str) -> Iterator[Mapping[str, Any]]:
    found = figures_of(published, "risks", "risk_list", {"round": round_}, date.today())
    for part in () if isinstance(found, Problem) else found.rows.to_batches(AT_ONCE):
        yield from part.to_pylist()


MOST_LISTED = 10
"""How many changes in closed rounds are listed; the rest are counted."""


def closed_said(changes: Sequence[ClosedChange], words: Words) -> str:
    """How many figures and severe gaps of closed rounds change."""
    n = Counter(change.what for change in changes)
    kinds = [words.count(f"closed.{what}", n[what]) for what in (FIGURE, GAP_CAME, GAP_WENT) if n[what]]
    return words("closed.moves", kinds=words.listed(kinds))


def closed_lines(changes: Sequence[ClosedChange], titles: Callable[[str, str], str], words: Words) -> list[str]:
    """The largest changes in closed rounds, a line each, and how many more there are.

    `titles` gives the title of a code, by its kind.
    """
    lines = [_one_said(change, titles, words) for change in changes[:MOST_LISTED]]
    return lines + ([words.count("closed.more", len(changes) - MOST_LISTED)] if len(changes) > MOST_LISTED else [])


def _one_said(change: ClosedChange, titles: Callable[[str, str], str], words: Words) -> str:
    """One change: where, in which round, of which standard, and what was and would be shown."""
    round_, area = titles("round", change.round), titles("area", change.area) if change.area else ""
    if change.what != FIGURE:
        return words(f"closed.one_{change.what}", operation=change.country, round=round_, risk=change.area)
    return words(
        "closed.one",
        country=titles("country", change.country),
        round=round_,
        figure=" ".join(filter(None, (change.framework.upper(), area, words(f"kind.{change.kind}").lower()))),
        was=change.was or words("closed.none"),
        now=change.now or words("closed.none"),
    )


def moved_said(moved: Mapping[str, int], words: Words) -> str:
    """The sentence on everything that moved, by kind; empty if nothing did."""
    kinds = [words.count(f"command.moved_{kind}", n) for kind, n in moved.items() if n]
    return words("command.moved", kinds=words.listed(kinds)) if kinds else ""
