"""How does the command line bring somebody else's sheet in? Read, told in words, written in long form or published."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from dashboard.foreign_sheet import Opened, first_guess, guess_by, made_from, open_sheet, saved_for
from dashboard.foreign_told import told
from dashboard.loading.mapping import Mapped, write_mapped
from dashboard.loading.mapping_guess import Known
from dashboard.model.mapping import MADE, SheetMapping
from dashboard.model.mapping_guess import Guess, Sure
from dashboard.model.names import Names
from dashboard.model.problem import Problem, Weight
from dashboard.model.tables import FORM
from dashboard.model.words import Words
from dashboard.store.history import StoreError
from dashboard.store.mappings import save_mapping, stored_mappings
from dashboard.store.names import names_of
from dashboard.store.open import Reader
from dashboard.store.permission import Writer
from dashboard.store.private_folder import PrivateFolder
from dashboard.store.publish import check, publish
from dashboard.store.turn import Outcome, machine_failed

SETTABLE = tuple(dict.fromkeys(column for form in MADE for column in FORM[form].columns))
"""What `--set` can say."""


@dataclass(frozen=True)
class Wish:
    """What shall become of a file: read by which mapping, kept under which name, written where, published by whom."""

    by: str = ""
    save_as: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
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


def import_sheet(path: Path, store: Path, wish: Wish, words: Words, today: date) -> Imported:
    """Bring a file in as it is wished. Without a target or a writer nothing is changed; what would be told is told."""
    try:
        names = names_of(Reader(store).current())
    except StoreError as error:
        return Imported(problems=(error.problem,))
    opened = open_sheet(path, path.name)
    if isinstance(opened, Problem):
        return Imported(problems=(opened,))
    if opened.ours:
        return Imported(lines=(words("command.sheet_ours", file=path.name),))
    saved, broken = stored_mappings(store)
    lines = []
    guessed = _guess(opened, names, wish, saved)
    if isinstance(guessed, Problem):
        return Imported(problems=(*broken, guessed))
    known = saved_for(opened, saved)
    if known and not wish.by:
        lines.append(words("command.mapping_known", names=", ".join(known)))
    made = made_from(opened, guessed)
    lines += list(told(guessed, len(made.rows), path.name, words, names))
    doubtful = [] if wish.force or wish.writer is None else _doubtful(guessed, path.name, words)
    imported = Imported(tuple(lines), (*broken, *made.problems, *doubtful))
    return imported if imported.failed else _brought(imported, path, guessed, made, store, wish, words, today)


def _guess(opened: Opened, names: Names, wish: Wish, saved: Mapping[str, SheetMapping]) -> Guess | Problem:
    known = Known(given=wish.given)
    if not wish.by:
        return first_guess(opened, names, known)
    if wish.by not in saved:
        there = ", ".join(saved) or None
        return Problem("unknown_mapping", opened.name, value=wish.by, expected=there, weight=Weight.FILE)
    return guess_by(opened, saved[wish.by], names, known)


def _doubtful(guessed: Guess, file: str, words: Words) -> list[Problem]:
    """Columns that nobody has looked at and that could be meant otherwise: they are not published unseen."""
    return [
        Problem("doubtful_guess", file, column=ours, value=reason.said(words), weight=Weight.FILE)
        for ours, reason in guessed.columns.items()
        if reason.sure is Sure.DOUBTFUL and ours not in guessed.mapping.missing
    ]


def _brought(
    imported: Imported, path: Path, guessed: Guess, made: Mapped, store: Path, wish: Wish, words: Words, today: date
) -> Imported:
    """Keep the mapping, write the file, publish it: what of these is wished; else only say what publishing would."""
    lines, problems = list(imported.lines), list(imported.problems)
    if wish.save_as:
        wrong = save_mapping(store, guessed.mapping.model_copy(update={"name": wish.save_as}))
        if wrong is not None:
            return replace(imported, problems=(*problems, wrong))
        lines.append(words("command.mapping_saved", name=wish.save_as))
    try:
        if wish.target is not None:
            if wish.target.exists() and not wish.force:
                there = Problem("file_exists", wish.target.name, weight=Weight.FILE)
                return Imported(tuple(lines), (*problems, there))
            write_mapped(made, wish.target)
            lines.append(words.count("command.sheet_written", len(made.rows), file=wish.target))
        with PrivateFolder() as folder:
            file = write_mapped(made, folder / f"{path.stem}.csv")
            if wish.writer is None:
                return Imported(tuple(lines), (*problems, *check(store, [file], today)))
            outcome = publish(store, [file], wish.writer, today)
            return Imported(tuple(lines), (*problems, *outcome.problems), outcome)
    except OSError as error:
        return Imported(tuple(lines), (*problems, machine_failed(str(error.filename or path), error)))
