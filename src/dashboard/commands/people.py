"""The command on what people are called who changed something: people forget."""

from pathlib import Path

import click

from dashboard.commands.former import LeadingOn
from dashboard.commands.output import READ, end_with
from dashboard.loading.files.words_file import read_words
from dashboard.store.shown_names import change_name


@click.group("people", cls=LeadingOn)
def people_command() -> None:
    """Remove the name of somebody who changed something. The history holds only their id."""


@people_command.command("forget")
@click.argument("subject")
@READ
def forget_command(subject: str, store: Path) -> None:
    """Remove the name of the person with the id SUBJECT. It stays away when they sign in again."""
    problems = change_name(store, subject, "")
    if problems:
        end_with(*problems)
    click.echo(read_words()("command.name_forgotten", subject=subject))
