"""Do figures of groups and countries match slow plain arithmetic, whatever was answered and by whom?"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor, isnan

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.figures.cube import Cells, Rows, Tree
from dashboard.figures.fold import Into, Units, fold, fold_units, in_cells, places_in_cells
from dashboard.figures.read import READINGS, Read, band, read, spread, whole_percent
from dashboard.model.next_best import percent_of
from tests.conftest import most
from tests.figures.toy_framework import FRAMEWORK
from tests.store import reference
from tests.store.test_scoring import worlds
from tests.store.world import World, duck, tallied
from tests.store.world import fold as score

LIMIT, BELOW, STEP = Fraction(7, 10), 3, 0.5
LAW = settings(max_examples=most(60), suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duck() as connection:
        yield connection


Groups = dict[int, tuple[int, ...]]
"""The groups (0, 1, 2) that each criterion serves: none, one or several."""
Chains = dict[int, tuple[tuple[int, int, int], ...]]
"""The family, area and element through which each criterion enters figures, one or several; 0 where not averaged."""


@dataclass(frozen=True)
class Drawn:
    """Groups of criteria in a world, the parts that its standards average, and what the parts count at each level."""

    world: World
    groups: Groups
    chains: Chains
    weights: Mapping[reference.Chain, Fraction]


@st.composite
def grouped(draw: st.DrawFn) -> Drawn:
    """A world whose standards average criteria, or families, areas and elements; a criterion may be in several."""
    world = draw(worlds())
    groups = st.lists(st.integers(0, 2), unique=True, max_size=3).map(tuple)
    averaged = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))

    def chain(area: int, element: int) -> tuple[int, int, int]:
        family, area, element = (
            level * is_averaged
            for level, is_averaged in zip((1 + area // 2, 1 + area, 1 + 2 * area + element), averaged, strict=True)
        )
        return family, area, element

    every = st.builds(chain, st.integers(0, 3), st.integers(0, 1))
    chains = {
        criterion.number: draw(st.lists(every, min_size=1, max_size=2, unique=True).map(tuple))
        for criterion in world.criteria
    }
    parts = sorted({one[:depth] for of in chains.values() for one in of for depth in (1, 2, 3) if one[depth - 1]})
    weights: dict[reference.Chain, Fraction] = {
        part: draw(st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 2)])) for part in parts
    }
    return Drawn(world, {criterion.number: draw(groups) for criterion in world.criteria}, chains, weights)


def figures_of(rows: Rows, drawn: Drawn) -> tuple[Units, Read]:
    rows, group = in_cells(rows, cells_of(drawn.groups))
    leaves = sorted({one for of in drawn.chains.values() for one in of})
    weights = [[float(drawn.weights.get(one[:depth], Fraction(1))) for depth in (1, 2, 3)] for one in leaves]
    places = {criterion: tuple(leaves.index(one) for one in of) for criterion, of in drawn.chains.items()}
    tree = Tree(np.array(leaves, np.intp).reshape(-1, 3), np.array(weights, np.float64).reshape(-1, 3))
    row, part = places_in_cells(rows.criterion, cells_of(places))
    into = None if leaves == [(0, 0, 0)] else Into(row, part, rows.take(row), tree)
    units = fold_units(rows, group, rows.country, into)
    return units, read(units, np.tile((float(LIMIT), float(BELOW), STEP), (len(units.group), 1)))


def cells_of(places: dict[int, tuple[int, ...]]) -> Cells:
    pairs = sorted((criterion, place) for criterion, own in places.items() for place in own)
    criterion, cell = np.array(pairs, np.intp).reshape(-1, 2).T
    return Cells(("0", "1", "2"), ("",) * 3, criterion, cell)


def plain(drawn: Drawn, round_no: int) -> dict[tuple[int, int], dict[reference.Chain, list[reference.Tally]]]:
    """By group and country: the tallies of one round, part by part."""
    found: dict[tuple[int, int], dict[reference.Chain, list[reference.Tally]]] = defaultdict(lambda: defaultdict(list))
    for (at, country, criterion), tally in reference.tallies(drawn.world).items():
        for group in drawn.groups[criterion] if at == round_no else ():
            for chain in drawn.chains[criterion]:
                found[group, country][chain].append(tally)
    return found


def share(chain: reference.Chain, answered: Collection[reference.Chain], drawn: Drawn) -> Fraction:
    """What a part counts in a figure, level by level, among the parts with an answer."""
    found = Fraction(1)
    for depth in (1, 2, 3):
        beside = {one[:depth] for one in answered if one[: depth - 1] == chain[: depth - 1]}
        weights = {one: drawn.weights.get(one, Fraction(1)) for one in beside}
        found *= weights[chain[:depth]] / sum(weights.values())
    return found


def percent(share: Fraction | None) -> float | None:
    return None if share is None else floor(100 * share + Fraction(1, 2))


def same(found: float, expected: float | Fraction | None) -> bool:
    return isnan(found) if expected is None else found == pytest.approx(expected, abs=1e-9)


@LAW
@given(drawn=grouped())
def test_a_group_in_each_country_is_what_its_criteria_are(engine: duckdb.DuckDBPyConnection, drawn: Drawn) -> None:
    world = drawn.world
    score(engine, world)
    everything, _ = tallied(engine, np.ones(_n_rows(engine), bool))
    for round_no in world.rounds:
        units, found = figures_of(everything.where(everything.round == round_no), drawn)
        expected = {
            place: reference.reading_of_parts(parts, drawn.weights, LIMIT, BELOW)
            for place, parts in plain(drawn, round_no).items()
        }
        assert {*zip(units.group.tolist(), units.unit.tolist(), strict=True)} == {*expected}
        for at, place in enumerate(zip(units.group.tolist(), units.unit.tolist(), strict=True)):
            wanted = expected[place]
            assert READINGS[found.reading[at]] == wanted.reading
            for name in ("score", "low", "high", "coverage"):
                assert same(getattr(found, name)[at], getattr(wanted, name)), (name, place)


@LAW
@given(drawn=grouped())
def test_a_mean_over_countries_is_of_those_that_may_show_a_figure(
    engine: duckdb.DuckDBPyConnection, drawn: Drawn
) -> None:
    world = drawn.world
    score(engine, world)
    everything, _ = tallied(engine, np.ones(_n_rows(engine), bool))
    round_no = world.rounds[0]
    units, of_units = figures_of(everything.where(everything.round == round_no), drawn)
    found = spread(units, of_units, 3)
    by_group = defaultdict(list)
    steps: dict[int, list[Fraction]] = defaultdict(list)
    for (group, _), parts in plain(drawn, round_no).items():
        one = reference.reading_of_parts(parts, drawn.weights, LIMIT, BELOW)
        by_group[group].append(one)
        if one.reading in ("score", "count"):
            weights = {chain: sum(tally.weight_answered for tally in tallies) for chain, tallies in parts.items()}
            answered = {chain: weight for chain, weight in weights.items() if weight}
            steps[group].append(
                max(Fraction(STEP) / weight * share(chain, answered, drawn) for chain, weight in answered.items())
            )
    for group in range(3):
        own = by_group[group]
        shown = sorted(one.score for one in own if one.reading in ("score", "count") and one.score is not None)
        middle = (shown[(len(shown) - 1) // 2] + shown[len(shown) // 2]) / 2 if shown else None
        assert (found.n_units[group], found.n_shown[group]) == (len(own), len(shown))
        assert found.n_too_few[group] == sum(one.reading == "too_few" for one in own)
        assert same(found.score[group], sum(shown) / Fraction(len(shown)) if shown else None)
        assert same(found.one_step[group], 100 * max(steps[group]) / len(shown) if shown else None)
        assert same(found.percent[group], percent(sum(shown) / Fraction(len(shown)) if shown else None))
        assert same(found.lowest[group], percent(shown[0] if shown else None))
        assert same(found.median[group], percent(middle))
        assert same(found.highest[group], percent(shown[-1] if shown else None))
        for name in ("low", "high"):
            bounds = [bound for one in own if (bound := getattr(one, name)) is not None]
            assert same(getattr(found, name)[group], percent(sum(bounds) / Fraction(len(bounds)) if bounds else None))
        assert READINGS[found.reading[group]] == _word(own)


def _word(own: list[reference.Expected]) -> str:
    """A mean is a score as soon as one of its figures may be shown; else it reads as all of them together."""
    words = {one.reading for one in own}
    for word in ("score", "count", "too_few"):
        if word in words:
            return word
    if not own:
        return "not_covered"
    if words == {"not_applicable"}:
        return "not_applicable"
    return "not_known" if words <= {"not_known", "not_applicable"} else "unanswered"


@given(rows=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), max_size=30))
def test_a_fold_adds_each_row_to_its_group_and_to_no_other(rows: list[tuple[int, int]]) -> None:
    group = np.array([one for one, _ in rows], np.intp)
    values = np.array([value for _, value in rows], np.float64).reshape(-1, 1)
    found = fold(Rows(group, group, group, values, ("n",)), group, 6)["n"]
    assert found.tolist() == [sum(value for one, value in rows if one == place) for place in range(6)]


@pytest.mark.parametrize(
    ("whole", "place"), [(0, 0), (24, 0), (25, 1), (50, 1), (51, 2), (87, 2), (88, 3), (100, 3), (float("nan"), -1)]
)
def test_a_band_begins_at_its_lower_bound(whole: float, place: int) -> None:
    assert band(np.array([whole]), FRAMEWORK).tolist() == [place]


@pytest.mark.parametrize(
    ("points", "of", "shown", "place"),
    [(1, 2, 50, 1), (99, 200, 50, 1), (100, 199, 50, 1), (101, 200, 51, 2), (7, 8, 88, 3), (349, 400, 87, 2)],
)
def test_a_band_is_that_of_the_number_shown(points: int, of: int, shown: int, place: int) -> None:
    """50 is not established; 50.5 is shown as 51 and is. 3 of 4 in place and 1 partly, 87.5, is 88: embedded."""
    whole = whole_percent(np.array([points / of]))
    assert whole.tolist() == [shown] == [percent_of(Fraction(points), Fraction(of))]
    assert band(whole, FRAMEWORK).tolist() == [place]


def _n_rows(engine: duckdb.DuckDBPyConnection) -> int:
    ((n,),) = engine.execute("SELECT count(*) FROM tally").fetchall()
    return int(n)
