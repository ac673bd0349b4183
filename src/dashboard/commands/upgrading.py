"""Commands that make a store out of another: upgrade, replicate."""

import sys
from pathlib import Path
from threading import Event

import click

from dashboard.commands.output import FILE, STORE, print_problems, shown_progress
from dashboard.loading.apart.limits import readable
from dashboard.loading.files.words_file import read_words
from dashboard.store.keeping.replicate import Replicated, replicate
from dashboard.store.keeping.upgrade import Upgraded, upgrade


@click.command("upgrade")
@STORE
@click.option("--into", "new", type=FILE, required=True, help="The folder of the new store. It must be new or empty.")
@click.option("--switch", is_flag=True, help="Replace the old store with the new one, and keep the old one beside it.")
def upgrade_command(store: Path, new: Path, switch: bool) -> None:
    """Convert a store to the tables of this version.

    The whole history is converted, in a new folder, and every row is compared.
    """
    words = read_words()
    with click.progressbar(length=100, file=sys.stderr, show_eta=False, hidden=not sys.stderr.isatty()) as bar:

        def progress(share: float, step: str) -> None:
            bar.label = step
            bar.update(int(share * 100) - bar.pos)

        outcome = upgrade(store, new, switch, progress)
    print_problems(outcome.problems)
    if not isinstance(outcome, Upgraded):
        click.echo(words("command.not_upgraded"), err=True)
        sys.exit(1)
    steps = words.count("command.upgraded_steps", outcome.revisions)
    place = new if outcome.old_store is None else store
    publications = words.count("command.upgraded_publications", outcome.publications)
    click.echo(words("command.upgraded", steps=steps, publications=publications, place=place))
    for table, n in outcome.rows.items():
        if n:
            click.echo(words("command.upgraded_rows", table=table, rows=n))
    if outcome.old_store is None:
        click.echo(words("command.upgraded_next", store=store, new=new))
    else:
        click.echo(words("command.upgraded_switched", store=store, kept=outcome.old_store))


@click.command("replicate")
@STORE
@click.option("--into", "target", type=FILE, required=True, help="The folder of the copy: new, empty, or a copy.")
@click.option("--watch", "seconds", type=click.IntRange(1), metavar="SECONDS", help="Repeat until stopped by hand.")
def replicate_command(store: Path, target: Path, seconds: int | None) -> None:
    """Copy what is new in a store to another folder.

    There, it can be read but not changed. The exit code is 1 if the copy is not complete.
    """
    done = _replicate(store, target)
    while seconds is not None:
        Event().wait(seconds)
        _replicate(store, target, quiet=True)
    sys.exit(0 if done else 1)


def _replicate(store: Path, target: Path, quiet: bool = False) -> bool:
    """Copy once, and say what was done; with `quiet`, only if anything was. Returns whether the copy is complete."""
    words = read_words()
    with shown_progress() as progress:
        outcome = replicate(store, target, progress)
    print_problems(outcome.problems)
    if isinstance(outcome, Replicated) and outcome.revision is not None:
        parts = {"place": target, "number": outcome.revision.number}
        if outcome.copied or outcome.removed or outcome.is_news:
            size = readable(outcome.size)
            click.echo(words.count("command.replicated", outcome.copied, size=size, removed=outcome.removed, **parts))
        elif not quiet:
            click.echo(words("command.replicated_already", **parts))
    complete = not any(problem.serious for problem in outcome.problems)
    if not complete:
        click.echo(words("command.not_replicated"), err=True)
    return complete
