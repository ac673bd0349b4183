"""How well does a column of a sheet fit one of ours? Judged by its name and by its values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property

from dashboard.loading.files.staging import column_name
from dashboard.loading.mapping.countries import countries
from dashboard.loading.mapping.letters import lettered
from dashboard.loading.mapping.new_names import share_new
from dashboard.loading.mapping.numbers import numbered
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.loading.mapping.terms import Terms
from dashboard.loading.mapping.values import fits, surely
from dashboard.model.answers.mapping import DAYS, SHEET
from dashboard.model.answers.names import bare
from dashboard.model.days import iso_day, year_in

MOST = 200
"""How many different values of a column are examined."""
BY_CONTENT = ("criterion", "operation", "round", "impact", "status", "country", "indicator")
"""Our columns that can be recognised by content alone, whatever their name."""
NAMED_SO = 0.95
"""From this score on, a name matches."""
LEAST = 0.25
"""A column with a lower score is not one of ours."""
BETWEEN = "part"
"""The meaning of statuses that no plain yes or no has."""
CODE = re.compile(r"[\w./-]{1,20}")


@dataclass(frozen=True)
class Theirs:
    """One column of the sheet: its label, and its distinct values in order."""

    label: str
    values: tuple[str, ...]

    @cached_property
    def title(self) -> str:
        """The label without the number that distinguishes it from another with the same name."""
        return re.sub(r" \(\d+\)$", "", self.label)

    @cached_property
    def name(self) -> str:
        return bare(self.title)


@dataclass(frozen=True)
class Fit:
    """How well a column of the sheet fits one of ours, 0 to 1: by name, and by content (None if any text fits).

    If it is `plain`, only its values say so, and they could answer any question: a column with the name goes first.
    """

    by_name: float
    content: float | None
    plain: bool = False

    @property
    def score(self) -> float:
        if self.plain:
            return LEAST
        if self.content is None:
            return self.by_name
        if self.content < 0.2:
            return 0.3 * self.by_name
        return 0.4 * self.by_name + 0.6 * self.content

    @property
    def speaks(self) -> bool:
        """Whether the name matches and at least half of the content fits."""
        return self.by_name >= NAMED_SO and (self.content is None or self.content >= 0.5)


def fit(column: Theirs, ours: str, terms: Terms | None) -> Fit:
    """Return how well a column of the sheet fits one of ours."""
    by_name = _by_name(column, ours)
    if not by_name and ours not in BY_CONTENT:
        return Fit(0.0, 0.0)
    content = _content(column.values, ours, terms, bool(by_name)) if column.values else (0.5 if by_name else 0.0)
    if by_name and content is not None and column.values:
        content = max(content, share_new(column.values[:MOST], ours))
    if not by_name and (content is None or content < 0.6):
        return Fit(0.0, 0.0)
    return Fit(by_name, content, not by_name and terms is not None and _plain(column, ours, terms))


def _plain(column: Theirs, ours: str, terms: Terms) -> bool:
    """Return whether values say little: years, names of countries, one word, or no more than yes and no."""
    values = column.values[:MOST]
    if column.label == SHEET:
        return False
    if ours == "operation":
        return all(bare(value) in _countries() for value in values)
    if ours == "round" and all(year_in(value) == value for value in values):
        return True
    codes = {surely(value, terms).code or "" for value in values} - {""}
    if ours == "status" and BETWEEN not in {terms.meanings.get(code) for code in codes}:
        return True
    return ours in ("round", "status") and len(codes) == 1


@cache
def _countries() -> frozenset[str]:
    """Return the normalised names of all countries."""
    return frozenset(bare(name) for code, names in countries().items() for name in (code, *names))


def _by_name(column: Theirs, ours: str) -> float:
    if column_name(column.title) == ours:
        return 1.0
    known = synonyms().columns.get(ours, frozenset())
    if column.name in known or column.name == bare(ours):
        return 0.95
    words = set(column.name.split())
    if any(set(name.split()) <= words for name in (*known, bare(ours)) if len(name) > 3):
        return 0.6
    best = max((SequenceMatcher(None, column.name, name).ratio() for name in (*known, bare(ours))), default=0.0)
    return 0.7 if best >= 0.85 else 0.0


def _content(values: Sequence[str], ours: str, terms: Terms | None, named: bool) -> float | None:
    """Return the share of values that fit our column; None if any text does.

    Numbers and codes of two letters only count if it is `named` so.
    """
    looked_at = values[:MOST]
    if ours in DAYS:
        months = synonyms().months
        days = [iso_day(value, "dmy", months) or iso_day(value, "mdy", months) for value in looked_at]
        return sum(day is not None for day in days) / len(looked_at)
    if ours == "year":
        return sum(year_in(value) is not None for value in looked_at) / len(looked_at)
    if ours == "action":
        return sum(CODE.fullmatch(value) is not None for value in looked_at) / len(looked_at)
    if terms is None:
        return None
    short = {**numbered(looked_at, terms.meanings), **lettered(looked_at, terms)} if named else {}
    return sum(value in short or fits(value, terms) for value in looked_at) / len(looked_at)
