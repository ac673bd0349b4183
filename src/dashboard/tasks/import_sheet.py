"""How does the command line bring somebody else's sheet in? Read, told in words, written in long form or published."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from dashboard.loading.apart.private_folder import PrivateFolder
from dashboard.loading.apart.reading import read_apart
from dashboard.loading.mapping.guess import KnownWords
from dashboard.loading.mapping.origin import beside
from dashboard.model.answers.mapping import MAPPABLE
from dashboard.model.answers.mapping_guess import Guess, Sure
from dashboard.model.answers.names import Names
from dashboard.model.answers.tables import FORM
from dashboard.model.limits import COMMAND, Limits
from dashboard.model.problem import Problem, Weight
from dashboard.model.words import Words
from dashboard.store.history import StoreError
from dashboard.store.locking import Outcome, machine_failed
from dashboard.store.permission import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.reading.mappings import save_mapping, stored_mappings
from dashboard.store.reading.names import names_of
from dashboard.store.reading.reader import Reader
from dashboard.tasks.mapping_text import told
from dashboard.tasks.sheet_reading import Asked, Look, Made, look_and_make

SETTABLE = tuple(dict.fromkeys(column for form in MAPPABLE for column in FORM[form].columns))
"""What `--set` can say."""


@dataclass(frozen=True)
class ImportOptions:
    """What shall become of a file: read by which mapping, kept under which name, written where, published by whom."""

    by: str = ""
    save_as: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    target: Path | None = None
    force: bool = False
    writer: Writer | None = None


@dataclass(frozen=True)
class Imported:
    """What came of it: lines to be told, every problem met, and the step if it was to be published."""

    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    outcome: Outcome | None = None

    @property
    def failed(self) -> bool:
        return any(problem.weight is Weight.FILE for problem in self.problems)


def import_sheet(
    path: Path, store: Path, wish: ImportOptions, words: Words, today: date, limits: Limits = COMMAND
) -> Imported:
    """Bring a file in as it is wished. Without a target or a writer nothing is changed; what would be told is told.

    It is read in a process of its own, within `limits`; what comes of it is a file of ours.
    """
    try:
        names = names_of(Reader(store).current())
    except StoreError as error:
        return Imported(problems=(error.problem,))
    saved, broken = stored_mappings(store)
    asked = Asked(names, KnownWords(parameters=wish.parameters), saved, wish.by)
    try:
        with PrivateFolder() as folder:
            table = folder / f"{path.stem}.csv"
            found = read_apart(limits, look_and_make, path, path.name, asked, table, name=path.name)
            if isinstance(found, Problem):
                return Imported(problems=(found,))
            if found[0].ours:
                return Imported(lines=(words("command.sheet_ours", file=path.name),))
            imported = _told(found[0], found[1], path, wish, words, names, broken)
            guessed = found[0].guessed
            if imported.failed or not isinstance(guessed, Guess):
                return imported
            return _brought(imported, table, guessed, found[1].n_rows, store, wish, words, today)
    except OSError as error:
        return Imported(problems=(machine_failed(str(error.filename or path), error),))


def _told(
    found: Look, made: Made, path: Path, wish: ImportOptions, words: Words, names: Names, broken: tuple[Problem, ...]
) -> Imported:
    """How the sheet is read, in words, and what stands against it."""
    guessed = found.guessed
    if not isinstance(guessed, Guess):
        return Imported(problems=(*broken, *([guessed] if guessed is not None else [])))
    lines = []
    if found.fitting and not wish.by:
        lines.append(words("command.mapping_known", names=", ".join(found.fitting)))
    lines += list(told(guessed, made.n_rows, path.name, words, names))
    doubtful = [] if wish.force or wish.writer is None else _doubtful(guessed, path.name, words)
    return Imported(tuple(lines), (*broken, *made.problems, *doubtful))


def _doubtful(guessed: Guess, file: str, words: Words) -> list[Problem]:
    """Columns that nobody has looked at and that could be meant otherwise: they are not published unseen."""
    return [
        Problem("doubtful_guess", file, column=ours, value=reason.sentence(words), weight=Weight.FILE)
        for ours, reason in guessed.columns.items()
        if reason.sure is Sure.DOUBTFUL and ours not in guessed.mapping.missing
    ]


def _brought(
    imported: Imported,
    table: Path,
    guessed: Guess,
    n_rows: int,
    store: Path,
    wish: ImportOptions,
    words: Words,
    today: date,
) -> Imported:
    """Keep the mapping, write the file, publish it: what of these is wished; else only say what publishing would."""
    lines, problems = list(imported.lines), list(imported.problems)
    if wish.save_as:
        wrong = save_mapping(store, guessed.mapping.model_copy(update={"name": wish.save_as}))
        if wrong is not None:
            return replace(imported, problems=(*problems, wrong))
        lines.append(words("command.mapping_saved", name=wish.save_as))
    if wish.target is not None:
        if wish.target.exists() and not wish.force:
            there = Problem("file_exists", wish.target.name, weight=Weight.FILE)
            return Imported(tuple(lines), (*problems, there))
        try:
            _put(table, wish.target)
        except OSError as error:
            failed = machine_failed(str(error.filename or wish.target), error)
            return Imported(tuple(lines), (*problems, failed))
        lines.append(words.count("command.sheet_written", n_rows, file=wish.target))
    if wish.writer is None:
        return Imported(tuple(lines), (*problems, *check(store, [table], today)))
    outcome = publish(Load(store, [table], wish.writer, today))
    return Imported(tuple(lines), (*problems, *outcome.problems), outcome)


def _put(table: Path, target: Path) -> None:
    """The table where it is wanted, and beside it where its rows stood."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(table, target)
    shutil.copyfile(beside(table), beside(target))
