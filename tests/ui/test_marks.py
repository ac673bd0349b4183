"""Do the marks of severity, need and cover grow with their value, and give it in words too?"""

import re
from typing import Any
from urllib.parse import unquote

import pytest

from dashboard.charts.look import BANDS, DARK, LIGHT
from dashboard.ui.elements import marks
from dashboard.ui.elements.answer_text import counts
from dashboard.ui.elements.rated_impacts import cover_mark
from dashboard.ui.view import View
from tests.conftest import MakeView
from tests.ui.conftest import OpenPage, cells, keys

FIGURE: dict[str, Any] = {
    "reading": "score", "percent": 69.0, "low": 60.0, "high": 75.0, "n_units": 9, "n_answered": 8, "n_applicable": 10,
    "band_title": "Established", "n_full": 5, "n_part": 1, "n_nil": 2,
}  # fmt: skip


@pytest.fixture
def view(view_of: MakeView, monkeypatch: pytest.MonkeyPatch) -> View:
    monkeypatch.setattr(marks, "theme", lambda: "light")
    return view_of()


def drawing(mark: str) -> str:
    """Return the drawing of a mark."""
    found = re.match(r"!\[[^\]]*\]\(data:image/svg\+xml,(\S+) ", mark)
    assert found, mark
    return unquote(found[1])


@pytest.mark.parametrize(
    ("name", "size"), [("severity", r"<rect [^>]*width='(\d+)'"), ("need", r"<circle [^>]*r='(\d+)")]
)
def test_a_mark_grows_with_its_grade_which_stands_in_it_and_in_its_words(name: str, size: str, view: View) -> None:
    found = [marks.grade_mark(view, name, grade) for grade in (1, 2, 3, 4)]
    sizes = [int(re.search(size, drawing(mark))[1]) for mark in found]  # type: ignore[index]
    assert sizes == sorted(set(sizes))
    for grade, mark in enumerate(found, 1):
        assert f">{grade}</text>" in drawing(mark)
        assert mark.startswith(f"![{view.words(f'grade.{name}')}: {view.words(f'grade.{name}_{grade}')}]")
        assert drawing(mark) == marks.grades_key(view, name)[grade - 1][0]


def test_a_bar_is_as_long_as_its_figure_and_says_what_it_stands_on(view: View) -> None:
    mark = cover_mark(view, FIGURE, "risks.no_criterion")
    assert "d='M0.0 5.0H49.7'" in drawing(mark)
    assert mark.startswith("![69 (at least 60) established (8 of 10 answered)]")
    assert mark.endswith(" 69")
    assert "dasharray" not in drawing(mark)


def test_too_few_answers_are_bounds_and_no_figure_is_words_alone(view: View) -> None:
    bounds = cover_mark(
        view, FIGURE | {"reading": "too_few", "percent": None, "band_title": None}, "risks.no_criterion"
    )
    assert "d='M43.2 5.0H54.0'" in drawing(bounds)
    assert "dasharray" in drawing(bounds)
    assert bounds.endswith(" 60–75")
    nothing = {"reading": "not_covered", "percent": None}
    assert cover_mark(view, FIGURE | nothing, "risks.no_criterion") == view.words("risks.no_criterion")
    few = cover_mark(view, FIGURE | {"reading": "count", "band_title": None}, "risks.no_criterion")
    assert few.startswith("5 of 8 in place, 1 partly ")
    assert "![" not in few


def test_the_bar_is_drawn_for_the_ground_it_stands_on(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    light = cover_mark(view, FIGURE, "risks.no_criterion")
    monkeypatch.setattr(marks, "theme", lambda: "dark")
    dark = cover_mark(view, FIGURE, "risks.no_criterion")
    assert all(BANDS[place] in drawing(mark) for place, mark in ((3, light), (2, dark)))
    assert all(look.range in drawing(mark) for look, mark in ((LIGHT, light), (DARK, dark)))


def test_words_of_a_bar_stay_as_they_were_written(view: View) -> None:
    band = 'The "best" \\[x\\]'
    mark = cover_mark(view, FIGURE | {"band_title": band}, "risks.no_criterion")
    assert mark.startswith(f"![69 (at least 60) {band.lower()} (8 of 10 answered)](data:")
    assert mark.endswith(") 69")
    assert '"' not in mark.partition("](")[2]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("crosswalk", {}),
        ("crosswalk/each_right", {}),
        ("number", {}),
        ("guidance_item", {"guidance": "G-vendors-child-found-selling"}),
    ],
)
def test_a_table_of_counted_answers_says_what_its_marks_mean(name: str, query: dict[str, str], page: OpenPage) -> None:
    app = page(name, query)
    assert any(re.search(r"\d+ of \d+ in place, \d+ partly", cell) for cell in cells(app))
    assert "implemented partly not implemented not applicable not known unanswered" in keys(app)


def test_counted_answers_are_a_bar_in_proportion_with_every_count_in_words(view: View) -> None:
    row = {"n_full": 5, "n_part": 3, "n_nil": 1, "n_not_applicable": 0, "n_not_known": None, "n_unanswered": 1}
    shown = counts(view, row)
    widths = [float(wide) for wide in re.findall(r" width='([\d.]+)' height='9'", drawing(shown))]
    assert [round((wide + 1) / marks.BAR[0], 1) for wide in widths] == [0.5, 0.3, 0.1, 0.1]
    assert shown.startswith("![5 implemented, 3 partly, 1 not implemented, 1 unanswered](")
    assert shown.endswith(":small[5 of 9 in place, 3 partly]"), "of those answered"
    assert counts(view, dict.fromkeys(row, 0) | {"n_part": 1}) == "◉ partly"
