"""Is every mark of a chart visible on its background, and the figure in it readable?"""

import pytest

from dashboard.charts.look import DARK, LIGHT, Look

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
