"""The command line: check, publish, history, revert."""

import sys
from datetime import date
from pathlib import Path

import click

from dashboard.loading.words_file import read_words
from dashboard.model.problem import Problem, sentence
from dashboard.store.history import StoreError, history
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer
from dashboard.store.publish import Outcome, check, publish, revert

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
STORE = click.option(
    "--store", type=click.Path(path_type=Path), default=store_folder, help="The folder of publications."
)
ROLE = click.option("--role", default="data steward", show_default=True, help="In which role; never a name.")


@click.group(help="Load, check and publish what the dashboard shows.")
def main() -> None:
    """The command `dashboard`."""


@main.command("check")
@PATHS
@STORE
def check_command(paths: tuple[Path, ...], store: Path) -> None:
    """Print every problem in the files or folders; exit 1 if any is serious. Changes nothing."""
    problems = check(store, paths, date.today())
    if not problems:
        click.echo(read_words()("command.sound", files=", ".join(str(path) for path in paths)))
    _print(problems)
    sys.exit(1 if any(problem.serious for problem in problems) else 0)


@main.command("publish")
@PATHS
@STORE
@ROLE
@click.option("--why", default="published from the command line", show_default=True)
def publish_command(paths: tuple[Path, ...], store: Path, role: str, why: str) -> None:
    """Publish the files over what is published; rows with problems stay out and are printed."""
    with click.progressbar(length=100, file=sys.stderr, show_eta=False, hidden=not sys.stderr.isatty()) as bar:

        def progress(share: float, step: str) -> None:
            bar.label = step
            bar.update(int(share * 100) - bar.pos)

        outcome = publish(store, paths, Writer(role, why), date.today(), progress)
    _print(outcome.problems)
    _conclude(outcome, "command.published")


@main.command("history")
@STORE
def history_command(store: Path) -> None:
    """Print every step, the latest first; the one in force is marked."""
    words = read_words()
    try:
        moves = list(history(store))
    except StoreError as error:
        _print((error.problem,))
        sys.exit(1)
    if not moves:
        click.echo(words("command.nothing_yet"))
    for move in moves:
        mark = "*" if move == moves[0] else " "
        parts = {"number": move.number, "at": move.at, "kind": move.kind, "publication": move.publication}
        click.echo(words("command.step", mark=mark, role=move.role, why=move.why, **parts))


@main.command("revert")
@click.argument("number", type=int)
@STORE
@ROLE
@click.option("--why", default="reverted from the command line", show_default=True)
def revert_command(number: int, store: Path, role: str, why: str) -> None:
    """Put the publication of step NUMBER back in force, as a new step."""
    outcome = revert(store, number, Writer(role, why))
    _print(outcome.problems)
    _conclude(outcome, "command.reverted")


def _print(problems: tuple[Problem, ...]) -> None:
    words = read_words()
    for problem in problems:
        click.echo(sentence(problem, words), err=True)
    if problems:
        serious = sum(problem.serious for problem in problems)
        click.echo(words.count("command.found", len(problems), serious=serious), err=True)


def _conclude(outcome: Outcome, key: str) -> None:
    words = read_words()
    move = outcome.move
    if move is None:
        click.echo(words("command.not_published"), err=True)
        sys.exit(1)
    rows = sum(rows for _, _, rows in move.files)
    click.echo(words(key, number=move.number, publication=move.publication, rows=rows, files=len(move.files)))


if __name__ == "__main__":
    main()
