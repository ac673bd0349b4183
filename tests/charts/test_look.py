"""Is every mark of a chart visible on its background, and the figure in it readable?"""

import re

import altair as alt
import pyarrow as pa
import pytest

from dashboard.charts.look import DARK, LIGHT, Look, compiled, in_locale
from dashboard.exports.picture import SHAPES, Drawer, as_sent
from dashboard.model.words import Words

SEEN = 3.0
"""The lowest contrast of a meaningful mark, and of large or bold figures (WCAG 2.1, 1.4.11 and 1.4.3)."""


def luminance(colour: str) -> float:
    """Return the lightness of a colour, 0 to 1 (WCAG 2.1, relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.theme)
def test_lines_points_and_the_gravest_grades_stand_out_from_the_ground(look: Look) -> None:
    marks = (*look.subjects, look.brick, *look.severity[2:], *look.opportunity[2:], look.quiet)
    weak = {mark: contrast(mark, look.ground) for mark in marks if contrast(mark, look.ground) < SEEN}
    assert not weak


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.theme)
def test_the_figure_in_a_grade_is_read(look: Look) -> None:
    for colours in (look.severity, look.opportunity):
        low, high = colours[:2], colours[2:]
        assert all(contrast(colour, LIGHT.ink) >= SEEN for colour in low)
        assert all(contrast(colour, "#FFFFFF") >= SEEN for colour in high)


ROWS = pa.table({"a": [1234567.5, 3.5], "day": pa.array([1577836800000, 1584230400000], pa.int64())})


def _spec() -> dict[str, object]:
    marks = alt.Chart(alt.NamedData("rows")).transform_calculate(said="format(datum.a, ',.1f')").mark_text()
    day = alt.Y("day:T", axis=alt.Axis(format="%b %Y"))
    return compiled(marks.encode(x=alt.X("a:Q", axis=alt.Axis(format=",.1f")), y=day, text="said:N"), LIGHT)


def test_an_english_chart_stays_as_it_is() -> None:
    spec = _spec()
    for locale in ("en", "en-GB", "nowhere"):
        assert in_locale(spec, Words("xx", {"language.locale": locale})) is spec
    assert "locale" not in spec["config"]  # type: ignore[operator]


@pytest.mark.outside
@pytest.mark.parametrize(
    ("locale", "said", "tick", "day"),
    [
        ("en", "1,234,567.5", "100,000.0", "Feb 2020"),
        ("fr", "1\u202f234\u202f567,5", "100\u202f000,0", "févr. 2020"),
        ("pt-BR", "1.234.567,5", "100.000,0", "fev. 2020"),
        ("hi", "12,34,567.5", "1,00,000.0", "फ़र॰ 2020"),
    ],
)
def test_axes_and_labels_are_written_as_the_language_writes_them(locale: str, said: str, tick: str, day: str) -> None:
    spec = in_locale(_spec(), Words("xx", {"language.locale": locale}))
    with Drawer() as drawer:
        drawn = drawer.svg(as_sent(spec, ROWS, 900, SHAPES))
    written = re.findall(r">([^<>]+)</text>", drawn)
    assert {said, tick, day} <= set(written)
