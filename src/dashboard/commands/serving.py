"""Commands that serve: demo, room, serve."""

import os
import sys
from collections.abc import Mapping, Sequence

import click

from dashboard.commands.output import end_with, own_words
from dashboard.model.deployment import Host, read_host_names
from dashboard.model.words import Words
from dashboard.store.locking import PUBLIC_NAMES, TRIALS, is_loopback
from dashboard.tasks.server import (
    EVERYWHERE,
    METRICS,
    OpenRoom,
    demonstrate,
    open_browser,
    open_room,
    own_address,
    serve,
    signs_in,
    url_at,
)


@click.command("demo")
def demo_command() -> None:
    """Open the workshop page with the sample, in a temporary store. Press Ctrl+C to stop."""
    words = own_words()

    def begun(address: str) -> None:
        click.echo(words("command.demo", address=address))
        open_browser(address)

    outcome = demonstrate(words("command.demo_why"), begun)
    if outcome.revision is None:
        end_with(*outcome.problems)


@click.command("room")
@click.option(
    "--address", help="The address at which phones reach this machine.  [default: its address on the local network]"
)
@click.option("--port", type=int, help="The port to listen on.  [default: 8501, or the next that is free]")
def room_command(address: str | None, port: int | None) -> None:
    """Let phones on the local network vote. Anyone with the key that is printed can see every page."""
    words = own_words()

    def begun(opened: OpenRoom) -> None:
        once = f"{opened.here}/enter?once={opened.once}"
        click.echo(words("command.room", address=opened.address, here=opened.here, key=opened.key))
        click.echo(words("command.room_opened") if open_browser(once) else words("command.room_not_opened", once=once))

    sys.exit(open_room(address or own_address(), begun, port))


@click.command("serve")
@click.option("--address", default="0.0.0.0", show_default=True, help="The address to listen on; 0.0.0.0 means all.")  # noqa: S104
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="The port to listen on.")
@click.option(
    "--public-name",
    "public",
    multiple=True,
    metavar="NAME[:PORT]",
    help="A name by which others reach this server, such as that of a proxy. Can be given more than once.",
)
@click.option("--trials", is_flag=True, help="Let all users preview files of their own.")
@click.option(
    "--metrics",
    default="",
    metavar="ADDRESS:PORT",
    help="Serve metrics for Prometheus at an address of their own, such as 127.0.0.1:9108.",
)
def serve_command(address: str, port: int, public: Sequence[str], trials: bool, metrics: str) -> None:
    """Serve the dashboard to others. Without sign-in, they read everything and change nothing. Press Ctrl+C to stop."""
    words = own_words()
    given = {PUBLIC_NAMES: ",".join(public) or os.environ.get(PUBLIC_NAMES, "")}
    given |= {name: value for name, value in ((TRIALS, "1" * trials), (METRICS, metrics)) if value}
    hosts, wrong = read_host_names(given[PUBLIC_NAMES])
    if wrong:
        click.echo(words("command.public_name_wrong", names=", ".join(wrong)), err=True)
        sys.exit(2)
    environment = {**os.environ, **given}
    announcement = _announcement(words, address, port, hosts, environment)
    options = ["--server.address", address, "--server.port", str(port), "--server.fileWatcherType", "none"]
    # Over a slow link, compression cuts a click to a third of the time; on one machine it would cost more than it
    # saves.
    options += ["--server.enableWebsocketCompression", "true"]
    sys.exit(serve("app.py", options, environment, lambda _: click.echo(announcement)))


def _announcement(words: Words, address: str, port: int, hosts: Sequence[Host], environment: Mapping[str, str]) -> str:
    """Say where a server is listening, who can reach it, and what they may do."""
    to_all, trials = not is_loopback(address), environment.get(TRIALS) == "1"
    reads = to_all or any(not is_loopback(host.name) for host in hosts)
    where = url_at(own_address() if address in EVERYWHERE else address, port)
    named = [words("command.serve_named", names=", ".join(str(host) for host in hosts))] if hosts else []
    if signs_in(environment):
        lines = (words("command.serve_at", address=where), *named, words("command.serve_signed_in"))
        return "\n".join((*lines, words("command.serve_ends")))
    return "\n".join(
        [
            words("command.serve_all" if to_all else "command.serve_local", address=where),
            *named,
            words("command.serve_reads" if reads else "command.serve_writes"),
            *([words("command.serve_trials" if trials else "command.serve_no_trials")] if reads else []),
            words("command.serve_ends"),
        ]
    )
