"""How is the dashboard served? By a process of its own, which says its address once it listens."""

import re
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dashboard.tasks.shutdown import end_as_by_hand

PROJECT = Path(__file__).resolve().parents[3]
"""Where the front doors are, wherever the command is given."""
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - known here, bound where somebody asks for it
METRICS = "DASHBOARD_METRICS"
"""The variable by which an operator asks for figures on memory and sessions, at `/_stcore/metrics`."""
SOMEWHERE = ("10.255.255.255", "172.31.255.255", "192.168.255.255", "169.254.255.255")
"""Addresses of local networks. Nothing is sent to them; the machine only says from which of its own it would be."""


def serve(script: str, options: Sequence[str], environment: Mapping[str, str], begun: Callable[[int], object]) -> int:
    """Serve until the server is stopped; gives its exit code, 0 when it was stopped by hand.

    `begun` is called with the port once the server listens. What it says afterwards is for whoever started it.
    """
    place = str(PROJECT / script)
    command = [sys.executable, "-m", "streamlit", "run", place, "--server.headless", "true", *options]
    end_as_by_hand()
    # The command is ours alone: what somebody typed stands in it as one word each, and is read by Streamlit.
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            for line in server.stdout or ():
                match = re.search(r"URL: \S+:(\d+)", line)
                if match:
                    begun(int(match[1]))
                    break
            sys.stderr.writelines(server.stdout or ())
        except KeyboardInterrupt:
            server.terminate()
            # What it still has to say is heard to the end, or it would break on a closed pipe.
            server.communicate()
            return 0
        return server.wait()


def url_at(address: str, port: int, secure: bool = False) -> str:
    """Where a browser of this machine finds a server that listens there."""
    host = "localhost" if address in EVERYWHERE else address
    return f"http{'s' * secure}://{f'[{host}]' if ':' in host else host}:{port}"


def own_address() -> str:
    """The address of this machine on its local network; `localhost` where it is on none."""
    for away in SOMEWHERE:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((away, 9))
            except OSError:
                continue
            address = str(probe.getsockname()[0])
        if not address.startswith("127."):
            return address
    return "localhost"


def open_browser(address: str) -> None:
    """Show the address, where there is a browser."""
    webbrowser.open(address)
