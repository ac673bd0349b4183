"""Does the map reach the page, with a finding by its shade, no overlapping names, the missing named, and a list?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboard.charts.labels import Box, overlap, width_of
from dashboard.charts.world_map import CORNER, Frame
from dashboard.loading.yaml_file import read_words
from dashboard.model.known_codes import SHADES
from dashboard.model.words import Words
from dashboard.queries.ask import ask, rows
from dashboard.queries.risks_list import PLACES
from dashboard.ui.compare.map_rows import LETTERS, frame, known_places, on_map, without_place
from dashboard.ui.compare.world_map import of_map
from dashboard.ui.view import View
from tests.conftest import ROOT, MakeView, said
from tests.ui.conftest import ENOUGH, OpenPage, cells, choices, finding, keys, nothing_failed, shown, tables, tells

MORE = ("RWA", "MUS", "SLV")


def told(view: View, name: str) -> list[Any]:
    found: list[Any] = ask(view.published, name, view.parameters()).to_pylist()
    return found


def name_shapes() -> None:
    """A page that names the shapes and nothing else."""
    import streamlit as st

    from dashboard.ui.compare.map_rows import shapes_url

    st.text(shapes_url())


@pytest.fixture
def at_base() -> Iterator[None]:
    config.set_option("server.baseUrlPath", "/deep/base/")
    yield
    config.set_option("server.baseUrlPath", "")


def test_the_shapes_have_one_address_in_every_run_and_session() -> None:
    first, second = (
        AppTest.from_function(name_shapes, default_timeout=ENOUGH).run(),
        AppTest.from_function(name_shapes, default_timeout=ENOUGH).run(),
    )
    address = first.text[0].value
    assert address.startswith("/")
    assert address.endswith(".json")
    assert second.text[0].value == first.run().text[0].value == address


def test_under_a_base_path_the_address_begins_with_it(at_base: None) -> None:
    assert AppTest.from_function(name_shapes, default_timeout=ENOUGH).run().text[0].value.startswith("/deep/base/")


def boxes(view: View, shade: str, width: float, size: str) -> list[Box]:
    """Return where the names are drawn on a map of some width, calculated as the chart does."""
    edges = frame(view)
    part = Frame(*map(float, edges))
    height = part.tall(width)
    found = []
    for row in on_map(ask(view.published, "places", view.parameters()), edges, shade).to_pylist():
        if row["corner"] is None:
            scale = part.scale(width)
            x, y = width / 2 + row["x"] * scale, height / 2 + row["y"] * scale
        else:
            x, y = CORNER[0], height - CORNER[0] - CORNER[1] * row["corner"]
        wide = width_of(row["country_title"] + " " * LETTERS[shade])
        x, y = x + row[f"{size}_dx"], y + row[f"{size}_dy"]
        left = {"left": x, "right": x - wide, "center": x - wide / 2}[row[f"{size}_side"]]
        found.append((left, y - 7.5, left + wide, y + 7.5))
    return found


@pytest.mark.parametrize(
    ("width", "size"), [(330, "slim"), (400, "slim"), (640, "wide"), (900, "wide"), (1200, "wide")]
)
@pytest.mark.parametrize("shade", ["severity", "coverage", "score"])
def test_no_name_on_the_map_lies_on_another(width: float, size: str, shade: str, view_of: MakeView) -> None:
    drawn = boxes(view_of(), shade, width, size)
    assert len(drawn) == 11
    assert all(overlap(one, other) == 0 for i, one in enumerate(drawn) for other in drawn[:i])


def test_every_row_has_its_number_in_the_shapes_or_stands_in_the_corner(view_of: MakeView) -> None:
    view = view_of()
    table = ask(view.published, "places", view.parameters())
    found = {row["country"]: row for row in on_map(table, frame(view), "score").to_pylist()}
    assert without_place(table) == ["Head office"]
    assert (found["GROUP"]["corner"], found["GROUP"]["numeric"], found["GROUP"]["x"]) == (0, None, None)
    for country, row in found.items():
        if country != "GROUP":
            assert row["numeric"] == known_places()[country].numeric
            assert row["corner"] is None


def test_small_countries_have_places() -> None:
    assert set(MORE) <= known_places().keys()


@pytest.mark.parametrize("chosen", [{}, {"country": ("GHA",)}, {"framework": "cop-2014", "round": "2023"}])
def test_the_picture_keeps_its_frame_whatever_the_filters(chosen: dict[str, object], view_of: MakeView) -> None:
    west, south, east, north = map(float, frame(view_of(**chosen)))
    assert frame(view_of(**chosen)) == frame(view_of())
    for place in (known_places()[code] for code in ("GTM", "RWA", "PRY", "TCD")):
        assert west < place.longitude < east
        assert south < place.latitude < north
    assert east - west < 160


def show_view(view: "View") -> None:
    """A page with the map. Its source is run on its own, where no types are known."""
    from dashboard.ui.compare.world_map import show_map

    show_map(view)


def opened(view: View) -> AppTest:
    app = AppTest.from_function(show_view, kwargs={"view": replace(view, page="heatmap")}, default_timeout=ENOUGH).run()
    nothing_failed(app)
    return app


def test_the_page_says_who_has_no_place_on_the_map(view_of: MakeView) -> None:
    app = opened(view_of(indicator="child_labour"))
    assert len(app.get("vega_lite_chart")) == 1
    assert any(said("map.no_place", titles="Head office").fullmatch(caption.value) for caption in app.caption)


def test_a_fact_in_words_is_offered_too(page: OpenPage, words: Words) -> None:
    app = page("heatmap/map", {"indicator": "opsc_status", "shade": "context"})
    assert shown(app, "indicator") == "opsc_status"
    assert tells(app, "map.legend_words")
    assert [words("map.not_recorded_key") in key for key in keys(app)] == [True]


def test_without_the_shapes_there_is_a_sentence_and_no_map(view_of: MakeView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.ui.compare.map_rows.SHAPES", ROOT / "data" / "map" / "nowhere.json")
    app = opened(view_of(indicator="electricity"))
    assert len(app.get("vega_lite_chart")) == 0
    assert any(said("map.no_shapes").fullmatch(caption.value) for caption in app.caption)


def test_the_map_has_a_list_below_it_with_every_country(page: OpenPage) -> None:
    app = page("heatmap/map", {"shade": "context", "indicator": "birth_registration"})
    nothing_failed(app)
    told = cells(app)
    for country in ("Rwanda", "Guatemala", "Chad"):
        assert any(text.startswith(f"**{country}**") for text in told)


def test_below_the_map_few_answers_read_as_counts(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(principle=("CRBP-01",))
    places = rows(view.published, PLACES, view.parameters())
    app = page("heatmap/map", {"principle": "CRBP-01"})
    (listed,) = [table for table in tables(app) if "Severity" in table]
    told = zip(places, listed[read_words()("column.figure")], strict=True)
    few = [figure for row, figure in told if row["reading"] == "count"]
    assert few
    assert all(said("reading.count").match(figure) for figure in few)


@pytest.mark.thorough
def test_the_map_says_something_else_by_each_reading_and_counts_no_head_office(
    page: OpenPage, view_of: MakeView
) -> None:
    found = {shade: finding(page("heatmap/map", {"shade": shade})) for shade in SHADES}
    assert len(set(found.values())) == len(SHADES)
    countries = [row for row in told(view_of(), "places") if row["country"] != "GROUP"]
    severe = [row for row in countries if row["severity"] == 4]
    assert said("map.severe_countries.other", n=len(severe), of=len(countries)).match(found["severity"])
    everything = sum(row["cover"] == "all" for row in countries)
    assert said("map.all_answered.other", n=everything, of=len(countries)).match(found["coverage"])
    assert said("map.recorded", of=len(countries)).match(found["context"])


def test_one_country_is_not_compared_with_itself(page: OpenPage, view_of: MakeView) -> None:
    (ghana,) = told(view_of(country=("GHA",)), "places")
    text = finding(page("heatmap/map", {"shade": "severity", "country": "GHA"}))
    assert text == said_of(view_of(), ghana)


def said_of(view: View, row: Any) -> str:
    n, of = row["n_at_severity"], row["n_rated"]
    return view.words("map.one_country", country=row["country_title"], n=n, of=of)


def test_the_map_opens_on_a_reading_that_tells_countries_apart(page: OpenPage, view_of: MakeView) -> None:
    app = page("heatmap/map")
    column = {"score": "band", "severity": "severity", "coverage": "cover"}[shown(app, "shade")]
    told_apart = {row[column] for row in told(view_of(), "places") if row["country"] != "GROUP"}
    assert len(told_apart) > 1


def test_an_outside_figure_names_all_who_share_an_end_or_says_how_many(view_of: MakeView) -> None:
    view = view_of(shade="context")
    figure: Any = {"indicator_title": "Electricity"}

    def of(**numbers: float) -> str:
        places: list[Any] = [
            {"country": name, "country_title": name, "state": "current", "number": number, "value": f"{number:g} %"}
            for name, number in numbers.items()
        ]
        return view.words.say(*of_map(view, places, figure, None))

    assert of(A=1, B=3, C=1, D=2).endswith(said_ends(view, "1 %", "A, C", "3 %", "B"))
    many = view.words.count("heatmap.countries", 3)
    assert of(A=1, B=3, C=3, D=3).endswith(said_ends(view, "1 %", "A", "3 %", many))
    assert of(A=2, B=2) == view.words("map.recorded", title="Electricity", n=2, of=2)


def said_ends(view: View, least: str, lowest: str, most: str, highest: str) -> str:
    return view.words("map.figure_ends", least=least, lowest=lowest, most=most, highest=highest)


def test_while_names_are_hidden_no_outside_fact_is_said(page: OpenPage) -> None:
    text = finding(page("heatmap/map", {"safe": "yes", "shade": "context"}))
    assert not said("map.recorded").search(text)
    assert "%" not in text


@pytest.mark.parametrize("way", ["", "table", "nowhere"])
def test_the_heat_map_is_a_table_unless_the_map_is_chosen_and_then_asks_nothing_for_a_map(
    way: str, page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.ui.compare.world_map.ask", _never)
    monkeypatch.setattr("dashboard.ui.compare.world_map.escaped_rows", _never)
    app = page("heatmap", {"show_as": way})
    nothing_failed(app)
    assert shown(app, "show_as") == "table"
    assert choices(app, "sort")
    assert not choices(app, "shade")


def _never(*_: object) -> None:
    raise AssertionError("the map is not chosen")
