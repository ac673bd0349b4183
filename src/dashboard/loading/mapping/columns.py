"""Which of our columns does each column of a sheet in another format match? Decided by name and content."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from dashboard.loading.files.staging import column_name
from dashboard.loading.mapping.letters import lettered
from dashboard.loading.mapping.new_names import share_new
from dashboard.loading.mapping.numbers import numbered
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.loading.mapping.terms import Terms, terms_of
from dashboard.loading.mapping.values import fits, surely
from dashboard.model.answers.mapping import DAYS
from dashboard.model.answers.mapping_guess import Reason, Sure
from dashboard.model.answers.names import Names, bare
from dashboard.model.answers.tables import FORM
from dashboard.model.days import iso_day, year_in

MOST = 200
"""How many different values of a column are examined."""
BY_CONTENT = ("criterion", "operation", "round", "impact", "status", "country", "indicator")
"""Our columns that can be recognised by content alone, whatever their name."""
ALIKE, NAMED_SO = 0.1, 0.95
"""Columns whose scores differ by no more than the first could both be meant; from the second on, a name matches."""
LEAST = 0.25
AS_HEADED = Reason(Sure.SURE, "heading")
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
    """How well a column of the sheet fits one of ours, 0 to 1: by name, and by content (None if any text fits)."""

    by_name: float
    content: float | None

    @property
    def score(self) -> float:
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
    return Fit(by_name, content)


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


@dataclass(frozen=True)
class Assigned:
    """Columns of the sheet by our column, with the reason and the fitness (0 to 1) of each."""

    columns: Mapping[str, str]
    reasons: Mapping[str, Reason]
    fitness: Mapping[str, float]


def assign(columns: Sequence[Theirs], form: str, names: Names, without: Sequence[str] = ()) -> Assigned:
    """Assign the best-fitting column of the sheet to each of ours; none is used twice."""
    terms = {ours: terms_of(form, ours, names) for ours in FORM[form].columns if ours not in without}
    fits = {(ours, theirs.label): fit(theirs, ours, terms[ours]) for ours in terms for theirs in columns}
    taken: dict[str, str] = {}
    for (ours, label), candidate in sorted(fits.items(), key=lambda item: -item[1].score):
        if candidate.score >= LEAST and ours not in taken and label not in taken.values():
            taken[ours] = label
    by_label = {theirs.label: theirs for theirs in columns}
    reasons = {}
    for ours, label in taken.items():
        others = [
            other
            for other in _others(ours, label, fits, taken)
            if not _same(by_label[label], by_label[other], terms[ours])
        ]
        reasons[ours] = _reason(fits[ours, label], others)
    return Assigned(taken, reasons, {ours: fits[ours, label].score for ours, label in taken.items()})


def assign_as_headed(columns: Sequence[Theirs], form: str, names: Names) -> Assigned:
    """Assign columns by heading if a sheet has every required heading of the form; all others by fit."""
    headed = {column_name(column.title): column.label for column in reversed(columns)}
    if not set(FORM[form].required) <= set(headed):
        return assign(columns, form, names)
    taken = {ours: headed[ours] for ours in FORM[form].columns if ours in headed}
    rest = assign([column for column in columns if column.label not in taken.values()], form, names, tuple(taken))
    return Assigned(
        {**taken, **rest.columns},
        {**dict.fromkeys(taken, AS_HEADED), **rest.reasons},
        {**dict.fromkeys(taken, 1.0), **rest.fitness},
    )


def _others(ours: str, label: str, fits: Mapping[tuple[str, str], Fit], taken: Mapping[str, str]) -> list[str]:
    """Return the unused columns of the sheet that fit about as well, or have the name and mostly fitting content."""
    least = max(fits[ours, label].score - ALIKE, LEAST)
    return [
        other
        for (column, other), candidate in fits.items()
        if column == ours and other not in taken.values() and (candidate.score >= least or candidate.speaks)
    ]


def _same(one: Theirs, other: Theirs, terms: Terms | None) -> bool:
    """Return whether two columns hold the same codes in different words, such as an id and the text beside it."""
    if terms is None or one.values[:MOST] == other.values[:MOST]:
        return one.values[:MOST] == other.values[:MOST]
    left, right = ([surely(value, terms).code for value in column.values[:MOST]] for column in (one, other))
    return left == right and None not in left


def _reason(best: Fit, others: Sequence[str]) -> Reason:
    """Return why a column was chosen. `others` are columns that fit as well."""
    share = (("percent", str(round(100 * (best.content or 0)))),)
    if others:
        return Reason(Sure.DOUBTFUL, "alike", (("others", ", ".join(others)),))
    if not best.by_name:
        return Reason(Sure.LIKELY, "content", share)
    if best.content is None:
        return Reason(Sure.SURE if best.by_name >= NAMED_SO else Sure.LIKELY, "title")
    if best.content < 0.5:
        return Reason(Sure.DOUBTFUL, "contradicts", share)
    sure = best.by_name >= NAMED_SO and best.content >= 0.9
    return Reason(Sure.SURE if sure else Sure.LIKELY, "both", share)
