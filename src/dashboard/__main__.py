"""The command line: check, publish, import, history, revert, close, reopen, template, framework, demo, room."""

import sys
from datetime import date
from pathlib import Path
from time import perf_counter

import click
import duckdb

from dashboard.demo import demonstrate, open_browser
from dashboard.import_sheet import SETTABLE, Wish, import_sheet
from dashboard.loading.staging import Staged
from dashboard.loading.words_file import read_words
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.words import Words
from dashboard.open_room import Opened, open_room, own_address
from dashboard.own_book import book_file, book_name
from dashboard.own_standard import Made, folder_from_workbook, template, workbook_from_folder
from dashboard.store.history import StoreError, history
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer
from dashboard.store.publish import Outcome, check, publish, revert
from dashboard.store.rounds import close_round, reopen_round
from dashboard.store.summary import Summary, summed_up

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
STORE = click.option(
    "--store", type=click.Path(path_type=Path), default=store_folder, help="The folder of publications."
)
FILE = click.Path(path_type=Path)
BOOK = click.Path(exists=True, dir_okay=False, path_type=Path)
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
    started, summary = perf_counter(), list[Summary]()
    with click.progressbar(length=100, file=sys.stderr, show_eta=False, hidden=not sys.stderr.isatty()) as bar:

        def progress(share: float, step: str) -> None:
            bar.label = step
            bar.update(int(share * 100) - bar.pos)

        def look(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> None:
            summary.append(summed_up(connection, staged))

        outcome = publish(store, paths, Writer(role, why), date.today(), progress, look=look)
    _print(outcome.problems)
    _conclude(outcome, "command.published")
    _sum_up(summary[0], perf_counter() - started)


@main.command("import")
@click.argument("file", type=BOOK)
@STORE
@click.option("--mapping", "by", default="", help="Read it by a mapping that was kept under this name.")
@click.option("--save-as", default="", help="Keep how it was read under this name.")
@click.option(
    "--set", "settings", multiple=True, metavar="COLUMN=VALUE", help="What the whole sheet is of: round=2025."
)
@click.option("--to", "target", type=FILE, help="Write the table in long form here.")
@click.option("--force", is_flag=True, help="Replace the file that is there; publish what is doubtful.")
@click.option("--publish", "go", is_flag=True, help="Publish it.")
@ROLE
@click.option("--why", default="imported from the command line", show_default=True)
def import_command(
    file: Path, store: Path, by: str, save_as: str, settings: tuple[str, ...], target: Path | None, force: bool,
    go: bool, role: str, why: str,
) -> None:  # fmt: skip
    """Read somebody else's sheet: print how it is read; write it in long form or publish it where that is asked."""
    words = read_words()
    given = dict(setting.partition("=")[::2] for setting in settings)
    if not set(given) <= set(SETTABLE) or not all(given.values()):
        raise click.UsageError(words("command.set_wrong", columns=", ".join(SETTABLE)))
    wish = Wish(by, save_as, given, target, force, Writer(role, why) if go else None)
    imported = import_sheet(file, store, wish, words, date.today())
    for line in imported.lines:
        click.echo(line)
    _print(imported.problems)
    if imported.outcome is not None:
        _conclude(imported.outcome, "command.published")
    sys.exit(1 if imported.failed else 0)


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
        kind = words(f"data.kind_{move.kind}", about=move.about)
        parts = {"number": move.number, "at": move.at, "kind": kind, "publication": move.publication}
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


@main.command("template")
@click.option("--operation", required=True, help="The code of the operation.")
@click.option("--round", "round_", required=True, help="The code of the round.")
@click.option("--to", "target", type=FILE, help="The file to write.  [default: OPERATION-ROUND.xlsx]")
@click.option("--force", is_flag=True, help="Replace the file that is there.")
@STORE
def template_command(operation: str, round_: str, target: Path | None, force: bool, store: Path) -> None:
    """Write the workbook that an operation fills in for a round."""
    words = read_words()
    made = book_file(store, operation, round_, target or Path(book_name(operation, round_)), words, force)
    _print(made.problems)
    if made.book is None:
        click.echo(words("command.not_written"), err=True)
        sys.exit(1)
    questions = words.count("book.questions", len(made.book.questions))
    sheets = words.count("book.sheets", len(made.book.functions()))
    click.echo(words("command.book_written", file=made.file, questions=questions, sheets=sheets))


@main.command("close")
@click.argument("round_", metavar="ROUND")
@STORE
@ROLE
@click.option("--why", default="closed from the command line", show_default=True)
def close_command(round_: str, store: Path, role: str, why: str) -> None:
    """Freeze the answers, ratings and reviews of a round, as a new step."""
    outcome = close_round(store, round_, Writer(role, why), date.today())
    _print(outcome.problems)
    _conclude(outcome, "command.closed")


@main.command("reopen")
@click.argument("round_", metavar="ROUND")
@STORE
@ROLE
@click.option("--why", default="reopened from the command line", show_default=True)
def reopen_command(round_: str, store: Path, role: str, why: str) -> None:
    """Let the answers, ratings and reviews of a round change again, as a new step."""
    outcome = reopen_round(store, round_, Writer(role, why), date.today())
    _print(outcome.problems)
    _conclude(outcome, "command.reopened")


@main.command("demo")
def demo_command() -> None:
    """Open the workshop page over the sample, in a store that is thrown away; Ctrl+C ends it."""
    words = read_words()

    def begun(address: str) -> None:
        click.echo(words("command.demo", address=address))
        open_browser(address)

    outcome = demonstrate(words("command.demo_why"), begun)
    if outcome.move is None:
        _print(outcome.problems)
        sys.exit(1)


@main.command("room")
@click.option("--address", help="How phones reach this machine.  [default: its address on the local network]")
@click.option("--port", type=int, help="Listen here and nowhere else.  [default: 8501, or the next that is free]")
def room_command(address: str | None, port: int | None) -> None:
    """Let phones on the local network vote; whoever holds the key that is printed sees every page."""
    words = read_words()

    def begun(opened: Opened) -> None:
        click.echo(words("command.room", address=opened.address, here=opened.here, key=opened.key))
        open_browser(f"{opened.here}/enter?once={opened.once}")

    sys.exit(open_room(address or own_address(), begun, port))


@main.command("framework")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--template", "empty", type=FILE, help="Write an empty workbook to fill in.")
@click.option("--from-xlsx", "workbook", type=BOOK, help="Read a filled workbook into a folder of frameworks.")
@click.option("--into", type=FILE, default="frameworks", show_default=True, help="The folder of frameworks.")
@click.option("--to-xlsx", "target", type=FILE, help="Write the framework in FOLDER as a workbook.")
@click.option("--force", is_flag=True, help="Replace what is there; the former files of a framework stay beside it.")
def framework_command(
    folder: Path | None, empty: Path | None, workbook: Path | None, into: Path, target: Path | None, force: bool
) -> None:
    """Turn a workbook into the folder of a standard, or a folder into a workbook."""
    words = read_words()
    try:
        if empty and not (folder or workbook or target):
            made = template(empty, words, force)
        elif workbook and not (folder or empty or target):
            made = folder_from_workbook(workbook, into, force)
        elif folder and target and not (empty or workbook):
            made = workbook_from_folder(folder, target, words, force)
        else:
            raise click.UsageError(words("command.one_way"))
    except OSError as error:
        place = str(error.filename or target or into)
        made = Made(into, problems=(Problem("not_written", place, value=error.strerror, weight=Weight.FILE),))
    _print(made.problems)
    _conclude_framework(made, workbook is not None)


def _conclude_framework(made: Made, into_folder: bool) -> None:
    words = read_words()
    if any(problem.serious for problem in made.problems):
        click.echo(words("command.not_written"), err=True)
        sys.exit(1)
    if made.standard is None:
        click.echo(words("command.template_written", file=made.place))
        return
    areas = made.standard.framework.areas
    n_criteria = sum(len(area.criteria) for area in areas)
    what = words("command.framework", areas=len(areas), criteria=n_criteria, links=len(made.standard.links))
    if into_folder and not made.written:
        click.echo(words("command.framework_same", place=made.place, what=what))
    else:
        click.echo(words("command.framework_written", place=made.place, what=what))
    if made.kept:
        click.echo(words("command.framework_kept", files=", ".join(made.kept)))
    if into_folder:
        click.echo(words("command.framework_next", folder=made.place.parent))


def _print(problems: tuple[Problem, ...]) -> None:
    words = read_words()
    for problem in problems:
        click.echo(sentence(problem, words), err=True)
    if problems:
        serious = sum(problem.serious for problem in problems)
        click.echo(words.count("command.found", len(problems), serious=serious), err=True)


def _sum_up(summary: Summary, seconds: float) -> None:
    """What came of a load, and how long it took; a line for each kind of problem that left rows out."""
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


def _conclude(outcome: Outcome, key: str) -> None:
    words = read_words()
    move = outcome.move
    if move is None:
        click.echo(words("command.not_published"), err=True)
        sys.exit(1)
    rows = sum(rows for _, _, rows in move.files)
    parts = {"number": move.number, "publication": move.publication, "about": move.about}
    click.echo(words(key, rows=rows, files=len(move.files), **parts))


if __name__ == "__main__":
    main()
