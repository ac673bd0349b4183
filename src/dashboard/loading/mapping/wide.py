"""Do the columns of a sheet represent operations, rounds or criteria? And what is named above the header?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.loading.mapping.fit import Theirs
from dashboard.loading.mapping.new_names import perhaps_new
from dashboard.loading.mapping.numbers import numbered
from dashboard.loading.mapping.places import stands_in
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.loading.mapping.terms import Terms, terms_of
from dashboard.loading.mapping.values import WITHIN, fits, surely
from dashboard.model.answers.mapping import SHEET, Across, Represented
from dashboard.model.answers.mapping_guess import Match, Reason, Sure
from dashboard.model.answers.names import Names, bare
from dashboard.model.answers.ticks import NO_TICKS, TICKS
from dashboard.model.grid import GROUPED
from dashboard.model.records import RECORDS

SPREADS: tuple[Literal["operation", "criterion", "round"], ...] = ("operation", "criterion", "round")
FEW = 2
"""From this many columns on, a sheet counts as spread over them."""

CHOSEN = Reason(Sure.SURE, "chosen")
"""Somebody says that each of several columns represents a code."""


@dataclass(frozen=True)
class Spread:
    """Columns of the sheet that represent codes, and the reason for reading them so."""

    across: Across
    reason: Reason


def spread_of(columns: Sequence[Theirs], names: Names) -> Spread | None:
    """Return what a sheet is spread over: the codes that most of its columns with answers are named after.

    A column that only may be named after a code counts, but is not read until somebody says so.
    """
    status = terms_of("answers", "status", names)
    best: Spread | None = None
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
        labels = [*codes, *(perhaps_named(columns, names) if ours == "operation" else {})]
        several = len({codes.get(label, label) for label in labels}) >= FEW
        several = several and any(column.values for column in columns if column.label in labels)
        if several and len(labels) > most:
            why, most = (("n", str(len(labels))), ("titles", ", ".join(labels[:3]))), len(labels)
            across = Across(column=ours, codes=codes, beside=_beside(columns, codes))
            best = Spread(across, Reason(Sure.LIKELY if codes else Sure.DOUBTFUL, f"across_{ours}", why))
    return best or _ticked(columns, status)


def perhaps_named(columns: Sequence[Theirs], names: Names) -> dict[str, Match]:
    """Return the operation that each column of answers may represent of which only part of the title is a country."""
    terms, status = terms_of("answers", "operation", names), terms_of("answers", "status", names)
    if terms is None or status is None:
        return {}
    titled = {column.label: surely(column.label, terms) for column in columns if _may_represent(column)}
    within = {label: match for label, match in titled.items() if match.reason == WITHIN}
    held = {column.label for column in columns if column.label in within and _answers(column, status)}
    return {label: perhaps_new(label, match, names) or match for label, match in within.items() if label in held}


def spread_as(columns: Sequence[Theirs], ours: Represented, names: Names) -> Spread:
    """Return the columns that somebody says represent codes of ours, as far as their titles name any."""
    terms = terms_of("answers", ours, names) or Terms({}, {})
    titled = [column for column in columns if _may_represent(column)]
    codes = {column.label: code for column in titled if (code := named(column.title, terms))}
    return Spread(Across(column=ours, codes=codes, beside=_beside(columns, codes)), CHOSEN)


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


def _ticked(columns: Sequence[Theirs], status: Terms | None) -> Spread | None:
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
    return Spread(Across(column="status", codes=codes), Reason(Sure.LIKELY, "across_status", why))


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
