"""How is the dashboard served? By a separate process, which reports its address once it listens."""

import os
import re
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dashboard.model.shipped import PROJECT
from dashboard.tasks.shutdown import end_as_by_hand

EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - known here, bound where somebody asks for it
METRICS = "DASHBOARD_METRICS"
"""The environment variable with the address and port at which metrics are served; none are without it."""
BY_PROXY = "DASHBOARD_PROXY_"
"""How the variables began with which a proxy signed people in. Without it, a server would let in everybody."""
SECRETS_FILES = "STREAMLIT_SECRETS_FILES"
"""The environment variable with which an operator names another file of secrets; its name ends in `.toml`."""
SECRETS = ".streamlit/secrets.toml"
"""Where Streamlit looks for a provider: in the home folder, the current one, and that of its script."""
SOMEWHERE = ("10.255.255.255", "172.31.255.255", "192.168.255.255", "169.254.255.255")
"""Addresses in local networks. Nothing is sent to them; the machine only says which of its own it would use."""


def serve(script: str, options: Sequence[str], environment: Mapping[str, str], begun: Callable[[int], object]) -> int:
    """Serve until the server is stopped; returns its exit code, 0 if it was stopped by hand.

    `begun` is called with the port once the server listens. Later output goes to whoever started it.
    """
    place = str(PROJECT / script)
    command = [sys.executable, "-m", "streamlit", "run", place, "--server.headless", "true", *options]
    end_as_by_hand()
    # The command is ours; user input is passed as single arguments, which Streamlit parses.
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
            # Its remaining output is read to the end, or it would fail on a closed pipe.
            server.communicate()
            return 0
        return server.wait()


def signs_in(environment: Mapping[str, str]) -> bool:
    """Whether people sign in to a server started here; the server itself checks how (`ui/ways_in.py`)."""
    # One that cannot be read is reported by the server, which does not start.
    files = [file for file in secrets_files(environment) if file.is_file() and os.access(file, os.R_OK)]
    return any(re.search(r"^\s*\[auth[\].]", file.read_text("utf-8"), re.M) for file in files)


def set_for_a_proxy(environment: Mapping[str, str]) -> list[str]:
    """The variables that are still set so that a proxy signs people in; no server starts while there is one."""
    return sorted(name for name, value in environment.items() if name.startswith(BY_PROXY) and value)


def secrets_files(environment: Mapping[str, str]) -> list[Path]:
    """The file of secrets that is named, or else those that Streamlit looks for; they need not exist."""
    named = environment.get(SECRETS_FILES)
    return [Path(named)] if named else [folder / SECRETS for folder in (Path.home(), Path.cwd(), PROJECT)]


def url_at(address: str, port: int, secure: bool = False) -> str:
    """The address at which a browser on this machine finds a server listening there."""
    host = "localhost" if address in EVERYWHERE else address
    return f"http{'s' * secure}://{f'[{host}]' if ':' in host else host}:{port}"


def own_address() -> str:
    """The address of this machine on its local network; `localhost` if it is on none."""
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


def open_browser(address: str) -> bool:
    """Open the address, if there is a browser; whether one has been opened."""
    return webbrowser.open(address)
