"""Asks for agreement before anything published changes: in the words of the page, and with one flag that agrees."""

import sys
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import click
import duckdb

from dashboard.commands.output import own_words, print_problems, shown_progress
from dashboard.model.mapping import Names
from dashboard.model.problem import Problem
from dashboard.model.publish_preview import Changes
from dashboard.store.history import current_number
from dashboard.store.locking import Outcome
from dashboard.store.published_codes import names_of
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish, published_since
from dashboard.store.reader import Reader
from dashboard.tasks.preview import agreements, change_lines


def _former(context: click.Context, option: click.Parameter, given: bool) -> None:
    if given:
        raise click.UsageError(own_words()("command.accept_instead"))


ACCEPT = click.option("--accept", is_flag=True, help="Agree to everything that is asked.")


def accepting(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option `--accept`, passed to it as `accept`; its former name says what to use instead."""
    hidden = click.option("--accept-fewer", is_flag=True, hidden=True, expose_value=False, callback=_former)(command)
    return ACCEPT(hidden)


def on_terminal() -> bool:
    """Whether somebody can be asked and see the question."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def show_changes(changes: Changes, names: Names) -> None:
    """Print what publishing would change, as the page says it, and each round of which too little would remain."""
    words = own_words()
    click.echo(words("collect.would_change"))
    asked = agreements(changes, names.titled, words).values()
    # Where only that is asked, changes need not be complete, and do not say that there are none.
    lines = [line.text for line in change_lines(changes, names.titled, words)] if changes.anything or not asked else []
    for line in (*lines, *asked):
        click.echo(f"  {line}")


def agreed(changes: Changes, accept: bool) -> bool:
    """Whether changes that were shown may be published: nothing asks, they are accepted, or somebody says yes."""
    return accept or not changes.asks or says_yes("command.accept_asked", "command.accept_needed")


def says_yes(asked: str, needed: str) -> bool:
    """Whether somebody at the terminal says yes to a question; elsewhere, print what the command needs instead."""
    if on_terminal():
        return click.confirm(own_words()(asked), err=True)
    click.echo(own_words()(needed), err=True)
    return False


def publish_asking(load: Load, accept: bool, verbose: bool) -> tuple[Outcome, float]:
    """Publish files and print their problems; first show what of the published they change, and ask.

    Without `verbose`, several notes for authors of standards are one line.

    Nobody is asked while others wait for the store: the load is made again once somebody agrees. Returns the outcome
    and the seconds that the last load took.
    """
    asked: list[tuple[Changes, int]] = []

    def agree(changes: Changes) -> bool:
        asked.append((changes, current_number(load.store)))
        return accept

    outcome, seconds = _timed(replace(load, agree=agree))
    print_problems(outcome.problems, verbose)
    if not asked:
        return outcome, seconds
    changes, number = asked[0]
    show_changes(changes, names_of(Reader(load.store).current()))
    return (outcome, seconds) if accept or not agreed(changes, accept) else _again(load, number, outcome, verbose)


def _timed(load: Load) -> tuple[Outcome, float]:
    started = perf_counter()
    with shown_progress() as progress:
        outcome = publish(replace(load, progress=progress))
    return outcome, perf_counter() - started


def _again(load: Load, number: int, first: Outcome, verbose: bool) -> tuple[Outcome, float]:
    """Publish what was shown over publication `number`, unless there is a later one, and print further problems."""

    def unchanged(_connection: duckdb.DuckDBPyConnection) -> list[Problem]:
        now = current_number(load.store)
        return [published_since(load.store, now)] if now != number else []

    outcome, seconds = _timed(replace(load, guard=unchanged))
    print_problems(tuple(problem for problem in outcome.problems if problem not in first.problems), verbose)
    return outcome, seconds
