"""Does a small figure reveal nothing about its answers, whatever is summed from them?"""

import pyarrow as pa
import pytest

from dashboard.figures.cube import MEASURES
from dashboard.model.pages import HIDDEN, PAGES
from dashboard.queries.withhold import SINGLE, for_a_room, withhold_few_of_each, withhold_small_counts

STAY = frozenset({
    "n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_unanswered", "n_critical_failed",
    "weight_applicable", "n_started",
})  # fmt: skip
"""What is asked and whether there is an answer; and the mark of a critical failure, which is never hidden."""


def test_of_one_or_two_answers_no_sum_is_seen_that_says_what_they_say() -> None:
    columns = {name: [2.0, 2.0, 3.0] for name in MEASURES}
    table = pa.table(columns | {"n_answered": [1.0, 2.0, 3.0], "reading": ["count", "too_few", "count"]})
    found = withhold_small_counts(table)
    for name in set(MEASURES) - {"n_answered"}:
        assert found[name].to_pylist() == ([2, 2, 3] if name in STAY else [None, None, 3]), name


@pytest.mark.parametrize(
    ("areas", "told"),
    [
        ({"A": 2, "B": 10}, False),
        ({"A": 1, "B": 1, "C": 10}, False),
        ({"A": 2, "B": 1, "C": 9}, True),
        ({"A": 2, "B": 2, "C": 10}, False),  # Two answers count in both A and B.
        ({"A": 0, "B": 12}, True),
        ({"A": 12}, True),
    ],
)
def test_a_whole_is_shown_if_nothing_or_enough_is_left_without_the_areas_shown(
    areas: dict[str, int], told: bool
) -> None:
    n_answered = [12, *areas.values(), 12, 12]
    table = pa.table(
        {
            "country": [*["X"] * (1 + len(areas)), "Y", "Y"],
            "area": ["", *areas, "", "A"],
            "reading": ["count" if n < 3 else "score" for n in n_answered],
            "n_answered": n_answered,
            "percent": [50] * len(n_answered),
        }
    )
    found = withhold_small_counts(table)["percent"].to_pylist()
    assert found == [50 if told else None, *(None if n in (1, 2) else 50 for n in areas.values()), 50, 50]


@pytest.mark.parametrize("n_answered", [2, 3])
def test_a_mean_over_one_or_two_answers_is_withheld(n_answered: int) -> None:
    table = pa.table({"mean": [50.0], "lowest": [0.0], "n_answered": [n_answered], "band": ["established"]})
    told = n_answered > 2
    (row,) = withhold_small_counts(table).to_pylist()
    assert (row["mean"], row["lowest"], row["band"]) == (50 if told else None, 0 if told else None, "established")


def test_tables_of_single_answers_are_not_there_at_all() -> None:
    tables = {table for page in PAGES.values() for table in page.tables}
    assert tables & SINGLE <= HIDDEN


@pytest.mark.parametrize("name", sorted(SINGLE))
def test_no_single_answer_is_listed(name: str) -> None:
    assert for_a_room(name, pa.table({"criterion": ["A"], "status_title": ["Implemented"]})).num_rows == 0


def test_how_many_gave_which_answer_to_a_criterion_is_said_from_three_answers_on() -> None:
    counts = {"n_full": [1, 1, 2, 0], "n_part": [0, 1, 1, 0], "n_nil": [1, 0, 0, 0], "n_unanswered": [1, 0, 3, 4]}
    (*found,) = withhold_few_of_each(pa.table({"criterion": list("ABCD"), **counts})).to_pylist()
    assert [row["n_full"] for row in found] == [None, None, 2, 0]
    assert [row["n_nil"] for row in found] == [None, None, 0, 0]
    assert [row["n_unanswered"] for row in found] == [1, 0, 3, 4], "that nobody answered stays"
