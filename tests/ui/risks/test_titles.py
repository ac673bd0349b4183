"""Does each part of the risks page open with its own finding, with the same numbers as its rows?"""

from collections import Counter
from typing import Any

import pytest

from dashboard.model.pages import PAGES
from dashboard.model.view.known import SHADES
from dashboard.queries.ask import ask
from dashboard.ui.risks import titles
from dashboard.ui.view import View
from tests.conftest import MakeView, said
from tests.ui.conftest import OpenPage, finding, shown

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
    assert titles.of_list(view, rows).startswith(f"{severe} of {len(rows)} risks are rated severe by at least one")


def test_settings_count_those_with_a_severe_risk_and_name_the_first(view_of: MakeView) -> None:
    view = view_of()
    cells = told(view, "risk_map")
    severe = Counter(row["setting_title"] for row in cells if row["polarity"] == "risk" and row["grade"] == 4)
    ((first, n),) = severe.most_common(1)
    assert severe.most_common(2)[1][1] < n
    text = titles.of_settings(view, cells)
    assert said("risks.severe_settings.other", n=len(severe), of=len({row["setting"] for row in cells})).search(text)
    assert said("risks.most_areas.other", titles=first, n=n).search(text)


def test_those_who_share_the_first_place_are_named_or_counted_and_all_alike_are_not(view_of: MakeView) -> None:
    view = view_of()
    cell = {"polarity": "risk", "grade": 4}

    def of(**severe: int) -> str:
        cells: list[Any] = [cell | {"setting_title": name} for name, n in severe.items() for _ in range(n)]
        others: list[Any] = [{"polarity": "opportunity", "grade": 4, "setting_title": name} for name in severe]
        return titles.of_settings(view, cells + others)

    assert said("risks.most_areas.other", titles="Masts, Offices", n=2).search(of(Masts=2, Offices=2, Shops=1))
    assert said("risks.most_areas_tied.other", tied=3, n=2).search(of(A=2, B=2, C=2, D=1))
    assert of(A=2, B=2) == view.words.count("risks.severe_settings", 2, of=2)
    assert of(A=1, B=0).startswith(view.words.count("risks.severe_settings", 1, of=2))


def test_opportunities_count_the_most_needed_and_those_within_reach(view_of: MakeView) -> None:
    view = view_of()
    rows = told(view, "opportunity_list")
    needed = [row for row in rows if row["need"] == 4]
    feasible = sum(row["feasibility"] in (3, 4) for row in needed)
    expected = view.words.count("risks.needed", len(needed), of=len(rows), feasible=feasible)
    assert titles.of_openings(view, rows) == expected


def test_rights_count_those_with_a_priority_gap(view_of: MakeView) -> None:
    view = view_of()
    rows = told(view, "risk_rights")
    first = max(rows, key=lambda row: row["n_severe"])
    text = titles.of_rights(view, rows)
    assert said("risks.most_on_right.other", titles=first["title"], n=first["n_severe"]).match(text)
    gaps = sum(row["n_gaps"] > 0 for row in rows)
    assert text.endswith(view.words.count("risks.rights_with_gap", gaps, of=len(rows)))


@pytest.mark.thorough
def test_the_map_says_something_else_by_each_reading_and_counts_no_head_office(
    page: OpenPage, view_of: MakeView
) -> None:
    found = {shade: finding(page("risks/map", {"shade": shade})) for shade in SHADES}
    assert len(set(found.values())) == len(SHADES)
    countries = [row for row in told(view_of(), "places") if row["country"] != "GROUP"]
    severe = [row for row in countries if row["severity"] == 4]
    assert said("risks.severe_countries.other", n=len(severe), of=len(countries)).match(found["severity"])
    everything = sum(row["cover"] == "all" for row in countries)
    assert said("risks.all_answered.other", n=everything, of=len(countries)).match(found["coverage"])
    assert said("risks.recorded", of=len(countries)).match(found["context"])


def test_one_country_is_not_compared_with_itself(page: OpenPage, view_of: MakeView) -> None:
    (ghana,) = told(view_of(country=("GHA",)), "places")
    text = finding(page("risks/map", {"shade": "severity", "country": "GHA"}))
    assert text == said_of(view_of(), ghana)


def said_of(view: View, row: Any) -> str:
    n, of = row["n_at_severity"], row["n_rated"]
    return view.words("risks.one_country", country=row["country_title"], n=n, of=of)


def test_the_map_opens_on_a_reading_that_tells_countries_apart(page: OpenPage, view_of: MakeView) -> None:
    app = page("risks/map")
    column = {"score": "band", "severity": "severity", "coverage": "cover"}[shown(app, "shade")]
    told_apart = {row[column] for row in told(view_of(), "places") if row["country"] != "GROUP"}
    assert len(told_apart) > 1


def test_an_outside_figure_names_all_who_share_an_end_or_says_how_many(view_of: MakeView) -> None:
    view = view_of(shade="context")
    figure: Any = {"indicator_title": "Electricity"}

    def of(**numbers: float) -> str:
        places: list[Any] = [
            {"country": name, "country_title": name, "state": "current", "number": number, "value": f"{number:g} %"}
            for name, number in numbers.items()
        ]
        return titles.of_map(view, places, figure, None)

    assert of(A=1, B=3, C=1, D=2).endswith(said_ends(view, "1 %", "A, C", "3 %", "B"))
    many = view.words.count("heatmap.countries", 3)
    assert of(A=1, B=3, C=3, D=3).endswith(said_ends(view, "1 %", "A", "3 %", many))
    assert of(A=2, B=2) == view.words("risks.recorded", title="Electricity", n=2, of=2)


def said_ends(view: View, least: str, lowest: str, most: str, highest: str) -> str:
    return view.words("risks.figure_ends", least=least, lowest=lowest, most=most, highest=highest)


def test_the_title_of_the_map_of_settings_is_of_the_settings_in_view(page: OpenPage, view_of: MakeView) -> None:
    cells = told(view_of(), "risk_map")
    codes = tuple(dict.fromkeys(row["setting"] for row in cells))[:3]
    kept = told(view_of(setting=codes), "risk_map")
    assert {row["setting"] for row in kept} == set(codes)
    assert finding(page("risks/settings", {"setting": ",".join(codes)})) == titles.of_settings(view_of(), kept)


def test_while_names_are_hidden_no_outside_fact_is_said(page: OpenPage) -> None:
    text = finding(page("risks", {"part": "map", "safe": "yes", "shade": "context"}))
    assert not said("risks.recorded").search(text)
    assert "%" not in text
