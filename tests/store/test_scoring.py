"""Do tallies and readings follow the method? Drawn tables first, then laws on random answers."""

from collections.abc import Iterator
from dataclasses import astuple, replace
from fractions import Fraction

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.figures.read import divided, whole_percent
from dashboard.store.sql import run
from tests.conftest import most
from tests.store import reference
from tests.store.world import SCALES, VERSIONS, Answer, Criterion, Reading, World, duck, fold, read_all

SHORT = {
    1: {
        "full": "implemented",
        "part": "partly",
        "nil": "not_implemented",
        "n/a": "not_applicable",
        "not known": "not_known",
        "": "unanswered",
    },
    2: {
        "full": "yes",
        "most": "mostly",
        "some": "somewhat",
        "nil": "no",
        "n/a": "na",
        "not known": "dont_know",
        "": "unanswered",
    },
}


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duck() as connection:
        yield connection


def drawn(table: str, framework: int = 1, first: int = 1) -> World:
    """A world from a drawing: one line per criterion, with its special properties, then one answer per round.

    The first line names the rounds (`r1`, `r2`, …) and the properties given (weight, critical, kind, evidence).
    """
    head, *lines = [[cell.strip() for cell in line.strip("| ").split("|")] for line in table.strip().splitlines()]
    rounds = [name for name in head if name.startswith("r") and name[1:].isdigit()]
    criteria, answers = [], []
    for number, line in enumerate(lines, start=first):
        cell = dict(zip(head, [*line, *[""] * (len(head) - len(line))], strict=True))
        criteria.append(
            Criterion(
                number,
                framework,
                cell.get("weight", "1"),
                cell.get("critical") == "yes",
                cell.get("kind", "respect"),
            )
        )
        answers += [
            Answer(position, 1, number, SHORT[framework][cell[name]], int(cell.get("evidence") or 0))
            for position, name in enumerate(rounds, start=1)
            if cell[name] != "not asked"
        ]
    return World(tuple(criteria), tuple(answers), rounds=tuple(range(1, len(rounds) + 1)))


def reading(engine: duckdb.DuckDBPyConnection, table: str, **asked: object) -> Reading:
    fold(engine, drawn(table))
    return read_all(engine, **asked)[1, 1]  # type: ignore[arg-type]


def test_the_worked_check_of_the_method(engine: duckdb.DuckDBPyConnection) -> None:
    # [impl, partly, not, N/A, unanswered] with weight 1: applicable 4, answered 3, score .50, coverage .75,
    # bounds 1.5/4 = .375 and 2.5/4 = .625.
    found = reading(
        engine,
        """
        | c | r1   |
        | a | full |
        | b | part |
        | c | nil  |
        | d | n/a  |
        | e |      |
        """,
    )
    assert (found.n_asked, found.n_applicable, found.n_answered, found.n_not_applicable) == (5, 4, 3, 1)
    assert (found.score, found.coverage, found.low, found.high) == (0.50, 0.75, 0.375, 0.625)
    assert found.reading == "score"


def test_all_not_applicable_is_no_score_and_no_coverage(engine: duckdb.DuckDBPyConnection) -> None:
    found = reading(
        engine,
        """
        | c | r1  |
        | a | n/a |
        | b | n/a |
        """,
    )
    assert (found.score, found.percent, found.coverage, found.low, found.high) == (None, None, None, None, None)
    assert (found.reading, found.share_not_applicable) == ("not_applicable", 1)


def test_all_unanswered_is_no_score_coverage_0_and_bounds_0_to_1(engine: duckdb.DuckDBPyConnection) -> None:
    found = reading(
        engine,
        """
        | c | r1        |
        | a |           |
        | b | not known |
        """,
    )
    assert (found.score, found.percent, found.coverage, found.low, found.high) == (None, None, 0, 0, 1)
    assert found.reading == "unanswered"


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ("| c | r1 |\n| a | not asked |", "not_covered"),
        ("| c | r1 |\n| a | n/a |", "not_applicable"),
        ("| c | r1 |\n| a | not known |\n| b | n/a |", "not_known"),
        ("| c | r1 |\n| a | not known |\n| b | |", "unanswered"),
        ("| c | r1 |\n| a | full |\n| b | |", "too_few"),
        ("| c | r1 |\n| a | full |\n| b | nil |", "count"),
        ("| c | r1 |\n| a | full |\n| b | nil |\n| c | part |", "score"),
    ],
)
def test_each_kind_of_emptiness_has_its_word(engine: duckdb.DuckDBPyConnection, table: str, word: str) -> None:
    assert reading(engine, table).reading == word


def test_coverage_at_the_limit_is_enough(engine: duckdb.DuckDBPyConnection) -> None:
    seven_of_ten = "| c | r1 |\n" + "| a | full |\n" * 7 + "| a | |\n" * 3
    assert reading(engine, seven_of_ten, coverage_limit=0.7).reading == "score"
    assert reading(engine, seven_of_ten, coverage_limit=0.71).reading == "too_few"


def test_weights_count(engine: duckdb.DuckDBPyConnection) -> None:
    found = reading(
        engine,
        """
        | c | weight | r1   |
        | a | 3      | full |
        | b | 1      | nil  |
        | c | 4      |      |
        """,
    )
    assert found.score == 0.75
    # Coverage counts criteria, while bounds weight them: 3/8 and 7/8.
    assert found.coverage == pytest.approx(2 / 3)
    assert (found.low, found.high) == (0.375, 0.875)


def test_a_critical_criterion_fails_only_when_it_is_not_in_place_at_all(engine: duckdb.DuckDBPyConnection) -> None:
    found = reading(
        engine,
        """
        | c | critical | r1        |
        | a | yes      | nil       |
        | b | yes      | part      |
        | c | yes      |           |
        | d | yes      | n/a       |
        | e | yes      | not known |
        | f | no       | nil       |
        """,
    )
    assert found.n_critical_failed == 1


def test_respect_and_support_are_read_apart(engine: duckdb.DuckDBPyConnection) -> None:
    fold(
        engine,
        drawn("""
        | c | kind    | r1   |
        | a | respect | full |
        | b | respect | nil  |
        | c | support | full |
        """),
    )
    assert read_all(engine, kinds=["respect"])[1, 1].score == 0.5
    assert read_all(engine, kinds=["support"])[1, 1].score == 1


def test_evidence_is_counted_over_answered_only(engine: duckdb.DuckDBPyConnection) -> None:
    fold(
        engine,
        drawn("""
        | c | evidence | r1        |
        | a | 0        | full      |
        | b | 1        | part      |
        | c | 2        | nil       |
        | d | 3        | full      |
        | e | 3        | full      |
        | f | 2        | n/a       |
        | g | 1        | not known |
        | h | 0        |           |
        """),
    )
    mix = engine.execute(
        "SELECT sum(n_evidence_none), sum(n_evidence_self), sum(n_evidence_seen), sum(n_evidence_checked), "
        "sum(n_answered) FROM tally"
    ).fetchall()
    assert mix == [(1, 1, 1, 2, 5)]


def test_points_are_summed_by_evidence_by_step_and_at_equal_weight(engine: duckdb.DuckDBPyConnection) -> None:
    fold(
        engine,
        drawn("""
        | c | weight | evidence | r1        |
        | a | 3      | 2        | full      |
        | b | 2      | 3        | part      |
        | c | 4      | 1        | part      |
        | d | 5      | 3        | nil       |
        | e | 6      | 3        | not known |
        """),
    )
    names = ("weight_seen", "points_seen", "points_equal", "weight_full", "weight_part", "weight_nil", "points")
    (found,) = engine.execute(f"SELECT {', '.join(f'sum({name})' for name in names)} FROM tally").fetchall()  # noqa: S608
    assert dict(zip(names, found, strict=True)) == {
        "weight_seen": 10, "points_seen": 4, "points_equal": 2, "weight_full": 3, "weight_part": 6, "weight_nil": 5,
        "points": 6,
    }  # fmt: skip


SUMMED_WITH = """
    SELECT round_no, country_no, criterion_no, n_inherited, weight_inherited, points_inherited, n_answered, points
    FROM tally WHERE n_inherited > 0 OR points > 0 ORDER BY ALL
"""


def test_what_nobody_answered_or_knew_would_inherit_the_weakest_answer_of_the_head_office(
    engine: duckdb.DuckDBPyConnection,
) -> None:
    criteria = (Criterion(1, weight="2"), Criterion(2), Criterion(3))
    own = ("unanswered", "not_known", "not_applicable", "implemented")
    answers = [Answer(1, operation, 1, word) for operation, word in enumerate(own, start=1)]
    # In another round the head office answered nothing; and one criterion it was never asked.
    answers += [Answer(2, 1, 1, "unanswered"), Answer(2, 5, 1, "not_known"), Answer(1, 1, 3, "unanswered")]
    above = [Answer(1, 5, 1, "implemented"), Answer(1, 6, 1, "partly"), Answer(1, 7, 1, "unanswered")]
    # The head office inherits nothing from itself.
    above += [Answer(1, 5, 2, "unanswered"), Answer(1, 6, 2, "implemented")]
    world = World(criteria, (*answers, *above), (1, 1, 1, 2, 3, 3, 3), rounds=(1, 2), head_office=(5, 6, 7))
    fold(engine, world)
    assert engine.execute(SUMMED_WITH).fetchall() == [
        (1, 1, 1, 2, 4, 2, 0, 0),
        (1, 2, 1, 0, 0, 0, 1, 2),
        (1, 3, 1, 0, 0, 0, 2, 3),
        (1, 3, 2, 0, 0, 0, 1, 1),
    ]


def test_change_is_read_on_what_was_answered_in_both_rounds(engine: duckdb.DuckDBPyConnection) -> None:
    fold(
        engine,
        drawn("""
        | c | weight | r1        | r2   | r3   |
        | a | 1      | nil       | full | full |
        | b | 2      | full      | part |      |
        | c | 1      |           | full | nil  |
        | d | 1      | full      | n/a  | full |
        | e | 1      | not known | part | part |
        | f | 1      | not asked | full | full |
        """),
    )
    change = """
        SELECT round_no, earlier_no, sum(n_matched), sum(n_better), sum(n_worse), sum(weight_matched), sum(points_now),
            sum(points_earlier)
        FROM matched GROUP BY round_no, earlier_no ORDER BY round_no
    """
    assert engine.execute(change).fetchall() == [(2, 1, 2, 1, 1, 3, 2, 2), (3, 2, 4, 0, 1, 4, 2.5, 3.5)]


@pytest.mark.parametrize(
    ("turns", "versions", "steps"),
    [
        # Of three rounds, the first two answer an older wording: only the step from the second to the third is broken.
        ((2,), (1, 1, 2), [(2, 1), (2, 2), (3, 2)]),
        # Two wordings that are both older than the current one can still differ.
        ((2, 3), (1, 2, 3), [(2, 2), (3, 2)]),
        ((3,), (1, 2, 3), [(2, 1), (2, 2), (3, 2)]),
        ((), (1, 2, 3), [(2, 1), (2, 2), (3, 1), (3, 2)]),
    ],
)
def test_answers_to_other_words_are_not_matched(
    engine: duckdb.DuckDBPyConnection,
    turns: tuple[int, ...],
    versions: tuple[int, ...],
    steps: list[tuple[int, int]],
) -> None:
    world = drawn("| c | r1 | r2 | r3 |\n| a | nil | part | full |\n| b | nil | part | full |")
    first, second = world.criteria
    answers = tuple(replace(answer, version=versions[answer.round - 1]) for answer in world.answers)
    # Better wording that still asks the same: the second criterion is compared throughout.
    reworded = (replace(first, turns=turns), replace(second, mended=True))
    fold(engine, replace(world, criteria=reworded, answers=answers))
    found = "SELECT round_no, criterion_no FROM matched ORDER BY round_no, criterion_no"
    assert engine.execute(found).fetchall() == steps


def test_two_operations_that_answer_other_versions_are_folded_into_one_row(engine: duckdb.DuckDBPyConnection) -> None:
    # One answered late, to the older wording in both rounds; the other changed to the new wording in between.
    criterion = Criterion(1, turns=(2,))
    rows = [(1, 1, "partly", 1), (2, 1, "implemented", 1), (1, 2, "partly", 1), (2, 2, "not_implemented", 2)]
    rows += [(1, 3, "not_implemented", 2), (2, 3, "partly", 2)]
    answers = tuple(Answer(r, o, 1, word, version=version) for r, o, word, version in rows)
    fold(engine, World((criterion,), answers, countries=(1, 1, 1), rounds=(1, 2)))
    assert engine.execute(
        "SELECT round_no, n_matched, n_better, n_worse, points_now, points_earlier FROM matched"
    ).fetchall() == [(2, 2, 2, 0, 1.5, 0.5)]


def test_rounds_follow_each_other_by_their_place_and_not_by_their_number(engine: duckdb.DuckDBPyConnection) -> None:
    # A round that was entered late has a high number; change is measured from the round before it in time.
    world = drawn("| c | r1 | r2 | r3 |\n| a | nil | part | full |")
    fold(engine, replace(world, rounds=(3, 1, 2)))
    steps = "SELECT round_no, earlier_no, n_better, n_worse FROM matched ORDER BY round_no"
    assert engine.execute(steps).fetchall() == [(1, 3, 0, 1), (2, 1, 1, 0)]


def test_the_first_round_has_no_change(engine: duckdb.DuckDBPyConnection) -> None:
    fold(engine, drawn("| c | r1 |\n| a | full |"))
    assert engine.execute("SELECT count(*) FROM matched").fetchall() == [(0,)]


def test_only_touched_rounds_and_countries_are_folded(engine: duckdb.DuckDBPyConnection) -> None:
    fold(engine, drawn("| c | r1 | r2 |\n| a | full | nil |"))
    engine.execute("DELETE FROM tally WHERE round_no = 2; DELETE FROM matched; DELETE FROM touched WHERE round_no = 1")
    run(engine, "scoring")
    assert engine.execute("SELECT round_no, n_nil FROM tally ORDER BY round_no").fetchall() == [(1, 0), (2, 1)]
    assert engine.execute("SELECT round_no FROM matched").fetchall() == [(2,)]


def band_of(store: duckdb.DuckDBPyConnection, percent: float) -> list[tuple[str]]:
    return store.execute(
        "SELECT DISTINCT band FROM band JOIN framework USING (framework_no) "
        "WHERE framework = 'crbp' AND $percent >= starts_at AND $percent < ends_at",
        {"percent": percent},
    ).fetchall()


def test_a_band_is_read_off_the_rounded_percent(engine: duckdb.DuckDBPyConnection) -> None:
    # 24.5 is shown as 25, so it must not count as too early: 49 half points of 200.
    ways = [("nil", 151, 24.5, 25), ("nil", 150, 24.6, 25)]
    for word, others, exact, whole in ways:
        found = reading(engine, "| c | r1 |\n" + "| a | part |\n" * 98 + f"| b | {word} |\n" * (others - 49))
        assert found.score is not None
        if exact == 24.5:
            assert found.score == 0.245
        assert found.percent == whole


@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (0, "early"),
        (24, "early"),
        (25, "developing"),
        (50, "developing"),
        (51, "established"),
        (87, "established"),
        (88, "embedded"),
        (100, "embedded"),
    ],
)
def test_every_percent_lies_in_one_band(sample: duckdb.DuckDBPyConnection, percent: int, band: str) -> None:
    assert band_of(sample, percent) == [(band,)]


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(49, 200, 25), (0, 3, 0), (1, 3, 33), (2, 3, 67), (3, 3, 100), (1, 0, None), (0, 0, None), (0.1 + 0.145, 1, 25)],
)
def test_percent_rounds_half_up_once_and_has_no_division_by_zero(
    part: float, whole: float, percent: float | None
) -> None:
    (found,) = whole_percent(divided(np.array([part]), np.array([float(whole)])))
    assert found == percent if percent is not None else np.isnan(found)


@pytest.mark.parametrize(
    ("three", "severity"),
    [((1, 2, 3), 3), ((4, 1, 1), 4), ((1, 3, 2), 3), ((2, 2, 2), 2), ((3, 3, 1), 3), ((1, 4, 4), 4)],
)
def test_severity_is_the_highest_of_three(
    engine: duckdb.DuckDBPyConnection, three: tuple[int, int, int], severity: int
) -> None:
    assert engine.execute("SELECT severity_of(?, ?, ?)", list(three)).fetchall() == [(severity,)]


def test_an_empty_choice_keeps_everything(engine: duckdb.DuckDBPyConnection) -> None:
    found = engine.execute("SELECT kept([], 'a'), kept(['a', 'b'], 'a'), kept(['b'], 'a')").fetchall()
    assert found == [(True, True, False)]


WEIGHTS = ("1", "2", "0.5", "3", "0.1", "0.7", "1.3")
DAYS = (None, "2024-01-01", "2024-06-30", "2025-02-28")


@st.composite
def worlds(draw: st.DrawFn, weights: tuple[str, ...] = WEIGHTS, short_starts: int = 0) -> World:
    """Two frameworks, up to three operations in up to two countries, up to three rounds, and any answers.

    There are up to two further operations of the head office, in a country of its own.
    """
    criteria = tuple(
        Criterion(
            number, draw(st.sampled_from((1, 2))), draw(st.sampled_from(weights)), draw(st.booleans()),
            turns=draw(st.sampled_from(((), (2,), (3,), (2, 3)))), mended=draw(st.booleans()),
            own_scale=draw(st.sampled_from((None, None, 3, 4))), reversed=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(1, 6)) + 1)
    )  # fmt: skip
    countries = tuple(draw(st.lists(st.integers(1, 2), min_size=1, max_size=3)))
    head_office = tuple(range(len(countries) + 1, len(countries) + 1 + draw(st.integers(0, 2))))
    countries += (3,) * len(head_office)
    rounds = tuple(draw(st.permutations((1, 2, 3)))[: draw(st.integers(1, 3))])
    places = [(r, o, c) for r in rounds for o in range(1, len(countries) + 1) for c in criteria]
    asked = draw(st.lists(st.sampled_from(places), unique=True, min_size=len(places) // 2, max_size=len(places)))
    answers = tuple(
        Answer(
            r, o, c.number, draw(st.sampled_from(list(SCALES[c.scale]))), draw(st.sampled_from((None, 0, 1, 2, 3))),
            draw(st.sampled_from(DAYS)), draw(st.sampled_from(VERSIONS)),
        )
        for r, o, c in asked
    )  # fmt: skip
    of_operations = [(r, o) for r in rounds for o in range(1, len(countries) + 1) if o not in head_office]
    short = tuple(draw(st.lists(st.sampled_from(of_operations), unique=True, max_size=short_starts)))
    return World(criteria, answers, countries, rounds, head_office, short=short)


LAW = settings(max_examples=most(25), suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
LIMITS = (Fraction(7, 10), 3)


def readings(engine: duckdb.DuckDBPyConnection, world: World) -> dict[tuple[int, int], Reading]:
    """By framework and round."""
    fold(engine, world)
    return read_all(engine, coverage_limit=float(LIMITS[0]), count_below=LIMITS[1])


BY_OPERATION = st.sets(st.sampled_from((1, 2))).map(lambda drawn: tuple(sorted(drawn)))


GROUPS = st.lists(st.integers(0, 2), min_size=9, max_size=9)
ALONE = pytest.mark.parametrize("alone", ["", "by_operation", "by_group"])
"""Of whom sums are looked at: countries, or what their figures are the mean of."""


def of_whom(world: World, alone: str) -> World:
    """The world of countries, or that of operations or groups whose figures are averaged, each as a country."""
    if not alone:
        return world
    averaged = tuple(a for a in world.answers if world.criterion(a.criterion).framework in getattr(world, alone))
    firsts: dict[object, int] = {}
    own = tuple(
        firsts.setdefault((country, group) if group and alone == "by_group" else number, number)
        for number, (country, group) in enumerate(zip(world.countries, world.groups, strict=True), start=1)
    )
    return replace(world, answers=averaged, countries=own)


def grouped(world: World, averaged: tuple[int, ...], alone: str, groups: list[int]) -> World:
    """The same with frameworks whose figures are means: of groups if those are looked at, else of operations."""
    world = replace(world, groups=tuple(groups[: len(world.countries)]))
    return replace(world, by_group=averaged) if alone == "by_group" else replace(world, by_operation=averaged)


@LAW
@given(world=worlds(short_starts=2), averaged=BY_OPERATION, groups=GROUPS)
@ALONE
def test_tallies_equal_the_reference(
    engine: duckdb.DuckDBPyConnection, world: World, averaged: tuple[int, ...], groups: list[int], alone: str
) -> None:
    world = grouped(world, averaged, alone, groups)
    fold(engine, world)
    found = {
        row[:3]: row[3:]
        for row in engine.execute(
            "SELECT round_no, CASE WHEN $alone THEN operation_no ELSE country_no END, criterion_no, "
            "n_asked, n_started, n_applicable, n_answered, n_not_applicable, "
            "n_not_known, n_unanswered, n_full, n_part, n_nil, n_critical_failed, n_evidence_none, n_evidence_self, "
            "n_evidence_seen, n_evidence_checked, n_inherited, n_full_seen, n_part_seen, "
            "weight_applicable, weight_answered, points, weight_seen, points_seen, points_equal, weight_full, "
            "weight_part, weight_nil, weight_inherited, points_inherited, CAST(last_answered_on AS VARCHAR) FROM tally "
            "WHERE (operation_no IS NOT NULL) = $alone",
            {"alone": bool(alone)},
        ).fetchall()
    }
    right = reference.tallies(of_whom(world, alone))
    assert found.keys() == right.keys()
    for key, tally in right.items():
        counts, sums, last = found[key][:18], found[key][18:-1], found[key][-1]
        assert counts == (
            tally.n_asked, tally.n_started, tally.n_applicable, tally.n_answered, tally.n_not_applicable,
            tally.n_not_known, tally.n_unanswered, tally.n_full, tally.n_part, tally.n_nil,
            tally.n_critical_failed, *tally.evidence,
            tally.n_inherited, tally.n_full_seen, tally.n_part_seen,
        )  # fmt: skip
        exact = (
            tally.weight_applicable, tally.weight_answered, tally.points, tally.weight_seen, tally.points_seen,
            tally.points_equal, tally.weight_full, tally.weight_part, tally.weight_nil, tally.weight_inherited,
            tally.points_inherited,
        )  # fmt: skip
        assert sums == pytest.approx(tuple(map(float, exact)))
        assert last == tally.last_answered_on


@LAW
@given(world=worlds(short_starts=2), averaged=BY_OPERATION, groups=GROUPS)
@ALONE
def test_change_equals_the_reference(
    engine: duckdb.DuckDBPyConnection, world: World, averaged: tuple[int, ...], groups: list[int], alone: str
) -> None:
    world = grouped(world, averaged, alone, groups)
    fold(engine, world)
    found = {
        row[:3]: row[3:]
        for row in engine.execute(
            "SELECT round_no, CASE WHEN $alone THEN operation_no ELSE country_no END, criterion_no, "
            "n_matched, n_better, n_worse, weight_matched, points_now, "
            "points_earlier FROM matched WHERE (operation_no IS NOT NULL) = $alone",
            {"alone": bool(alone)},
        ).fetchall()
    }
    right = reference.matched(of_whom(world, alone))
    assert found.keys() == right.keys()
    for key, change in right.items():
        assert found[key] == pytest.approx(
            (
                change.n_matched, change.n_better, change.n_worse, float(change.weight_matched),
                float(change.points_now), float(change.points_earlier),
            )
        )  # fmt: skip


@LAW
@given(world=worlds())
def test_readings_equal_the_reference(engine: duckdb.DuckDBPyConnection, world: World) -> None:
    for (framework, round_no), found in readings(engine, world).items():
        right = reference.expected(world, framework, round_no, *LIMITS)
        assert found.reading == right.reading
        assert found.percent == right.percent
        for name in ("score", "coverage", "low", "high"):
            exact = getattr(right, name)
            assert getattr(found, name) == (None if exact is None else pytest.approx(float(exact))), name


@LAW
@given(world=worlds())
def test_the_score_lies_between_its_bounds(engine: duckdb.DuckDBPyConnection, world: World) -> None:
    for found in readings(engine, world).values():
        if found.score is not None:
            assert found.low is not None
            assert found.high is not None
            assert -1e-9 <= found.low <= found.score + 1e-9
            assert found.score - 1e-9 <= found.high <= 1 + 1e-9


@LAW
@given(world=worlds(), data=st.data())
def test_a_better_answer_never_lowers_the_score(
    engine: duckdb.DuckDBPyConnection, world: World, data: st.DataObject
) -> None:
    answered = [i for i, a in enumerate(world.answers) if reference.counts_as(world, a) == "answered"]
    if not answered:
        return
    place = data.draw(st.sampled_from(answered))
    answer = world.answers[place]
    scale = SCALES[world.criterion(answer.criterion).scale]
    better = [
        word
        for word, (role, _) in scale.items()
        if role == "answered" and reference.value(world, replace(answer, word=word)) >= reference.value(world, answer)
    ]
    raised = replace(answer, word=data.draw(st.sampled_from(better)))
    before = readings(engine, world)
    after = readings(engine, replace(world, answers=(*world.answers[:place], raised, *world.answers[place + 1 :])))
    for key in before:
        assert (after[key].score or 0) >= (before[key].score or 0) - 1e-9


@pytest.mark.thorough
@LAW
@given(world=worlds(), data=st.data())
def test_the_order_of_rows_says_nothing(engine: duckdb.DuckDBPyConnection, world: World, data: st.DataObject) -> None:
    shuffled = replace(world, answers=tuple(data.draw(st.permutations(world.answers))))
    before, after = readings(engine, world), readings(engine, shuffled)
    for key in before:
        assert before[key].percent == after[key].percent
        assert before[key].reading == after[key].reading
        assert before[key].score == pytest.approx(after[key].score)


@pytest.mark.thorough
@LAW
@given(world=worlds(), factor=st.sampled_from(("2", "0.5", "8", "3", "0.1")))
def test_scaling_all_weights_changes_nothing(engine: duckdb.DuckDBPyConnection, world: World, factor: str) -> None:
    scaled = replace(
        world,
        criteria=tuple(
            replace(c, weight=str(round(float(Fraction(c.weight) * Fraction(factor)), 9))) for c in world.criteria
        ),
    )
    before, after = readings(engine, world), readings(engine, scaled)
    for key in before:
        assert before[key].percent == after[key].percent
        for name in ("score", "low", "high", "coverage"):
            assert getattr(before[key], name) == pytest.approx(getattr(after[key], name)), name


@LAW
@given(world=worlds(), framework=st.sampled_from((1, 2)))
def test_one_more_not_applicable_moves_no_score(
    engine: duckdb.DuckDBPyConnection, world: World, framework: int
) -> None:
    number = len(world.criteria) + 1
    more = replace(
        world,
        criteria=(*world.criteria, Criterion(number, framework, "5", True)),
        answers=(*world.answers, Answer(world.rounds[0], 1, number, SHORT[framework]["n/a"])),
    )
    before, after = readings(engine, world), readings(engine, more)
    for key in before:
        for name in ("score", "percent", "low", "high", "coverage", "n_critical_failed", "n_applicable"):
            assert getattr(before[key], name) == pytest.approx(getattr(after[key], name)), name


@LAW
@given(world=worlds(), data=st.data())
def test_answers_to_one_standard_never_move_another(
    engine: duckdb.DuckDBPyConnection, world: World, data: st.DataObject
) -> None:
    other = replace(
        world,
        answers=tuple(
            replace(a, word=data.draw(st.sampled_from(list(SCALES[world.criterion(a.criterion).scale]))))
            if world.criterion(a.criterion).framework == 1
            else a
            for a in world.answers
        ),
    )
    before, after = readings(engine, world), readings(engine, other)
    for key in before:
        if key[0] == 2:
            assert astuple(before[key]) == pytest.approx(astuple(after[key]))
