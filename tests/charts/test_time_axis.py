"""Are rounds placed at their time, is a year without one a gap, and does a note accompany its round?"""

from datetime import date
from typing import Any

import pyarrow as pa

from dashboard.charts.look import LIGHT
from dashboard.charts.slope import MOST_ROWS, ranked
from dashboard.charts.trend import NONE, TimeAxis, over_time, time_axis, x_axis
from dashboard.model.words import Words
from tests.charts.test_geometry import countries


def one(code: str, begins: date, ends: date, note: str = "") -> dict[str, object]:
    return {"round": code, "title": f"Round {code}", "starts_on": begins, "ends_on": ends, "note": note}


def yearly(*years: int, noted: int = 0) -> TimeAxis:
    """Return one round per year, from February to May."""
    return time_axis([one(str(y), date(y, 2, 1), date(y, 5, 31), "New edition" if y == noted else "") for y in years])


def figures(*rows: tuple[str, str, int]) -> pa.Table:
    """Return figures of one kind: round, reading and percent."""
    columns = {"round": [row[0] for row in rows], "kind": ["respect"] * len(rows), "reading": [row[1] for row in rows]}
    return pa.table({**columns, "percent": pa.array([row[2] for row in rows], pa.float64())})


def test_rounds_stand_in_the_middle_of_their_days_and_years_without_one_between_them() -> None:
    axis = yearly(2021, 2022, 2025)
    assert axis.rounds == ("2021", "2022", "", "2025")
    assert [round(at, 1) for at in axis.at] == [2021.2, 2022.2, 2024.0, 2025.2]
    assert axis.titles[2] == "2023–2024"
    assert yearly(2021, 2023).titles[1] == "2022"
    assert not yearly(2023, 2024, 2025).gaps


def test_a_round_over_two_years_leaves_no_gap_and_two_in_a_year_stand_apart() -> None:
    axis = time_axis(
        [
            one("A", date(2021, 10, 1), date(2022, 3, 1)),
            one("B", date(2023, 1, 1), date(2023, 3, 1)),
            one("C", date(2023, 9, 1), date(2023, 11, 1)),
        ]
    )
    assert axis.rounds == ("A", "B", "C")
    assert list(axis.at) == sorted(axis.at)


def test_without_rounds_there_is_no_axis(words: Words) -> None:
    assert time_axis([]).drawn(words) == ((), ())
    assert yearly(2023, 2024).between("2022", "2024").rounds == ()


def test_a_label_names_the_round_marks_its_note_and_says_what_is_missing(words: Words) -> None:
    axis = yearly(2021, 2023, noted=2023)
    places, labels = axis.drawn(words)
    assert places[1] == "2022.5"
    assert labels == ("Round 2021", NONE + words("time_axis.no_round", years="2022"), "Round 2023¹")
    assert axis.noted() == [("¹", "Round 2023", "New edition")]
    assert axis.between("2021", "2021").noted() == []


def test_labels_of_many_rounds_are_left_out_rather_than_written_over_each_other(words: Words) -> None:
    for n, overlap in ((8, False), (9, "greedy")):
        drawn: Any = x_axis(LIGHT, *yearly(*range(2010, 2010 + n)).drawn(words)).to_dict()
        assert drawn["axis"]["labelOverlap"] == overlap


def test_a_line_is_broken_over_a_year_without_a_round_and_over_a_round_without_a_figure() -> None:
    axis = yearly(2020, 2021, 2022, 2024)
    rows = over_time(
        figures(("2020", "score", 10), ("2021", "too_few", 0), ("2022", "count", 20), ("2024", "score", 30)), axis
    ).to_pylist()
    assert [row["broken"] for row in rows] == [False, False, True, True]
    assert [row["from_percent"] for row in rows] == [None, None, 10, 20]
    whole = over_time(figures(("2020", "score", 10), ("2021", "score", 20)), axis).to_pylist()
    assert [row["broken"] for row in whole] == [False, False]
    assert whole[1]["from_at"] == whole[0]["at"]
    assert over_time(figures(), axis).num_rows == 0


def test_of_many_countries_those_that_moved_most_have_rows_from_the_greatest_rise_to_the_greatest_fall() -> None:
    changes = [(50, n - 75) for n in range(150)]
    rows = [row for row in ranked(countries(changes)).to_pylist() if row["place"] is not None]
    rows.sort(key=lambda row: row["place"])
    assert [row["place"] for row in rows] == list(range(MOST_ROWS))
    assert [row["change"] for row in rows] == [*range(74, 55, -1), *range(-55, -76, -1)]
