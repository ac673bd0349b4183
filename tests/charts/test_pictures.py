"""Does every chart look as accepted, and would a difference be reported?"""

import json
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from inspect import isfunction
from itertools import pairwise
from math import sqrt
from pathlib import Path
from pkgutil import walk_packages

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import charts
from dashboard.charts.look import DARK, LIGHT, Look, Spec
from dashboard.charts.standing import SIZE, subjects
from dashboard.exports.picture import FITTED
from dashboard.ui.elements.show import slim
from dashboard.ui.view import View
from tests.charts.pictures.accepted import ENDING, accept, accepted, differences, left_over, same
from tests.charts.pictures.cases import CHOSEN, PAGE, PICTURED
from tests.charts.pictures.drawn import Drawer, normal
from tests.charts.pictures.page import note
from tests.charts.test_charts import CHARTS
from tests.conftest import MakeView, rest_thorough

# Charts are drawn in another process with its own fonts and time zone.
pytestmark = pytest.mark.outside
SOME = [*PICTURED][::4]
"""Charts that are looked at in `make test` too."""


@pytest.fixture(scope="module")
def drawer() -> Iterator[Drawer]:
    with Drawer() as opened:
        yield opened


@pytest.fixture(scope="module")
def view(view_of: MakeView) -> View:
    return view_of(**CHOSEN)


@pytest.fixture(scope="module")
def trend(view: View) -> tuple[Spec, pa.Table]:
    """Return a chart and its rows."""
    chart = PICTURED["trend"]
    spec = chart.spec(view, LIGHT)
    return spec, slim(chart.usual(view), spec)


@pytest.mark.parametrize("name", rest_thorough(SOME + [name for name in PICTURED if name not in SOME], now=len(SOME)))
def test_a_chart_looks_as_it_was_accepted(name: str, view: View, drawer: Drawer) -> None:
    found = differences(name, PICTURED[name].pictures(view, drawer))
    page = note(name, found)
    if found:
        told = "\n".join(map(str, found))
        pytest.fail(f"{told}\nSide by side: {page.as_uri()}\nTo take them as they are: make accept", pytrace=False)


def test_every_chart_has_pictures(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    modules = [import_module(found.name) for found in walk_packages(charts.__path__, f"{charts.__name__}.")]
    drawing = [module for module in modules if hasattr(module, "compiled") and not hasattr(module, "look_of")]
    functions = {
        (module.__name__, name)
        for module in drawing
        for name, function in vars(module).items()
        if isfunction(function) and function.__module__ == module.__name__ and "compiled" in function.__code__.co_names
    }
    pictured = set()
    for module in drawing:

        def noted(chart: object, look: Look, name: str = module.__name__, **more: object) -> Spec:
            pictured.add((name, sys._getframe(1).f_code.co_name))
            return {}

        monkeypatch.setattr(module, "compiled", noted)
    for chart in PICTURED.values():
        chart.spec(view, LIGHT)
    assert pictured == functions
    assert CHARTS.keys() <= PICTURED.keys()


def test_nothing_is_accepted_of_charts_that_are_gone() -> None:
    assert not left_over(PICTURED)


def test_what_was_accepted_of_a_chart_that_is_gone_is_told(tmp_path: Path) -> None:
    accept("old chart", {"light-one": "<svg/>"}, tmp_path)
    assert left_over({"old chart"}, tmp_path) == []
    assert left_over({"new chart"}, tmp_path) == ["old chart"]
    assert [str(found) for found in accept("old chart", {}, tmp_path)] == [
        "old chart, light, one: accepted, and no longer drawn"
    ]
    assert left_over({"new chart"}, tmp_path) == []


def test_what_is_new_what_is_gone_and_what_is_different_are_told_apart(tmp_path: Path) -> None:
    accept("chart", {"dark-one": "<svg/>", "dark-usual": "<svg/>", "light-one": "<svg/>"}, tmp_path)
    found = differences("chart", {"dark-one": "<svg/>", "dark-many": "<svg/>", "light-one": "<g/>"}, tmp_path)
    assert [str(difference) for difference in found] == [
        "chart, dark, many: not accepted yet",
        "chart, dark, usual: accepted, and no longer drawn",
        "chart, light, one: looks different",
    ]


def test_what_is_accepted_comes_back_as_it_was_and_is_written_the_same_again(tmp_path: Path) -> None:
    pictures = {"light-one": "<svg>ä▼</svg>\n", "dark-one": "<svg/>\n"}
    accept("a chart", pictures, tmp_path)
    packed = tmp_path / f"a-chart{ENDING}"
    before = packed.read_bytes()
    assert accepted("a chart", tmp_path) == pictures
    assert accept("a chart", pictures, tmp_path) == []
    packed.unlink()
    accept("a chart", pictures, tmp_path)
    assert packed.read_bytes() == before


def test_a_chart_drawn_twice_is_drawn_the_same(trend: tuple[Spec, pa.Table], drawer: Drawer) -> None:
    first = drawer.draw(*trend, PAGE)
    assert first == drawer.draw(*trend, PAGE)
    with Drawer() as another:
        assert first == another.draw(*trend, PAGE)


def test_another_colour_looks_different(view: View, drawer: Drawer, tmp_path: Path) -> None:
    chart = PICTURED["gap"]
    spec, table = chart.spec(view, LIGHT), chart.usual(view)
    accept("gap", {"light-usual": drawer.draw(spec, table, PAGE)}, tmp_path)
    (layer,) = (layer for layer in spec["layer"] if "scale" in layer["encoding"].get("color", {}))
    colours = layer["encoding"]["color"]["scale"]["range"]
    layer["encoding"]["color"]["scale"]["range"] = ["#B4532B", *colours[1:]]
    assert colours[0] == "#B4532A"
    (found,) = differences("gap", {"light-usual": drawer.draw(spec, table, PAGE)}, tmp_path)
    page = note("gap", [found], tmp_path / "found").read_text("utf-8")
    assert str(found) == "gap, light, usual: looks different"
    assert str(found) in page
    assert page.count("#B4532A") == page.count("#B4532B") > 0


def test_a_page_tells_of_all_charts_and_forgets_those_that_look_right_again(tmp_path: Path) -> None:
    accept("one", {"dark-one": "<svg/>"}, tmp_path / "accepted")
    changed = differences("one", {"dark-one": '<g id="clip0"/>'}, tmp_path / "accepted")
    note("one", changed, tmp_path / "page")
    both = note("other", differences("other", {"light-many": "<svg/>"}), tmp_path / "page").read_text("utf-8")
    assert "one, dark, one: looks different" in both
    assert "other, light, many: not accepted yet" in both
    assert f"background: {DARK.ground}" in both
    assert f"background: {LIGHT.ground}" in both
    assert 'id="new0-clip0"' in both
    note("one", [], tmp_path / "page")
    assert "looks different" not in note("other", [], tmp_path / "page").read_text("utf-8")


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ('<path d="M10.01,4L5,6" fill="#0e1234"/>\n<text x="3">49.5</text>\n', True),
        ('<path d="M10.02,4L5,6" fill="#0e1234"/>\n<text x="3">49.5</text>\n', False),
        ('<path d="M10,4L5,6" fill="#0e1235"/>\n<text x="3">49.5</text>\n', False),
        ('<path d="M10,4L5,6" fill="#0e1234"/>\n<text x="3">49.51</text>\n', False),
        ('<path d="M10,4L5,6,7" fill="#0e1234"/>\n<text x="3">49.5</text>\n', False),
    ],
)
def test_a_hundredth_of_a_pixel_is_nothing_and_all_else_is_something(other: str, alike: bool) -> None:
    assert same('<path d="M10,4L5,6" fill="#0e1234"/>\n<text x="3">49.5</text>\n', other) is alike


def test_last_digits_and_made_names_are_evened_out_and_texts_stay() -> None:
    svg = '<g clip-path="url(#clip17)" x="-1e-7"><text>1.23456 clip</text><g id="clip17"/><g d="M.126,-0.001"/></g>'
    assert normal(svg) == (
        '<g clip-path="url(#clip0)" x="0">\n<text>1.23456 clip</text>\n<g id="clip0"/>\n<g d="M0.13,0"/>\n</g>\n'
    )
    assert normal('<g class="view_16d73b1df2f5c628_1_marks"/>') == '<g class="view0_marks"/>\n'


def test_marks_of_one_row_never_cover_each_other_however_equal_their_figures(view: View, drawer: Drawer) -> None:
    chart = PICTURED["subjects"]
    rows = [
        row | {"position": place, "subject_title": f"{place}", "percent": 50, "reading": reading}
        for place, reading in enumerate(["score", "count", "score", "score", "count", "score"], 1)
        for row in chart.usual(view).slice(0, 1).to_pylist()
    ]
    svg = drawer.draw(subjects(view.words, LIGHT, ("6",)), pa.Table.from_pylist(rows), PAGE)
    marks = re.findall(r'aria-hidden="true" transform="translate\(([\d.]+),([\d.]+)\)" d="[^"]+" fill', svg)
    heights = sorted(float(y) for _, y in marks)
    assert (len(heights), len({x for x, _ in marks})) == (len(rows), 1)
    assert all(below - above > sqrt(SIZE) + 2 for above, below in pairwise(heights)), "its side, and its stroke"


def test_who_has_no_score_is_in_the_legend_too(view: View, drawer: Drawer) -> None:
    (row,) = PICTURED["subjects"].usual(view).slice(0, 1).to_pylist()
    rows = [
        row | {"position": place, "subject_title": title, "percent": percent, "low": 0, "high": 50, "reading": reading}
        for place, (title, percent, reading) in enumerate([("Unsure", None, "too_few"), ("Sure", 50, "count")], 1)
    ]
    svg = drawer.draw(subjects(view.words, LIGHT), pa.Table.from_pylist(rows), PAGE)
    assert (">Unsure<" in svg, ">Sure<" in svg) == (True, True)


def test_a_figure_that_is_withheld_is_called_so_and_not_null(view: View, drawer: Drawer) -> None:
    chart = PICTURED["standing"]
    (row,) = chart.usual(view).slice(0, 1).to_pylist()
    withheld = row | {"reading": "count", "percent": None, "n_full": None, "n_part": None}
    svg = drawer.draw(chart.spec(view, LIGHT), pa.Table.from_pylist([withheld]), PAGE)
    assert view.words("safe.few") in svg
    assert "null" not in svg


def test_what_cannot_be_drawn_is_told(trend: tuple[Spec, pa.Table], drawer: Drawer) -> None:
    spec, table = trend
    with pytest.raises(ValueError, match="Vega-Lite"):
        drawer.draw({"config": spec["config"], "mark": "nothing"}, table, PAGE)


def test_streamlit_adds_to_a_specification_what_the_pictures_add(trend: tuple[Spec, pa.Table]) -> None:
    def page(spec: object, table: object) -> None:
        import streamlit as st

        st.vega_lite_chart(table, spec, theme=None, width="stretch")  # type: ignore[call-overload]

    (shown,) = AppTest.from_function(page, default_timeout=60, args=trend).run().get("vega_lite_chart")
    assert views_alike(json.loads(shown.proto.spec)) == views_alike(trend[0] | {"autosize": FITTED})


def views_alike(spec: Spec) -> object:
    """Return a specification with its views renamed: Altair and Streamlit each number them differently."""
    return json.loads(re.sub(r'"view_\w+"', '"view"', json.dumps(spec)))
