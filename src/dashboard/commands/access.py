"""Commands on people and on tokens, with which other programs read figures: people forget; token new, list, revoke."""

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from dashboard.commands.output import READ, LeadingOn, end_with, in_force, own_words
from dashboard.model.permissions import MOST_TOKEN_DAYS, TOKEN_DAYS, WantedToken, read_grants
from dashboard.store.history import StoreError
from dashboard.store.mask import countries_of
from dashboard.store.publishing.commit import change_name, shown_names
from dashboard.store.tokens import last_used, make, revoke, tokens


@click.group("token")
def token_command() -> None:
    """Let another program read figures where people sign in."""


@token_command.command("new")
@click.argument("name")
@click.option(
    "--grant",
    "grants",
    multiple=True,
    default=("viewer",),
    show_default=True,
    metavar="ROLE[@PLACE]",
    help="What the program may see, such as viewer@operation:CODE or viewer@country:CODE. Can be given several times.",
)
@click.option(
    "--days", type=click.IntRange(1, MOST_TOKEN_DAYS), default=TOKEN_DAYS, show_default=True, help="How long it works."
)
@READ
def new_command(name: str, grants: tuple[str, ...], days: int, store: Path) -> None:
    """Make a token for NAME, a program, and print it. It cannot be shown again."""
    read, wrong = read_grants(grants)
    if wrong:
        end_with(*wrong)
    text, problems = make(store, WantedToken(name, read, days), None, _countries(store), time.time())
    if problems:
        end_with(*problems)
    click.echo(own_words().count("command.token_made", days), err=True)
    click.echo(text)


@token_command.command("list")
@READ
def list_command(store: Path) -> None:
    """List every token: its id, until when it works, what it may see, what it is for, who made it, and its last use."""
    words, names = own_words(), shown_names(store)
    try:
        found = tokens(store)
    except StoreError as error:
        end_with(error.problem)
    if not found:
        click.echo(words("command.no_tokens"))
    for token in found:
        maker = (names.get(token.maker) or token.maker) if token.maker else words("tokens.machine")
        until = date.fromtimestamp(token.ends).isoformat()
        key = "command.token" if token.ends > time.time() else "command.token_expired"
        grants = ", ".join(map(str, token.grants))
        day = last_used(store, token.id)
        used = words("command.token_used", day=day.isoformat()) if day is not None else words("command.token_unused")
        click.echo(words(key, id=token.id, until=until, grants=grants, name=token.name, maker=maker, used=used))


@token_command.command("revoke")
@click.argument("id_", metavar="ID")
@READ
def revoke_command(id_: str, store: Path) -> None:
    """End the token with this ID at once."""
    problems = revoke(store, id_, None)
    if problems:
        end_with(*problems)
    click.echo(own_words()("command.token_revoked", id=id_))


def _countries(store: Path) -> Mapping[str, str]:
    """The operations of the publication in force with their countries; the command ends if there is none."""
    return countries_of(in_force(store))


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
    click.echo(own_words()("command.name_forgotten", subject=subject))
