"""Does each way of counting answers give the score of plain arithmetic, in every drawn world?"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

import duckdb
import numpy as np
import pytest
from hypothesis import given as drawn

from dashboard.figures.fold import fold_units
from dashboard.figures.imagined import cube_of
from dashboard.figures.read import read
from dashboard.figures.single_answers import OTHERWISE, recounted, sums_of_answers
from dashboard.model.known_codes import COUNTINGS
from dashboard.queries.ask import ask, rows
from dashboard.queries.compare.heatmap import HEATMAP
from dashboard.queries.every_page import given
from dashboard.queries.overview_headline import HEADLINE
from tests.conftest import MakeView
from tests.figures.test_fold import BELOW, LAW, LIMIT, STEP, _n_rows, same
from tests.store import reference
from tests.store.test_scoring import worlds
from tests.store.world import Answer, World, duck, tallied
from tests.store.world import fold as score


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duck() as connection:
        yield connection


EVERY = np.ones(100, bool)
"""Every criterion may be inherited."""


def seen(world: World, answer: Answer) -> Fraction:
    return reference.value(world, answer) if (answer.evidence or 0) >= 2 else Fraction(0)


def seen_steps(world: World, round_no: int, country: int) -> list[int]:
    """How many of a country's answers are in place, partly, and not, if only seen evidence counts."""
    answers = [
        seen(world, answer)
        for answer in world.answers
        if answer.round == round_no
        and world.countries[answer.operation - 1] == country
        and reference.counts_as(world, answer) == "answered"
    ]
    return [sum(one == 1 for one in answers), sum(0 < one < 1 for one in answers), answers.count(Fraction(0))]


def middle(share: Fraction) -> Callable[[World, Answer], Fraction]:
    def worth(world: World, answer: Answer) -> Fraction:
        value = reference.value(world, answer)
        return value if value in (0, 1) else share

    return worth


WORTH: dict[str, Callable[[World, Answer], Fraction]] = {
    "seen": seen,
    "inherited": reference.value,
    "equal": reference.value,
    "low_step": middle(Fraction(1, 4)),
    "high_step": middle(Fraction(3, 4)),
}


def plain(world: World, counting: str, round_no: int) -> dict[int, Fraction]:
    """By country: what its answers of one round are worth, out of what they could be."""
    if counting == "equal":
        world = replace(world, criteria=tuple(replace(one, weight="1") for one in world.criteria))
    sums: dict[int, list[Fraction]] = {}
    head_office = reference.inheritable(world) if counting == "inherited" else {}
    covered = covered_by_own_answers(world, round_no)
    for answer in world.answers:
        role = reference.counts_as(world, answer)
        worth = WORTH[counting](world, answer) if role == "answered" else None
        country = world.countries[answer.operation - 1]
        if role in ("not_known", "unanswered") and answer.operation not in world.head_office and country in covered:
            worth = head_office.get((answer.round, answer.criterion))
        if answer.round == round_no and worth is not None:
            weight = Fraction(world.criterion(answer.criterion).weight)
            of = sums.setdefault(country, [Fraction(0), Fraction(0)])
            of[0] += worth * weight
            of[1] += weight
    return {country: points / weight for country, (points, weight) in sums.items()}


def covered_by_own_answers(world: World, round_no: int) -> set[int]:
    """The countries whose own answers reach the coverage limit."""
    roles: dict[int, list[str]] = {}
    for answer in world.answers:
        if answer.round == round_no:
            roles.setdefault(world.countries[answer.operation - 1], []).append(reference.counts_as(world, answer))
    applicable = {country: [role for role in said if role != "not_applicable"] for country, said in roles.items()}
    return {
        country
        for country, said in applicable.items()
        if said and Fraction(said.count("answered"), len(said)) >= Fraction(LIMIT)
    }


def test_every_counting_is_told_apart() -> None:
    assert {*OTHERWISE} == {*WORTH} > {*COUNTINGS[1:]}


@pytest.mark.parametrize("counting", WORTH)
@LAW
@drawn(world=worlds())
def test_scores_are_those_of_plain_arithmetic(counting: str, engine: duckdb.DuckDBPyConnection, world: World) -> None:
    score(engine, world)
    everything, _ = tallied(engine, np.ones(_n_rows(engine), bool))
    for round_no in world.rounds:
        rows_ = recounted(everything.where(everything.round == round_no), counting, EVERY, np.full(100, float(LIMIT)))
        units = fold_units(rows_, np.zeros(len(rows_.country), np.intp), rows_.country)
        found = read(units, np.tile((float(LIMIT), float(BELOW), STEP), (len(units.group), 1)))
        expected = plain(world, counting, round_no)
        assert {int(unit) for unit in units.unit} >= {*expected}
        for at, country in enumerate(units.unit.tolist()):
            assert same(found.score[at], None if country not in expected else float(expected[country])), counting
            if country in expected:
                assert found.low[at] <= found.score[at] + 1e-9
            counts = [units.sums[name][at] for name in ("n_full", "n_part", "n_nil")]
            assert sum(counts) == units.sums["n_answered"][at], "each answer is in place, partly, or not"
            if counting == "seen" and country in expected:
                assert counts == seen_steps(world, round_no, country)
            if country in expected:
                assert found.high[at] >= found.score[at] - 1e-9
        as_they_are = everything.where(everything.round == round_no)
        usual = fold_units(as_they_are, np.zeros(len(rows_.country), np.intp), rows_.country)
        as_is = read(usual, np.tile((float(LIMIT), float(BELOW), STEP), (len(usual.group), 1)))
        covered = [country in covered_by_own_answers(world, round_no) for country in units.unit.tolist()]
        for at, is_covered in enumerate(covered):
            if counting != "inherited" or not is_covered:
                assert found.reading[at] == as_is.reading[at], "what may be shown does not depend on it"
            if counting == "inherited" and not is_covered:
                for bounds, usual_bounds in ((found.low, as_is.low), (found.high, as_is.high)):
                    assert bounds[at] == pytest.approx(usual_bounds[at], nan_ok=True)
                names = ("n_answered", "n_not_known", "n_unanswered", "n_full", "n_part", "n_nil")
                assert [units.sums[name][at] for name in names] == [usual.sums[name][at] for name in names]
            if counting != "inherited" or not is_covered:
                assert found.coverage[at] == pytest.approx(as_is.coverage[at], nan_ok=True)


def test_an_operation_is_counted_as_its_country_is(view_of: MakeView) -> None:
    """Guatemala has one operation, which alone must score like its country, however answers are counted."""
    for counting in OTHERWISE:
        cube = cube_of(view_of().published, counting)
        with view_of().published.cursor() as cursor:
            table = cursor.execute(
                "SELECT round, country, operation, criterion_no, status_no, evidence, answered_on FROM answer "
                "JOIN round USING (round_no) JOIN operation USING (operation_no) JOIN country USING (country_no) "
                "WHERE country = 'GTM' ORDER BY round_no, operation_no, criterion_no"
            ).to_arrow_table()
        alone = sums_of_answers(cube, table).rows
        of_country = cube.sums.where(cube.sums.country == cube.country_numbers["GTM"])
        assert alone["points"].sum() == pytest.approx(of_country["points"].sum()), counting
        for name in ("n_answered", "n_full", "n_part", "n_nil", "n_unanswered", "n_inherited"):
            if counting == "inherited" or name != "n_inherited":
                assert alone[name].sum() == of_country[name].sum(), (counting, name)
        assert alone["points"].sum() != cube_of(view_of().published).sums["points"].sum()


def test_only_seen_evidence_lowers_the_group_and_the_choice_says_so(view_of: MakeView) -> None:
    usual, careful = (
        {row["kind"]: row for row in rows(view.published, HEADLINE, view.parameters())}
        for view in (view_of(), view_of(counting="seen"))
    )
    for kind in ("respect", "support"):
        assert (careful[kind]["mean"] or 0) < (usual[kind]["mean"] or 0)
        for name in ("change", "coverage", "n_critical_failed", "n_shown"):
            assert careful[kind][name] == usual[kind][name], name


def test_what_is_inherited_is_of_group_policies_alone_and_never_of_a_masked_copy(view_of: MakeView) -> None:
    view = view_of()
    usual, inherited = (cube_of(view.published, counting) for counting in ("", "inherited"))
    gained = inherited.sums["n_answered"] - usual.sums["n_answered"]
    assert gained.sum() > 0
    assert usual.inherits[usual.sums.criterion[gained > 0]].all()
    assert not (usual.sums.country[gained > 0] == usual.country_numbers["GROUP"]).any(), "nothing from itself"
    assert np.array_equal(gained, inherited.sums["n_inherited"])
    missing = usual.sums["n_not_known"] + usual.sums["n_unanswered"]
    left = inherited.sums["n_not_known"] + inherited.sums["n_unanswered"]
    assert np.array_equal(missing - left, gained)
    masked = replace(view.published, masked=True)
    assert given(masked, view_of(counting="inherited").state, view.known, view.today)["counting"] == "answers"


def test_what_is_inherited_lifts_no_figure_over_the_coverage_limit(view_of: MakeView) -> None:
    """Every cell of the heat map: as it is without, where own answers are too few."""
    names = ("reading", "percent", "low", "high", "coverage", "n_answered", "n_full", "n_part", "n_nil")
    settled, changed = 0, 0
    for framework in ("crbp", "cop-2020"):
        own, inherited = (
            ask(view.published, "heatmap", view.parameters()).to_pylist()
            for view in (view_of(framework=framework, counting=counting) for counting in ("", "inherited"))
        )
        for without, counted in zip(own, inherited, strict=True):
            if without["coverage"] is None or without["coverage"] < 70:
                assert {name: counted[name] for name in names} == {name: without[name] for name in names}
                settled += 1
            changed += counted["n_inherited"] not in (0, None)
    assert settled
    assert changed, "some do inherit"
    view = view_of(counting="inherited", country=("COD",))
    (whole,) = (row for row in rows(view.published, HEATMAP, view.parameters()) if not row["area"])
    assert [whole[name] for name in ("reading", "low", "high", "coverage", "n_inherited")] == ["too_few", 18, 63, 56, 0]
