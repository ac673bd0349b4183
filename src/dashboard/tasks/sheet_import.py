"""How is a sheet in another format imported? Opened, a guess offered, corrected, written in long form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from dashboard.loading.files.fit_to_read import unfit
from dashboard.loading.mapping.apply import Mapped, apply, fits, headed_sheets
from dashboard.loading.mapping.guess import SETTLED, UNDECIDED, KnownWords, complete, guess
from dashboard.loading.mapping.ours import goes_as_it_is, has_our_headings, is_ours
from dashboard.loading.mapping.sheets import read_grids
from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.answers.mapping_guess import Guess, Reason
from dashboard.model.answers.names import Names
from dashboard.model.grid import Grid
from dashboard.model.limits import Progress
from dashboard.model.problem import Problem, Weight
from dashboard.store.publishing.load import silent

Unlike = Literal["not_ours", "our_headings"]


@dataclass(frozen=True)
class OpenSheet:
    """A file whose cells were read. `ours` says that it is in our format and needs no mapping.

    `unlike` says how any other file differs from our format; it names a sentence.
    """

    name: str
    grids: tuple[Grid, ...]
    ours: bool
    unlike: Unlike = "not_ours"


def open_sheet(path: Path, name: str, names: Names | None = None) -> OpenSheet | Problem:
    """Read a file in any format, or say why it cannot be read. Without `names`, `ours` is false."""
    wrong = unfit(path, name)
    if wrong is not None:
        return wrong
    if names is not None and goes_as_it_is(path, names):
        return OpenSheet(name, (), True)
    grids = read_grids(path, name)
    if isinstance(grids, Problem):
        return grids
    in_our_words = names is not None and is_ours(grids, names)
    headed = any(has_our_headings(grid.texts[0]) for grid in grids)
    return OpenSheet(name, grids, in_our_words, "our_headings" if headed else "not_ours")


def first_guess(opened: OpenSheet, names: Names, known: KnownWords) -> Guess:
    """Guess how to read a sheet for which no mapping was saved."""
    return guess(opened.grids, names, known, Path(opened.name).stem)


def guess_by(opened: OpenSheet, mapping: SheetMapping, names: Names, known: KnownWords) -> Guess | Problem:
    """Read the sheet by a saved mapping and guess unknown words. Returns a Problem if no sheet fits."""
    headed = headed_sheets(mapping, opened.grids)
    spread = (mapping.across.column, mapping.across.holds, *mapping.across.further) if mapping.across else ()
    if not headed:
        problems = apply(mapping, opened.grids, opened.name).problems
        return next(problem for problem in problems if problem.weight is Weight.FILE)
    # A fixed round in a saved mapping is that of the last import.
    fixed = {**mapping.fixed, **{ours: v for ours, v in known.otherwise.items() if ours in mapping.fixed}}
    given = {*known.parameters} - {"na_reason"}
    columns = {ours: label for ours, label in mapping.columns.items() if ours not in given}
    mapping = mapping.model_copy(update={"fixed": {**fixed, **known.parameters}, "columns": columns})
    reasons = dict.fromkeys((*mapping.columns, *mapping.fixed, *spread), SETTLED)
    reasons |= {ours: UNDECIDED for ours in mapping.undecided if ours in reasons and ours not in given}
    # Names that were new last time are asked about again.
    mapping = mapping.model_copy(update={"take_new": False, "undecided": ()})
    return complete(mapping, headed, names, known.framework, reasons)


def corrected(
    opened: OpenSheet, mapping: SheetMapping, names: Names, known: KnownWords, reasons: Mapping[str, Reason]
) -> Guess:
    """Return a corrected mapping, with guesses for the words that the corrections bring in."""
    return complete(mapping, headed_sheets(mapping, opened.grids), names, known.framework, reasons)


def saved_for(opened: OpenSheet, saved: Mapping[str, SheetMapping]) -> list[str]:
    """Return the names of mappings that were made for a sheet with the same header."""
    return [name for name, mapping in saved.items() if fits(mapping, opened.grids)]


def mapped_rows(opened: OpenSheet, guessed: Guess, progress: Progress = silent) -> Mapped:
    """Return the rows in long form, or none and a Problem for each required column that is missing."""
    missing = [
        Problem("nothing_says", opened.name, column=column, weight=Weight.FILE) for column in guessed.mapping.missing
    ]
    progress(0.5, "rows")
    mapped = apply(guessed.mapping, opened.grids, opened.name, lambda share: progress(0.5 + share / 2, "rows"))
    return replace(mapped, problems=(*missing, *mapped.problems)) if missing else mapped


def labels(grids: Sequence[Grid], mapping: SheetMapping) -> tuple[str, ...]:
    """Return the labels of the columns that can be chosen."""
    headed = headed_sheets(mapping, grids)
    return headed[0].labels if headed else mapping.header
