"""Commands on what is published: check, publish, import, close, reopen."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path

import click
import duckdb

from dashboard.commands.confirm import ACCEPT, accepting, agreed, publish_asking, says_yes, show_changes
from dashboard.commands.output import (
    BOOK,
    FILE,
    PATH,
    PATHS,
    READ,
    ROLE,
    STORE,
    VERBOSE,
    conclude,
    left_out,
    limited,
    own_words,
    print_groups,
    print_problems,
    report,
    say_outcome,
    shown_progress,
)
from dashboard.loading.mapping.values import NAMED
from dashboard.loading.sandbox import read_apart
from dashboard.loading.staging import Staged
from dashboard.model.deployment import SHIPPED
from dashboard.model.mapping import MAPPABLE, MappableForm
from dashboard.model.problem import Limits, Problem, Weight
from dashboard.model.words import Words
from dashboard.store.locking import Outcome, Writer
from dashboard.store.published_codes import names_of
from dashboard.store.publishing.build import Summary, summed_up
from dashboard.store.publishing.edits import ASKED, close_round, reopen_round
from dashboard.store.publishing.engine import engine_of
from dashboard.store.publishing.load import Load
from dashboard.store.reader import Reader
from dashboard.tasks.approvals import figures_of_levels
from dashboard.tasks.closed_figures import checked, closed_changes, closed_lines, closed_said
from dashboard.tasks.import_sheet import SETTABLE, Imported, ImportOptions, import_sheet
from dashboard.tasks.preview import Books, books_of, unread_rows
from dashboard.tasks.sheet_reading import ALSO, COLUMN, IS, NOWHERE, TAKE, Corrections
from dashboard.tasks.translations import translations_in


@click.command("check")
@PATHS
@STORE
@VERBOSE
@limited
def check_command(paths: tuple[Path, ...], store: Path, verbose: bool, limits: Limits) -> None:
    """List every problem in the files or folders. The exit code is 1 if any is serious. Changes nothing."""
    name = ", ".join(str(path) for path in paths)
    found = read_apart(limits, checked, store, paths, date.today(), name=name)
    problems, closed = ((found,), ()) if isinstance(found, Problem) else found
    if closed:
        titles = names_of(Reader(store).current()).titled
        for line in (closed_said(closed, own_words()), *closed_lines(closed, titles, own_words())):
            click.echo(line)
    if not problems:
        click.echo(own_words()("command.sound", files=", ".join(str(path) for path in paths)))
    for line in translations_in(paths, own_words()) if verbose else ():
        click.echo(line)
    print_problems(problems, verbose)
    sys.exit(1 if any(problem.serious for problem in problems) else 0)


@click.command("publish")
@click.argument("paths", nargs=-1, type=PATH)
@STORE
@ROLE
@click.option("--why", default="published from the command line", show_default=True)
@accepting
@click.option(
    "--engine",
    default="",
    metavar="ADDRESS",
    help="Fold the answers in an engine that speaks Spark Connect: sc://host:port.",
)
@click.option("--sample", is_flag=True, help="Publish the standards and the sample of the program, in an empty store.")
@VERBOSE
def publish_command(
    paths: tuple[Path, ...], store: Path, role: str, why: str, accept: bool, engine: str, sample: bool, verbose: bool
) -> None:
    """Publish the files. What they do not name stays as published; rows with problems are left out and listed.

    Before anything published changes, it is listed and you are asked.
    """
    if sample == bool(paths):
        raise click.UsageError(own_words()("command.files_or_sample"))
    found = list[tuple[Summary, Books]]()

    def inspect(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> None:
        found.append((summed_up(connection, staged), books_of(connection, staged)))

    load = Load(
        store, SHIPPED if sample else paths, Writer(role, why), date.today(), inspect=inspect, engine=engine_of(engine),
        guard=_not_empty if sample else None, closed=closed_changes,
        figures=figures_of_levels,
    )  # fmt: skip
    outcome, seconds = publish_asking(load, accept, verbose)
    conclude(outcome, "command.published")
    summary, books = found[-1]
    sum_up(summary, unread_rows(outcome.problems, books).values(), seconds)


def _not_empty(connection: duckdb.DuckDBPyConnection) -> tuple[Problem, ...]:
    """Why the sample is not published, once anything is: its answers are invented."""
    return (Problem("sample_not_first", "store", weight=Weight.FILE),)


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
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="COLUMN=THEIRS",
    help="Which of their columns holds what: round=Edition. Without THEIRS, none does.",
)
@click.option("--suggested", is_flag=True, help="Accept words that are only suggested.")
@click.option(
    "--only",
    multiple=True,
    metavar="THEIRS=VALUE",
    help="Read only the rows with this value in one of their columns, or with another that is given for it.",
)
@click.option(
    "--together",
    "pairs",
    multiple=True,
    metavar="COLUMN=THEIRS+THEIRS",
    help="Two of their columns that name one thing: operation=Company+Unit.",
)
@click.option("--group", default="", help="The heading of the columns to read, if several groups hold answers.")
@click.option("--form", type=click.Choice(MAPPABLE), help="What the sheet is.  [default: what it looks like]")
@click.option("--table", default=0, metavar="NUMBER", help="Which of several tables on one sheet, counted from 1.")
@click.option("--to", "target", type=FILE, help="The file for the table in long form.")
@click.option("--force", is_flag=True, help="Overwrite an existing file, and read what is doubtful as shown.")
@click.option("--publish", "go", is_flag=True, help="Publish the sheet.")
@click.option("--new", "take_new", is_flag=True, help="Take countries, operations and rounds not known yet as new.")
@click.option("--lists", type=FILE, help="The folder for lists of new countries, operations and rounds.")
@ROLE
@click.option("--why", default="imported from the command line", show_default=True)
@accepting
@limited
def import_command(
    file: Path, store: Path, by: str, save_as: str, settings: tuple[str, ...], columns: tuple[str, ...],
    suggested: bool, only: tuple[str, ...], form: MappableForm | None, table: int, pairs: tuple[str, ...], group: str,
    target: Path | None, force: bool, go: bool, take_new: bool, lists: Path | None, role: str, why: str, accept: bool,
    limits: Limits,
) -> None:  # fmt: skip
    """Read a sheet in any format and show how it is read.

    What publishing it would change is shown too. Optionally write it in long form or publish it. Before anything
    published changes, you are asked.
    """
    words = own_words()
    given = dict(setting.partition("=")[::2] for setting in settings)
    if not set(given) <= set(SETTABLE) or not all(given.values()):
        raise click.UsageError(words("command.set_wrong", columns=", ".join(SETTABLE)))
    corrections = {**_columns(columns, words), **_corrections(only, pairs, take_new, words)}
    corrections |= {("table",): str(table)} if table else {}
    corrections |= {("group",): group} if group else {}
    writer = Writer(role, why) if go else None
    options = ImportOptions(by, save_as, given, corrections, target, force, writer, lists, suggested, form)
    shown = list[Imported]()

    def agree(found: Imported) -> bool:
        shown.append(found)
        if sys.stderr.isatty():
            # The bar is on a line of its own.
            click.echo(err=True)
        _show(found)
        return found.preview is not None and agreed(found.preview.changes, accept)

    with shown_progress() as progress:
        imported = import_sheet(file, store, options, words, date.today(), limits, progress, agree)
    if not shown:
        _show(imported)
    sys.exit(0 if _concluded(imported, words) and not imported.failed else 1)


def _show(imported: Imported) -> None:
    """Print how a sheet is read, what is wrong with it, and what publishing it would change."""
    for line in imported.lines:
        click.echo(line)
    print_groups(imported.problems, imported.left_out)
    if imported.preview is not None and imported.preview.proof is not None:
        show_changes(imported.preview.changes, imported.names)


def _concluded(imported: Imported, words: Words) -> bool:
    """Print whether a sheet was published, if it should be, and how many rows are in; whether all went well."""
    well = True
    if imported.outcome is not None:
        print_groups(imported.outcome.problems, None)
        well = say_outcome(imported.outcome, "command.published")
    if imported.n_read is not None:
        click.echo(_in_and_out(imported, imported.n_read, words))
    return well


def _columns(columns: tuple[str, ...], words: Words) -> Corrections:
    """What the options say about which of their columns holds what; none does if nothing follows the sign."""
    named = [one.partition("=") for one in columns]
    if not all(ours.strip() in SETTABLE and sign for ours, sign, _ in named):
        raise click.UsageError(words("command.column_wrong", columns=", ".join(SETTABLE)))
    chosen = {ours.strip(): theirs.strip() for ours, _, theirs in named}
    return {("column", ours): f"{COLUMN}{theirs}" if theirs else NOWHERE for ours, theirs in chosen.items()}


def _corrections(only: tuple[str, ...], pairs: tuple[str, ...], take_new: bool, words: Words) -> Corrections:
    """What the options say about rows, pairs of columns and new names."""
    found: Corrections = {("new",): TAKE} if take_new else {}
    for pair in pairs:
        ours, _, theirs = pair.partition("=")
        first, _, second = theirs.partition("+")
        if ours not in NAMED or not first or not second:
            raise click.UsageError(words("command.together_wrong", columns=", ".join(NAMED)))
        found[("column", ours)], found[("together", ours)] = f"{COLUMN}{first.strip()}", second.strip()
    if only:
        if not all(label and sign for label, sign, _ in (one.partition("=") for one in only)):
            raise click.UsageError(words("command.only_wrong"))
        found[("only",)] = ALSO.join(one.replace("=", IS, 1) for one in only)
    return found


def _in_and_out(imported: Imported, n_read: int, words: Words) -> str:
    """The last line: how many rows of the sheet are published, or would be, and how many stay out."""
    is_in = imported.outcome is not None and imported.outcome.revision is not None
    counts = {"in_": words.shown(imported.n_in), "out": words.shown(n_read - imported.n_in)}
    return words.count("command.rows_in" if is_in else "command.rows_would_be_in", n_read, **counts)


@click.command("close")
@click.argument("round_", metavar="ROUND")
@READ
@ROLE
@click.option("--why", default="closed from the command line", show_default=True)
@ACCEPT
def close_command(round_: str, store: Path, role: str, why: str, accept: bool) -> None:
    """Close a round. Its answers, ratings and reviews can no longer change. Recorded as a new publication.

    You are asked before a round is closed in which nothing is answered.
    """
    _turn(partial(close_round, store, round_, Writer(role, why), date.today()), accept, "close")


@click.command("reopen")
@click.argument("round_", metavar="ROUND")
@READ
@ROLE
@click.option("--why", default="reopened from the command line", show_default=True)
@ACCEPT
def reopen_command(round_: str, store: Path, role: str, why: str, accept: bool) -> None:
    """Reopen a round. Its answers, ratings and reviews can change again. Recorded as a new publication."""
    _turn(partial(reopen_round, store, round_, Writer(role, why), date.today()), accept, "reopen")


def _turn(turn: Callable[..., Outcome], accept: bool, kind: str) -> None:
    """Close or reopen a round, and ask where something must be accepted first."""
    outcome = turn(accept=accept)
    if any(problem.kind in ASKED for problem in outcome.problems):
        print_problems(outcome.problems)
        if not says_yes(f"command.{kind}_asked", "command.turn_needed"):
            conclude(outcome, "")
        outcome = turn(accept=True)
    report(outcome, "command.closed" if kind == "close" else "command.reopened")


def sum_up(summary: Summary, unread: Iterable[str], seconds: float) -> None:
    """Print what a load did and how long it took, with a line for each kind of problem that left rows out.

    `unread` are the kinds of the rows of workbooks that were left out before the checks.
    """
    words = own_words()
    click.echo(
        words.count(
            "command.summary",
            summary.taken,
            rounds=words.count("command.rounds", summary.rounds),
            operations=words.count("command.operations", summary.operations),
            seconds=f"{seconds:.1f}",
        )
    )
    for kind, n in (Counter(dict(summary.left_out)) + Counter(unread)).most_common():
        click.echo(left_out(kind, n, words))
