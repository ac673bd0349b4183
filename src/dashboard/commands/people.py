"""Commands on what people are called who changed something: people list, name, forget."""

from pathlib import Path

import click

from dashboard.commands.output import STORE, end_with
from dashboard.loading.files.words_file import read_words
from dashboard.store.history import StoreError
from dashboard.store.shown_names import change_name, listed_names

LONGEST = 200
"""Characters of a shown name."""
SUBJECT = click.argument("subject")


@click.group("people")
def people_command() -> None:
    """Change what people are called who changed something. The history holds only their ids."""


@people_command.command("list")
@STORE
def list_command(store: Path) -> None:
    """List every id with the name that is shown for it."""
    words = read_words()
    try:
        held = listed_names(store)
    except StoreError as error:
        end_with(error.problem)
    if not held:
        click.echo(words("command.no_names"))
    for subject, name in held.items():
        click.echo(f"{subject}  {name or words('command.name_removed')}")


@people_command.command("name")
@SUBJECT
@click.argument("name")
@STORE
def name_command(subject: str, name: str, store: Path) -> None:
    """Show NAME for the person with the id SUBJECT, from now on and for everything before."""
    asked = " ".join(name.split())
    if not 0 < len(asked) <= LONGEST:
        raise click.UsageError(read_words()("command.name_length", most=LONGEST))
    _change(store, subject, asked)
    click.echo(read_words()("command.name_changed", subject=subject, name=asked))


@people_command.command("forget")
@SUBJECT
@STORE
def forget_command(subject: str, store: Path) -> None:
    """Remove the name of the person with the id SUBJECT. It stays away when they sign in again."""
    _change(store, subject, "")
    click.echo(read_words()("command.name_forgotten", subject=subject))


def _change(store: Path, subject: str, name: str) -> None:
    """Change it; the command ends if that fails."""
    problems = change_name(store, subject, name)
    if problems:
        end_with(*problems)
