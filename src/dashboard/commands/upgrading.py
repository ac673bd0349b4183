"""The command that makes a store of this version out of an older one: upgrade."""

import os
import sys
from pathlib import Path

import click

from dashboard.commands.output import FILE, READ, print_problems
from dashboard.loading.files.words_file import read_words
from dashboard.store.keeping.upgrade import Upgraded, upgrade
from dashboard.store.reading.reader import Reader
from dashboard.tasks.rules_moved import moved_by_upgrade, moved_said
from dashboard.tasks.serving import set_for_a_proxy


@click.command("upgrade")
@READ
@click.option("--into", "new", type=FILE, required=True, help="The folder of the new store. It must be new or empty.")
@click.option("--switch", is_flag=True, help="Replace the old store with the new one, and keep the old one beside it.")
def upgrade_command(store: Path, new: Path, switch: bool) -> None:
    """Convert a store to the tables of this version.

    The whole history is converted, in a new folder, and every row is compared.
    """
    words = read_words()
    if by_proxy := set_for_a_proxy(os.environ):
        click.echo(words("wrong_way_in.by_proxy", value=", ".join(by_proxy)), err=True)
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
    in_force = Reader(place).current()
    if in_force is not None and (said := moved_said(moved_by_upgrade(in_force, outcome.shape), words)):
        click.echo(said)
    if outcome.old_store is None:
        click.echo(words("command.upgraded_next", store=store, new=new))
    else:
        click.echo(words("command.upgraded_switched", store=store, kept=outcome.old_store))
