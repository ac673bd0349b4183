"""Does the map reach the page: one address for the shapes, no overlapping names, the missing named?"""

from collections.abc import Iterator

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboard.charts.labels import Box, overlap, width_of
from dashboard.charts.map_frame import Frame
from dashboard.charts.places import CORNER
from dashboard.queries.ask import ask
from dashboard.ui.risks.map_rows import LETTERS, frame, known_places, on_map, without_place
from dashboard.ui.view import View
from tests.conftest import ROOT, MakeView, said
from tests.ui.conftest import ENOUGH, nothing_failed, tells

MORE = ("RWA", "MUS", "SLV")


def name_shapes() -> None:
    """A page that names the shapes and nothing else."""
    import streamlit as st

    from dashboard.ui.risks.map_rows import shapes_url

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


def show_map(view: "View") -> None:
    """A page with the map. Its source is run on its own, where no types are known."""
    from dashboard.ui.risks import world_charts as outside

    outside.show_places(view, outside.choose_indicator(view))


def opened(view: View) -> AppTest:
    app = AppTest.from_function(show_map, kwargs={"view": view}, default_timeout=ENOUGH).run()
    nothing_failed(app)
    return app


def test_the_page_says_who_has_no_place_on_the_map(view_of: MakeView) -> None:
    app = opened(view_of(indicator="child_labour"))
    assert len(app.get("vega_lite_chart")) == 1
    assert any(said("map.no_place", titles="Head office").fullmatch(caption.value) for caption in app.caption)


def test_a_fact_in_words_is_offered_too(view_of: MakeView) -> None:
    app = opened(view_of(indicator="opsc_status", shade="context"))
    assert app.selectbox(key="indicator_shown").value == "opsc_status"
    assert tells(app, "map.legend_words")


def test_without_the_shapes_there_is_a_sentence_and_no_map(view_of: MakeView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.ui.risks.map_rows.SHAPES", ROOT / "data" / "map" / "nowhere.json")
    app = opened(view_of(indicator="electricity"))
    assert len(app.get("vega_lite_chart")) == 0
    assert any(said("map.no_shapes").fullmatch(caption.value) for caption in app.caption)
