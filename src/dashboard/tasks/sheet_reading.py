"""Reads a sheet in another format in a separate process, with corrections; returns the guess, writes the table.

The cells never leave that process.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from dashboard.loading.file_contents import unfit
from dashboard.loading.mapping.apply import Mapped, apply, fits, headed_sheets, write_mapped
from dashboard.loading.mapping.guess import SETTLED, UNDECIDED, KnownWords, complete, guess
from dashboard.loading.mapping.reasons import Guess, GuessReason
from dashboard.loading.mapping.recognise import joined
from dashboard.loading.mapping.sheet_files import goes_as_it_is, has_our_headings, is_ours, read_grids
from dashboard.loading.mapping.sheet_shapes import looks_like, one_of, place_of, tables_in
from dashboard.model.mapping import Names, SheetMapping
from dashboard.model.problem import Problem, Progress, Weight
from dashboard.model.sheet_cells import SheetGrid
from dashboard.store.publishing.load import silent

Unlike = Literal["not_ours", "our_headings"]


@dataclass(frozen=True)
class OpenSheet:
    """A file whose cells were read. `ours` says that it is in our format and needs no mapping.

    `unlike` says how any other file differs from our format; it names a sentence.
    """

    name: str
    grids: tuple[SheetGrid, ...]
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
    opened: OpenSheet, mapping: SheetMapping, names: Names, known: KnownWords, reasons: Mapping[str, GuessReason]
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


def labels(grids: Sequence[SheetGrid], mapping: SheetMapping) -> tuple[str, ...]:
    """Return the labels of the columns that can be chosen."""
    headed = headed_sheets(mapping, grids)
    return headed[0].labels if headed else mapping.header


NOWHERE, COLUMN, FIXED = "", "column ", "fixed "
"""Prefixes of a choice of source for one of our columns: none, a column of the sheet, a value for every row."""
IS = "\n"
"""Separates a column and its value in a choice of rows to read. No label contains a line break."""
ALSO = "\0"
"""Separates several such choices. No cell contains this sign."""
TAKE = "take"
"""The choice that adds unpublished operations and rounds as new."""
Corrections = dict[tuple[str, ...], str]
"""Choices by subject: ("column", ours), ("word", ours, theirs), ("across", label), ("group",), ("reason",), …"""


def suggestions(guessed: Guess) -> Corrections:
    """Return the choices that accept every suggested word or column; new names are a choice of their own."""
    across = guessed.mapping.across.column if guessed.mapping.across else ""
    return {
        ("across", word) if ours == across and word in guessed.left else ("word", ours, word): match.code
        for ours, found in guessed.values.items()
        for word, match in found.items()
        if match.code is not None and match.taken is None and not match.reason.new
    }


def with_corrections(mapping: SheetMapping, corrections: Mapping[tuple[str, ...], str]) -> SheetMapping:
    """Return a mapping with the corrections applied."""
    columns, fixed = dict(mapping.columns), dict(mapping.fixed)
    values = {ours: dict(words) for ours, words in mapping.values.items()}
    codes = dict(mapping.across.codes) if mapping.across else {}
    together, only = dict(mapping.together), dict(mapping.only)
    days, filled, take_new = mapping.days, mapping.filled, mapping.take_new
    for on, choice in corrections.items():
        match on:
            case ("filled", ours):
                filled = (*(one for one in filled if one != ours), *([ours] if choice else []))
            case ("column", ours):
                columns.pop(ours, None)
                if ours != "na_reason":
                    fixed.pop(ours, None)
                if choice.startswith(COLUMN):
                    columns[ours] = choice.removeprefix(COLUMN)
                elif choice.startswith(FIXED):
                    fixed[ours] = choice.removeprefix(FIXED)
            case ("word", ours, theirs):
                values.setdefault(ours, {})[theirs] = choice or theirs
            case ("across", label):
                codes = {**codes, label: choice} if choice else {key: c for key, c in codes.items() if key != label}
            case ("reason",):
                fixed.pop("na_reason", None)
                fixed |= {"na_reason": choice} if choice else {}
            case ("together", ours):
                together = {**together, ours: choice} if choice else {k: v for k, v in together.items() if k != ours}
            case ("only",):
                only = _rows(choice)
            case ("days",):
                days = "mdy" if choice == "mdy" else "dmy"
            case ("new",):
                take_new = choice == TAKE
    across = mapping.across.model_copy(update={"codes": codes}) if mapping.across else None
    if across is not None and any(corrections.get(("column", ours)) for ours in (across.column, across.holds)):
        # One column holds what several were taken to represent.
        across = None
    changed = {
        "columns": columns,
        "together": together,
        "only": only,
        "fixed": fixed,
        "values": values,
        "across": across,
        "days": days,
        "take_new": take_new,
        "filled": filled,
    }
    return mapping.model_copy(update=changed)


def _rows(choice: str) -> dict[str, tuple[str, ...]]:
    """Return the values of each column in the rows to read: any of them in one column, and so in every column."""
    only: dict[str, tuple[str, ...]] = {}
    for one in choice.split(ALSO) if choice else ():
        label, _, value = one.partition(IS)
        only[label] = (*only.get(label, ()), value)
    return only


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
    `like` says what a sheet may be that names no criteria.
    `tables` are the cells of several tables on one sheet, one of which is to be chosen.
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
    tables: tuple[str, ...] = ()
    like: Problem | None = None


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
    if isinstance(opened, Problem):
        return opened
    return _write(mapped_rows(_of_table(opened, mapping.table), Guess(mapping), progress), file)


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
    table = int(asked.corrections.get(("table",)) or (asked.saved[by].table if by in asked.saved else 0))
    several = [(grid.place, places) for grid in opened.grids if (places := tuple(map(place_of, tables_in(grid))))]
    tables = several[0][1] if several else ()
    chosen = _of_table(opened, table)
    if several and (not table or not chosen.grids):
        which = Problem("several_tables", several[0][0], value=", ".join(tables), weight=Weight.FILE)
        return SheetReading(fitting=fitting, by=by, guessed=which, unlike=opened.unlike, tables=tables), None
    opened = chosen
    guessed = _guess(opened, asked, by)
    if isinstance(guessed, Problem):
        return SheetReading(fitting=fitting, by=by, guessed=guessed, unlike=opened.unlike, tables=tables), None
    guessed = replace(guessed, mapping=guessed.mapping.model_copy(update={"table": table if several else 0}))
    mapped = mapped_rows(opened, guessed, progress)
    theirs = labels(opened.grids, guessed.mapping)
    like = looks_like(guessed.mapping, joined(headed_sheets(guessed.mapping, opened.grids)), opened.name)
    mapped = replace(mapped, problems=(like, *mapped.problems)) if like else mapped
    apart = next((problem for problem in mapped.problems if problem.kind == "tells_apart"), None)
    return SheetReading(
        False, fitting, by, guessed, theirs, len(mapped.rows), apart, opened.unlike, tables, like
    ), mapped


def _of_table(opened: OpenSheet, number: int) -> OpenSheet:
    """Return a file of whose sheets with several tables only the one with this number is left, if it exists."""
    return replace(opened, grids=tuple(one_of(opened.grids, number)))


def _guess(opened: OpenSheet, asked: ReadingOptions, by: str) -> Guess | Problem:
    """Return the guess, or the result of the saved mapping `by`, with the corrections applied."""
    names, known, corrections = asked.names, asked.known, asked.corrections
    if by and by not in asked.saved:
        there = ", ".join(asked.saved) or None
        return Problem("unknown_mapping", opened.name, value=by, expected=there, weight=Weight.FILE)
    known = replace(known, group=corrections.get(("group",), ""))
    first = guess_by(opened, asked.saved[by], names, known) if by else first_guess(opened, names, known)
    if isinstance(first, Problem):
        return first
    if known.group and known.group not in first.groups:
        there = ", ".join(first.groups) or None
        return Problem("no_such_group", opened.name, value=known.group, expected=there, weight=Weight.FILE)
    asked = replace(asked, known=known)
    if not asked.suggested:
        return _corrected(opened, first, asked, by, corrections)
    accepted = {**suggestions(first), **corrections}
    found = _corrected(opened, first, asked, by, accepted)
    # Two columns read together, or another column that was named, suggest words of their own.
    further = {on: choice for on, choice in suggestions(found).items() if on not in accepted}
    return _corrected(opened, first, asked, by, {**further, **accepted}) if further else found


def _corrected(opened: OpenSheet, first: Guess, asked: ReadingOptions, by: str, corrections: Corrections) -> Guess:
    """Return a guess with the corrections applied; the same guess if none of them corrects it."""
    if not any(on[0] in CORRECTING for on in corrections):
        return first
    learnt = asked.saved[by].values if by else {}
    mapping = with_corrections(first.mapping.model_copy(update={"values": learnt}), corrections)
    chosen = {on[1]: SETTLED for on in corrections if on[0] in ("column", "filled")}
    chosen |= {"na_reason": SETTLED} if ("reason",) in corrections else {}
    if ("days",) in corrections:
        chosen |= dict.fromkeys(mapping.columns, SETTLED)
    found = corrected(opened, mapping, asked.names, asked.known, {**first.columns, **chosen})
    return replace(found, group=first.group, groups=first.groups)


def _write(mapped: Mapped, file: Path) -> WrittenTable:
    if mapped.rows:
        write_mapped(mapped, file)
    return WrittenTable(len(mapped.rows), mapped.problems)
