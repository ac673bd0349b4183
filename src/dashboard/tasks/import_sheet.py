"""Imports a sheet in another format on the command line: read, described, written in long form or published."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from dashboard.loading.mapping.apply import beside
from dashboard.loading.mapping.country_names import with_countries
from dashboard.loading.mapping.guess import KnownWords
from dashboard.loading.mapping.new_names import unplaced
from dashboard.loading.mapping.reasons import Guess
from dashboard.loading.sandbox import PrivateFolder, read_apart
from dashboard.model.mapping import MAPPABLE, MappableForm, Names
from dashboard.model.problem import COMMAND, Limits, Problem, Progress, Weight, halves
from dashboard.model.records import RECORDS
from dashboard.model.words import Words
from dashboard.store.history import StoreError
from dashboard.store.locking import Outcome, Writer, machine_failed
from dashboard.store.named_files import save_mapping, stored_mappings
from dashboard.store.published_codes import names_of
from dashboard.store.publishing.load import silent
from dashboard.store.publishing.publish import publish_preview
from dashboard.store.reader import Reader
from dashboard.tasks.mapping_text import guess_lines, list_files, write_lists
from dashboard.tasks.preview import Preview, preview
from dashboard.tasks.sheet_reading import Corrections, ReadingOptions, SheetReading, WrittenTable, read_and_write

SETTABLE = tuple(dict.fromkeys(column for form in MAPPABLE for column in RECORDS[form].names))
"""The columns that `--set` accepts."""


@dataclass(frozen=True)
class ImportOptions:
    """What to do with a file: the mapping to read it with, the name to save it under, where to write it, the role.

    `lists` is the folder for the lists of unpublished operations and rounds. With `suggested`, suggested codes are
    accepted; with `force`, files are overwritten and what is doubtful is read as it is shown. A sheet in another format
    is published only by a saved mapping, whatever else is accepted: a guess is nobody's reading.
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
    form: MappableForm | None = None
    """What the sheet is, if somebody says so."""


@dataclass(frozen=True)
class Imported:
    """The result: lines to print, every problem, what publishing would change, and the outcome of publishing.

    `n_read` is the number of rows read, None if the sheet is unreadable; `n_in` says how many of them are published, or
    would be. Without an `outcome`, nobody has tried to publish.
    """

    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    preview: Preview | None = None
    outcome: Outcome | None = None
    n_read: int | None = None
    n_in: int = 0
    names: Names = field(default_factory=Names)

    @property
    def failed(self) -> bool:
        return any(problem.weight is Weight.FILE for problem in self.problems)

    @property
    def left_out(self) -> dict[str, int] | None:
        """How many rows each kind of problem leaves out; None if nothing could be published."""
        could = self.preview is not None and self.preview.proof is not None
        return dict(self.preview.changes.left_out) if could and self.preview is not None else None


Agree = Callable[[Imported], bool]
"""Shows what was read and what publishing would change, and says whether to publish it."""


def import_sheet(
    path: Path,
    store: Path,
    options: ImportOptions,
    words: Words,
    today: date,
    limits: Limits = COMMAND,
    progress: Progress = silent,
    agree: Agree = lambda imported: True,
) -> Imported:
    """Read a file and do what `options` say. Without a target or a writer, only describe it and change nothing.

    It is read in a separate process, within `limits`, and converted to our format. What is published is exactly what
    `agree` was shown. A machine failure becomes a problem.
    """
    try:
        names = with_countries(names_of(Reader(store).current()))
    except StoreError as error:
        return Imported(problems=(error.problem,))
    saved, broken = stored_mappings(store)
    known = KnownWords(parameters=options.parameters, form=options.form)
    asked = ReadingOptions(names, known, saved, options.by, options.corrections, options.suggested)
    first, second = halves(progress)
    try:
        with PrivateFolder() as folder:
            table = folder / f"{path.stem}.csv"
            result = read_apart(limits, read_and_write, path, path.name, asked, table, name=path.name, progress=first)
            if isinstance(result, Problem):
                return Imported(problems=(result,))
            if result[0].ours:
                nothing = Outcome(None, ()) if options.writer is not None else None
                return Imported(lines=(words("command.sheet_ours", file=path.name),), outcome=nothing)
            imported = _described(*result, path, options, words, names, broken)
            guessed = result[0].guessed
            if isinstance(guessed, Guess):
                imported = _kept(imported, table, guessed, store, options, words)
            if isinstance(guessed, Guess) and _is_whole(table, guessed):
                imported = _previewed(imported, table, guessed, folder, store, today, second)
            return _published(imported, store, options.writer, agree)
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
    if options.writer is not None and not options.by:
        doubtful.append(Problem("mapping_not_named", path.name, weight=Weight.FILE))
    problems = [_stopping(problem, doubted) for problem in written.problems]
    return Imported(tuple(lines), (*broken, *problems, *doubtful), n_read=written.n_rows, names=names)


def _doubtful(guessed: Guess, file: str, words: Words) -> list[Problem]:
    """Return a problem for each doubtful column: nobody has checked it, so it must not be published."""
    return [
        Problem("doubtful_guess", file, column=ours, value=guessed.columns[ours].sentence(words), weight=Weight.FILE)
        for ours in guessed.undecided
    ]


def _stopping(problem: Problem, doubted: bool) -> Problem:
    """Make a problem stop the publication if a column distinguishes repeated rows and publishing is not forced."""
    return replace(problem, weight=Weight.FILE) if doubted and problem.kind == "tells_apart" else problem


def _kept(
    imported: Imported, table: Path, guessed: Guess, store: Path, options: ImportOptions, words: Words
) -> Imported:
    """Write what `options` ask for besides publishing: the mapping, the table, the lists of new names."""
    told: list[str | Problem] = []
    if options.save_as:
        told.append(_save_mapping(guessed, store, options, words))
    if options.target is not None and _is_whole(table, guessed):
        told.append(_put(table, options.target, options.force, imported.n_read or 0, words))
    if options.lists is not None:
        told.append(_put_lists(guessed, imported.names, options.lists, options.force, words))
    return replace(
        imported,
        lines=(*imported.lines, *(line for line in told if isinstance(line, str))),
        problems=(*imported.problems, *(problem for problem in told if isinstance(problem, Problem))),
    )


def _is_whole(table: Path, guessed: Guess) -> bool:
    """Return whether there are rows, with every value that is required."""
    return table.exists() and not guessed.mapping.missing


def _save_mapping(guessed: Guess, store: Path, options: ImportOptions, words: Words) -> str | Problem:
    """Save the mapping. What nobody has decided is asked about again, unless it is forced."""
    undecided = () if options.force else guessed.undecided
    mapping = guessed.mapping.model_copy(update={"name": options.save_as, "undecided": undecided})
    return save_mapping(store, mapping) or words("command.mapping_saved", name=options.save_as)


def _put(table: Path, target: Path, force: bool, n_rows: int, words: Words) -> str | Problem:
    """Copy the table, and the file with the origin of its rows, to the target."""
    if target.exists() and not force:
        return Problem("file_exists", target.name, weight=Weight.FILE)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(table, target)
        shutil.copyfile(beside(table), beside(target))
    except OSError as error:
        return machine_failed(str(error.filename or target), error)
    return words.count("command.sheet_written", n_rows, file=target)


def _put_lists(guessed: Guess, names: Names, folder: Path, force: bool, words: Words) -> str | Problem:
    """Write the lists of new names, with an empty cell for the country of an operation if it is unknown."""
    written = write_lists(list_files(guessed.mapping.new, names, unplaced(guessed.values)), folder, force)
    if isinstance(written, Problem):
        return written
    files = ", ".join(str(path) for path in written)
    return words("command.lists_written", files=files) if written else words("command.lists_none")


def _previewed(
    imported: Imported, table: Path, guessed: Guess, folder: Path, store: Path, today: date, progress: Progress
) -> Imported:
    """Find out what publishing the table would change, with the lists of new names if they are taken."""
    new = write_lists(list_files(guessed.mapping.new, imported.names), folder) if guessed.mapping.take_new else []
    tables = [*([] if isinstance(new, Problem) else new), table]
    found = preview(store, tables, today, folder, progress)
    n_in = found.changes.n_in(guessed.mapping.form)
    return replace(imported, problems=(*imported.problems, *found.problems), preview=found, n_in=n_in)


def _published(imported: Imported, store: Path, writer: Writer | None, agree: Agree) -> Imported:
    """Publish what was previewed, if there is a writer, nothing is wrong with the file, and it is agreed to."""
    proof = imported.preview.proof if imported.preview is not None else None
    if writer is None:
        return imported
    if imported.failed or proof is None or not agree(imported):
        return replace(imported, outcome=Outcome(None, ()))
    outcome = publish_preview(store, proof, writer)
    new = tuple(problem for problem in outcome.problems if problem not in imported.problems)
    return replace(imported, outcome=Outcome(outcome.revision, new))
