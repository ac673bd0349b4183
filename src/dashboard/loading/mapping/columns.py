"""Which of our columns does each column of a sheet in another format match? Decided by name and content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.loading.files.staging import column_name
from dashboard.loading.mapping.fit import LEAST, MOST, NAMED_SO, Fit, Theirs, fit
from dashboard.loading.mapping.terms import Terms, terms_of
from dashboard.loading.mapping.values import surely
from dashboard.model.answers.mapping_guess import Reason, Sure
from dashboard.model.answers.names import Names
from dashboard.model.records import RECORDS

ALIKE = 0.1
"""Columns whose scores differ by no more than this could both be meant."""
FEW_WORDS = 3
"""So many of a column's words are shown in a reason."""
AS_HEADED = Reason(Sure.SURE, "heading")


@dataclass(frozen=True)
class Assigned:
    """Columns of the sheet by our column, with the reason and the fitness (0 to 1) of each."""

    columns: Mapping[str, str]
    reasons: Mapping[str, Reason]
    fitness: Mapping[str, float]


def assign(columns: Sequence[Theirs], form: str, names: Names, without: Sequence[str] = ()) -> Assigned:
    """Assign the best-fitting column of the sheet to each of ours; none is used twice."""
    terms = {ours: terms_of(form, ours, names) for ours in RECORDS[form].names if ours not in without}
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
        reasons[ours] = _reason(fits[ours, label], others, _named(ours, label, fits, taken), by_label[label])
    return Assigned(taken, reasons, {ours: fits[ours, label].score for ours, label in taken.items()})


def assign_as_headed(columns: Sequence[Theirs], form: str, names: Names) -> Assigned:
    """Assign columns by heading if a sheet has every required heading of the form; all others by fit."""
    headed = {column_name(column.title): column.label for column in reversed(columns)}
    if not set(RECORDS[form].required) <= set(headed):
        return assign(columns, form, names)
    taken = {ours: headed[ours] for ours in RECORDS[form].names if ours in headed}
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


def _named(ours: str, label: str, fits: Mapping[tuple[str, str], Fit], taken: Mapping[str, str]) -> list[str]:
    """Return the unused columns of the sheet that bear the name of ours, if the chosen one does not."""
    if fits[ours, label].by_name >= NAMED_SO:
        return []
    return [
        other
        for (column, other), candidate in fits.items()
        if column == ours and other not in taken.values() and candidate.by_name >= NAMED_SO
    ]


def _same(one: Theirs, other: Theirs, terms: Terms | None) -> bool:
    """Return whether two columns hold the same codes in different words, such as an id and the text beside it."""
    if terms is None or one.values[:MOST] == other.values[:MOST]:
        return one.values[:MOST] == other.values[:MOST]
    left, right = ([surely(value, terms).code for value in column.values[:MOST]] for column in (one, other))
    return left == right and None not in left


def _reason(best: Fit, others: Sequence[str], named: Sequence[str], chosen: Theirs) -> Reason:
    """Return why a column was chosen. `others` are columns that fit as well, and `named` those that bear the name."""
    share = (("percent", str(round(100 * (best.content or 0)))),)
    if others:
        return Reason(Sure.DOUBTFUL, "alike", (("others", ", ".join(others)),))
    if named:
        return Reason(Sure.DOUBTFUL, "named", (("others", ", ".join(named)),))
    if best.plain:
        return Reason(Sure.DOUBTFUL, "plain", (("words", ", ".join(chosen.values[:FEW_WORDS])),))
    if not best.by_name:
        return Reason(Sure.LIKELY, "content", share)
    if best.content is None:
        return Reason(Sure.SURE if best.by_name >= NAMED_SO else Sure.LIKELY, "title")
    if best.content < 0.5:
        return Reason(Sure.DOUBTFUL, "contradicts", share)
    sure = best.by_name >= NAMED_SO and best.content >= 0.9
    return Reason(Sure.SURE if sure else Sure.LIKELY, "both", share)
