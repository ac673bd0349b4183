"""Are unpublished countries, operations and rounds of a sheet found, and added only if accepted?"""

from pathlib import Path

import pytest

from dashboard.loading.mapping.countries import countries, country_in, with_countries
from dashboard.loading.mapping.guess import KnownWords
from dashboard.loading.mapping.new_names import new_lists, unplaced
from dashboard.model.answers.mapping_guess import Guess, Sure
from dashboard.model.answers.names import Names
from dashboard.store.reading.names import names_of
from dashboard.store.reading.reader import Published
from dashboard.tasks.sheet_corrections import TAKE, with_corrections
from dashboard.tasks.sheet_import import OpenSheet, corrected, open_sheet
from tests.loading.foreign import guessed, write_csv


@pytest.fixture(scope="module")
def names(published: Published) -> Names:
    return with_countries(names_of(published))


def read(path: Path, names: Names, *countries: str, rounds: tuple[str, ...] = ("2025",)) -> Guess:
    rows = [[country, of, "CRBP-02.a", "Yes"] for country in countries for of in rounds]
    return guessed(write_csv(path / "world.csv", [["Country", "Year", "Question", "Answer"], *rows]), names)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        *(("Germany", "DEU"), ("Allemagne", "DEU"), ("Alemania", "DEU"), ("Alemanha", "DEU"), ("Deutschland", "DEU")),
        *(("The Gambia", "GMB"), ("Gambia, The", "GMB"), ("Macedonia", "MKD"), ("north macedonia", "MKD")),
        *(("Côte d'Ivoire", "CIV"), ("Ivory Coast", "CIV"), ("Congo, Dem. Rep.", "COD"), ("Viet Nam", "VNM")),
        *(("Bosnia and Herzegovina", "BIH"), ("Saint Lucia", "LCA"), ("Myanmar", "MMR"), ("TLS", "TLS")),
        *(("Example Mobile Ghana", "GHA"), ("Example Guinea-Bissau", "GNB"), ("Example Papua New Guinea", "PNG")),
        *(("Ghana and Kenya", None), ("Example Mobile", None), ("all of them can", None)),
    ],
)
def test_a_country_is_known_by_its_names_in_five_languages(text: str, country: str | None) -> None:
    assert country_in(text) == country


def test_every_country_has_one_code_and_no_withdrawn_one() -> None:
    found = countries()
    english = [names[0] for names in found.values()]
    assert len(set(english)) == len(english)
    assert {"COD", "TLS", "ROU", "YEM", "BLR", "DEU", "FRA"} <= set(found)
    assert not {"ZAR", "TMP", "ROM", "YMD", "DDR", "SUN"} & set(found)


def test_a_published_operation_is_known_by_its_country_in_other_languages(names: Names, tmp_path: Path) -> None:
    found = read(tmp_path, names, "Tschad", "République démocratique du Congo").values["operation"]
    assert {match.taken for match in found.values()} == {"tcd-op", "cod-op"}


def test_new_names_are_only_suggested_until_they_are_accepted(names: Names, tmp_path: Path) -> None:
    found = read(
        tmp_path, names, "North Macedonia", "Example Mobile Kenya", "Example Mobile", rounds=("2025", "FY 2031")
    )
    assert found.mapping.new == {
        "operation": {"mkd-op": "North Macedonia", "example-mobile-kenya": "Example Mobile Kenya"},
        "round": {"2031": "FY 2031"},
    }
    assert all(found.values["operation"][text].taken is None for text in found.mapping.new["operation"].values())
    assert not {"operation", "round"} & set(found.mapping.values)
    assert unplaced(found.values) == ("Example Mobile",)


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
    across = guessed(path, names).mapping.across
    assert across is not None
    assert across.codes == {"Norway": "nor-op", "Suède": "swe-op", "Example (Norway)": "example-norway"}


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
