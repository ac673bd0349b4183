"""Is every point in the cell of its grades, and do no names overlap?"""

from itertools import pairwise

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.look import GRADES
from dashboard.charts.risk_map import placed
from dashboard.charts.slope import LINE, MOST_NAMED, labelled

grade = st.sampled_from(GRADES)


@given(st.lists(st.tuples(grade, grade), max_size=120))
def test_points_of_a_cell_stand_in_it_in_rows_and_never_on_each_other(cells: list[tuple[int, int]]) -> None:
    table = pa.table(
        {"across": pa.array([x for x, _ in cells], pa.int64()), "up": pa.array([y for _, y in cells], pa.int64())}
    )
    points = placed(table, "across", "up").to_pylist()
    assert [(round(row["x"]), round(row["y"])) for row in points] == cells
    assert len({(row["x"], row["y"]) for row in points}) == len(points)
    for one in set(cells):
        own = [(-row["y"], row["x"]) for row in points if (row["across"], row["up"]) == one]
        assert own == sorted(own), "in the order of the table, row by row from the upper left"


def countries(figures: list[tuple[int, int]], enough: bool = True) -> pa.Table:
    """Return countries with their figures and how far they moved."""
    rows = [
        {"country": f"C{n:03}", "country_position": n, "enough": enough, "now": now, "change": change}
        for n, (now, change) in enumerate(figures)
    ]
    types = [pa.string(), pa.int64(), pa.bool_(), pa.int64(), pa.int64()]
    names = ("country", "country_position", "enough", "now", "change")
    return pa.table({name: pa.array([row[name] for row in rows], t) for name, t in zip(names, types, strict=True)})


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(-100, 100)), max_size=60))
def test_names_of_those_that_moved_most_stand_apart_in_order(
    figures: list[tuple[int, int]],
) -> None:
    rows = labelled(countries(figures)).to_pylist()
    told = sorted((row for row in rows if row["label_at"] is not None), key=lambda row: row["label_at"])
    assert len(told) == min(len(rows), MOST_NAMED)
    assert all(high["label_at"] - low["label_at"] >= LINE - 1e-9 for low, high in pairwise(told))
    assert [row["now"] for row in told] == sorted(row["now"] for row in told)
    assert not told or (told[-1]["label_at"] <= 100 and told[0]["label_at"] >= 0)
    least = min((abs(row["change"]) for row in told), default=0)
    assert all(abs(row["change"]) <= least for row in rows if row["label_at"] is None)


def test_names_are_pushed_up_from_the_bottom_and_down_from_the_top() -> None:
    for at, expected in ((0, [8, 4, 0]), (100, [100, 96, 92])):
        assert labelled(countries([(at, 1)] * 3))["label_at"].to_pylist() == expected


def test_a_name_stands_beside_its_point_where_nothing_is_near() -> None:
    assert labelled(countries([(30, 1), (50, 1)]))["label_at"].to_pylist() == [30, 50]


def test_a_country_without_enough_answers_has_no_name() -> None:
    assert labelled(countries([(30, 1)], enough=False))["label_at"].to_pylist() == [None]
