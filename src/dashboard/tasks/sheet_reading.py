"""How is a sheet read in a separate process? It returns the guess, and writes the table to a file.

The cells never leave that process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.loading.mapping.apply import Mapped, write_mapped
from dashboard.loading.mapping.guess import SETTLED, KnownWords
from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.answers.mapping_guess import Guess
from dashboard.model.answers.names import Names
from dashboard.model.limits import Progress
from dashboard.model.problem import Problem, Weight
from dashboard.store.publishing.load import silent
from dashboard.tasks.sheet_corrections import Corrections, suggestions, with_corrections
from dashboard.tasks.sheet_import import (
    OpenSheet,
    Unlike,
    corrected,
    first_guess,
    guess_by,
    labels,
    mapped_rows,
    open_sheet,
    saved_for,
)

CORRECTING = ("column", "word", "across", "together", "only", "reason", "filled", "days", "new")
"""Choices that correct a guess begin with one of these; all others lead to a new guess."""


@dataclass(frozen=True)
class ReadingOptions:
    """How to read a sheet: with which of the saved mappings, and with which corrections.

    `by` is the name of a mapping, empty for a guess; None for the first mapping that fits the sheet. With `suggested`,
    words that are only suggested are accepted.
    """

    names: Names
    known: KnownWords
    saved: Mapping[str, SheetMapping] = field(default_factory=dict)
    by: str | None = None
    corrections: Corrections = field(default_factory=dict)
    suggested: bool = False


@dataclass(frozen=True)
class SheetReading:
    """How a sheet is read: the mapping, the guess, their columns to choose from, and the number of rows.

    `fitting` are the saved mappings that fit the sheet. For a table in our format, everything but `ours` is empty.
    `apart` names an unread column in which repeated rows differ; `unlike` says how the file differs from our format.
    """

    ours: bool = False
    fitting: tuple[str, ...] = ()
    by: str = ""
    guessed: Guess | Problem | None = None
    labels: tuple[str, ...] = ()
    n_rows: int = 0
    apart: Problem | None = None
    unlike: Unlike = "not_ours"


@dataclass(frozen=True)
class WrittenTable:
    """The number of rows written from a sheet, and problems for whatever was not carried over."""

    n_rows: int
    problems: tuple[Problem, ...]


def read_sheet(path: Path, name: str, asked: ReadingOptions, progress: Progress = silent) -> SheetReading | Problem:
    """Return how a file would be read, or why it cannot be."""
    progress(0.0, "read")
    opened = open_sheet(path, name, asked.names)
    if isinstance(opened, Problem):
        return opened
    return SheetReading(ours=True) if opened.ours else _reading(opened, asked, progress)[0]


def write_table(
    path: Path, name: str, mapping: SheetMapping, file: Path, progress: Progress = silent
) -> WrittenTable | Problem:
    """Write the table that a mapping makes of a sheet; no file if there are no rows. Raises OSError."""
    progress(0.0, "read")
    opened = open_sheet(path, name)
    return opened if isinstance(opened, Problem) else _write(mapped_rows(opened, Guess(mapping), progress), file)


def read_and_write(
    path: Path, name: str, asked: ReadingOptions, file: Path, progress: Progress = silent
) -> tuple[SheetReading, WrittenTable] | Problem:
    """Read a sheet and write its table in one go; no file if there are no rows. Raises OSError."""
    progress(0.0, "read")
    opened = open_sheet(path, name, asked.names)
    if isinstance(opened, Problem):
        return opened
    if opened.ours:
        return SheetReading(ours=True), WrittenTable(0, ())
    reading, mapped = _reading(opened, asked, progress)
    return reading, WrittenTable(0, ()) if mapped is None else _write(mapped, file)


def _reading(opened: OpenSheet, asked: ReadingOptions, progress: Progress) -> tuple[SheetReading, Mapped | None]:
    progress(0.3, "guess")
    fitting = tuple(saved_for(opened, asked.saved))
    by = next(iter(fitting), "") if asked.by is None else asked.by
    guessed = _guess(opened, asked, by)
    if isinstance(guessed, Problem):
        return SheetReading(fitting=fitting, by=by, guessed=guessed, unlike=opened.unlike), None
    mapped = mapped_rows(opened, guessed, progress)
    theirs = labels(opened.grids, guessed.mapping)
    apart = next((problem for problem in mapped.problems if problem.kind == "tells_apart"), None)
    return SheetReading(False, fitting, by, guessed, theirs, len(mapped.rows), apart, opened.unlike), mapped


def _guess(opened: OpenSheet, asked: ReadingOptions, by: str) -> Guess | Problem:
    """Return the guess, or the result of the saved mapping `by`, with the corrections applied."""
    names, known, corrections = asked.names, asked.known, asked.corrections
    if by and by not in asked.saved:
        there = ", ".join(asked.saved) or None
        return Problem("unknown_mapping", opened.name, value=by, expected=there, weight=Weight.FILE)
    first = guess_by(opened, asked.saved[by], names, known) if by else first_guess(opened, names, known)
    if not isinstance(first, Problem) and asked.suggested:
        corrections = {**suggestions(first), **corrections}
    if isinstance(first, Problem) or not any(on[0] in CORRECTING for on in corrections):
        return first
    learnt = asked.saved[by].values if by else {}
    mapping = with_corrections(first.mapping.model_copy(update={"values": learnt}), corrections)
    chosen = {on[1]: SETTLED for on in corrections if on[0] in ("column", "filled")}
    chosen |= {"na_reason": SETTLED} if ("reason",) in corrections else {}
    if ("days",) in corrections:
        chosen |= dict.fromkeys(mapping.columns, SETTLED)
    return corrected(opened, mapping, names, known, {**first.columns, **chosen})


def _write(mapped: Mapped, file: Path) -> WrittenTable:
    if mapped.rows:
        write_mapped(mapped, file)
    return WrittenTable(len(mapped.rows), mapped.problems)
