"""Is a country found in a name that says it wholly, asked about in a longer one, and never in that of another place?"""

import pytest

from dashboard.loading.mapping.column_fit import mentioned
from dashboard.loading.mapping.country_names import PlaceInText, countries, place_in, stands_in, with_countries
from dashboard.loading.mapping.reasons import Sure
from dashboard.loading.mapping.values import Terms, match, matches, terms_of
from dashboard.model.mapping import Names

HELD = {"CYP": "Cyprus", "SDN": "Sudan", "NGA": "Nigeria", "GIN": "Guinea", "IRL": "Ireland", "GEO": "Georgia"}
HELD |= {"COG": "Congo", "WSM": "Samoa", "DMA": "Dominica", "JEY": "Jersey", "MEX": "Mexico", "NAM": "Namibia"}
HELD |= {"GHA": "Ghana", "PER": "Peru", "USA": "United States"}
NAMES = with_countries(
    Names(
        called={
            "operation": {f"{code.lower()}-one": (f"Example {title}", title, code) for code, title in HELD.items()},
            "country": {code: (title,) for code, title in HELD.items()},
        },
        operating=dict.fromkeys(HELD, 1),
    )
)
"""A group with one operation in each country whose name is part of other places' names."""
OTHERS = (
    *("Northern Cyprus", "Turkish Republic of Northern Cyprus", "Turkish Republic of Cyprus", "N. Cyprus"),
    *("Chypre du Nord", "Chipre del Norte", "Chipre do Norte", "North of Cyprus", "Northern part of Cyprus"),
    *("Cyprus (North)", "Cyprus, Northern", "République turque de Chypre", "Parte norte de Chipre", "CYP North"),
    *("Northern Ireland", "Irlande du Nord", "Irlanda del Norte", "Irlanda do Norte", "Ireland (Northern)"),
    *("New Jersey", "New Mexico", "Nouveau Mexique", "Nuevo México", "Novo México", "New Guinea", "Georgia, USA"),
    *("South Sudan", "Sudan, South", "Soudan du Sud", "Sudán del Sur", "Sudão do Sul", "S. Sudan", "Sudan (South)"),
    *("Papua New Guinea", "Guinea-Bissau", "Equatorial Guinea", "Guinea, Equatorial", "Guinea Ecuatorial"),
    *("Guinée équatoriale", "Guiné Equatorial", "Niger", "Dominican Republic", "República Dominicana"),
    *("Democratic Republic of the Congo", "Democratic Republic of Congo", "Congo, Dem. Rep.", "DR Congo"),
    *("Congo, the Democratic Republic of the", "République démocratique du Congo", "Congo (Democratic)"),
    *("American Samoa", "Samoa (American)", "South Georgia", "Sudan and South Sudan", "Ghana and Nigeria"),
    *("Example Northern Cyprus", "Example South Sudan", "Example Niger", "Example Papua New Guinea", "Orange Niger"),
)
"""Names of other places, or of several, that hold a name of one of these countries."""


@pytest.mark.parametrize(
    ("text", "country"),
    [
        *(("Germany", "DEU"), ("Allemagne", "DEU"), ("Alemania", "DEU"), ("Alemanha", "DEU"), ("Deutschland", "DEU")),
        *(("The Gambia", "GMB"), ("Gambia, The", "GMB"), ("Macedonia", "MKD"), ("north macedonia", "MKD")),
        *(("Côte d'Ivoire", "CIV"), ("Ivory Coast", "CIV"), ("Congo, Dem. Rep.", "COD"), ("Viet Nam", "VNM")),
        *(("Bosnia and Herzegovina", "BIH"), ("Saint Lucia", "LCA"), ("Myanmar", "MMR"), ("TLS", "TLS")),
        *(("Republic of Ghana", "GHA"), ("République du Tchad", "TCD"), ("República del Perú", "PER")),
        *(("Ghana, Republic of", "GHA"), ("Reino de Marruecos", "MAR"), ("l'Algérie", "DZA"), ("Vietname", "VNM")),
        *(("South Sudan", "SSD"), ("Sudan, South", "SSD"), ("S. Sudan", "SSD"), ("Korea (North)", "PRK")),
        *(("Guinea, Equatorial", "GNQ"), ("Samoa (American)", "ASM"), ("Virgin Islands (U.S.)", "VIR")),
        *(("Congo", "COG"), ("Democratic Republic of Congo", "COD"), ("Congo, the Democratic Republic of the", "COD")),
        *(("Republic of China", "TWN"), ("People's Republic of China", "CHN"), ("Taiwan, China", "TWN")),
        *(("Saint-Martin", "MAF"), ("Sint Maarten", "SXM"), ("Ghana – GHA", "GHA"), ("Ghana (GH)", "GHA")),
        *(("3. Ghana", "GHA"), ("Ghana - 2025", "GHA"), ("Country: Ghana", "GHA")),
    ],
)
def test_a_name_that_says_nothing_but_a_country_is_that_country(text: str, country: str) -> None:
    assert place_in(text) == PlaceInText(country, whole=True)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        *(("Example Mobile Ghana", "GHA"), ("Example Guinea-Bissau", "GNB"), ("Example Papua New Guinea", "PNG")),
        *(("Example South Sudan", "SSD"), ("Ministry of the Republic of Ghana", "GHA"), ("Example (UAE)", "ARE")),
        *(("Republic Bank Ghana", "GHA"), ("Rapport sur le Ghana", "GHA"), ("Central Bank of Kenya", "KEN")),
    ],
)
def test_a_longer_name_only_contains_a_country(text: str, country: str) -> None:
    assert place_in(text) == PlaceInText(country)


@pytest.mark.parametrize(
    "text",
    [
        *("Northern Cyprus", "N. Cyprus", "North of Cyprus", "Northern part of Cyprus", "Cyprus (North)", "New Jersey"),
        *("Turkish Republic of Cyprus", "République turque de Chypre", "Democratic Republic of Yemen", "New Guinea"),
        *("Irlande du Nord", "Chipre del Norte", "Nuevo México", "Georgia, USA", "Georgia (US)", "Ghana and Kenya"),
        *("Congo (Democratic)", "West Germany", "Example Northern Cyprus", "Republic of Northern Cyprus"),
    ],
)
def test_another_place_or_several_are_no_country(text: str) -> None:
    assert place_in(text) == PlaceInText(another=True)


@pytest.mark.parametrize("text", ["Example Mobile", "all of them can", "Yes - can", "Yes (NO)", "Korea", "NA", ""])
def test_other_texts_name_no_country(text: str) -> None:
    assert place_in(text) == PlaceInText()


@pytest.mark.parametrize("word", ["Northern", "New", "North", "Western", "Central", "South"])
def test_a_country_beside_a_direction_is_never_that_country(word: str) -> None:
    for code, names in countries().items():
        assert place_in(f"{word} {names[0]}").country != code or place_in(f"{word} {names[0]}").whole


def of(column: str) -> Terms:
    terms = terms_of("context" if column == "country" else "answers", column, NAMES)
    assert terms is not None
    return terms


@pytest.mark.parametrize("column", ["operation", "country"])
@pytest.mark.parametrize("text", OTHERS)
def test_another_place_is_never_taken_nor_suggested_for_a_country_whose_name_it_holds(text: str, column: str) -> None:
    found = match(text, of(column)).code
    assert found is None or found in NAMES.new


@pytest.mark.parametrize("column", ["operation", "country"])
@pytest.mark.parametrize("text", ["Chypre (Another)", "Another - Cyprus", "Georgia: Another", "3 Ireland"])
def test_a_published_country_in_a_longer_name_is_a_question(text: str, column: str) -> None:
    found = match(text, of(column))
    assert (found.taken, found.reason.why) == (None, "within")
    assert found.code


@pytest.mark.parametrize("text", ["Republic of Cyprus", "Chypre", "Cyprus - 2025", "3. Cyprus", "Example Cyprus (EUR)"])
def test_a_published_operation_is_taken_by_whole_names_and_its_own(text: str) -> None:
    assert match(text, of("operation")).taken == "cyp-one"


def test_a_typing_error_is_still_suggested() -> None:
    assert match("Cypruss", of("operation")).code == "cyp-one"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("northern_cyprus_2025", None), ("South Sudan, answers", None), ("New Mexico 2025", None)),
        *(("Papua New Guinea", None), ("answers per area", None), ("Irlande du Nord", None)),
        *(("cyprus_2025", "cyp-one"), ("Answers PER 2025", "per-one"), ("Cyprus's own sheet", "cyp-one")),
    ],
)
def test_a_title_or_file_name_about_another_place_names_no_operation(text: str, code: str | None) -> None:
    assert mentioned("operation", [text], NAMES) == code


def test_a_name_stands_in_a_text_as_whole_words() -> None:
    assert stands_in("Example", "An Example of 2025")
    assert not stands_in("Niger", "Nigeria")
    assert not stands_in("Sudan", "South Sudan")


def test_codes_of_two_letters_are_read_if_a_column_holds_little_else() -> None:
    found = matches(["NG", "QA", "GH", "NA", "NO", "Example"], of("operation"), {})
    taken = {text: one.taken for text, one in found.items()}
    assert taken == {"NG": "nga-one", "QA": "qat-op", "GH": "gha-one", "NA": None, "NO": None, "Example": None}
    assert (found["NA"].code, found["NA"].reason.sure) == ("nam-one", Sure.DOUBTFUL)
    answers = matches(["YES", "NO", "NA", "Unclear"], of("operation"), {})
    assert not any(one.taken for one in answers.values())
