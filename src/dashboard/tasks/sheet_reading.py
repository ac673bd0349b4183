"""What does a process of its own say of somebody else's sheet? How it is read, and the table that comes of it.

The cells stay in that process: whoever asks is given the guess, and the table as a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.loading.mapping.apply import Mapped, write_mapped
from dashboard.loading.mapping.guess import SETTLED, KnownWords
from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.answers.mapping_guess import Guess
from dashboard.model.answers.names import Names
from dashboard.model.problem import Problem, Weight
from dashboard.tasks.sheet_corrections import Said, with_said
from dashboard.tasks.sheet_import import (
    OpenSheet,
    corrected,
    first_guess,
    guess_by,
    labels,
    made_from,
    open_sheet,
    saved_for,
)


@dataclass(frozen=True)
class Asked:
    """How a sheet shall be read: by which of the mappings that were kept, and with what somebody said of it.

    `by` is the name of one, empty for a guess; None for the first that was made for such a sheet.
    """

    names: Names
    known: KnownWords
    saved: Mapping[str, SheetMapping] = field(default_factory=dict)
    by: str | None = None
    said: Said = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """How a sheet is read: by what, the guess, the columns of theirs that can be chosen, and how many rows come of it.

    `fitting` are the mappings that were made for such a sheet. Of a table of ours nothing else is said.
    """

    ours: bool = False
    fitting: tuple[str, ...] = ()
    by: str = ""
    guessed: Guess | Problem | None = None
    labels: tuple[str, ...] = ()
    n_rows: int = 0


@dataclass(frozen=True)
class Made:
    """How many rows came of a sheet, and what of it did not come over."""

    n_rows: int
    problems: tuple[Problem, ...]


def look(path: Path, name: str, asked: Asked) -> Look | Problem:
    """How a file would be read, or why it cannot be."""
    opened = open_sheet(path, name)
    if isinstance(opened, Problem):
        return opened
    return Look(ours=True) if opened.ours else _looked(opened, asked)[0]


def make(path: Path, name: str, mapping: SheetMapping, file: Path) -> Made | Problem:
    """Write the table that comes of a sheet by a mapping, where any row does. Raises OSError when the machine fails."""
    opened = open_sheet(path, name)
    return opened if isinstance(opened, Problem) else _written(made_from(opened, Guess(mapping)), file)


def look_and_make(path: Path, name: str, asked: Asked, file: Path) -> tuple[Look, Made] | Problem:
    """Both at once, for whoever asks nobody in between."""
    opened = open_sheet(path, name)
    if isinstance(opened, Problem):
        return opened
    if opened.ours:
        return Look(ours=True), Made(0, ())
    found, mapped = _looked(opened, asked)
    return found, Made(0, ()) if mapped is None else _written(mapped, file)


def _looked(opened: OpenSheet, asked: Asked) -> tuple[Look, Mapped | None]:
    fitting = tuple(saved_for(opened, asked.saved))
    by = next(iter(fitting), "") if asked.by is None else asked.by
    guessed = _guess(opened, asked, by)
    if isinstance(guessed, Problem):
        return Look(fitting=fitting, by=by, guessed=guessed), None
    mapped = made_from(opened, guessed)
    theirs = labels(opened.grids, guessed.mapping)
    return Look(False, fitting, by, guessed, theirs, len(mapped.rows)), mapped


def _guess(opened: OpenSheet, asked: Asked, by: str) -> Guess | Problem:
    """The guess, or what a saved mapping says, with what somebody said of it."""
    names, known, said = asked.names, asked.known, asked.said
    if by and by not in asked.saved:
        there = ", ".join(asked.saved) or None
        return Problem("unknown_mapping", opened.name, value=by, expected=there, weight=Weight.FILE)
    first = guess_by(opened, asked.saved[by], names, known) if by else first_guess(opened, names, known)
    if isinstance(first, Problem) or not any(on[0] in ("column", "word", "across", "days") for on in said):
        return first
    learnt = asked.saved[by].values if by else {}
    mapping = with_said(first.mapping.model_copy(update={"values": learnt}), said)
    chosen = {on[1]: SETTLED for on in said if on[0] == "column"}
    if ("days",) in said:
        chosen |= dict.fromkeys(mapping.columns, SETTLED)
    return corrected(opened, mapping, names, known, {**first.columns, **chosen})


def _written(mapped: Mapped, file: Path) -> Made:
    if mapped.rows:
        write_mapped(mapped, file)
    return Made(len(mapped.rows), mapped.problems)
