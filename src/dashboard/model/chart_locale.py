"""How does a language write numbers and days, in the terms of charts? Read off the Unicode CLDR, as Babel has it."""

from collections.abc import Mapping
from functools import cache

from babel import Locale

SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)
"""The days of Babel, which begin with Monday, in the order of charts."""


@cache
def chart_locale(locale: Locale) -> Mapping[str, Mapping[str, object]]:
    """The definition of a locale for numbers and times, as Vega takes it from D3."""
    symbols = locale.number_symbols["latn"]
    last, before = locale.decimal_formats[None].grouping
    return {
        "number": {
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
            # The group at the end, then the others: 12,34,567 in Hindi.
            "grouping": [last, *[before] * 6],
            "currency": ["", ""],
            "percent": symbols["percentSign"],
            # A true minus, as English charts have it, where the language would write a hyphen.
            "minus": "−",
        },
        "time": {
            "dateTime": "%Y-%m-%d %H:%M",
            "date": "%Y-%m-%d",
            "time": "%H:%M",
            # No chart writes hours.
            "periods": ["AM", "PM"],
            "days": [locale.days["format"]["wide"][day] for day in SUNDAY_FIRST],
            "shortDays": [locale.days["format"]["abbreviated"][day] for day in SUNDAY_FIRST],
            "months": _months(locale, "wide"),
            "shortMonths": _months(locale, "abbreviated"),
        },
    }


def _months(locale: Locale, width: str) -> list[str]:
    """The names of months as they stand alone, or beside a year."""
    return [locale.months["stand-alone"][width][month] for month in range(1, 13)]
