"""Commands on the history and the format of a store: history, revert, repair, prune, upgrade."""

import os
import shlex
import shutil
import sys
from datetime import date
from pathlib import Path

import click

from dashboard.commands.confirm import ACCEPT, on_terminal, publish_asking, says_yes
from dashboard.commands.output import (
    FILE,
    READ,
    ROLE,
    VERBOSE,
    conclude,
    end_with,
    in_force,
    own_words,
    print_problems,
    report,
    shown_progress,
)
from dashboard.loading.process_limits import readable
from dashboard.loading.yaml_file import read_words
from dashboard.model.deployment import version
from dashboard.model.words import Words
from dashboard.store.history import StoreError, history, nothing_published, revision_path, sha256_of
from dashboard.store.locking import Writer, machine_failed
from dashboard.store.publishing.load import Load
from dashboard.store.reader import Reader
from dashboard.store.upgrade import Upgraded, upgrade
from dashboard.store.upkeep import Keep, prunable, prune, repair, revert
from dashboard.store.verify import verify_history
from dashboard.tasks.closed_figures import closed_changes, moved_by_upgrade, moved_said
from dashboard.tasks.included import STANDARDS, newer_included, newer_said
from dashboard.tasks.server import set_for_a_proxy


@click.command("history")
@READ
@click.option("--verify", "verified", is_flag=True, help="Verify the chain of publications and the bytes of each.")
def history_command(store: Path, verified: bool) -> None:
    """List every publication, newest first. The one in force is marked."""
    words = own_words()
    if verified:
        _print_verified(store, words)
        return
    try:
        moves = list(history(store))
    except StoreError as error:
        end_with(error.problem)
    if not moves:
        end_with(nothing_published(store))
    for move in moves:
        mark = "*" if move == moves[0] else " "
        kind = words(f"data.kind_{move.kind}", about=move.about)
        parts = {"number": move.number, "at": move.at, "kind": kind, "publication": move.publication}
        click.echo(words("command.step", mark=mark, role=move.role, why=move.why, **parts))


def _print_verified(store: Path, words: Words) -> None:
    """Print what was found, and the SHA-256 of the last record.

    Kept elsewhere, it proves that the history is unchanged.
    """
    try:
        verified = verify_history(store)
    except OSError as error:
        end_with(machine_failed(str(store), error))
    print_problems(verified.problems)
    n = len(verified.revisions)
    click.echo(words.count("command.verified", n, chained=n - verified.not_chained, removed=len(verified.removed)))
    if verified.not_chained:
        click.echo(words.count("command.not_chained", verified.not_chained))
    if verified.revisions:
        click.echo(words("command.last_step", sha256=sha256_of(revision_path(store, verified.revisions[0].number))))
    sys.exit(1 if any(problem.serious for problem in verified.problems) else 0)


@click.command("repair")
@READ
@ROLE
@click.option("--why", default="repaired from the command line", show_default=True)
@ACCEPT
def repair_command(store: Path, role: str, why: str, accept: bool) -> None:
    """Put the newest intact publication in force after damage.

    Does nothing unless the pointer, the history or what is in force is damaged. You are asked before publications come
    back that are newer than the one in force.
    """
    writer = Writer(role, why)
    outcome = repair(store, writer, accept)
    print_problems(outcome.problems)
    asks = any(problem.kind == "out_of_force" and problem.expected for problem in outcome.problems)
    if asks and not accept and says_yes("command.restore_asked", "command.restore_needed"):
        outcome = repair(store, writer, accept=True)
        print_problems(outcome.problems)
    if outcome.revision is None:
        sys.exit(1 if any(problem.serious for problem in outcome.problems) else 0)
    conclude(outcome, "command.repaired")
    if outcome.revision.lost:
        click.echo(own_words()("command.lost", numbers=", ".join(map(str, outcome.revision.lost))))


@click.command("prune")
@READ
@click.option(
    "--keep", "last", type=click.IntRange(1), metavar="N", help="Keep the last N publications that were in force."
)
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(0),
    metavar="DAYS",
    help="Keep publications in force within this many days.",
)
@click.option("--dry-run", is_flag=True, help="List what would be removed, and change nothing.")
@ROLE
@click.option("--why", default="removed from the command line", show_default=True)
def prune_command(store: Path, last: int | None, days: int | None, dry_run: bool, role: str, why: str) -> None:
    """Remove old publications. The removal is recorded in the history.

    Never removes the one in force, the last one of a closed round, or one that a tour names.
    """
    words = own_words()
    if (last is None) == (days is None):
        raise click.UsageError(words("command.prune_one"))
    keep = Keep(last, days)
    try:
        to_remove = prunable(store, keep)
    except StoreError as error:
        end_with(error.problem)
    for publication in to_remove.publications:
        click.echo(publication)
    click.echo(words.count("command.prunable", len(to_remove.publications), size=readable(to_remove.size)))
    if to_remove.publications and not dry_run:
        report(prune(store, keep, Writer(role, why)), "command.pruned")


@click.command("revert")
@click.argument("number", type=int)
@READ
@ROLE
@click.option("--why", default="reverted from the command line", show_default=True)
def revert_command(number: int, store: Path, role: str, why: str) -> None:
    """Restore publication NUMBER, as a new publication."""
    report(revert(store, number, Writer(role, why)), "command.reverted")


@click.command("upgrade")
@READ
@click.option("--into", "new", type=FILE, help="The folder of the new store. It must be new or empty.")
@click.option("--switch", is_flag=True, help="Replace the old store with the new one, and keep the old one beside it.")
@ROLE
@ACCEPT
@VERBOSE
def upgrade_command(store: Path, new: Path | None, switch: bool, role: str, accept: bool, verbose: bool) -> None:
    """Convert a store to the tables of this version.

    The whole history is converted, in a new folder, and every row is compared. Then the standards that this version
    includes are offered, where they are newer. Without --into, nothing is converted.
    """
    words = own_words()
    if by_proxy := set_for_a_proxy(os.environ):
        click.echo(words("wrong_way_in.by_proxy", value=", ".join(by_proxy)), err=True)
    if switch and new is None:
        raise click.UsageError(words("command.upgrade_into"))
    if new is not None:
        store = _converted(store, new, switch, accept, verbose)
    newer = newer_included(in_force(store), STANDARDS)
    if new is None:
        click.echo(words("command.upgrade_not_needed", store=store))
    if newer:
        click.echo(newer_said(newer, words))
    if newer and not newer.own:
        _take_included(store, role, accept, verbose)


def _converted(store: Path, new: Path, switch: bool, accept: bool, verbose: bool) -> Path:
    """Convert a store, and print what was done; returns where the new one is. The command ends if there is none.

    It takes the place of the old one only once somebody agrees to what other rules move in it.
    """
    words = own_words()
    moved: list[str] = []

    def agreed(converted: Path, shape: int) -> bool:
        published = Reader(converted).current()
        moved.append("" if published is None else moved_said(moved_by_upgrade(published, shape), words))
        return accept or not moved[-1]

    with shown_progress() as progress:
        outcome = upgrade(store, new, switch, progress, agreed)
    print_problems(outcome.problems, verbose)
    if not isinstance(outcome, Upgraded):
        click.echo(words("command.not_upgraded"), err=True)
        sys.exit(1)
    place = new if outcome.old_store is None else store
    if not switch:
        agreed(place, outcome.shape)
    _print_compared(outcome, place, words)
    if moved[-1]:
        click.echo(moved[-1])
    if switch and not accept and moved[-1]:
        shutil.rmtree(new)
        if not says_yes("command.upgrade_asked", "command.upgrade_needed"):
            sys.exit(1)
        # Again, with what has been published since: nobody is asked while others wait for the store.
        return _converted(store, new, switch, True, verbose)
    if outcome.old_store is None:
        click.echo(words("command.upgraded_next", store=store, new=new))
    else:
        click.echo(words("command.upgraded_switched", store=store, kept=outcome.old_store))
    return place


def _print_compared(outcome: Upgraded, place: Path, words: Words) -> None:
    """Print how much of the history was converted and compared."""
    steps = words.count("command.upgraded_steps", outcome.revisions)
    publications = words.count("command.upgraded_publications", outcome.publications)
    click.echo(words("command.upgraded", steps=steps, publications=publications, place=place))
    for table, n in outcome.rows.items():
        if n:
            click.echo(words("command.upgraded_rows", table=table, rows=n))


def _take_included(store: Path, role: str, accept: bool, verbose: bool) -> None:
    """Publish the standards included if that is accepted, as `dashboard publish` does; else print the command."""
    words = own_words()
    if not accept and not (on_terminal() and click.confirm(words("included.asked"), err=True)):
        command = shlex.join(("dashboard", "publish", str(STANDARDS), "--store", str(store)))
        click.echo(words("included.accept", command=command))
        return
    writer = Writer(role, read_words()("included.why", version=version()))
    load = Load(store, (STANDARDS,), writer, date.today(), closed=closed_changes)
    outcome, _ = publish_asking(load, accept, verbose)
    conclude(outcome, "command.published")
