"""Are the gaps in the ready-made scenario those that lift the mean most, by the rules of their page?"""

from pathlib import Path

import pytest

from dashboard.queries.ask import rows
from dashboard.queries.elements.number import NUMBER
from dashboard.queries.whatif_ready import WHATIF_READY
from dashboard.store.overlays import imagined
from dashboard.ui.view import View
from tests.conftest import MakeView, rest_thorough
from tests.figures.test_average_of import DRAWN
from tests.figures.test_average_of import view_of as toy_view
from tests.queries.toys import toys


def scores(view: View, becomes: str = "", criterion: str = "") -> dict[str, float]:
    """The unrounded score of each country that has a figure, if a criterion were in place everywhere."""
    published = view.published
    if criterion:
        with published.cursor() as cursor:
            applies = cursor.execute(
                "SELECT operation FROM counted JOIN round USING (round_no) JOIN operation USING (operation_no) "
                "JOIN criterion USING (criterion_no) WHERE round = $round AND criterion = $criterion "
                "AND counts_as <> 'not_applicable'",
                {"round": view.state.round, "criterion": criterion},
            ).fetchall()
        published = imagined(published, view.state.round, tuple((who, criterion, becomes) for (who,) in applies))
    found = rows(published, NUMBER, view.parameters())
    return {row["country"]: row["score"] or 0.0 for row in found if row["enters"]}


def lifted(view: View, becomes: str) -> dict[str, float]:
    """How far each selected criterion lifts the sum of the scores, by brute force."""
    now, given = scores(view), view.parameters()
    with view.published.cursor() as cursor:
        kinds = dict(cursor.sql("SELECT criterion, kind FROM criterion_card").fetchall())
    codes = [code for code in given["criteria"] if kinds[code] == view.state.kind]  # type: ignore[union-attr]
    return {
        code: sum(score - now[who] for who, score in scores(view, becomes, code).items() if who in now)
        for code in codes
    }


def stand_ready(view: View) -> list[tuple[str, str]]:
    """The gaps in the ready-made scenario, with the status that each gets."""
    found = rows(view.published, WHATIF_READY, view.parameters())
    return [(row["what"], row["becomes"]) for row in found if row["ready"] == "gaps"]


def lift_most(view: View, becomes: str) -> None:
    """The ready-made ones are the first three of all, the largest first."""
    found = stand_ready(view)
    assert found
    assert {status for _, status in found} == {becomes}
    lift = {code: round(by, 9) for code, by in lifted(view, becomes).items() if by > 1e-9}
    assert [lift[code] for code, _ in found] == sorted(lift.values(), reverse=True)[:3]


@pytest.mark.thorough
@pytest.mark.parametrize(
    "choice",
    [
        {"counting": "seen"},
        {"common": "yes"},
        {"counting": "inherited", "kind": "support"},
        {"country": ("GHA", "SEN"), "principle": ("CRBP-05", "CRBP-06", "CRBP-07")},
    ],
    ids=str,
)
def test_the_ready_made_gaps_lift_most_as_the_page_counts(choice: dict[str, object], view_of: MakeView) -> None:
    lift_most(view_of(**choice), "implemented")


@pytest.mark.parametrize("average_of", rest_thorough(["areas", "criteria"]))
def test_the_ready_made_gaps_lift_most_as_the_standard_averages(average_of: str, tmp_path: Path) -> None:
    view = toy_view(toys(tmp_path, DRAWN, average_of=average_of, repeats={"T5.2": "T3.1"})[1])
    lift_most(view, "yes")


@pytest.mark.thorough
def test_averaging_areas_equally_gives_other_ready_made_gaps(tmp_path: Path) -> None:
    first = [
        stand_ready(toy_view(toys(tmp_path / of, DRAWN, average_of=of)[1], country=("AAA", "BBB")))[0][0]
        for of in ("criteria", "areas")
    ]
    assert first == ["T3.2", "T4.1"]
