"""Who has signed a round, in a sentence, and the figures that are kept when it is approved and compared later."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from dashboard.figures.cube import Cube, Ints, Rows
from dashboard.figures.fold import SEVERAL, fold_units, into_parts
from dashboard.figures.imagined import cube_of
from dashboard.figures.read import NOT_COVERED, READINGS, Spread, band, named, read, spread
from dashboard.figures.single_answers import sums_of_answers
from dashboard.model.answer import ApprovalLevel, LevelFigure
from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.queries.collect_answering import APPROVALS, ApprovalsRow
from dashboard.store.reader import Published
from dashboard.store.sql import sql


def figures_of_levels(
    published: Published, levels: Iterable[ApprovalLevel]
) -> Mapping[ApprovalLevel, tuple[LevelFigure, ...]]:
    """For each level its figures of respect, one for every standard that it is asked in its round."""
    cube, wanted = cube_of(published), sorted(set(levels))
    operations = [level for level in wanted if level.operation]
    others = [level for level in wanted if not level.operation]
    parts = (
        (operations, *_of_operations(published, cube, operations)),
        (others, *_of_countries(cube, others)),
    )
    return {
        level: figures
        for some, rows, group in parts
        if some
        for level, figures in zip(some, _figures(cube, rows, group, len(some)), strict=True)
    }


def _of_operations(published: Published, cube: Cube, levels: Sequence[ApprovalLevel]) -> tuple[Rows, Ints]:
    """The answers of operations as rows of sums, each with the place of its level."""
    places = {(level.round, level.operation): place for place, level in enumerate(levels)}
    given = {"rounds": sorted({one.round for one in levels}), "operations": sorted({one.operation for one in levels})}
    with published.cursor() as cursor:
        table: pa.Table = cursor.execute(sql("stored/given"), given).to_arrow_table()
    said = zip(table["round"].to_pylist(), table["operation"].to_pylist(), strict=True)
    group = np.array([places.get(key, -1) for key in said], np.intp)
    index = np.flatnonzero(group >= 0)
    return sums_of_answers(cube, table).rows.take(index), group[index]


def _of_countries(cube: Cube, levels: Sequence[ApprovalLevel]) -> tuple[Rows, Ints]:
    """The sums of countries, each with the place of its level; those of the group are all but the head office."""
    every, index, group = np.arange(len(cube.sums.round)), [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    for place, level in enumerate(levels):
        at = np.array([code == level.round for code in cube.rounds])
        of = np.array([code == level.country for code in cube.countries]) if level.country else ~cube.head_office
        found = every[at[cube.sums.round] & of[cube.sums.country]]
        index.append(found)
        group.append(np.full(len(found), place))
    return cube.sums.take(np.concatenate(index)), np.concatenate(group)


def _figures(cube: Cube, rows: Rows, group: Ints, n_groups: int) -> list[tuple[LevelFigure, ...]]:
    """The figures of each group of rows, by standard."""
    found: list[list[LevelFigure]] = [[] for _ in range(n_groups)]
    for number, framework in enumerate(cube.frameworks):
        index = np.flatnonzero((cube.framework_of[rows.criterion] == number) & cube.respect[rows.criterion])
        if not len(index):
            continue
        figures = _spread(cube, number, rows.take(index), group[index], n_groups)
        bands = named(band(figures.banded, framework), framework.bands)
        for place in np.flatnonzero(figures.reading != NOT_COVERED):
            percent = figures.percent[place]
            shown = None if np.isnan(percent) else int(percent)
            found[place].append(LevelFigure(framework.code, shown, READINGS[figures.reading[place]], bands[place]))
    return [tuple(figures) for figures in found]


def _spread(cube: Cube, number: int, rows: Rows, group: Ints, n_groups: int) -> Spread:
    """The mean over the countries in each group; that of a single one is its own figure."""
    into = into_parts(cube, cube.in_areas, rows, np.full(len(rows.criterion), SEVERAL))
    units = fold_units(rows, group, rows.country, into)
    limits = np.repeat(cube.limits[[number]], len(units.group), axis=0)
    return spread(units, read(units, limits), n_groups)


def as_level(row: ApprovalsRow) -> ApprovalLevel:
    """The level that a row of `approvals` is about."""
    return ApprovalLevel(row["round"], row["operation"], row["country"])


Moved = tuple[str, LevelFigure | None, LevelFigure | None]
"""A standard, its figure as it was approved, and its figure now; None where there is none."""


def moved_since(published: Published, found: Sequence[ApprovalsRow]) -> Mapping[ApprovalLevel, tuple[Moved, ...]]:
    """By level, the figures that are not as they were approved; those of approvals without figures are not known.

    While names are hidden nothing is compared: what few answers make is withheld.
    """
    kept = {} if published.masked else {as_level(row): _kept(row) for row in found if row["figures"] is not None}
    return {
        level: tuple(
            (framework, was.get(framework), now.get(framework))
            for framework in sorted(was.keys() | now.keys())
            if was.get(framework) != now.get(framework)
        )
        for level, was in kept.items()
        for now in [{figure.framework: figure for figure in figures_of_levels(published, kept)[level]}]
    }


def _kept(row: ApprovalsRow) -> dict[str, LevelFigure]:
    return {figure["framework"]: LevelFigure(**figure) for figure in row["figures"] or ()}


def moved_said(row: ApprovalsRow, moved: Sequence[Moved], words: Words) -> str:
    """That figures have changed since a level was approved, and which; empty if none has."""
    if not moved:
        return ""
    place = row["title"] or words("signing.group")
    said = [
        words("signing.moved_one", place=place, framework=framework.upper(), was=before, now=after)
        for framework, was, now in moved
        for before, after in [_both(was, now, words)]
    ]
    return words("signing.moved", figures=words.listed(said))


def _both(was: LevelFigure | None, now: LevelFigure | None, words: Words) -> tuple[str, str]:
    """Both figures as they are shown; with their bands where nothing else tells them apart."""
    plain = [_shown(figure, words) for figure in (was, now)]
    if plain[0] == plain[1]:
        plain = [f"{said} ({(figure and figure.band) or '–'})" for said, figure in zip(plain, (was, now), strict=True)]
    return plain[0], plain[1]


def _shown(figure: LevelFigure | None, words: Words) -> str:
    if figure is None:
        return words("closed.none")
    return str(figure.percent) if figure.percent is not None else words(f"signing.{figure.reading}")


def said_of(row: ApprovalsRow, words: Words, name: str = "") -> str:
    """What a level has said: by which role, or by whom, and when. Ready to stand alone or after a colon."""
    if row["state"] is None:
        return words("signing.not_approved")
    role = _in_a_sentence(row["role"] or "")
    by = words("signing.person", name=name, role=role) if name else words("signing.role", role=role)
    # A role that is hidden is any.
    said_by = role if row["role"] == words("safe.role") else by
    return words(f"signing.{row['state']}", by=said_by, on=row["said_on"])


def _in_a_sentence(role: str) -> str:
    """A role without a capital at its beginning, unless that belongs to an abbreviation."""
    return role if role[1:2].isupper() else role[:1].lower() + role[1:]


def speaking(found: Sequence[ApprovalsRow], countries: Sequence[str]) -> ApprovalsRow | None:
    """The row of whoever speaks for what is shown: the one country that is chosen, or the group. None if nobody does.

    A country with one operation speaks by it.
    """
    if not countries:
        return next((row for row in found if as_level(row).kind == "group"), None)
    if len(countries) > 1:
        return None
    own = [row for row in found if row["within"] == countries[0]]
    return next((row for row in own if row["country"]), own[0] if len(own) == 1 else None)


def approval_said(published: Published, round_: str, countries: Sequence[str], words: Words) -> str:
    """Whether what is shown is approved, by whom, and what has changed since; empty where that is not known.

    Whoever sees only some operations is told about these alone.
    """
    found = levels_of(published, round_)
    row = speaking(found, countries)
    if row is None:
        return ""
    moved = moved_since(published, [row]).get(as_level(row), ())
    return "; ".join(filter(None, (said_of(row, words), moved_said(row, moved, words))))


def levels_of(published: Published, round_: str) -> list[ApprovalsRow]:
    """Every level of a round that somebody may know about, the group first."""
    found = rows(published, APPROVALS, {"round": round_})
    return [row for row in found if row["operation"]] if published.partial else found
