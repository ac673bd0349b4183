"""A demonstration that touches no real data: the sample in a store that is thrown away, the workshop page open."""

import os
import re
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from datetime import date
from pathlib import Path

from dashboard.ending import end_as_by_hand
from dashboard.loading.private_folder import PrivateFolder
from dashboard.model.place import WORKSHOP
from dashboard.store.permission import Writer
from dashboard.store.publish import publish
from dashboard.store.turn import Outcome

SHIPPED = (Path("frameworks"), Path("data"))
COMMAND = (
    sys.executable, "-m", "streamlit", "run", "app.py",
    "--server.headless", "true", "--server.address", "localhost", "--theme.baseFontSize", "18",
)  # fmt: skip
"""Listens to this machine alone, asks no other, and writes in larger type than usual."""


def demonstrate(why: str, begun: Callable[[str], object]) -> Outcome:
    """Publish the sample, serve it until the server is stopped, and leave nothing behind.

    `begun` is told the address of the workshop page once it answers, and `why` stands in the history. Without a
    publication nothing is served, and the problems say why.
    """
    with PrivateFolder() as folder:
        store = folder / "store"
        outcome = publish(store, SHIPPED, Writer("dashboard", why), date.today())
        if outcome.move is not None:
            _serve({**os.environ, "DASHBOARD_STORE": str(store)}, begun)
        return outcome


def _serve(environment: dict[str, str], begun: Callable[[str], object]) -> None:
    # So that the store goes either way.
    end_as_by_hand()
    # The command is ours alone: nothing in it was typed by anybody.
    with subprocess.Popen(COMMAND, env=environment, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            for line in server.stdout or ():
                address = re.search(r"URL: (\S+)", line)
                if address:
                    begun(f"{address[1]}/{WORKSHOP}")
        except KeyboardInterrupt:
            server.terminate()
            # What it still has to say is heard to the end, or it would break on a closed pipe.
            server.communicate()


def open_browser(address: str) -> None:
    """Show the address, where there is a browser."""
    webbrowser.open(address)
