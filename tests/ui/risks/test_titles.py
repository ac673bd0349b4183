"""Does each part of the risks page open with its own finding, with the same numbers as its rows?"""

from collections import Counter
from typing import Any

import pytest

from dashboard.model.pages import PAGES
from dashboard.queries.ask import ask
from dashboard.ui import risks_page
from dashboard.ui import risks_settings as settings
from dashboard.ui.view import View
from tests.conftest import MakeView, said
from tests.ui.conftest import OpenPage, finding

PARTS = tuple(PAGES["risks"].parts)


def told(view: View, name: str, **more: object) -> list[Any]:
    found: list[Any] = ask(view.published, name, view.parameters(**more)).to_pylist()
    return found


@pytest.mark.thorough
def test_no_two_parts_say_the_same_and_nothing_stands_above_what_they_find(page: OpenPage) -> None:
    found = [finding(page("risks", {"part": part})) for part in PARTS]
    assert len(set(found)) == len(PARTS)
    for part in PARTS:
        app = page("risks", {"part": part})
        written = [node.proto.body for node in app.main if node.type in ("markdown", "html")]
        assert next(text for text in written if text.startswith(("#", "<h"))).startswith("<h1>"), part


def test_the_list_says_whose_rating_counts(view_of: MakeView) -> None:
    view = view_of()
    rows = told(view, "risk_list")
    severe = sum(row["severity"] == 4 for row in rows)
    text = view.words.say(*risks_page.of_list(view, rows))
    assert text.startswith(f"{severe} of {len(rows)} risks are rated severe by at least one")


def test_settings_count_those_with_a_severe_risk_and_name_the_first(view_of: MakeView) -> None:
    view = view_of()
    cells = told(view, "risk_map")
    severe = Counter(row["setting_title"] for row in cells if row["polarity"] == "risk" and row["grade"] == 4)
    ((first, n),) = severe.most_common(1)
    assert severe.most_common(2)[1][1] < n
    text = view.words.say(*settings.of_settings(view, cells))
    assert said("risks.severe_settings.other", n=len(severe), of=len({row["setting"] for row in cells})).search(text)
    assert said("most.areas.other", titles=first, n=n).search(text)


def test_those_who_share_the_first_place_are_named_or_counted_and_all_alike_are_not(view_of: MakeView) -> None:
    view = view_of()
    cell = {"polarity": "risk", "grade": 4}

    def of(**severe: int) -> str:
        cells: list[Any] = [cell | {"setting_title": name} for name, n in severe.items() for _ in range(n)]
        others: list[Any] = [{"polarity": "opportunity", "grade": 4, "setting_title": name} for name in severe]
        return view.words.say(*settings.of_settings(view, cells + others))

    assert said("most.areas.other", titles="Masts, Offices", n=2).search(of(Masts=2, Offices=2, Shops=1))
    assert said("most.areas_tied.other", tied=3, n=2).search(of(A=2, B=2, C=2, D=1))
    assert of(A=2, B=2) == view.words.count("risks.severe_settings", 2, of=2)
    assert of(A=1, B=0).startswith(view.words.count("risks.severe_settings", 1, of=2))


def test_opportunities_count_the_most_needed_and_those_within_reach(view_of: MakeView) -> None:
    view = view_of()
    rows = told(view, "opportunity_list")
    needed = [row for row in rows if row["need"] == 4]
    feasible = sum(row["feasibility"] in (3, 4) for row in needed)
    expected = view.words.count("risks.needed", len(needed), of=len(rows), feasible=feasible)
    assert view.words.say(*risks_page.of_openings(view, rows)) == expected


def test_the_title_of_the_map_of_settings_is_of_the_settings_in_view(page: OpenPage, view_of: MakeView) -> None:
    cells = told(view_of(), "risk_map")
    codes = tuple(dict.fromkeys(row["setting"] for row in cells))[:3]
    kept = told(view_of(setting=codes), "risk_map")
    assert {row["setting"] for row in kept} == set(codes)
    text = view_of().words.say(*settings.of_settings(view_of(), kept))
    assert finding(page("risks/settings", {"setting": ",".join(codes)})) == text
