"""The interface sentences of one language, falling back to English where one is missing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from dashboard.model.claim import Claim

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

    def __call__(self, key: str, /, **places: object) -> str:
        text = self.texts.get(key)
        if text is None:
            text = self.english[key]
        return text.format(**{name: self.shown(value) for name, value in places.items()}) if places else text

    def has(self, key: str) -> bool:
        """Whether there is a sentence with this key."""
        return key in self.texts or key in self.english

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
