"""Commands that serve: demo, room."""

import sys

import click

from dashboard.commands.said import print_problems
from dashboard.demo import demonstrate, open_browser
from dashboard.loading.words_file import read_words
from dashboard.open_room import Opened, open_room, own_address


@click.command("demo")
def demo_command() -> None:
    """Open the workshop page over the sample, in a store that is thrown away; Ctrl+C ends it."""
    words = read_words()

    def begun(address: str) -> None:
        click.echo(words("command.demo", address=address))
        open_browser(address)

    outcome = demonstrate(words("command.demo_why"), begun)
    if outcome.move is None:
        print_problems(outcome.problems)
        sys.exit(1)


@click.command("room")
@click.option("--address", help="How phones reach this machine.  [default: its address on the local network]")
@click.option("--port", type=int, help="Listen here and nowhere else.  [default: 8501, or the next that is free]")
def room_command(address: str | None, port: int | None) -> None:
    """Let phones on the local network vote; whoever holds the key that is printed sees every page."""
    words = read_words()

    def begun(opened: Opened) -> None:
        click.echo(words("command.room", address=opened.address, here=opened.here, key=opened.key))
        open_browser(f"{opened.here}/enter?once={opened.once}")

    sys.exit(open_room(address or own_address(), begun, port))
