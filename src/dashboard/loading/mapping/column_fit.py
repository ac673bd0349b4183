"""Judges how well the columns of a sheet fit ours, and whether they represent operations, rounds, criteria or years."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property
from typing import Literal

from dashboard.loading.mapping.column_groups import BETWEEN, MOST, choose_group
from dashboard.loading.mapping.country_names import countries, stands_in
from dashboard.loading.mapping.new_names import perhaps_new, share_new
from dashboard.loading.mapping.reasons import GuessReason, Sure, WordMatch
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.loading.mapping.values import WITHIN, Terms, fits, lettered, numbered, surely, terms_of
from dashboard.loading.staging import column_name
from dashboard.model.mapping import DAYS, SHEET, Across, Names, Represented, bare
from dashboard.model.records import RECORDS
from dashboard.model.sheet_cells import GROUPED, NO_TICKS, TICKS, iso_day, year_in

BY_CONTENT = ("criterion", "operation", "round", "impact", "status", "country", "indicator")
"""Our columns that can be recognised by content alone, whatever their name."""
NAMED_SO = 0.95
"""From this score on, a name matches."""
LEAST = 0.25
"""A column with a lower score is not one of ours."""
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


SPREADS: tuple[Literal["operation", "criterion", "round"], ...] = ("operation", "criterion", "round")
FEW = 2
"""From this many columns on, a sheet counts as spread over them."""

CHOSEN = GuessReason(Sure.SURE, "chosen")
"""Somebody says that each of several columns represents a code."""


@dataclass(frozen=True)
class SpreadColumns:
    """Columns of the sheet that represent codes, and the reason for reading them so.

    If several groups of columns represent the same codes, `group` is the title of this one, and `groups` are all.
    """

    across: Across
    reason: GuessReason
    group: str = ""
    groups: tuple[str, ...] = ()


def spread_of(columns: Sequence[Theirs], names: Names, group: str = "") -> SpreadColumns | None:
    """Return what a sheet is spread over: the codes that most of its columns with answers are named after.

    A column that only may be named after a code counts, but is not read until somebody says so. Of several groups of
    such columns, one is read: that called `group`, or the best.
    """
    status = terms_of("answers", "status", names)
    best: SpreadColumns | None = None
    most = 0
    for ours in SPREADS:
        terms = terms_of("answers", ours, names)
        if terms is None or status is None:
            continue
        codes = {
            column.label: code
            for column in columns
            if _may_represent(column) and (code := named(column.label, terms)) and _answers(column, status)
        }
        chosen = choose_group(codes, {column.label: column.values for column in columns}, status, group)
        codes = dict(chosen.codes)
        labels = [*codes, *(perhaps_named(columns, names) if ours == "operation" else {})]
        several = len({codes.get(label, label) for label in labels}) >= FEW
        several = several and any(column.values for column in columns if column.label in labels)
        if several and len(labels) > most:
            why, most = (("n", str(len(labels))), ("titles", ", ".join(labels[:3]))), len(labels)
            across = Across(column=ours, codes=codes, beside=_beside(columns, codes))
            likely = GuessReason(Sure.LIKELY if codes else Sure.DOUBTFUL, f"across_{ours}", why)
            best = SpreadColumns(across, chosen.reason or likely, chosen.title, chosen.titles)
    return best or _ticked(columns, status)


def perhaps_named(columns: Sequence[Theirs], names: Names) -> dict[str, WordMatch]:
    """Return the operation that each column of answers may represent of which only part of the title is a country."""
    terms, status = terms_of("answers", "operation", names), terms_of("answers", "status", names)
    if terms is None or status is None:
        return {}
    titled = {column.label: surely(column.label, terms) for column in columns if _may_represent(column)}
    within = {label: match for label, match in titled.items() if match.reason == WITHIN}
    held = {column.label for column in columns if column.label in within and _answers(column, status)}
    return {label: perhaps_new(label, match, names) or match for label, match in within.items() if label in held}


def spread_as(columns: Sequence[Theirs], ours: Represented, names: Names, group: str = "") -> SpreadColumns:
    """Return the columns that somebody says represent codes of ours, as far as their titles name any, of one group."""
    terms = terms_of("answers", ours, names) or Terms({}, {})
    titled = [column for column in columns if _may_represent(column)]
    codes = {column.label: code for column in titled if (code := named(column.title, terms))}
    status = terms_of("answers", "status", names) or Terms({}, {})
    chosen = choose_group(codes, {column.label: column.values for column in columns}, status, group)
    across = Across(column=ours, codes=dict(chosen.codes), beside=_beside(columns, chosen.codes))
    return SpreadColumns(across, CHOSEN, chosen.title, chosen.titles)


def _may_represent(column: Theirs) -> bool:
    """Return whether a column may represent a code: the second line of its title names nothing else."""
    return column.label != SHEET and _further(column) is None


def _beside(columns: Sequence[Theirs], codes: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the columns that belong to one that represents a code: their titles have the same first line."""
    found: dict[str, dict[str, str]] = {}
    for label in codes:
        group = label.partition(GROUPED)[0]
        for column in columns if GROUPED in label else ():
            if column.label.partition(GROUPED)[0] == group and (ours := _further(column)):
                found.setdefault(label, {}).setdefault(ours, column.label)
    return found


def _further(column: Theirs) -> str | None:
    """Return which of our columns, other than the status, the second line of a title names."""
    group, _, title = column.title.partition(GROUPED)
    known = synonyms().columns
    optional = set(RECORDS["answers"].names) - set(RECORDS["answers"].required)
    names = {ours: {*known.get(ours, ()), bare(ours)} for ours in optional} if group and title else {}
    return next((ours for ours, called in names.items() if bare(title) in called), None)


def _ticked(columns: Sequence[Theirs], status: Terms | None) -> SpreadColumns | None:
    """Return the columns that are named after statuses and hold only ticks."""
    codes = {
        column.label: code
        for column in columns
        if status is not None
        and (code := named(column.title, status))
        and {value.casefold() for value in column.values} <= TICKS | NO_TICKS
    }
    if len(set(codes.values())) < FEW or not any(column.values for column in columns if column.label in codes):
        return None
    why = (("n", str(len(codes))), ("titles", ", ".join(list(codes)[:3])))
    return SpreadColumns(Across(column="status", codes=codes), GuessReason(Sure.LIKELY, "across_status", why))


def named(text: str, terms: Terms) -> str | None:
    """Return the code that a text certainly names."""
    certain = surely(text, terms)
    return certain.code if certain.reason.sure is not Sure.DOUBTFUL else None


def _answers(column: Theirs, status: Terms) -> bool:
    """Return whether at least half of a column's values are answers; an empty column may still be meant for some."""
    numbers = numbered(column.values, status.meanings)
    known = sum(value in numbers or fits(value, status) for value in column.values)
    return 2 * known >= len(column.values)


def mentioned(column: str, texts: Sequence[str], names: Names) -> str | None:
    """Return the one code of a column that any of the texts names, by code or title, as separate words.

    An operation is not named by a text about another place, such as `Northern Cyprus`.
    """
    # GROUP is the code of the head office, but a common word in titles.
    called = {
        code: (code, *(name for name in titles if name != "GROUP"))
        for code, titles in names.called.get(column, {}).items()
        if code not in names.new
    }
    held = [(text, f" {bare(text)} ") for text in texts]
    codes = {
        code
        for code, known in called.items()
        for name in known
        for text, words in held
        if len(name) > 2 and f" {bare(name)} " in words and (column != "operation" or stands_in(name, text))
    }
    return codes.pop() if len(codes) == 1 else None


YEAR = re.compile(r"(?:YR)?((?:19|20)\d\d)(?: \[YR\1\])?")
"""A year as the title of a column, also as the World Bank writes it: `2021 [YR2021]`."""


def year_of(title: str) -> str | None:
    """Return the year that a title is."""
    found = YEAR.fullmatch(title)
    return found[1] if found else None


def spread_of_figures(columns: Sequence[Theirs], names: Names) -> SpreadColumns | None:
    """Return what a sheet of figures is spread over: indicators, or years."""
    indicators = terms_of("context", "indicator", names)
    found: dict[Represented, dict[str, str]] = {
        "indicator": {c.label: code for c in columns if indicators and (code := named(c.title, indicators))},
        "year": {c.label: code for c in columns if (code := year_of(c.title))},
    }
    for ours, codes in found.items():
        if len(set(codes.values())) >= FEW:
            why = (("n", str(len(codes))), ("titles", ", ".join(list(codes)[:3])))
            across = Across(column=ours, codes=codes, holds="value")
            return SpreadColumns(across, GuessReason(Sure.LIKELY, f"across_{ours}", why))
    return None
