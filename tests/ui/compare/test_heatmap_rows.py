"""Is each cell of the heat map placed by order, region and available space?"""

from collections.abc import Sequence

import pyarrow as pa
import pytest

from dashboard.charts.heatmap import HEADING
from dashboard.ui.compare.heatmap_rows import FITS, MOST_ACROSS, DrawnHeatmap, drawn
from dashboard.ui.compare.heatmap_rows import Row as CellRow

Country = tuple[str, str, str, float | None, float | None]
"""Code, title, region, total score and coverage."""
GROUP: tuple[Country, ...] = (
    ("GHA", "Ghana", "Africa", 40.0, 60.0),
    ("TCD", "Chad", "Africa", 70.0, 90.0),
    ("COL", "Colombia", "Latin America", None, 20.0),
    ("BOL", "Bolivia", "Latin America", 55.0, 100.0),
    ("GROUP", "Head office", "Group", 99.0, 100.0),
)


def cells(
    countries: Sequence[Country] = GROUP, n_areas: int = 3, failed_before: Sequence[str] = (), **readings: str
) -> pa.Table:
    """Return cells as the question does: for each country the total first."""
    areas = [("", None, ""), *((f"A-{n:02}", f"K{n:03}", f"Area {n}") for n in range(1, n_areas + 1))]
    return pa.Table.from_pylist(
        [
            {
                "country": code,
                "country_title": title,
                "region": region,
                "area": area,
                "area_code": area_code,
                "area_title": area_title,
                "percent": None if area else figure,
                "band": None if area or figure is None else "early",
                "coverage": coverage,
                "n_failed_before": int(code in failed_before),
                "reading": readings.get(code, "score"),
            }
            for code, title, region, figure, coverage in countries
            for area, area_code, area_title in areas
        ]
    )


def laid(table: pa.Table, order: str = "name", **changes: float | None) -> DrawnHeatmap:
    """Return the cells in their places; countries are ordered by title."""
    return drawn(table, "All areas", order, changes, lambda row: str(row["country_title"]))


def rows(found: DrawnHeatmap) -> list[str]:
    """Return the row names, top to bottom."""
    at = dict(zip(found.rows["down_position"].to_pylist(), found.rows["down"].to_pylist(), strict=True))
    assert sorted(at) == list(range(found.n_down))
    return [at[place] for place in sorted(at)]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", ["Bolivia", "Chad", "Colombia", "Ghana", "Head office"]),
        ("figure", ["Chad", "Bolivia", "Ghana", "Colombia", "Head office"]),
        ("coverage", ["Bolivia", "Chad", "Ghana", "Colombia", "Head office"]),
        ("change", ["Colombia", "Ghana", "Chad", "Bolivia", "Head office"]),
    ],
)
def test_countries_stand_in_the_chosen_order_and_the_head_office_last(order: str, expected: list[str]) -> None:
    assert rows(laid(cells(), order, COL=5.0, GHA=-2.0, TCD=None, GROUP=9.0)) == expected


def test_names_of_regions_stand_before_their_countries() -> None:
    found = rows(laid(cells(), "region"))
    expected = ["*Africa", "Ghana", "Chad", "*Latin America", "Colombia", "Bolivia", "*Head office"]
    assert [name.replace(HEADING, "*") for name in found] == expected


def test_one_region_alone_needs_no_name() -> None:
    assert rows(laid(cells(GROUP[:2]), "region")) == ["Ghana", "Chad"]


def test_a_name_of_a_region_is_no_cell() -> None:
    found = laid(cells(), "region")
    headings = [row for row in found.rows.to_pylist() if row["country"] is None]
    assert [row["down"].removeprefix(HEADING) for row in headings] == ["Africa", "Latin America"]
    assert found.cells.num_rows == len(GROUP) * 4
    assert found.rows.num_rows == found.cells.num_rows + len(headings)


def test_who_owes_every_answer_is_left_out_and_told() -> None:
    found = laid(cells(TCD="unanswered", BOL="unanswered"))
    assert rows(found) == ["Colombia", "Ghana", "Head office"]
    assert [row["country_title"] for row in found.silent] == ["Chad", "Bolivia"]
    assert set(found.cells["country"].to_pylist()) >= {"TCD", "BOL"}, "the table has them all"


def test_who_has_fallen_silent_on_a_failure_stands() -> None:
    found = laid(cells(failed_before=["TCD"], TCD="unanswered", BOL="unanswered"))
    assert rows(found) == ["Chad", "Colombia", "Ghana", "Head office"]


@pytest.mark.parametrize("reading", ["not_known", "not_applicable", "not_covered", "too_few"])
def test_who_has_no_figure_for_another_reason_stands(reading: str) -> None:
    found = laid(cells(TCD=reading, BOL="unanswered"))
    assert rows(found) == ["Chad", "Colombia", "Ghana", "Head office"]


def test_where_nobody_has_answered_everybody_stands() -> None:
    found = laid(cells(GROUP, 3, (), **dict.fromkeys((code for code, *_ in GROUP), "unanswered")))
    assert len(rows(found)) == len(GROUP)
    assert found.silent == ()


def test_everything_comes_first_under_one_name() -> None:
    found = laid(cells())
    assert found.heads[:2] == (("All areas", "All areas"), ("K001", "Area 1"))
    assert {row["area_title"] for row in found.cells.to_pylist() if not row["area"]} == {"All areas"}


def test_more_principles_than_countries_stand_below_each_other() -> None:
    found = laid(cells(n_areas=MOST_ACROSS))
    assert found.turned
    assert found.tall
    assert rows(found)[:2] == ["All areas", "K001 Area 1"]
    assert [code for code, _ in found.heads] == ["BOL", "TCD", "COL", "GHA", "GROUP"]
    places = {(row["country"], row["area"]): row for row in found.rows.to_pylist()}
    assert len(places) == found.rows.num_rows == len(GROUP) * (MOST_ACROSS + 1)
    assert places["TCD", "A-02"]["across_position"] == 1
    assert places["TCD", "A-02"]["down_position"] == 2


def test_many_principles_of_many_countries_go_by_number_where_their_codes_are_long() -> None:
    many = [(f"C{n:02}", f"Country {n:02}", "Africa", 1.0, 1.0) for n in range(40)]
    found = laid(cells(many, n_areas=30))
    assert not found.turned
    assert found.tall
    assert found.heads[1:3] == (("1", "Area 1"), ("2", "Area 2"))
    assert laid(cells(many, n_areas=5)).heads[1] == ("K001", "Area 1")


@pytest.mark.parametrize(("n", "tall"), [(FITS, False), (FITS + 1, True)])
def test_heads_stand_apart_where_the_rows_are_too_many_for_a_screen(n: int, tall: bool) -> None:
    assert laid(cells([(f"C{i:02}", f"Country {i:02}", "Africa", 1.0, 1.0) for i in range(n)])).tall is tall


def test_without_a_row_nothing_is_drawn() -> None:
    found = laid(cells().slice(0, 0))
    assert (found.rows.num_rows, found.n_down, found.heads, found.silent) == (0, 0, (), ())


def test_a_country_is_called_what_the_page_calls_it() -> None:
    def name(row: CellRow) -> str:
        return f"{row['coverage']:.0f} % {row['country_title']}"

    found = drawn(cells(), "All areas", "coverage", {}, name)
    assert rows(found)[0] == "100 % Bolivia"
