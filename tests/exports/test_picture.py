"""Does a picture of a chart say everything that readers need to know, in the same way anywhere?"""

from collections.abc import Mapping
from io import BytesIO
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pytest
from PIL import Image, ImageFont

from dashboard.exports import picture
from dashboard.exports.picture import EDGE, FONTS, SCALE, WIDTH, Chart, ChartTexts, Ink, picture_png, picture_svg

# Charts are drawn in another process, which sets fonts and time zone.
pytestmark = pytest.mark.outside

SPEC: Mapping[str, Any] = {
    "mark": "bar",
    "encoding": {"x": {"field": "n", "type": "quantitative"}, "y": {"field": "name", "type": "nominal"}},
    "config": {"font": "Source Sans, sans-serif"},
    "background": "transparent",
}
ROWS = pa.table({"name": ["Here <&>", "There"], "n": [1, 2]})
CHART = Chart(SPEC, ROWS, Ink("#111111", "#222222", "#333333", "#fefefe"))
SQUARE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='12' height='12'><rect width='12' height='12' fill='#abcdef'/></svg>"
)
LONG = " ".join(f"word{number} WIDE mmm iii, and so on;" for number in range(40))
TOLD = ChartTexts(
    "What <was> found & said",
    "Bars by name",
    ("Illustrative.", "Imagined."),
    ("before", SQUARE, "a square", "after"),
    "Round 2025 · All countries",
    "A standard, version 1. Step 7.",
)
SVG = "{http://www.w3.org/2000/svg}"


def told(svg: bytes) -> list[str]:
    """Every text of a picture."""
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


@pytest.fixture(scope="module")
def svg() -> bytes:
    return picture_svg(CHART, TOLD)


def test_a_picture_says_finding_subject_marks_legend_choice_and_source_round_the_chart(svg: bytes) -> None:
    texts = told(svg)
    above = [TOLD.title, TOLD.subject, *TOLD.marks]
    assert texts[:4] == above
    assert texts[-5:] == ["before", "a square", "after", TOLD.choice, TOLD.source]
    assert "Here <&>" in texts[4:-5]
    assert svg.count(b"fill='#abcdef'") == 1


def test_lines_below_each_other_do_not_overlap(svg: bytes) -> None:
    root = ElementTree.fromstring(svg)  # noqa: S314
    lines = sorted({float(text.get("y", "0")) for text in root.findall(f"{SVG}text")})
    assert all(lower - upper >= 15 for upper, lower in pairwise(lines))
    (chart,) = [inner for inner in root.findall(f"{SVG}svg") if inner.get("class") == "marks"]
    top, bottom = float(chart.get("y", "0")), float(chart.get("y", "0")) + float(chart.get("height", "0"))
    assert not [y for y in lines if top < y < bottom + 10]
    assert max(lines) < float(root.get("height", "0"))


def test_a_long_text_takes_more_lines_and_none_passes_the_margin() -> None:
    drawn = picture_svg(CHART, ChartTexts(LONG, LONG, (), (LONG, SQUARE, LONG), LONG, LONG))
    assert " ".join(told(drawn)).count("word39") == 6
    fonts = {weight: ImageFont.truetype(FONTS / f"SourceSans3-{name}.otf", 1000) for weight, name in WEIGHTS.items()}
    for text in ElementTree.fromstring(drawn).findall(f"{SVG}text"):  # noqa: S314
        wide = fonts[text.get("font-weight", "")].getlength(text.text or "") * float(text.get("font-size", "0")) / 1000
        assert float(text.get("x", "0")) + wide <= WIDTH - EDGE


WEIGHTS = {"400": "Regular", "700": "Bold"}


def test_a_png_is_twice_as_large_and_the_same_each_time() -> None:
    png = picture_png(CHART, TOLD)
    image = Image.open(BytesIO(png))
    assert image.format == "PNG"
    assert image.width == WIDTH * SCALE
    assert image.convert("RGB").getpixel((2, 2)) == (254, 254, 254)
    assert picture_png(CHART, TOLD) == png


def test_the_shapes_of_a_map_are_put_in_and_nothing_is_fetched() -> None:
    map_ = {
        "data": {"url": "/media/x.json", "format": {"type": "topojson", "feature": "countries"}},
        "mark": "geoshape",
        "projection": {"type": "equalEarth"},
        "config": {"font": "Source Sans, sans-serif"},
    }
    layered = {"layer": [map_], "config": SPEC["config"]}
    drawn = picture_svg(Chart(layered, ROWS, CHART.colours), TOLD).decode()
    assert drawn.count("<path") > 100


def test_what_cannot_be_drawn_is_told() -> None:
    with pytest.raises(ValueError, match=r"\w"):
        picture_svg(Chart({**SPEC, "mark": "no such mark"}, ROWS, CHART.colours), TOLD)


def test_what_takes_too_long_is_abandoned_and_its_place_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "LONGEST", 0.0)
    for draw in (picture_svg, picture_png, picture_svg):
        with pytest.raises(ValueError, match="has ended"):
            draw(CHART, TOLD)
    monkeypatch.undo()
    assert picture_svg(CHART, TOLD)
