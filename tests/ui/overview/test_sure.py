"""Does the line below the headline say how sure the figure is, and only of what the filters keep?"""

import pytest

from dashboard.queries.ask import rows
from dashboard.queries.data_method import ROBUSTNESS
from dashboard.queries.standards_document import STANDARD
from dashboard.ui.country.operation import ANSWERS
from dashboard.ui.elements.figure_notes import how_sure
from tests.conftest import MakeView, said
from tests.ui.conftest import OpenPage, texts

CRBP = {"framework": "crbp", "round": "2025"}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"country": ("GHA", "COL")},
        {"country": ("GROUP",)},
        {"principle": ("CRBP-02", "CRBP-05")},
        {"common": "yes"},
        {"counting": "seen"},
    ],
)
def test_it_says_how_old_the_answers_are_and_what_other_ways_of_calculating_give(
    more: dict[str, object], view_of: MakeView
) -> None:
    view = view_of(**CRBP, **more)
    given = view.parameters(operation="", kind="respect", whole=True)
    kept: set[str] = set(given["within"])  # type: ignore[arg-type]
    days = [
        row["answered_on"]
        for row in rows(view.published, ANSWERS, given)
        if row["counts_as"] == "answered" and (not kept or row["criterion"] in kept)
        if row["answered_on"] is not None and (row["country"] != "GROUP") == (more.get("country") != ("GROUP",))
    ]
    first, last = min(days), max(days)
    # Only whole months count.
    oldest, newest = (
        (view.today.year - one.year) * 12 + view.today.month - one.month - (view.today.day < one.day)
        for one in (first, last)
    )
    every = [
        row["percent"]
        for row in rows(view.published, ROBUSTNESS, view.parameters(kind="respect"))
        if row["of"] == "group" and row["percent"] is not None
    ]
    given_on = view.words("sure.given", first=first, last=last)
    old = f"{newest} to {oldest}" if oldest != newest else f"{newest}"
    line = how_sure(view)
    assert f"{given_on}, {old} months old · " in line
    assert view.words("sure.range", kind="respect", low=min(every), high=max(every)) in line


@pytest.mark.parametrize(("framework", "round_", "n", "of"), [("crbp", "2025", 17, 32), ("cop-2020", "2025", 0, 61)])
def test_it_says_how_much_of_the_standard_is_confirmed_whatever_the_filters(
    framework: str, round_: str, n: int, of: int, view_of: MakeView
) -> None:
    view = view_of(framework=framework, round=round_, country=("GHA",))
    criteria = rows(view.published, STANDARD, view.unfiltered())
    assert sum(row["verification"] == "confirmed" for row in criteria) == n
    assert how_sure(view).partition(f"{n} of {of} criteria confirmed in the document of ")[1]


def test_without_a_figure_there_is_no_range_and_without_answers_no_line(view_of: MakeView, page: OpenPage) -> None:
    line = how_sure(view_of(**CRBP, country=("COD",)))
    assert line
    assert not said("sure.range").search(line)
    assert how_sure(view_of(**CRBP, principle=("CRBP-04",), risk_area=("RA12",))) == ""
    one = how_sure(view_of(**CRBP, country=("COL",), principle=("CRBP-01",), function=("retail",)))
    assert "answers of 17 Apr 2025, 8 months old · 17 of 32" in one, "one answer has no band, and so no range"
    assert [one for one in texts(page("overview", CRBP)) if "How sure: " in one and "respect 42 to 69" in one]
