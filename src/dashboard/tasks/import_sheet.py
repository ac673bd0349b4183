"""How does the command line import a sheet in another format? Read, described, written in long form or published."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb

from dashboard.loading.apart.private_folder import PrivateFolder
from dashboard.loading.apart.reading import read_apart
from dashboard.loading.files.staging import Staged
from dashboard.loading.mapping.countries import with_countries
from dashboard.loading.mapping.guess import KnownWords
from dashboard.loading.mapping.new_names import unplaced
from dashboard.loading.mapping.origin import beside
from dashboard.model.answers.mapping import MAPPABLE
from dashboard.model.answers.mapping_guess import Guess, Sure
from dashboard.model.answers.names import Names
from dashboard.model.answers.tables import FORM
from dashboard.model.limits import COMMAND, Limits, Progress, halves
from dashboard.model.problem import Problem, Weight
from dashboard.model.words import Words
from dashboard.store.history import StoreError
from dashboard.store.locking import Outcome, machine_failed
from dashboard.store.permission import Writer
from dashboard.store.publishing.load import Load, silent
from dashboard.store.publishing.publish import check, publish
from dashboard.store.publishing.summary import Summary, summed_up
from dashboard.store.reading.mappings import save_mapping, stored_mappings
from dashboard.store.reading.names import names_of
from dashboard.store.reading.reader import Reader
from dashboard.tasks.mapping_text import guess_lines
from dashboard.tasks.new_lists import list_files, write_lists
from dashboard.tasks.sheet_corrections import Corrections
from dashboard.tasks.sheet_reading import ReadingOptions, SheetReading, WrittenTable, read_and_write

Tell = Callable[[Sequence[str]], None]
SETTABLE = tuple(dict.fromkeys(column for form in MAPPABLE for column in FORM[form].columns))
"""The columns that `--set` accepts."""


@dataclass(frozen=True)
class ImportOptions:
    """What to do with a file: the mapping to read it with, the name to save it under, where to write it, the role.

    `lists` is the folder for the lists of unpublished operations and rounds. With `suggested`, suggested codes are
    accepted. With `accept_fewer`, the file is published even if only few rows of a round are.
    """

    by: str = ""
    save_as: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    corrections: Corrections = field(default_factory=dict)
    target: Path | None = None
    force: bool = False
    writer: Writer | None = None
    lists: Path | None = None
    suggested: bool = False
    accept_fewer: bool = False


@dataclass(frozen=True)
class Imported:
    """The result: lines to print, every problem, and the outcome if it was to be published.

    `n_read` is the number of rows read, None if the sheet is unreadable; `summary` says what loading did with them.
    """

    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    outcome: Outcome | None = None
    n_read: int | None = None
    summary: Summary | None = None

    @property
    def failed(self) -> bool:
        return any(problem.weight is Weight.FILE for problem in self.problems)

    @property
    def left_out(self) -> dict[str, int] | None:
        """How many rows each kind of problem leaves out; None if nothing was loaded."""
        return dict(self.summary.left_out) if self.summary is not None else None

    @property
    def n_in(self) -> int:
        """How many of the rows that were read are published, or would be."""
        return self.summary.taken if self.summary is not None else 0


def import_sheet(
    path: Path,
    store: Path,
    options: ImportOptions,
    words: Words,
    today: date,
    limits: Limits = COMMAND,
    progress: Progress = silent,
    tell: Tell | None = None,
) -> Imported:
    """Read a file and do what `options` say. Without a target or a writer, only describe it and change nothing.

    It is read in a separate process, within `limits`, and converted to our format. A machine failure becomes a problem.
    `tell` receives the lines on how it is read, before anything is saved or published; without it, they are returned.
    """
    try:
        names = with_countries(names_of(Reader(store).current()))
    except StoreError as error:
        return Imported(problems=(error.problem,))
    saved, broken = stored_mappings(store)
    known = KnownWords(parameters=options.parameters)
    asked = ReadingOptions(names, known, saved, options.by, options.corrections, options.suggested)
    first, second = halves(progress)
    try:
        with PrivateFolder() as folder:
            table = folder / f"{path.stem}.csv"
            result = read_apart(limits, read_and_write, path, path.name, asked, table, name=path.name, progress=first)
            if isinstance(result, Problem):
                return Imported(problems=(result,))
            reading, written = result
            if reading.ours:
                return Imported(lines=(words("command.sheet_ours", file=path.name),))
            imported = _described(reading, written, path, options, words, names, broken)
            guessed = reading.guessed
            if imported.failed or not isinstance(guessed, Guess):
                return imported
            new = write_lists(list_files(guessed.mapping.new, names), folder) if guessed.mapping.take_new else []
            tables = [*([] if isinstance(new, Problem) else new), table]
            if options.lists is not None:
                imported = _with_lists(imported, guessed, names, options.lists, options.force, words)
            if tell is not None:
                tell(imported.lines)
                imported = replace(imported, lines=())
            return _save_and_publish(imported, tables, guessed, written.n_rows, store, options, words, today, second)
    except OSError as error:
        return Imported(problems=(machine_failed(str(error.filename or path), error),))


def _described(
    reading: SheetReading,
    written: WrittenTable,
    path: Path,
    options: ImportOptions,
    words: Words,
    names: Names,
    broken: tuple[Problem, ...],
) -> Imported:
    """Return how the sheet is read, in words, and its problems."""
    guessed = reading.guessed
    if not isinstance(guessed, Guess):
        return Imported(problems=(*broken, *([guessed] if guessed is not None else [])))
    lines = []
    if reading.fitting and not options.by:
        lines.append(words("command.mapping_known", names=", ".join(reading.fitting)))
    lines += list(guess_lines(guessed, written.n_rows, path.name, words, names))
    doubted = options.writer is not None and not options.force
    doubtful = _doubtful(guessed, path.name, words) if doubted else []
    problems = [_stopping(problem, doubted) for problem in written.problems]
    return Imported(tuple(lines), (*broken, *problems, *doubtful), n_read=written.n_rows)


def _doubtful(guessed: Guess, file: str, words: Words) -> list[Problem]:
    """Return a problem for each doubtful column: nobody has checked it, so it must not be published."""
    return [
        Problem("doubtful_guess", file, column=ours, value=reason.sentence(words), weight=Weight.FILE)
        for ours, reason in guessed.columns.items()
        if reason.sure is Sure.DOUBTFUL and ours not in guessed.mapping.missing
    ]


def _stopping(problem: Problem, doubted: bool) -> Problem:
    """Make a problem stop the publication if a column distinguishes repeated rows and publishing is not forced."""
    return replace(problem, weight=Weight.FILE) if doubted and problem.kind == "tells_apart" else problem


def _with_lists(imported: Imported, guessed: Guess, names: Names, folder: Path, force: bool, words: Words) -> Imported:
    """Write the lists of new names, with an empty cell for the country of an operation if it is unknown."""
    written = write_lists(list_files(guessed.mapping.new, names, unplaced(guessed.values)), folder, force)
    if isinstance(written, Problem):
        return replace(imported, problems=(*imported.problems, written))
    files = ", ".join(str(path) for path in written)
    line = words("command.lists_written", files=files) if written else words("command.lists_none")
    return replace(imported, lines=(*imported.lines, line))


def _save_and_publish(
    imported: Imported,
    tables: list[Path],
    guessed: Guess,
    n_rows: int,
    store: Path,
    options: ImportOptions,
    words: Words,
    today: date,
    progress: Progress,
) -> Imported:
    """Save the mapping, write the file and publish it, as far as `options` ask; without a writer, only check it."""
    lines, problems = list(imported.lines), list(imported.problems)
    if options.save_as:
        wrong = save_mapping(store, guessed.mapping.model_copy(update={"name": options.save_as}))
        if wrong is not None:
            return replace(imported, problems=(*problems, wrong))
        lines.append(words("command.mapping_saved", name=options.save_as))
    if options.target is not None:
        if options.target.exists() and not options.force:
            there = Problem("file_exists", options.target.name, weight=Weight.FILE)
            return replace(imported, lines=tuple(lines), problems=(*problems, there))
        try:
            _put(tables[-1], options.target)
        except OSError as error:
            failed = machine_failed(str(error.filename or options.target), error)
            return replace(imported, lines=tuple(lines), problems=(*problems, failed))
        lines.append(words.count("command.sheet_written", n_rows, file=options.target))
    summary = list[Summary]()

    def inspect(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> None:
        found = summed_up(connection, staged)
        n_listed = sum(table.rows for table in staged if table.path != tables[-1])
        summary.append(replace(found, taken=found.taken - n_listed))

    few, outcome = options.accept_fewer, None
    if options.writer is not None:
        outcome = publish(Load(store, tables, options.writer, today, progress, inspect=inspect, accept_fewer=few))
    found = check(store, tables, today, inspect, progress) if outcome is None else outcome.problems
    loaded = summary[0] if summary else None
    return Imported(tuple(lines), (*problems, *found), outcome, imported.n_read, loaded)


def _put(table: Path, target: Path) -> None:
    """Copy the table, and the file with the origin of its rows, to the target. Raises OSError if the machine fails."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(table, target)
    shutil.copyfile(beside(table), beside(target))
