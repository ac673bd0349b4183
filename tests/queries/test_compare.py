"""Are compared figures those of the other pages, and do the contributions to a gap add up to it?"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.queries.ask import rows
from dashboard.queries.compare.difference import COMPARE_CRITERIA, COMPARE_WHY
from dashboard.queries.compare.subjects import COMPARE_COMMON, COMPARE_FIGURES, SUBJECTS
from dashboard.queries.country_operation import OPERATION_AREAS, OPERATION_READING
from dashboard.queries.every_page import OPERATIONS
from dashboard.queries.overview_headline import AREAS, HEADLINE
from dashboard.store.pool import Pool
from dashboard.store.reader import Published
from dashboard.store.sql import ASKED, run
from dashboard.ui.compare.helpers import COMPARE_HELP
from dashboard.ui.country.operation import ANSWERS
from dashboard.ui.view import View
from tests.conftest import MakeView, most

Row = Mapping[str, Any]
frameworks = pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
kinds = pytest.mark.parametrize("kind", ["respect", "support"])
NEAR = pytest.approx


def operations(view: View) -> list[str]:
    return [
        row["subject"]
        for row in rows(view.published, SUBJECTS, view.parameters())
        if row["subject_kind"] == "operation"
    ]


@frameworks
@kinds
def test_an_operation_is_compared_by_the_figures_of_its_own_page(framework: str, kind: str, view_of: MakeView) -> None:
    view = view_of(framework=framework, kind=kind)
    for operation in operations(view):
        given = view.parameters(operation=operation, subject=(operation,))
        areas = [row for row in rows(view.published, OPERATION_AREAS, given) if row["kind"] == kind]
        own: dict[str, Row] = {row["area"]: row for row in areas}
        found: dict[str, Row] = {row["code"]: row for row in rows(view.published, COMPARE_FIGURES, given)}
        assert found.keys() == own.keys()
        for area, row in own.items():
            names = ("reading", "low", "high", "n_answered", "n_applicable", "n_full", "n_critical_failed")
            shown = row["reading"] in ("score", "count")
            assert found[area]["percent"] == (row["percent"] if shown else None)
            assert {name: found[area][name] for name in names} == {name: row[name] for name in names}
        whole = rows(view.published, COMPARE_FIGURES, given | {"by": "all"})
        read = [row for row in rows(view.published, OPERATION_READING, given) if row["kind"] == kind]
        for at in read:
            (then,) = rows(
                view.published, COMPARE_FIGURES, given | {"by": "all", "subject": (f"{operation}@{at['round']}",)}
            )
            shown = at["reading"] in ("score", "count")
            assert then["percent"] == (at["percent"] if shown else None)
            assert (then["reading"], then["low"], then["high"]) == (at["reading"], at["low"], at["high"])
        assert len(whole) == sum(at["round"] == view.state.round for at in read)


@pytest.mark.thorough
@frameworks
@kinds
def test_the_group_is_compared_by_the_mean_of_the_overview(framework: str, kind: str, view_of: MakeView) -> None:
    view = view_of(framework=framework, kind=kind)
    given = view.parameters(subject=("group.countries",), by="all")
    (found,) = rows(view.published, COMPARE_FIGURES, given)
    (headline,) = [row for row in rows(view.published, HEADLINE, view.parameters()) if row["kind"] == kind]
    assert (found["percent"], found["n_shown"], found["n_units"]) == (
        headline["mean"],
        headline["n_shown"],
        headline["n_countries"],
    )
    areas = {row["area"]: row["mean"] for row in rows(view.published, AREAS, view.parameters())}
    by_area = rows(view.published, COMPARE_FIGURES, given | {"by": "principle"})
    assert {row["code"]: row["percent"] for row in by_area} == areas


@frameworks
@pytest.mark.parametrize("by", ["principle", "right"])
def test_figures_asked_together_are_those_asked_alone(framework: str, by: str, view_of: MakeView) -> None:
    view = view_of(framework=framework)
    given = view.parameters(subject=("gha-op", "col-op@2024", "region.africa"))
    alone = [rows(view.published, COMPARE_FIGURES, given | {"by": one}) for one in ("all", by)]
    assert all(len(found) >= 3 for found in alone)
    assert rows(view.published, COMPARE_FIGURES, given | {"by": f"all {by}"}) == [*alone[0], *alone[1]]


@frameworks
def test_a_region_is_the_mean_of_its_countries(framework: str, view_of: MakeView) -> None:
    view = view_of(framework=framework)
    africa = tuple(
        row["country"] for row in rows(view.published, OPERATIONS, view.parameters()) if row["region"] == "Africa"
    )
    (region,) = rows(view.published, COMPARE_FIGURES, view.parameters(subject=("region.africa",), by="all"))
    (mean,) = [
        row for row in rows(view.published, HEADLINE, view.parameters(country=africa)) if row["kind"] == "respect"
    ]
    assert len(africa) == region["n_units"] > 1
    assert (region["percent"], region["n_answered"]) == (mean["mean"], mean["n_answered"])


@pytest.mark.thorough
@frameworks
@kinds
def test_the_common_set_is_what_each_has_answered_and_nothing_else(
    framework: str, kind: str, view_of: MakeView
) -> None:
    view = view_of(framework=framework, kind=kind)
    chosen = ("gha-op", "cod-op", "col-op")
    answered = [
        {
            row["criterion"]
            for row in rows(view.published, ANSWERS, view.parameters(operation=operation))
            if row["counts_as"] == "answered"
        }
        for operation in chosen
    ]
    common = rows(view.published, COMPARE_COMMON, view.parameters(subject=chosen))
    found = [row["criterion"] for row in common if row["answered_by_all"]]
    assert set(found) == set.intersection(*answered)
    figures = rows(view.published, COMPARE_FIGURES, view.parameters(subject=chosen, by="all", within=tuple(found)))
    assert {row["n_answered"] for row in figures} == {len(found)}


@frameworks
def test_criteria_come_with_the_greatest_difference_first(framework: str, view_of: MakeView) -> None:
    view = view_of(framework=framework)
    found = rows(view.published, COMPARE_CRITERIA, view.parameters(subject=("gha-op", "tcd-op")))
    apart = [row["apart"] for row in found]
    assert max(gap for gap in apart if gap is not None) > 0
    told = [-1 if gap is None else gap for gap in apart]
    assert all(one >= other for one, other in pairwise(told))


def test_the_criteria_of_one_right_are_those_that_serve_it(view_of: MakeView) -> None:
    view = view_of(by="right", focus="privacy")
    found = rows(view.published, COMPARE_CRITERIA, view.parameters(subject=("gha-op", "tcd-op")))
    serving = view.published.cursor().execute(
        "SELECT criterion FROM criterion_link JOIN criterion USING (criterion_no) "
        "WHERE target = 'CRC-16' AND target_type = 'right'"
    )
    assert {row["criterion"] for row in found} <= {code for (code,) in serving.fetchall()}
    assert found


@pytest.mark.thorough
@frameworks
@kinds
def test_only_what_is_fully_in_place_on_evidence_that_was_seen_is_called_a_help(
    framework: str, kind: str, view_of: MakeView
) -> None:
    view = view_of(framework=framework, kind=kind)
    answers = {
        (row["operation"], row["criterion"]): row
        for operation in operations(view)
        for row in rows(view.published, ANSWERS, view.parameters(operation=operation))
    }
    for operation in operations(view):
        for row in rows(view.published, COMPARE_HELP, view.parameters(subject=(operation,))):
            if row["operation"] is None:
                continue
            assert row["operation"] != operation
            assert row["criteria"]
            assert row["n_helped"] == len(row["criteria"])
            for criterion in row["criteria"]:
                able = answers[row["operation"], criterion]
                assert able["value"] == 1
                assert able["evidence"] is not None
                assert able["evidence"] >= 2
                own = answers[operation, criterion]
                assert own["counts_as"] != "not_applicable"
                assert own["value"] != 1


# The gap between two scores, with random answers and weights.


@pytest.fixture(scope="module")
def blank(sample_store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The sample in memory, with the answers of two operations as a table to be filled."""
    (publication,) = (sample_store / "publications").glob("*.duckdb")
    memory = duckdb.connect(config={"threads": 1})
    memory.execute(f"ATTACH '{publication}' AS source (READ_ONLY)")
    tables = memory.sql("SELECT table_name FROM duckdb_tables() WHERE database_name = 'source'").fetchall()
    for (table,) in tables:
        memory.execute(f'CREATE TABLE "{table}" AS FROM source."{table}"')
    memory.execute(*memory.execute("SELECT sql FROM duckdb_views() WHERE view_name = 'counted_with'").fetchone() or ())
    for macros in ("readings", *ASKED):
        run(memory, macros)
    yield memory
    memory.close()


STATUSES = ("implemented", "partly", "not_implemented", "not_applicable", "not_known", "unanswered")
VALUES = {"implemented": 1.0, "partly": 0.5, "not_implemented": 0.0}
WORLDS = st.lists(
    st.tuples(st.sampled_from(STATUSES), st.sampled_from(STATUSES), st.sampled_from((1.0, 0.5, 3.0, 0.7))),
    min_size=32,
    max_size=32,
)


def filled(memory: duckdb.DuckDBPyConnection, world: list[tuple[str, str, float]]) -> list[Row]:
    """The world's answers written to the store; the respect criteria of both, as plain rows."""
    criteria = memory.execute(
        "SELECT criterion_no, criterion, area, kind FROM criterion_card WHERE framework = 'crbp' ORDER BY criterion_no"
    ).fetchall()
    numbers = dict(
        memory.execute(
            "SELECT status, status_no FROM scale JOIN framework USING (framework_no) WHERE framework = 'crbp'"
        ).fetchall()
    )
    two = dict(memory.execute("SELECT operation, operation_no FROM operation").fetchall())
    (round_no,) = memory.execute("SELECT round_no FROM round WHERE round = '2025'").fetchone() or (0,)
    memory.execute("DELETE FROM answer")
    laid: list[Row] = []
    for (number, criterion, area, kind), (first, second, weight) in zip(criteria, world, strict=True):
        for table in ("criterion", "criterion_card"):
            memory.execute(f"UPDATE {table} SET weight = $1 WHERE criterion_no = $2", [weight, number])  # noqa: S608
        for operation, word in (("gha-op", first), ("col-op", second)):
            memory.execute(
                "INSERT INTO answer (round_no, operation_no, criterion_no, status_no) VALUES ($1, $2, $3, $4)",
                [round_no, two[operation], number, numbers[word]],
            )
        if kind == "respect":
            laid.append({"criterion": criterion, "area": area, "words": (first, second), "weight": weight})
    return laid


def score(laid: list[Row], side: int) -> float | None:
    """The score of one side by its definition; None below the coverage limit."""
    applicable = [row for row in laid if row["words"][side] != "not_applicable"]
    answered = [row for row in applicable if row["words"][side] in VALUES]
    if not answered or len(answered) / len(applicable) < 0.7:
        return None
    reached: float = sum(VALUES[row["words"][side]] * row["weight"] for row in answered)
    weight: float = sum(row["weight"] for row in answered)
    return reached / weight


def brings(laid: list[Row], row: Row, side: int, middle: float) -> float:
    """What one criterion adds to a side's score beyond what an answer in the middle would add, in points."""
    word = row["words"][side]
    if word not in VALUES:
        return 0.0
    whole: float = sum(other["weight"] for other in laid if other["words"][side] in VALUES)
    weight: float = row["weight"]
    return 100 * weight / whole * (VALUES[word] - middle)


@pytest.mark.thorough
@given(WORLDS)
@settings(max_examples=most(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_parts_of_a_gap_add_up_to_it_whatever_does_not_apply(
    blank: duckdb.DuckDBPyConnection, view_of: MakeView, world: list[tuple[str, str, float]]
) -> None:
    # Two in three stay answered, so that most worlds have two scores to explain.
    world = [
        (one if n % 3 else "implemented", two if n % 3 != 1 else "partly", w) for n, (one, two, w) in enumerate(world)
    ]
    laid = filled(blank, world)
    first, second = score(laid, 0), score(laid, 1)
    view = view_of()
    asked = view.parameters(subject=("gha-op", "col-op"))
    parts = rows(Published(view.published.revision, Pool(lambda: blank)), COMPARE_WHY, asked)
    if first is None or second is None:
        assert parts == []
        return
    assert first == NEAR(parts[0]["first_score"])
    assert second == NEAR(parts[0]["second_score"])
    assert sum(row["points"] for row in parts) == NEAR(100 * (first - second), abs=1e-9)
    for row in parts:
        of_area = sum(other["points"] for other in parts if other["area"] == row["area"])
        assert row["area_points"] == NEAR(of_area, abs=1e-9)
    by_criterion = {row["criterion"]: row for row in parts}
    middle = (first + second) / 2
    for one in laid:
        said = (one["words"][0] in VALUES, one["words"][1] in VALUES)
        expected = {(True, True): "both", (True, False): "first", (False, True): "second"}.get(said)
        found = by_criterion.get(one["criterion"])
        assert (found and found["answered_by"]) == expected
        if found:
            assert found["points"] == NEAR(brings(laid, one, 0, middle) - brings(laid, one, 1, middle), abs=1e-9)
    turned = rows(
        Published(view.published.revision, Pool(lambda: blank)),
        COMPARE_WHY,
        asked | {"subject": ("col-op", "gha-op")},
    )
    assert {row["criterion"]: NEAR(-row["points"], abs=1e-9) for row in turned} == {
        row["criterion"]: row["points"] for row in parts
    }


@given(WORLDS)
@settings(max_examples=most(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_where_both_answered_the_same_set_a_part_is_its_share_times_the_difference(
    blank: duckdb.DuckDBPyConnection, view_of: MakeView, world: list[tuple[str, str, float]]
) -> None:
    world = [(one if one in VALUES else "partly", two if two in VALUES else "partly", w) for one, two, w in world]
    laid = filled(blank, world)
    view = view_of()
    parts = rows(
        Published(view.published.revision, Pool(lambda: blank)),
        COMPARE_WHY,
        view.parameters(subject=("gha-op", "col-op")),
    )
    whole = sum(row["weight"] for row in laid)
    expected = {
        row["criterion"]: 100 * row["weight"] / whole * (VALUES[row["words"][0]] - VALUES[row["words"][1]])
        for row in laid
    }
    assert {row["criterion"]: NEAR(row["points"], abs=1e-9) for row in parts} == expected


@pytest.mark.thorough
@frameworks
@kinds
def test_the_gap_to_the_group_and_to_a_region_adds_up_too(framework: str, kind: str, view_of: MakeView) -> None:
    view = view_of(framework=framework, kind=kind)
    for pair in (("col-op", "group.countries"), ("region.africa", "group.countries"), ("col-op", "col-op@2024")):
        parts = rows(view.published, COMPARE_WHY, view.parameters(subject=pair))
        figures = rows(view.published, COMPARE_FIGURES, view.parameters(subject=pair, by="all"))
        assert parts
        gap = 100 * (parts[0]["first_score"] - parts[0]["second_score"])
        assert sum(row["points"] for row in parts) == NEAR(gap, abs=1e-9)
        first = parts[0]
        assert [first["first_percent"], first["second_percent"]] == NEAR([row["percent"] for row in figures])
        assert [first["first_score"], first["second_score"]] == NEAR([row["score"] for row in figures])
