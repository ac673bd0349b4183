"""Does every country have its codes and names, and none that is another's?

`iso_3166.csv` lists the officially assigned codes of ISO 3166-1: those of two letters as in `iso3166.tab` of the time
zone database (package `tzdata` 2026.6), and those of three letters as in the territory aliases of CLDR (Babel 2.19.0),
without the withdrawn ones of ISO 3166-3.
"""

import csv
from pathlib import Path

import pytest
from babel import Locale

from dashboard.loading.mapping.country_names import LANGUAGES, PlaceInText, alpha_3, countries, country_codes, place_in
from dashboard.model.mapping import bare

with (Path(__file__).parent / "iso_3166.csv").open(encoding="utf-8") as stream:
    ISO = {row["alpha_2"]: row["alpha_3"] for row in csv.DictReader(stream)}
CODES = {**ISO, "XK": "XKX"}
"""The officially assigned codes, and that of Kosovo in wide use."""


def test_every_officially_assigned_code_is_a_country_and_no_other_code_but_that_of_kosovo() -> None:
    assert len(ISO) == len(set(ISO.values())) == 249
    assert alpha_3() == CODES
    assert set(countries()) == set(CODES.values())


@pytest.mark.parametrize("code", ["AAA", "QMA", "QZZ", "XAA", "XZZ", "ZZZ", "EUR", "ASC", "ANT", "ZAR", "TMP", "QUU"])
def test_codes_for_users_reserved_and_withdrawn_ones_are_no_countries(code: str) -> None:
    assert place_in(code) == PlaceInText()


@pytest.mark.parametrize("text", ["Qatar", "Catar", "Katar", "QAT", "State of Qatar"])
def test_qatar_is_known(text: str) -> None:
    assert place_in(text) == PlaceInText("QAT", whole=True)


@pytest.mark.parametrize("text", ["Kosovo", "XKX", "Kosova", "Republic of Kosovo"])
def test_kosovo_is_known(text: str) -> None:
    assert place_in(text) == PlaceInText("XKX", whole=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_cldr_is_its_country_and_no_other(language: str) -> None:
    titles = Locale.parse(language).territories
    wrong = {titles[region]: place_in(titles[region]) for region in CODES}
    assert wrong == {titles[region]: PlaceInText(code, whole=True) for region, code in CODES.items()}


def test_no_name_belongs_to_two_countries() -> None:
    names = [(bare(name), code) for code, called in countries().items() for name in {code, *called}]
    assert dict(names) == {name: country_codes().get(name) for name, _ in names}
    english = [called[0] for called in countries().values()]
    assert len(set(english)) == len(english)


@pytest.mark.parametrize("kind", ["Republic of {}", "Republic of the {}", "the Kingdom of {}", "{}, Republic of"])
def test_an_official_name_is_that_of_its_country_unless_it_is_listed_as_that_of_another(kind: str) -> None:
    listed = {"China": "TWN"}
    for code, (english, *_) in countries().items():
        if not set(english) & set("(,"):
            expected = listed.get(english, code) if kind == "Republic of {}" or "," in kind else code
            assert place_in(kind.format(english)) == PlaceInText(expected, whole=True), english
