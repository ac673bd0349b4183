"""What commands share: their options, and how an outcome and its problems are printed."""

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from dashboard.loading.yaml_file import language_for, read_words
from dashboard.model.problem import COMMAND, MB, Limits, Problem, Progress, Weight, sentence
from dashboard.model.words import Words
from dashboard.store.disk import store_folder
from dashboard.store.history import StoreError, lacking, nothing_published
from dashboard.store.locking import Holder, Outcome, tell_when_waiting
from dashboard.store.reader import Published, Reader
from dashboard.tasks.problem_groups import grouped

PATH = click.Path(exists=True, path_type=Path)
PATHS = click.argument("paths", nargs=-1, required=True, type=PATH)
STORE = click.option(
    "--store", type=click.Path(path_type=Path), default=store_folder, help="The folder of publications."
)


def _readable(context: click.Context, option: click.Parameter, store: Path) -> Path:
    if (problem := lacking(store)) is not None:
        end_with(problem)
    return store


READ = click.option(
    "--store", type=click.Path(path_type=Path), default=store_folder, callback=_readable,
    help="The folder of publications.",
)  # fmt: skip
"""The same for commands that read: they end if there is no store, or nothing in it."""
FILE = click.Path(path_type=Path)
BOOK = click.Path(exists=True, dir_okay=False, path_type=Path)
FIRST = 8
"""So many different problems of one kind are printed."""
FOR_AUTHORS = ("same_words", "same_differs", "partly_missing", "half_is_high", "no_zero")
"""Kinds of notes that only the authors of standards can act on. Several of one kind share a line."""
VERBOSE = click.option("--verbose", is_flag=True, help="List every note for authors and translators of standards.")
KINDS_OF_LIMITS = {
    "memory": ("MB", MB, "Memory limit for reading"),
    "seconds": ("SECONDS", 1, "Time limit for reading"),
    "rows": ("ROWS", 1, "Most rows in all files together"),
    "columns": ("COLUMNS", 1, "Most columns in one table"),
    "size": ("MB", MB, "Largest size of one file, unpacked"),
}
"""By field of the limits: how its option converts the number, its unit, and its help text."""
ROLE = click.option(
    "--role", default="data steward", show_default=True, help="The role in which you do this, not your name."
)


def own_words() -> Words:
    """The words in the language of the terminal, as gettext finds it in the environment; in English if it has none."""
    asked = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    preferred = os.environ.get("LANGUAGE", "") if asked.partition(".")[0] not in ("", "C", "POSIX") else ""
    return read_words(language_for(*(re.split("[_.@]", one)[0] for one in (*preferred.split(":"), asked))))


def limited(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command options that raise or lower its limits, passed to it as `limits`."""

    @wraps(command)
    def within(**given: Any) -> None:
        asked = {field: given.pop(f"max_{field}") * unit for field, (_, unit, _) in KINDS_OF_LIMITS.items()}
        command(**given, limits=Limits(**asked))

    for field, (metavar, unit, title) in reversed(KINDS_OF_LIMITS.items()):
        default = int(getattr(COMMAND, field)) // unit
        within = click.option(
            f"--max-{field}",
            type=click.IntRange(min=1),
            default=default,
            metavar=metavar,
            show_default=True,
            help=title,
        )(within)
    return within


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A bar on a terminal, and nothing elsewhere."""
    words = own_words()
    with click.progressbar(length=100, file=sys.stderr, show_eta=False, hidden=not sys.stderr.isatty()) as bar:

        def progress(share: float, step: str) -> None:
            bar.label = words(f"first.{step}")
            bar.update(int(share * 100) - bar.pos)

        yield progress


def in_force(store: Path, refuse: Callable[..., NoReturn] | None = None) -> Published:
    """The publication in force; the command ends if there is none, or with `refuse` if it cannot be read."""
    try:
        published = Reader(store).current()
    except StoreError as error:
        (refuse or end_with)(error.problem)
    if published is None:
        (refuse or end_with)(nothing_published(store))
    return published


def _waits(store: Path, holder: Holder | None) -> None:
    """Print at once that a command has to wait, and for whom."""
    words = own_words()
    if holder is None:
        click.echo(words("command.waiting", store=store), err=True)
        return
    parts = {"role": holder.role or words("command.no_role"), "process": holder.process, "since": holder.since}
    click.echo(words("command.waiting_for", store=store, **parts), err=True)


tell_when_waiting(_waits)


def end_with(*problems: Problem) -> NoReturn:
    """Print the problems, and end with exit code 1."""
    print_problems(problems)
    sys.exit(1)


def report(outcome: Outcome, key: str) -> None:
    """Print every problem, and the sentence `key` if something was published; exit with code 1 if nothing was."""
    print_problems(outcome.problems)
    conclude(outcome, key)


def conclude(outcome: Outcome, key: str) -> None:
    if not say_outcome(outcome, key):
        sys.exit(1)


def say_outcome(outcome: Outcome, key: str) -> bool:
    """Print the sentence of `key` for what was published, or that nothing was; whether anything was."""
    words = own_words()
    move = outcome.revision
    if move is None:
        click.echo(words("command.not_published"), err=True)
        return False
    rows = sum(rows for _, _, rows in move.files)
    parts = {"number": move.number, "publication": move.publication, "about": move.about}
    click.echo(words(key, rows=rows, files=len(move.files), **parts))
    return True


def print_groups(problems: Sequence[Problem], counts: Mapping[str, int] | None) -> None:
    """Print problems by kind, the costliest first, a few of each. `counts` are the rows that each kind leaves out."""
    words = own_words()
    for group in grouped(problems, counts):
        indent = ""
        if group.weight is Weight.ROW:
            indent = "  "
            again = words("collect.n_row_again")
            click.echo(left_out(group.kind, group.n, words) if group.n else again, err=True)
        for line in group.lines[:FIRST]:
            click.echo(indent + line.sentence(words), err=True)
        if group.lines[FIRST:]:
            click.echo(indent + words.count("command.more_problems", len(group.lines) - FIRST), err=True)


def left_out(kind: str, n: int, words: Words) -> str:
    """How many rows a kind of problem leaves out."""
    return words.count("command.left_out", n, kind=words(f"left_out.{kind}") if words.has(f"left_out.{kind}") else kind)


def print_problems(problems: tuple[Problem, ...], verbose: bool = True) -> None:
    """Print every problem, and how many there are; without `verbose`, several notes for authors as one line."""
    print_each(problems, verbose)
    print_total(problems)


def print_each(problems: Sequence[Problem], verbose: bool) -> None:
    """Print every problem; without `verbose`, several notes for authors as one line."""
    words = own_words()
    n = Counter(problem.kind for problem in problems if problem.kind in FOR_AUTHORS and not problem.serious)
    shared = {kind: count for kind, count in n.items() if count > 1 and not verbose}
    for problem in problems:
        if problem.kind not in shared:
            click.echo(sentence(problem, words), err=True)
    for kind, count in shared.items():
        click.echo(words.count(f"notes.{kind}", count), err=True)


def print_total(problems: Sequence[Problem]) -> None:
    """Print how many problems there are, and how many are serious; nothing if there are none."""
    if problems:
        serious = sum(problem.serious for problem in problems)
        click.echo(own_words().count("command.found", len(problems), serious=serious), err=True)


FORMER = {
    "archive": "copy",
    "key": "copy",
    "source": "copy",
    "people list": "page",
    "people name": "page",
    "replicate": "files",
    "shipped": "sample",
}
"""Each former command, with what its sentence is called in `former`. A command of a group has the name of both."""


class LeadingOn(click.Group):
    """A group of commands that knows the former ones too."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; a former one ends here, whatever its arguments."""
        name = " ".join((*_names(ctx), args[0]))
        if name in FORMER:
            raise click.UsageError(own_words()(f"former.{FORMER[name]}", command=name), ctx)
        return super().resolve_command(ctx, args)


def _names(ctx: click.Context) -> tuple[str, ...]:
    """The names of a group and of those that it belongs to, without that of the program."""
    return (*_names(ctx.parent), str(ctx.info_name)) if ctx.parent else ()
