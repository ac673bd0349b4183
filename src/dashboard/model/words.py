"""The interface sentences of one language, with what they state of figures, and how it writes numbers and days.

English stands in where a sentence is missing. Numbers and days are written as in the Unicode CLDR, as Babel has it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal


@dataclass(frozen=True)
class Claim:
    """One statement: the key of its sentence, and what stands in its places. `Words.say` makes the sentence.

    A place may hold a claim, a tuple of sentences, or a list of parts. The key says what is stated of what
    (`severe_gap.count`), the places hold the numbers as they were calculated, so that each can be calculated again
    without reading a sentence. `n` is the number by which the language chooses a plural, and stands in the place `n`.
    """

    key: str
    places: Mapping[str, object]
    n: int | None = None

    @classmethod
    def of(cls, key: str, /, **places: object) -> "Claim":
        """Return what the sentence `key` states."""
        return cls(key, places)

    @classmethod
    def count(cls, key: str, n: int, /, **places: object) -> "Claim":
        """Return what the sentence `key` states of a number of things."""
        return cls(key, {"n": n, **places}, n)


Claims = tuple[Claim, ...]
"""What is said one after the other."""


FRACTIONS = "#,##0.###"
"""At most three decimals."""
ENGLISH = Locale.parse("en")
PUBLISHED = re.compile(r"-?[0-9]+(\.[0-9]+)?")
"""What a number looks like in our tables."""
PATTERNS = {"2", "start", "middle", "end"}
"""The patterns that a language needs for writing a list."""
OTHERWISE = "other"
"""The plural that every language has, used if a file of words lacks another."""


MOST_NAMED = 5
FIRST_NAMED = 3
"""Of more names than the most, so many are given."""


@dataclass(frozen=True, eq=False)
class Words:
    """Sentences by key. Calling it returns one with its placeholders filled. Read once; compared by identity.

    Numbers, dates, plurals and lists follow the `language.locale` of the file of words, by the Unicode CLDR. Raises
    KeyError if neither the language nor English has the key: that is a bug, not the reader's mistake.
    """

    language: str
    texts: Mapping[str, str]
    english: Mapping[str, str] = field(default_factory=dict)
    made_from: Mapping[str, str] = field(default_factory=dict)
    """By key: the fingerprint of the English that a sentence was made from."""
    readings: Mapping[str, object] = field(default_factory=dict)
    """By key: who read or approved a sentence, see `TextReading`."""

    def __call__(self, key: str, /, **places: object) -> str:
        text = self.texts.get(key)
        if text is None:
            text = self.english[key]
        return text.format(**{name: self.shown(value) for name, value in places.items()}) if places else text

    def has(self, key: str) -> bool:
        """Whether there is a sentence with this key."""
        return key in self.texts or key in self.english

    def titled(self, key: str, code: str) -> str:
        """The title of a code by its key; a code that a group has added itself has none, and stays as it is."""
        return self(key) if self.has(key) else code

    @property
    def is_draft(self) -> bool:
        """Whether it is a translation of which nobody has read some sentences yet."""
        return not self.made_from.keys() <= self.readings.keys()

    def missing(self) -> tuple[str, ...]:
        """Keys that English has and this language lacks, sorted; of plurals, those its rules need."""
        lacking = set(self.english) - set(self.texts)
        return tuple(sorted(key for key in lacking if not self._is_idle(key)))

    def _is_idle(self, key: str) -> bool:
        """Whether it is a plural that this language does not use."""
        stem, _, form = key.rpartition(".")
        return f"{stem}.{OTHERWISE}" in self.texts and form not in self.locale.plural_form.tags

    @cached_property
    def locale(self) -> Locale:
        """How numbers, dates, plurals and lists are written; as in English if nothing is known about the language."""
        try:
            return Locale.parse(self.texts.get("language.locale", self.language), sep="-")
        except (UnknownLocaleError, ValueError):
            return ENGLISH

    def shown(self, value: object) -> str:
        """A value as text: numbers, dates and claims as the language writes them, None as empty, else unchanged.

        Several claims follow each other as sentences in a tuple, and are separated by commas in a list.
        """
        if value is None:
            return ""
        if isinstance(value, Claim):
            return self.say(value)
        if isinstance(value, tuple):
            return self.say(*value)
        if isinstance(value, list):
            return self.listed(map(self.shown, value))
        if isinstance(value, bool | str):
            return str(value)
        if isinstance(value, int | float):
            return _number(value, self.locale)
        if isinstance(value, datetime):
            time = format_time(value, "HH:mm", locale=self.locale)
            return self("language.moment", date=value.date(), time=time)
        if isinstance(value, date):
            return _date(value, self("language.date"), self.locale)
        return str(value)

    def when(self, text: str) -> str:
        """A month or day of ISO 8601 as the language writes it; a year and other texts stay."""
        with suppress(ValueError):
            if len(text) == len("2024-04"):
                return format_skeleton("yMMM", date.fromisoformat(f"{text}-01"), locale=self.locale)
            return self.shown(date.fromisoformat(text))
        return text

    def figure(self, text: str) -> str:
        """A number that was published as text, as the language writes it, with all its digits; other texts stay."""
        if not PUBLISHED.fullmatch(text):
            return text
        digits = len(text.partition(".")[2])
        return format_decimal(Decimal(text), f"#,##0.{'0' * digits}".rstrip("."), self.locale)

    def count(self, key: str, n: int, /, **places: object) -> str:
        """The sentence `key` for a number, by the plural rules of its language: `key.one`, `key.other` and so on."""
        own = f"{key}.{OTHERWISE}" in self.texts
        texts, locale = (self.texts, self.locale) if own else (self.english, ENGLISH)
        form = f"{key}.{locale.plural_form(n)}"
        return self(form if form in texts else f"{key}.{OTHERWISE}", n=n, **places)

    def say(self, *parts: Claim | str) -> str:
        """The sentences of some claims, one after the other; a text stays as it is, and an empty one says nothing."""
        return " ".join(text for text in map(self._said, parts) if text)

    def _said(self, part: Claim | str) -> str:
        if isinstance(part, str):
            return part
        places = {name: value for name, value in part.places.items() if name != "n" or part.n is None}
        return self(part.key, **places) if part.n is None else self.count(part.key, part.n, **places)

    def listed(self, parts: Iterable[str], style: Literal["unit", "or"] = "unit") -> str:
        """The parts joined as the language separates them: a, b, c; a, b or c in the style "or"."""
        # Some languages have only some of these patterns; they get a comma.
        whole = self.locale.list_patterns.get(style, {}).keys() >= PATTERNS
        return format_list(list(parts), style=style, locale=self.locale) if whole else ", ".join(parts)

    def some(self, of: str, names: Sequence[str]) -> str:
        """A few names of countries or operations; of many, how many there are, and the first of them."""
        if len(names) <= MOST_NAMED:
            return self.listed(names)
        return self(f"some.{of}", n=len(names), names=self.listed(names[:FIRST_NAMED]))


@lru_cache(maxsize=10_000)
def _number(value: float, locale: Locale) -> str:
    return format_decimal(value, FRACTIONS, locale)


@lru_cache(maxsize=10_000)
def _date(value: date, pattern: str, locale: Locale) -> str:
    return format_date(value, pattern, locale)


AREA_WORDS = ("principle", "area")
"""The words that the program knows and translates. Any other is shown as the standard gives it."""
BETWEEN_AREA_WORDS = ";"
"""Separates the word for one from the word for several."""


@dataclass(frozen=True)
class AreaWord:
    """The word for one area and for several, as they are written inside a sentence."""

    one: str
    many: str

    @property
    def label(self) -> str:
        """The word for one, as a heading."""
        return self.one[:1].upper() + self.one[1:]

    def everything(self, words: Words) -> str:
        """What no choice of areas is called."""
        return words("area_word.all", areas=self.many)

    def sorted(self, words: Words, kind: str) -> str:
        """The heading of the areas with the mean and spread of one kind of figures."""
        return words("area_word.sorted", kind=kind, area=self.one)

    def by(self, words: Words) -> str:
        """The heading of figures by area."""
        return words("area_word.by", area=self.one)

    def none_of(self, words: Words, n: int, framework: str) -> str:
        """A number of rated risks that belong to none of the areas."""
        return words.count("area_word.no_risks", n, area=self.one, framework=framework)

    def counted(self, words: Words, n: int) -> str:
        """A number of areas."""
        return words.count("area_word.n", n, areas=self.one if n == 1 else self.many)


def area_word(given: str, words: Words) -> AreaWord:
    """The words for `area_word` of a standard. Without a word for several, an s is added, as in most English nouns."""
    if given in AREA_WORDS:
        return AreaWord(words(f"area_word.{given}.one"), words(f"area_word.{given}.other"))
    one, _, many = (part.strip() for part in given.partition(BETWEEN_AREA_WORDS))
    return AreaWord(one, many or f"{one}s")


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


def kind_key(kind: str, kinds: Sequence[str]) -> str:
    """The key of the name of a kind of figure, in a standard with these `kinds`: one kind alone needs no name."""
    return f"kind.{kind}" if len(kinds) > 1 else "kind.alone"
