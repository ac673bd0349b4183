"""What do commands have in common? Their options, and how an outcome and its problems are printed."""

import sys
from pathlib import Path

import click

from dashboard.loading.words_file import read_words
from dashboard.model.problem import Problem, sentence
from dashboard.store.location import store_folder
from dashboard.store.turn import Outcome

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
STORE = click.option(
    "--store", type=click.Path(path_type=Path), default=store_folder, help="The folder of publications."
)
FILE = click.Path(path_type=Path)
BOOK = click.Path(exists=True, dir_okay=False, path_type=Path)
ROLE = click.option("--role", default="data steward", show_default=True, help="In which role; never a name.")


def tell(outcome: Outcome, key: str) -> None:
    """Print every problem that was met, and what came of it; exit 1 when nothing did."""
    print_problems(outcome.problems)
    conclude(outcome, key)


def conclude(outcome: Outcome, key: str) -> None:
    words = read_words()
    move = outcome.move
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
