"""Do all questions read what the filters keep, and does the filter bar count what each option keeps?"""

import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from dashboard.model.filters import ALL_FILTERS, FILTERS, LIBRARY, Thing
from dashboard.queries.ask import Value, parameter_names, rows
from dashboard.queries.ask import names as every_question
from dashboard.queries.every_page import ILLUSTRATIVE, OPTIONS
from dashboard.queries.question import folded
from dashboard.queries.standards_document import STANDARD
from dashboard.store.published_codes import cards_in, kept
from tests.conftest import ROOT, MakeView
from tests.queries.emptied import changed

BY_THEIR_OWN = {
    "crosswalk": {"risk_area"},
    "rights": {"right"},
    "risk_rights": {"right"},
}
"""Questions that have rows for what is selected, in addition to the figures of what is kept."""
of_criteria = pytest.mark.parametrize("name", [f.name for f in ALL_FILTERS if f.in_bar and "criterion" in f.keeps])
each_framework = pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])


def codes(kept_: Value) -> set[str]:
    assert isinstance(kept_, tuple)
    return set(kept_)


def test_a_choice_is_illustrative_where_an_operation_of_its_countries_is(view_of: MakeView, tmp_path: Path) -> None:
    change = "UPDATE operation SET synthetic = operation = 'gha-op'"
    told = changed(view_of().published, tmp_path / "told.duckdb", change, ["tables/actions"])
    for chosen, expected in (((), True), (("GHA",), True), (("SEN", "GHA"), True), (("SEN",), False)):
        given = view_of(country=chosen).parameters()
        assert rows(told, ILLUSTRATIVE, given) == [{"illustrative": expected, "short_starts": []}]
    elsewhere = view_of(country=("GHA",)).parameters(framework="none")
    assert rows(told, ILLUSTRATIVE, elsewhere) == [{"illustrative": False, "short_starts": []}]


def test_no_question_filters_in_its_own_way() -> None:
    names = {one.name for one in ALL_FILTERS}
    found = {name: own for name in every_question() if (own := set(parameter_names(name)) & names)}
    assert found == BY_THEIR_OWN
    assert BY_THEIR_OWN.keys() <= folded().keys()


def test_no_sql_of_the_store_is_given_a_filter() -> None:
    said = re.compile(rf"\$({'|'.join(FILTERS)})\b")
    files = list((ROOT / "src" / "dashboard" / "store").rglob("*.sql"))
    assert len(files) > 50
    assert [path.name for path in files if said.search(path.read_text("utf-8"))] == []


def test_no_page_merges_a_filter_into_what_was_kept() -> None:
    """`given | {"country": …}` would give a country that filters nothing: what is kept was calculated before."""
    filters = "|".join(one.name for one in ALL_FILTERS)
    given = r"(?:given|parameters\([^()]*\))"
    beside = re.compile(rf"""{given}\s*\|=?\s*\{{[^}}]*"(?:{filters})":|\*\*[\w.]*{given},[^}}]*"(?:{filters})":""")
    assert all(map(beside.search, ('given | {"country": one}', '{**view.parameters(), "lang": "fr", "right": ()}')))
    files = [path for folder in ("src", "pages") for path in (ROOT / folder).rglob("*.py")]
    assert [str(path) for path in files if beside.search(path.read_text("utf-8"))] == []


def test_every_thing_of_the_publication_has_a_card_with_a_column_for_every_filter(view_of: MakeView) -> None:
    view = view_of()
    with view.published.cursor() as cursor:
        cards = cards_in(cursor)
        tables = {"criterion": "criterion", "country": "country", "impact": "impact", "guidance": "guidance"}
        for thing, table in {**tables, "case": "case_study"}.items():
            codes = cursor.execute(f'SELECT "{table}" FROM "{table}"').fetchall()  # noqa: S608
            assert Counter(one.code for one in cards if one.thing == thing) == Counter(code for (code,) in codes)
    names = {one.name for one in ALL_FILTERS}
    assert all(one.codes.keys() == names for one in cards)
    for thing in get_args(Thing):
        carried = {name for one in cards if one.thing == thing for name, codes in one.codes.items() if codes}
        assert carried == {one.name for one in ALL_FILTERS if thing in one.keeps}, thing


@each_framework
@of_criteria
def test_an_option_counts_the_criteria_that_are_kept_when_it_alone_is_chosen(
    name: str, framework: str, view_of: MakeView
) -> None:
    view = view_of(framework=framework)
    with view.published.cursor() as cursor:
        own = {one.code for one in cards_in(cursor) if one.thing == "criterion" and one.framework == framework}
    options = [row for row in rows(view.published, OPTIONS, view.parameters()) if row["filter"] == name]
    assert {row["code"] for row in options} == set(view.known.of(name, framework))
    for row in options:
        given = view.parameters(**{name: (row["code"],)})
        criteria = own.intersection(codes(given["criteria"]))
        assert (row["of"], row["n"]) == ("criteria", len(criteria)), row["code"]
        there = rows(view.published, STANDARD, given)
        assert {one["same_as"] or one["criterion"] for one in there} == criteria, row["code"]
    assert sum(row["n"] > 0 for row in options) > 1


@each_framework
@pytest.mark.parametrize("round_", ["2023", "2025"])
def test_an_option_of_country_counts_the_operations_that_are_kept_when_it_alone_is_chosen(
    framework: str, round_: str, view_of: MakeView
) -> None:
    view = view_of(framework=framework, round=round_)
    options = [row for row in rows(view.published, OPTIONS, view.parameters()) if row["filter"] == "country"]
    with view.published.cursor() as cursor:
        own = "SELECT DISTINCT country, operation FROM participation WHERE framework = ? AND round = ?"
        asked = cursor.execute(own, (framework, round_)).fetchall()
    for row in options:
        there = [operation for country, operation in asked if country == row["code"]]
        assert (row["of"], row["n"]) == ("operations", len(there)), row["code"]
    assert {row["code"] for row in options} == set(view.known.anywhere("country")), "also those not asked in this round"


def test_every_filter_of_the_bar_has_options_and_what_they_count_has_words(view_of: MakeView) -> None:
    view = view_of()
    options = rows(view.published, OPTIONS, view.parameters())
    assert {row["filter"] for row in options} == {"framework", "round", *FILTERS}
    assert all(view.words.has(f"filter.of_{row['of']}.other") for row in options)


def test_a_filter_given_to_the_parameters_narrows_and_another_does_not(view_of: MakeView) -> None:
    view = view_of(function=("hr",), country=("GHA",))
    given = view.parameters()
    assert given["countries"] == ("GHA",)
    assert codes(given["criteria"]) < codes(view.unfiltered()["criteria"])
    assert view.unfiltered()["countries"] == view_of().parameters()["countries"]
    assert view.parameters(country=("COL",))["countries"] == ("COL",)
    # A filter that is not among those given keeps everything.
    assert kept(view.published, {"framework": "crbp"})["countries"] == view.unfiltered()["countries"]


def test_the_questions_on_one_setting_are_asked_of_it_alone_and_of_all_that_is_read_on_it(view_of: MakeView) -> None:
    view = view_of(setting=("office",), step=("lead",), country=("GHA",))
    given = view.of_setting("retail_agents")
    assert given["of_setting"] == "retail_agents"
    assert [given[name] for name in ("setting", *LIBRARY)] == [()] * (1 + len(LIBRARY))
    assert given["countries"] == ("GHA",)
    assert view.parameters()["of_setting"] == ""
