"""Recognises a sheet in another format: where its header is, which of our forms it is, and which column is which."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Literal

from dashboard.loading.mapping.column_fit import (
    FEW,
    LEAST,
    NAMED_SO,
    SPREADS,
    Fit,
    SpreadColumns,
    Theirs,
    fit,
    named,
    spread_as,
    spread_of,
    spread_of_figures,
    year_of,
)
from dashboard.loading.mapping.column_groups import MOST
from dashboard.loading.mapping.reasons import GuessReason, Sure
from dashboard.loading.mapping.sheet_files import LOOKED_AT
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.loading.mapping.values import Terms, surely, terms_of
from dashboard.loading.staging import column_name
from dashboard.model.mapping import MAPPABLE, SHEET, MappableForm, Names, Represented, bare
from dashboard.model.records import RECORDS
from dashboard.model.sheet_cells import SheetGrid

TITLE = 60
"""The longest title of a column, in characters."""
OURS = frozenset(bare(column) for form in MAPPABLE for column in RECORDS[form].names)


@dataclass(frozen=True)
class Headed:
    """A sheet whose header is known: its row, counted from 0, and the columns with their values."""

    grid: SheetGrid
    header: int
    columns: tuple[Theirs, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(column.label for column in self.columns)

    @property
    def number(self) -> int:
        """The row of the header as a spreadsheet counts."""
        return self.grid.above + self.header + 1


def headed_at(grid: SheetGrid, header: int) -> Headed:
    """Return a sheet with its columns; the title of a workbook's sheet is one of them."""
    labels = grid.labels(header)
    below = [row for row in grid.texts[header + 1 :] if row != grid.texts[header]]
    columns = [
        Theirs(label, tuple(dict.fromkeys(row[position] for row in below if row[position])))
        for position, label in enumerate(labels)
        if label
    ]
    if grid.title:
        columns.append(Theirs(SHEET, (grid.title,)))
    return Headed(grid, header, tuple(columns))


def rows_below(one: Headed, filled: Sequence[str] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows below the header: the number of each in the spreadsheet, and its cells by label.

    A header that repeats is no row. In the columns `filled`, an empty cell holds the value above it.
    """
    labels = (*one.grid.labels(one.header), SHEET)
    above = dict.fromkeys(filled, "")
    head = one.grid.texts[one.header]
    for number, row in enumerate(one.grid.texts[one.header + 1 :], start=one.number + 1):
        if any(row) and row != head:
            cells = dict(zip(labels, (*row, one.grid.title), strict=True))
            above = {label: cells[label] or last for label, last in above.items()}
            yield number, {**cells, **above}


def joined(headed: Sequence[Headed]) -> tuple[Theirs, ...]:
    """Return the columns of sheets with the same header, each with the values from all of them."""
    values: dict[str, dict[str, None]] = {}
    for one in headed:
        for column in one.columns:
            values.setdefault(column.label, {}).update(dict.fromkeys(column.values))
    return tuple(Theirs(label, tuple(distinct)) for label, distinct in values.items())


def header_row(grid: SheetGrid, names: Names) -> int:
    """Return the row, counted from 0, that looks most like a header: titles of columns, not data."""
    rows = grid.texts[:LOOKED_AT]
    best = max(range(len(rows)), key=partial(_headlike, rows=rows, names=names), default=0)
    return best + 1 if _has_groups(rows[best : best + 2], names) else best


def _has_groups(rows: Sequence[Sequence[str]], names: Names) -> bool:
    """Whether the first of two rows names groups of columns whose titles are in the second, and repeat there.

    Titles are known, or several that all repeat, one of which is known or names a code of ours.
    """
    if len(rows) < FEW:
        return False
    below = [cell for cell in rows[1] if cell]
    repeated = {cell for cell in below if below.count(cell) >= FEW}
    if not repeated or "" not in rows[0]:
        return False
    known = known_titles() | {bare(cell) for cell in rows[0]}
    if all(bare(cell) in known for cell in below):
        return True
    terms = [found for ours in SPREADS if (found := terms_of("answers", ours, names))]
    says = any(bare(cell) in known or any(named(cell, of) for of in terms) for cell in repeated)
    return says and len(repeated) >= FEW and repeated | set(rows[0]) >= set(below)


def known_titles() -> frozenset[str]:
    """Return the normalised titles that our columns may have in a sheet."""
    return OURS.union(*synonyms().columns.values())


def _headlike(position: int, rows: Sequence[Sequence[str]], names: Names) -> float:
    """How much a row looks like a header: cells that name our columns or codes, otherwise short texts."""
    cells = [cell for cell in dict.fromkeys(rows[position]) if cell]
    if len(cells) < 2:
        return 0.0 if cells else -1.0
    known = known_titles()
    status = terms_of("answers", "status", names)
    statuses = {cell: code for cell in cells if status and (code := status.only(cell))}
    # Several statuses may be the titles of boxes to tick, or the answers of several operations.
    cost = 1 if len(set(statuses.values())) < FEW else 0
    years = [cell for cell in cells if year_of(cell)]
    score = 0.0
    for cell in cells:
        if bare(cell) in known:
            score += 3
        elif len(years) >= FEW and cell in years:
            score += 1
        elif cell in statuses or re.fullmatch(r"[\d\s./:-]+", cell):
            score -= cost if cell in statuses else 1
        elif len(cell) <= TITLE:
            score += 1
    for ours in SPREADS:
        terms = terms_of("answers", ours, names)
        codes = {code for cell in cells if terms and (code := named(cell, terms))}
        score += 2 * len(codes) if len(codes) >= FEW else -len(codes)
    return score


ALIKE = 0.1
"""Columns whose scores differ by no more than this could both be meant."""
FEW_WORDS = 3
"""So many of a column's words are shown in a reason."""
AS_HEADED = GuessReason(Sure.SURE, "heading")


FEW_NUMBERS = 12
"""So many numbers that are no words of a scale are listed."""


def numbers_only(values: Sequence[str]) -> bool:
    """Return whether every value is a number."""
    return bool(values) and all(re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?", value) for value in values)


@dataclass(frozen=True)
class Assigned:
    """Columns of the sheet by our column, with the reason and the fitness (0 to 1) of each."""

    columns: Mapping[str, str]
    reasons: Mapping[str, GuessReason]
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


def _reason(best: Fit, others: Sequence[str], named: Sequence[str], chosen: Theirs) -> GuessReason:
    """Return why a column was chosen. `others` are columns that fit as well, and `named` those that bear the name."""
    share = (("percent", str(round(100 * (best.content or 0)))),)
    if others:
        return GuessReason(Sure.DOUBTFUL, "alike", (("others", ", ".join(others)),))
    if named:
        return GuessReason(Sure.DOUBTFUL, "named", (("others", ", ".join(named)),))
    if best.plain:
        return GuessReason(Sure.DOUBTFUL, "plain", (("words", ", ".join(chosen.values[:FEW_WORDS])),))
    if not best.by_name:
        return GuessReason(Sure.LIKELY, "content", share)
    if best.content is None:
        return GuessReason(Sure.SURE if best.by_name >= NAMED_SO else Sure.LIKELY, "title")
    if not best.content and numbers_only(chosen.values[:MOST]):
        return GuessReason(Sure.DOUBTFUL, "numbers", (("numbers", ", ".join(sorted(chosen.values[:FEW_NUMBERS]))),))
    if best.content < 0.5:
        return GuessReason(Sure.DOUBTFUL, "contradicts", share)
    sure = best.by_name >= NAMED_SO and best.content >= 0.9
    return GuessReason(Sure.SURE if sure else Sure.LIKELY, "both", share)


BESIDE = ("round", "operation")
"""Columns that sheets often leave out, because the whole sheet is about one round and one operation."""
TELLING = {"context": {"country", "indicator", "value"}}
"""The required columns by which a form is recognised, if not all that sheets rarely leave out."""
KNOWN = 0.5
"""From this fitness of the indicator on, a sheet may hold figures on countries: anything can be called a value."""
CLEAR = 0.9
"""A column with at least this fitness for the status is one of statuses."""
ChosenAcross = Represented | Literal[""] | None
"""What somebody says each of several columns represents; empty if none does, and None for the likeliest."""


@dataclass(frozen=True)
class Candidate:
    """One form that a sheet could be, and how well it fits."""

    form: MappableForm
    assigned: Assigned
    spread: SpreadColumns | None
    fitness: float


def candidate_of(
    one: Headed, names: Names, form: MappableForm | None, across: ChosenAcross, group: str = ""
) -> Candidate:
    """Return the form that fits best, or the one that is chosen.

    A sheet with a column of answers is not read as one spread over columns, unless somebody says so. `group` is the
    chosen one of several groups of columns.
    """
    if across and form in (None, "answers"):
        return _as_spread(one, "answers", spread_as(one.columns, across, names, group), names)
    candidates = [_as_form(one, mappable, names) for mappable in MAPPABLE if form in (None, mappable)]
    spread = spread_of(one.columns, names, group) if form in (None, "answers") and across is None else None
    long = candidates[0].assigned
    beside = spread is not None and long.columns.get("status") in (None, *spread.across.codes)
    if spread is not None and (beside or long.fitness["status"] < CLEAR):
        candidates.append(_as_spread(one, "answers", spread, names))
    figures = spread_of_figures(one.columns, names) if form in (None, "context") and across is None else None
    if figures is not None:
        candidates.append(_as_spread(one, "context", figures, names))
    likely = [made for made in candidates if form or made.form != "context" or _tells_figures(made)]
    return max(likely, key=lambda candidate: candidate.fitness)


def _as_spread(one: Headed, form: MappableForm, spread: SpreadColumns, names: Names) -> Candidate:
    across = spread.across
    taken = {*across.codes, *chain(*across.further.values())}
    rest = [column for column in one.columns if column.label not in taken]
    assigned = assign(rest, form, names, (across.column, across.holds, *across.further))
    filled = {across.column, across.holds}
    core = _core(form)
    return Candidate(form, assigned, spread, len(core & filled) + _fitness(assigned, core - filled))


def _as_form(one: Headed, form: MappableForm, names: Names) -> Candidate:
    assigned = assign_as_headed(one.columns, form, names)
    return Candidate(form, assigned, None, _fitness(assigned, _core(form)))


def _core(form: MappableForm) -> set[str]:
    return TELLING.get(form, set(RECORDS[form].required) - {*BESIDE, "action"})


def _tells_figures(candidate: Candidate) -> bool:
    by_column = candidate.spread is not None and candidate.spread.across.column == "indicator"
    return by_column or candidate.assigned.fitness.get("indicator", 0.0) >= KNOWN


def _fitness(assigned: Assigned, core: set[str]) -> float:
    """Return the sum of how well the required columns fit, 0 to 1 each; a missing one counts -1."""
    return sum(assigned.fitness.get(column, -1.0) for column in core)
