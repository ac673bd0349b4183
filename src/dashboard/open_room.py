"""A room on the local network: served with a key made anew, which opens every page; everybody else finds the vote."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from secrets import choice, token_urlsafe

from dashboard.ending import end_as_by_hand
from dashboard.model.vote import LETTERS

EVERYWHERE = "0.0.0.0"  # noqa: S104 - a room is for the phones around; `ui/gate.py` says what they get
# The address for browsers is given so that Streamlit asks nobody outside how this machine is seen from there.
COMMAND = (
    sys.executable, "-m", "streamlit", "run", "room.py", "--server.headless", "true",
    "--server.address", EVERYWHERE, "--browser.serverAddress", "localhost",
    "--server.fileWatcherType", "none", "--theme.baseFontSize", "18",
)  # fmt: skip
KEY_LENGTH = 12
SOMEWHERE = ("10.255.255.255", "172.31.255.255", "192.168.255.255", "169.254.255.255")
"""Addresses of local networks. Nothing is sent to them; the machine only says from which of its own it would be."""


@dataclass(frozen=True)
class Opened:
    """How a room is reached: by phones, by whoever leads it, and with which key."""

    address: str
    here: str
    key: str
    once: str


def open_room(host: str, begun: Callable[[Opened], object], port: int | None = None) -> int:
    """Serve the store in force until the server is stopped; gives its exit code. `begun` is told once it listens."""
    key, once = "".join(choice(LETTERS) for _ in range(KEY_LENGTH)), token_urlsafe(16)
    given = {"DASHBOARD_ROOM_KEY": key, "DASHBOARD_ROOM_ONCE": once, "DASHBOARD_ROOM_HOST": host}
    command = [*COMMAND, *(["--server.port", str(port)] if port else [])]
    end_as_by_hand()
    # The command is ours alone: nothing in it was typed by anybody.
    with subprocess.Popen(command, env={**os.environ, **given}, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            for line in server.stdout or ():
                found = re.search(r"URL: \S+:(\d+)", line)
                if found:
                    begun(Opened(f"http://{host}:{found[1]}", f"http://localhost:{found[1]}", key, once))
                    break
            # What it says after its address is for whoever opened the room.
            sys.stderr.writelines(server.stdout or ())
        except KeyboardInterrupt:
            server.terminate()
            # What it still has to say is heard to the end, or it would break on a closed pipe.
            server.communicate()
            return 0
        return server.wait()


def own_address() -> str:
    """The address of this machine on its local network; `localhost` where it is on none."""
    for away in SOMEWHERE:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((away, 9))
            except OSError:
                continue
            found = str(probe.getsockname()[0])
        if not found.startswith("127."):
            return found
    return "localhost"
