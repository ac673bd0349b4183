"""Which day does a text mean, and can day and month be told apart?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.sheet_cells import iso_day, orders

MONTHS = {"april": 4, "abr": 4, "avril": 4}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-04-03", "2025-04-03"),
        ("2025/4/3", "2025-04-03"),
        ("2025-04-03 14:30:00", "2025-04-03"),
        ("3.4.2025", "2025-04-03"),
        ("03/04/25", "2025-04-03"),
        ("3 April 2025", "2025-04-03"),
        ("3-abr-2025", "2025-04-03"),
        ("April 3, 2025", "2025-04-03"),
        ("45750", "2025-04-03"),
        ("31/02/2025", None),
        ("3 Foo 2025", None),
        ("next week", None),
        ("2025", None),
        ("", None),
    ],
)
def test_a_day_as_people_write_it(text: str, day: str | None) -> None:
    assert iso_day(text, "dmy", MONTHS) == day


def test_the_order_decides_where_only_numbers_stand() -> None:
    assert (iso_day("03/04/2025", "dmy"), iso_day("03/04/2025", "mdy")) == ("2025-04-03", "2025-03-04")


@pytest.mark.parametrize(
    ("texts", "possible"),
    [
        (["03/04/2025"], ("dmy", "mdy")),
        (["03/04/2025", "25/04/2025"], ("dmy",)),
        (["03/04/2025", "04/25/2025"], ("mdy",)),
        (["25/04/2025", "04/25/2025"], ()),
        (["2025-04-25"], ("dmy", "mdy")),
        ([], ("dmy", "mdy")),
    ],
)
def test_one_day_after_the_twelfth_tells_the_order_of_all(texts: list[str], possible: tuple[str, ...]) -> None:
    assert orders(texts) == possible


@given(st.dates(date(1950, 1, 1), date(2080, 1, 1)), st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d-%m-%Y"]))
def test_every_day_is_read_back(day: date, written: str) -> None:
    assert iso_day(day.strftime(written)) == day.isoformat()
