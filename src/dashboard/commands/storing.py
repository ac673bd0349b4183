"""Commands on what is published: check, publish, import, close, reopen."""

import sys
from datetime import date
from pathlib import Path
from time import perf_counter

import click
import duckdb

from dashboard.commands.output import BOOK, FILE, PATHS, ROLE, STORE, conclude, limited, print_problems, report
from dashboard.loading.apart.reading import read_apart
from dashboard.loading.files.staging import Staged
from dashboard.loading.files.words_file import read_words
from dashboard.model.limits import Limits
from dashboard.model.problem import Problem
from dashboard.model.words import Words
from dashboard.store.permission import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.publishing.rounds import close_round, reopen_round
from dashboard.store.publishing.summary import Summary, summed_up
from dashboard.tasks.import_sheet import SETTABLE, ImportOptions, import_sheet

FEWER = click.option(
    "--accept-fewer", "fewer", is_flag=True, help="Publish even if fewer than 80 % of a round's rows would be."
)


@click.command("check")
@PATHS
@STORE
@limited
def check_command(paths: tuple[Path, ...], store: Path, limits: Limits) -> None:
    """List every problem in the files or folders. The exit code is 1 if any is serious. Changes nothing."""
    name = ", ".join(str(path) for path in paths)
    checked = read_apart(limits, check, store, paths, date.today(), name=name)
    problems = (checked,) if isinstance(checked, Problem) else checked
    if not problems:
        click.echo(read_words()("command.sound", files=", ".join(str(path) for path in paths)))
    print_problems(problems)
    sys.exit(1 if any(problem.serious for problem in problems) else 0)


@click.command("publish")
@PATHS
@STORE
@ROLE
@click.option("--why", default="published from the command line", show_default=True)
@FEWER
def publish_command(paths: tuple[Path, ...], store: Path, role: str, why: str, fewer: bool) -> None:
    """Publish the files. What they do not name stays as published; rows with problems are left out and listed."""
    started, summary = perf_counter(), list[Summary]()
    with click.progressbar(length=100, file=sys.stderr, show_eta=False, hidden=not sys.stderr.isatty()) as bar:

        def progress(share: float, step: str) -> None:
            bar.label = step
            bar.update(int(share * 100) - bar.pos)

        def inspect(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> None:
            summary.append(summed_up(connection, staged))

        load = Load(store, paths, Writer(role, why), date.today(), progress, inspect=inspect, accept_fewer=fewer)
        outcome = publish(load)
    report(outcome, "command.published")
    sum_up(summary[0], perf_counter() - started)


@click.command("import")
@click.argument("file", type=BOOK)
@STORE
@click.option("--mapping", "by", default="", help="Use the mapping saved under this name.")
@click.option("--save-as", default="", help="Save the mapping under this name.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="A value that holds for the whole sheet, such as round=2025.",
)
@click.option("--suggested", is_flag=True, help="Accept words that are only suggested.")
@click.option("--to", "target", type=FILE, help="The file for the table in long form.")
@click.option("--force", is_flag=True, help="Overwrite an existing file, and publish even what is doubtful.")
@click.option("--publish", "go", is_flag=True, help="Publish the sheet.")
@ROLE
@click.option("--why", default="imported from the command line", show_default=True)
@FEWER
@limited
def import_command(
    file: Path, store: Path, by: str, save_as: str, settings: tuple[str, ...], suggested: bool, target: Path | None,
    force: bool, go: bool, role: str, why: str, fewer: bool, limits: Limits,
) -> None:  # fmt: skip
    """Read a sheet in any format and show how it is read. Optionally write it in long form or publish it."""
    words = read_words()
    given = dict(setting.partition("=")[::2] for setting in settings)
    if not set(given) <= set(SETTABLE) or not all(given.values()):
        raise click.UsageError(words("command.set_wrong", columns=", ".join(SETTABLE)))
    options = ImportOptions(by, save_as, given, target, force, Writer(role, why) if go else None, suggested, fewer)
    imported = import_sheet(file, store, options, words, date.today(), limits)
    for line in imported.lines:
        click.echo(line)
    print_problems(imported.problems)
    if imported.outcome is not None:
        conclude(imported.outcome, "command.published")
    sys.exit(1 if imported.failed else 0)


@click.command("close")
@click.argument("round_", metavar="ROUND")
@STORE
@ROLE
@click.option("--why", default="closed from the command line", show_default=True)
def close_command(round_: str, store: Path, role: str, why: str) -> None:
    """Close a round: its answers, ratings and reviews can no longer change. Recorded as a new publication."""
    report(close_round(store, round_, Writer(role, why), date.today()), "command.closed")


@click.command("reopen")
@click.argument("round_", metavar="ROUND")
@STORE
@ROLE
@click.option("--why", default="reopened from the command line", show_default=True)
def reopen_command(round_: str, store: Path, role: str, why: str) -> None:
    """Reopen a round, so that its answers, ratings and reviews can change. Recorded as a new publication."""
    report(reopen_round(store, round_, Writer(role, why), date.today()), "command.reopened")


def sum_up(summary: Summary, seconds: float) -> None:
    """Print what a load did and how long it took, with a line for each kind of problem that left rows out."""
    words = read_words()
    click.echo(
        words(
            "command.summary",
            rows=words.shown(summary.taken),
            rounds=words.count("command.rounds", summary.rounds),
            operations=words.count("command.operations", summary.operations),
            seconds=f"{seconds:.1f}",
        )
    )
    for kind, n in summary.left_out:
        click.echo(words.count("command.left_out", n, kind=_left_out(kind, words)))


def _left_out(kind: str, words: Words) -> str:
    return words(f"left_out.{kind}") if words.has(f"left_out.{kind}") else kind
