"""Is a note on a round shown with the country that it names, and not with another whose name it only contains?"""

import pytest

from dashboard.ui.elements.legend import concerns

CODES = {
    "niger": "NER",
    "nigeria": "NGA",
    "sudan": "SDN",
    "south sudan": "SSD",
    "guinea bissau": "GNB",
    "guinea": "GIN",
}


@pytest.mark.parametrize(
    ("note", "countries"),
    [
        ("Nigeria answers for the first time.", {"NGA"}),
        ("South Sudan answers for the first time.", {"SSD"}),
        ("Sudan and South Sudan were asked late.", {"SDN", "SSD"}),
        ("New edition in Guinea-Bissau.", {"GNB"}),
        ("New edition", set(CODES.values())),
    ],
)
def test_a_note_is_shown_with_the_countries_that_it_names_or_with_all(note: str, countries: set[str]) -> None:
    assert {code for code in CODES.values() if concerns(note, code, CODES)} == countries
