"""Is each alternative calculation of a figure what its name says, and do all start from the figure on the pages?"""

from collections.abc import Mapping
from statistics import median

import pytest

from dashboard.queries.ask import rows
from dashboard.queries.data_method import ROBUSTNESS, RobustnessRow
from dashboard.queries.elements.number import NUMBER
from dashboard.queries.overview_headline import AREAS, HEADLINE, HeadlineRow
from dashboard.store.reader import Published
from dashboard.ui.view import View
from tests.conftest import MakeView

CHOICES: list[Mapping[str, object]] = [
    {},
    {"kind": "support", "framework": "cop-2020"},
    {"framework": "cop-2014", "round": "2024", "country": ("GHA", "COL", "BOL", "TCD")},
]


def ways(view: View, of: str, code: str = "") -> dict[tuple[str, ...], RobustnessRow]:
    """The rows of one figure by way, and by the country that is left out."""
    found = rows(view.published, ROBUSTNESS, view.parameters())
    return {
        (row["way"], *(row["left_out"] if row["way"] == "without" else [])): row
        for row in found
        if (row["of"], row["code"]) == (of, code)
    }


def stated(view: View, **more: object) -> HeadlineRow:
    """The figure of the kind in view on the Overview."""
    found = rows(view.published, HEADLINE, view.parameters(**more))
    return next(row for row in found if row["kind"] == view.state.kind)


@pytest.mark.parametrize("chosen", CHOICES)
def test_each_way_is_what_its_name_says(chosen: Mapping[str, object], view_of: MakeView) -> None:
    view = view_of(**chosen)
    found = ways(view, "group")
    assert (found["answers",]["percent"], found["answers",]["band"]) == (stated(view)["mean"], stated(view)["band"])
    assert found["seen",]["percent"] == stated(view_of(**chosen, counting="seen"))["mean"]
    entering = {row["country"]: row for row in rows(view.published, NUMBER, view.parameters()) if row["enters"]}
    scores = [row["score"] or 0.0 for row in entering.values()]
    assert found["median",]["percent"] == whole(median(scores))
    for country in entering:
        others = tuple(row["country"] for row in rows(view.published, NUMBER, view.parameters()))
        left = stated(view, country=tuple(code for code in others if code != country))
        assert found["without", country]["percent"] == left["mean"], country


def whole(share: float) -> float:
    """Whole percent, halves away from zero."""
    return float(int(round(100 * share, 6) + 0.5))


@pytest.mark.parametrize("chosen", CHOICES)
def test_areas_and_countries_begin_with_the_figures_that_other_pages_show(
    chosen: Mapping[str, object], view_of: MakeView
) -> None:
    view = view_of(**chosen)
    found = [row for row in rows(view.published, ROBUSTNESS, view.parameters()) if row["way"] == "answers"]
    areas = {row["area"]: row["mean"] for row in rows(view.published, AREAS, view.parameters())}
    assert {row["code"]: row["percent"] for row in found if row["of"] == "area"} == {
        area: mean for area, mean in areas.items() if mean is not None
    }
    countries = {
        row["country"]: row["percent"] for row in rows(view.published, NUMBER, view.parameters()) if row["enters"]
    }
    assert {row["code"]: row["percent"] for row in found if row["of"] == "country"} == countries


def children(published: Published) -> dict[str, float]:
    sql = "SELECT country, number FROM figure WHERE indicator = 'child_population'"
    with published.cursor() as cursor:
        return dict(cursor.execute(sql).fetchall())


def test_countries_are_weighed_by_children_and_one_without_their_number_is_left_out_and_named(
    view_of: MakeView,
) -> None:
    view = view_of()
    number = children(view.published)
    entering = [row for row in rows(view.published, NUMBER, view.parameters()) if row["enters"]]
    points = sum(number[row["country"]] * (row["score"] or 0) for row in entering)
    row = ways(view, "group")["children",]
    assert row["percent"] == whole(points / sum(number[row["country"]] for row in entering))
    assert (row["left_out"], row["year"]) == ([], 2021)
    assert row["percent"] != ways(view, "group")["answers",]["percent"]


def test_a_choice_of_one_criterion_is_worth_what_its_steps_are(view_of: MakeView) -> None:
    """Each country gives one answer: partly is worth a quarter or three quarters."""
    view = view_of(principle=("CRBP-02",))
    parts = rows(view.published, NUMBER, view.parameters())
    shares = {"low_step": 0.25, "high_step": 0.75}
    found = ways(view, "group")
    for way, share in shares.items():
        scores = [
            ((row["n_full"] or 0) + share * (row["n_part"] or 0)) / row["n_answered"] for row in parts if row["enters"]
        ]
        assert found[way,]["percent"] == whole(sum(scores) / len(scores)), way
