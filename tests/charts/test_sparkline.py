"""Is a figure over the rounds drawn in its place, and a line dotted where something is missing?"""

import re
from base64 import b64decode
from xml.etree import ElementTree

from dashboard.charts.look import LIGHT
from dashboard.charts.trend import is_dotted, sparkline
from tests.charts.test_time_axis import yearly

COLOUR = "#1F6F78"


def drawn(figures: dict[int, float], *rounds: int) -> ElementTree.Element:
    """Return the picture of figures by year; of `rounds`, if some have none."""
    of_rounds = {str(year): figure for year, figure in figures.items()}
    address = sparkline(yearly(*(rounds or figures)), of_rounds, LIGHT, COLOUR)
    return ElementTree.fromstring(b64decode(address.removeprefix("data:image/svg+xml;base64,")))  # noqa: S314


def dotted(picture: ElementTree.Element) -> list[bool]:
    """Return for each line between two figures whether it is dotted."""
    return [e.get("stroke-dasharray") is not None for e in picture.iter() if e.tag.endswith("line")]


def texts(picture: ElementTree.Element) -> list[str]:
    return [str(e.text) for e in picture.iter() if e.tag.endswith("text")]


def test_every_figure_is_written_and_the_first_and_last_round_too() -> None:
    picture = drawn({2023: 46, 2024: 54, 2025: 59})
    assert texts(picture) == ["46", "2023", "54", "59", "2025"]
    assert dotted(picture) == [False, False]


def test_the_scale_is_0_to_100_and_time_runs_evenly() -> None:
    picture = drawn({2021: 0, 2022: 50, 2025: 100})
    dots = [(float(str(e.get("cx"))), float(str(e.get("cy")))) for e in picture.iter() if e.tag.endswith("circle")]
    (x0, y0), (x1, y1), (x2, y2) = dots
    assert y0 - y1 == y1 - y2 > 0
    assert round((x2 - x0) / (x1 - x0), 1) == 4


def test_a_line_is_dotted_over_a_round_without_a_figure_and_over_a_year_without_a_round() -> None:
    assert dotted(drawn({2021: 40, 2022: 41, 2024: 43, 2025: 44}, 2021, 2022, 2023, 2024, 2025)) == [False, True, False]
    assert dotted(drawn({2021: 40, 2022: 41, 2024: 43, 2025: 44})) == [False, True, False]
    assert dotted(drawn({2021: 40, 2023: 41})) == [True]


def test_it_is_said_of_a_picture_whether_a_line_is_dotted() -> None:
    assert is_dotted(yearly(2021, 2023), {"2021": 40, "2023": 41})
    assert not is_dotted(yearly(2021, 2022, 2023), {"2021": 40, "2022": 41})


def test_one_figure_is_no_line() -> None:
    assert sparkline(yearly(2024, 2025), {"2025": 59}, LIGHT, COLOUR) == ""
    assert sparkline(yearly(), {}, LIGHT, COLOUR) == ""


def test_the_picture_loads_nothing() -> None:
    address = sparkline(yearly(2024, 2025), {"2024": 1, "2025": 2}, LIGHT, COLOUR)
    assert not re.search("href|url|script", b64decode(address.split(",")[1]).decode())
