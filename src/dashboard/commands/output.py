"""What do commands share? Their options, and how an outcome and its problems are printed."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click

from dashboard.loading.files.words_file import read_words
from dashboard.model.limits import COMMAND, MB, Limits, Progress
from dashboard.model.problem import Problem, sentence
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
STORE = click.option(
    "--store", type=click.Path(path_type=Path), default=store_folder, help="The folder of publications."
)
FILE = click.Path(path_type=Path)
BOOK = click.Path(exists=True, dir_okay=False, path_type=Path)
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
    words = read_words()
    with click.progressbar(length=100, file=sys.stderr, show_eta=False, hidden=not sys.stderr.isatty()) as bar:

        def progress(share: float, step: str) -> None:
            bar.label = words(f"first.{step}")
            bar.update(int(share * 100) - bar.pos)

        yield progress


def report(outcome: Outcome, key: str) -> None:
    """Print every problem, and the sentence `key` if something was published; exit with code 1 if nothing was."""
    print_problems(outcome.problems)
    conclude(outcome, key)


def conclude(outcome: Outcome, key: str) -> None:
    words = read_words()
    move = outcome.revision
    if move is None:
        click.echo(words("command.not_published"), err=True)
        sys.exit(1)
    rows = sum(rows for _, _, rows in move.files)
    parts = {"number": move.number, "publication": move.publication, "about": move.about}
    click.echo(words(key, rows=rows, files=len(move.files), **parts))


def print_problems(problems: tuple[Problem, ...]) -> None:
    words = read_words()
    for problem in problems:
        click.echo(sentence(problem, words), err=True)
    if problems:
        serious = sum(problem.serious for problem in problems)
        click.echo(words.count("command.found", len(problems), serious=serious), err=True)
