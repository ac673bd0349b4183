"""The command that exports figures for other tools: figures."""

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import BinaryIO, NoReturn

import click

from dashboard.commands.output import FILE, READ, in_force, print_problems
from dashboard.exports.figures import FORMATS, FiguresTable
from dashboard.loading.apart.private_folder import PrivateFolder
from dashboard.loading.files.words_file import read_words
from dashboard.model.problem import Problem
from dashboard.model.view.view_state import MANY, OF_FIGURES
from dashboard.store.locking import machine_failed
from dashboard.tasks.tables.figures import by_field, figures_of, in_parts


def choosing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for every filter and every other field of the view that affects figures."""
    for name in reversed(OF_FIGURES):
        said = "Codes, separated by commas or given one by one." if name in MANY else "One code."
        command = click.option(f"--{name.replace('_', '-')}", name, multiple=True, metavar="CODE", help=said)(command)
    return command


@click.command("figures")
@click.argument("page")
@click.option("--table", default="", help="Which table of the page; the first by default.")
@click.option(
    "--format", "name", type=click.Choice(list(FORMATS)), help="Output format.  [default: by the end of FILE; json]"
)
@click.option(
    "-o", "--output", "target", type=FILE, metavar="FILE", help="The file to write.  [default: to the terminal]"
)
@READ
@choosing
def figures_command(
    page: str, table: str, name: str | None, target: Path | None, store: Path, **chosen: Sequence[str]
) -> None:
    """Print the figures of PAGE for these filters, with all rows.

    Nothing is written if a code is unknown or does not apply to the page. Of more subjects than can be told apart, the
    first are compared.
    """
    query = {field: ",".join(codes) for field, codes in chosen.items() if codes}
    ending = target.suffix.removeprefix(".") if target else ""
    as_named = FORMATS[name or (ending if ending in FORMATS else "json")]
    found = _found(store, page, table, query)
    try:
        with PrivateFolder() as folder:
            # Copied only when complete: a file that is cut short would look whole.
            as_named.write(found, read_words(), folder / "figures")
            with (folder / "figures").open("rb") as made, target.open("wb") if target else _terminal() as into:
                shutil.copyfileobj(made, into)
    except OSError as error:
        _refuse(machine_failed(str(target or "-"), error))


def _terminal() -> AbstractContextManager[BinaryIO]:
    """What is printed; it stays open."""
    return nullcontext(sys.stdout.buffer)


def _found(store: Path, page: str, table: str, query: Mapping[str, str]) -> FiguresTable:
    """The figures of the publication in force; the command ends if there are none or the selection is wrong."""
    published = in_force(store, _refuse)
    found = figures_of(published, page, table, query, date.today(), in_parts)
    if isinstance(found, Problem):
        _refuse(found)
    if any(problem.serious for problem in found.problems):
        _refuse(*found.problems)
    print_problems(as_options(found.problems))
    return found


def _refuse(*problems: Problem) -> NoReturn:
    """Print the problems and end with exit code 1."""
    print_problems(as_options(problems))
    click.echo(read_words()("command.figures_not_given"), err=True)
    sys.exit(1)


def as_options(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems of a selection, in sentences that speak of an option instead of a link."""
    return by_field(problems, "--")
