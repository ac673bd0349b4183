"""Are unpublished countries, operations and rounds of a sheet found, and added only if accepted?"""

from pathlib import Path

import pytest

from dashboard.loading.mapping.country_names import with_countries
from dashboard.loading.mapping.guess import KnownWords
from dashboard.loading.mapping.new_names import NewName, listed_new, new_lists, unplaced
from dashboard.loading.mapping.reasons import Guess, Sure
from dashboard.loading.mapping.values import ANOTHER
from dashboard.model.mapping import Names
from dashboard.store.published_codes import names_of
from dashboard.store.reader import Published
from dashboard.tasks.sheet_reading import TAKE, OpenSheet, corrected, open_sheet, suggestions, with_corrections
from tests.loading.foreign import guessed, write_csv
from tests.loading.mapping.test_countries import ISO


@pytest.fixture(scope="module")
def names(published: Published) -> Names:
    return with_countries(names_of(published))


def read(path: Path, names: Names, *countries: str, rounds: tuple[str, ...] = ("2025",)) -> Guess:
    rows = [[country, of, "CRBP-02.a", "Yes"] for country in countries for of in rounds]
    return guessed(write_csv(path / "world.csv", [["Country", "Year", "Question", "Answer"], *rows]), names)


def test_a_published_operation_is_known_by_its_country_in_other_languages(names: Names, tmp_path: Path) -> None:
    found = read(tmp_path, names, "Tschad", "République démocratique du Congo").values["operation"]
    assert {match.taken for match in found.values()} == {"tcd-op", "cod-op"}


def test_new_names_are_only_suggested_until_they_are_accepted(names: Names, tmp_path: Path) -> None:
    found = read(
        tmp_path, names, "North Macedonia", "Example Mobile Kenya", "Example Mobile", rounds=("2025", "FY 2031")
    )
    assert found.mapping.new == {"operation": {"mkd-op": "North Macedonia"}, "round": {"2031": "FY 2031"}}
    assert not any(match.taken for match in found.values["operation"].values())
    assert not {"operation", "round"} & set(found.mapping.values)
    assert unplaced(found.values) == ("Example Mobile Kenya", "Example Mobile")
    assert list(listed_new(found, names)) == [
        NewName("operation", "Example Mobile Kenya", "example-mobile-kenya", "KEN", "Kenya", first=True, asked=True),
        NewName("operation", "North Macedonia", "mkd-op", "MKD", "North Macedonia", first=True),
        NewName("round", "FY 2031", "2031"),
    ]


def test_a_name_that_contains_a_country_is_new_only_if_somebody_says_so(names: Names, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "w.csv", [["Country", "Question", "Answer"], ["Example Norway", "CRBP-02.a", "Yes"], ["Sweden"]]
    )
    opened = open_sheet(path, path.name)
    assert isinstance(opened, OpenSheet)
    found = guessed(path, names)
    new = corrected(opened, with_corrections(found.mapping, {("new",): TAKE}), names, KnownWords(), found.columns)
    assert new.values["operation"]["Example Norway"].taken is None
    assert new.mapping.new == {"operation": {"swe-op": "Sweden"}}
    mapping = with_corrections(found.mapping, {("new",): TAKE, **suggestions(found)})
    both = corrected(opened, mapping, names, KnownWords(), found.columns)
    assert both.mapping.new["operation"] == {"example-norway": "Example Norway", "swe-op": "Sweden"}
    assert both.mapping.values["operation"] == {"Example Norway": "example-norway", "Sweden": "swe-op"}
    assert [(one.code, one.country, one.asked) for one in listed_new(both, names)] == [
        ("example-norway", "NOR", False),
        ("swe-op", "SWE", False),
    ]


@pytest.mark.parametrize("text", ["Northern Cyprus", "Northern Ireland", "New Jersey", "Irlande du Nord", "N. Cyprus"])
def test_another_place_is_never_a_new_operation_in_a_country(names: Names, tmp_path: Path, text: str) -> None:
    found = read(tmp_path, names, text, "Sweden")
    assert found.mapping.new["operation"] == {"swe-op": "Sweden"}
    assert found.values["operation"][text] == ANOTHER
    assert unplaced(found.values) == (text,)
    assert new_lists(found.mapping.new, names, unplaced(found.values))["operations"][-1]["country"] == ""


def test_a_sheet_of_all_officially_assigned_codes_of_either_length_is_read(names: Names, tmp_path: Path) -> None:
    two, three = (read(tmp_path, names, *codes).values["operation"] for codes in (ISO, ISO.values()))
    assert {match.code for match in two.values()} == {match.code for match in three.values()}
    assert all(match.code in names.new for code, match in three.items() if code not in names.operating)
    assert {text for text, match in two.items() if match.reason.why == "letters" and not match.taken} == {"NA", "NO"}
    assert two["QA"].code == three["QAT"].code == "qat-op"


def test_the_operation_of_a_whole_sheet_is_doubtful_if_its_name_only_contains_a_country(
    names: Names, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "one.csv", [["Question", "Answer"], ["CRBP-02.a", "Yes"]])
    for text, why in (("Example Norway", "within_new"), ("Norway", "given")):
        found = guessed(path, names, KnownWords({"operation": text, "round": "2025"}, framework="crbp"))
        assert found.columns["operation"].why == why
    other = guessed(path, names, KnownWords({"operation": "Northern Cyprus", "round": "2025"}, framework="crbp"))
    assert not other.mapping.new


def test_accepted_new_names_get_their_codes(names: Names, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "w.csv", [["Country", "Year", "Question", "Answer"], ["The Gambia", "2031", "CRBP-02.a", "Yes"]]
    )
    opened = open_sheet(path, path.name)
    assert isinstance(opened, OpenSheet)
    found = guessed(path, names)
    mapping = with_corrections(found.mapping, {("new",): TAKE})
    taken = corrected(opened, mapping, names, KnownWords(), found.columns)
    assert taken.mapping.values["operation"] == {"The Gambia": "gmb-op"}
    assert taken.values["operation"]["The Gambia"].reason.sure is Sure.LIKELY
    assert taken.mapping.new == {"operation": {"gmb-op": "The Gambia"}, "round": {"2031": "2031"}}


def test_columns_of_unpublished_countries_are_read(names: Names, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "wide.csv", [["Question", "Norway", "Suède", "Example (Norway)"], ["CRBP-02.a", "Yes", "No", "Yes"]]
    )
    found = guessed(path, names)
    across = found.mapping.across
    assert across is not None
    assert across.codes == {"Norway": "nor-op", "Suède": "swe-op"}
    assert found.left == ("Example (Norway)",)
    assert {one.name: one.asked for one in listed_new(found, names)} == {
        **{"Example (Norway)": True, "Norway": False, "Suède": False}
    }
    accepted = with_corrections(found.mapping, suggestions(found)).across
    assert accepted is not None
    assert accepted.codes == {"Norway": "nor-op", "Suède": "swe-op", "Example (Norway)": "example-norway"}


def test_columns_of_which_only_part_is_a_country_are_asked_about(names: Names, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "wide.csv", [["Question", "Another (Norway)", "Another (Ghana)"], ["CRBP-02.a", "Yes", "No"]]
    )
    found = guessed(path, names)
    assert found.mapping.across is not None
    assert found.mapping.across.codes == {}
    assert suggestions(found) == {
        **{("across", "Another (Norway)"): "another-norway", ("across", "Another (Ghana)"): "gha-op"}
    }


def test_a_sheet_about_other_things_names_no_country_by_its_code(names: Names, tmp_path: Path) -> None:
    rows = [["Question", "Answer", "Notes"], ["CRBP-02.a", "Yes", "can be"], ["CRBP-02.b", "No", "per year, and"]]
    found = guessed(write_csv(tmp_path / "and.csv", rows), names)
    assert "operation" not in found.mapping.columns
    assert not found.mapping.new.get("operation")


def test_the_lists_name_what_is_new_and_leave_unknown_cells_empty(names: Names) -> None:
    new = {"operation": {"nor-op": "Norvège", "x-ghana": "X Ghana", "swe-op": "SWE"}, "round": {"2031": "FY 2031"}}
    lists = new_lists(new, names, ["Example Mobile"])
    assert [tuple(row.values()) for row in lists["countries"]] == [
        ("NOR", "Norvège"),
        ("SWE", "Sweden"),
    ]
    assert [tuple(row.values()) for row in lists["operations"]] == [
        ("nor-op", "NOR", "Norvège", "operation"),
        ("x-ghana", "GHA", "X Ghana", "operation"),
        ("swe-op", "SWE", "Sweden", "operation"),
        ("example-mobile", "", "Example Mobile", "operation"),
    ]
    assert [tuple(row.values()) for row in lists["rounds"]] == [("2031", "FY 2031", "2031-01-01", "2031-12-31")]
    assert new_lists({}, names) == {}
