"""Is a figure over the rounds drawn where it stands, and what is missing left open?"""

import re
from base64 import b64decode
from datetime import date
from xml.etree import ElementTree

from dashboard.charts.look import LIGHT
from dashboard.charts.sparkline import Point, sparkline


def drawn(*points: Point) -> ElementTree.Element:
    address = sparkline(points, LIGHT, "#1F6F78")
    return ElementTree.fromstring(b64decode(address.removeprefix("data:image/svg+xml;base64,")))  # noqa: S314


def runs(picture: ElementTree.Element) -> list[int]:
    """How many figures each line connects."""
    return [len(str(e.get("points")).split()) for e in picture.iter() if e.tag.endswith("polyline")]


def texts(picture: ElementTree.Element) -> list[str]:
    return [str(e.text) for e in picture.iter() if e.tag.endswith("text")]


def year(number: int, figure: float | None) -> Point:
    return date(number, 2, 1), figure


def test_every_figure_is_written_and_the_first_and_last_round_too() -> None:
    picture = drawn(year(2023, 46), year(2024, 54), year(2025, 59))
    assert texts(picture) == ["46", "2023", "54", "59", "2025"]
    assert runs(picture) == [3]


def test_the_scale_is_0_to_100_and_time_runs_evenly() -> None:
    picture = drawn(year(2021, 0), year(2022, 50), year(2025, 100))
    dots = [(float(str(e.get("cx"))), float(str(e.get("cy")))) for e in picture.iter() if e.tag.endswith("circle")]
    (x0, y0), (x1, y1), (x2, y2) = dots
    assert y0 - y1 == y1 - y2 > 0
    assert round((x2 - x0) / (x1 - x0), 1) == 4


def test_a_round_without_a_figure_is_a_gap_and_so_is_a_year_that_fell_out() -> None:
    assert runs(drawn(year(2021, 40), year(2022, 41), year(2023, None), year(2024, 43), year(2025, 44))) == [2, 2]
    assert runs(drawn(year(2021, 40), year(2022, 41), year(2024, 43), year(2025, 44))) == [2, 2]


def test_rounds_every_two_years_are_no_gaps() -> None:
    assert runs(drawn(year(2021, 40), year(2023, 41), year(2025, 43))) == [3]


def test_one_figure_is_no_line() -> None:
    assert sparkline((year(2024, None), year(2025, 59)), LIGHT, "#1F6F78") == ""
    assert sparkline((), LIGHT, "#1F6F78") == ""


def test_the_picture_loads_nothing() -> None:
    address = sparkline((year(2024, 1), year(2025, 2)), LIGHT, "#1F6F78")
    assert not re.search("href|url|script", b64decode(address.split(",")[1]).decode())
