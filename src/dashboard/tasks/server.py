"""Serves the dashboard, a room or a demonstration by a separate process, which reports its address once it listens.

A room opens every page with a new key; everybody else gets the vote. No name server is asked for the addresses of this
machine: on a poor network it answers late or never, and the page would wait for it. A demonstration touches no real
data: the sample is in a temporary store.
"""

import os
import re
import signal
import socket
import struct
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from secrets import choice, token_urlsafe

from dashboard.loading.sandbox import PrivateFolder
from dashboard.model.deployment import PROJECT, SHIPPED
from dashboard.model.pages import TOURS
from dashboard.model.vote import LETTERS
from dashboard.store.locking import PUBLIC_NAMES, Outcome, Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish


def end_as_by_hand() -> None:
    """From now on, a closed terminal or a request to terminate ends this process as Ctrl+C does.

    Restores Ctrl+C itself, too, which a process started in the background by a script would ignore.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)


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
    """Whether people sign in to a server started here; the server itself checks how (`ui/identity.py`)."""
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


ROOM_OPTIONS = (
    "--server.address", "0.0.0.0",  # noqa: S104 - a room is for the phones around; `ui/present/room_access.py` says what they get
    "--server.fileWatcherType", "none", "--theme.baseFontSize", "18",
)  # fmt: skip
KEY_LENGTH = 12


@dataclass(frozen=True)
class OpenRoom:
    """How a room is reached: by phones, by its facilitator, and with which key."""

    address: str
    here: str
    key: str
    once: str


def open_room(host: str, begun: Callable[[OpenRoom], object], port: int | None = None) -> int:
    """Serve the store in force until the server is stopped; return its exit code. `begun` is called when it listens."""
    key, once = "".join(choice(LETTERS) for _ in range(KEY_LENGTH)), token_urlsafe(16)
    names = ",".join(name for name in (host, os.environ.get(PUBLIC_NAMES, "")) if name)
    given = {"DASHBOARD_ROOM_KEY": key, "DASHBOARD_ROOM_ONCE": once, "DASHBOARD_ROOM_HOST": host, PUBLIC_NAMES: names}

    def announce(bound_port: int) -> None:
        begun(OpenRoom(url_at(host, bound_port), url_at("localhost", bound_port), key, once))

    options = [*ROOM_OPTIONS, *(["--server.port", str(port)] if port else [])]
    return serve("room.py", options, {**os.environ, **given}, announce)


ADDRESS_OF = {"linux": 0x8915, "darwin": 0xC0206921}
"""Requests an interface's address (SIOCGIFADDR in `man 7 netdevice`, and in `sys/sockio.h` of macOS)."""


def local_addresses() -> tuple[str, ...]:
    """Private IPv4 addresses of this machine; none if it is on no network.

    The one it would use to reach others comes first. If the operator has set an address for rooms, only that one.
    """
    named = os.environ.get("DASHBOARD_ROOM_HOST", "")
    if named:
        return (named,)
    found = dict.fromkeys((own_address(), *_of_interfaces(), *_of_name()))
    return tuple(address for address in found if is_of_network(address))


def is_of_network(address: str) -> bool:
    """Whether an address belongs to a local network (RFC 1918 and similar), and not to this machine alone."""
    try:
        read = ip_address(address)
    except ValueError:
        return False
    return read.version == 4 and read.is_private and not read.is_loopback and not read.is_unspecified


def _of_interfaces() -> Iterator[str]:
    """The address of each interface, if the system can be asked for it."""
    asks = ADDRESS_OF.get(sys.platform)
    if sys.platform == "win32" or asks is None:
        return
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            # An interface that is down has no address.
            with suppress(OSError):
                told = fcntl.ioctl(asked.fileno(), asks, struct.pack("256s", name.encode()[:15]))
                yield socket.inet_ntoa(told[20:24])


def _of_name() -> tuple[str, ...]:
    """What Windows says about its own name, which it answers from its interfaces; other systems ask a name server."""
    if sys.platform != "win32":
        return ()
    try:
        return tuple(socket.gethostbyname_ex(socket.gethostname())[2])
    except OSError:
        return ()


DEMO_OPTIONS = ("--server.address", "localhost", "--theme.baseFontSize", "18")
"""Listens to this machine only, with larger type than usual."""


def demonstrate(why: str, begun: Callable[[str], object]) -> Outcome:
    """Publish the sample, serve it until the server is stopped, and leave nothing behind.

    `begun` is called with the address of the page of tours once it responds, and `why` goes into the history. Without a
    publication nothing is served, and the problems say why.
    """
    with PrivateFolder() as folder:
        store = folder / "store"
        environment = {**os.environ, "DASHBOARD_STORE": str(store)}
        # A demonstration is for this machine only, whatever public names it has.
        environment.pop(PUBLIC_NAMES, None)
        outcome = publish(Load(store, SHIPPED, Writer("dashboard", why), date.today()))
        if outcome.revision is not None:
            serve("app.py", DEMO_OPTIONS, environment, lambda port: begun(f"{url_at('localhost', port)}/{TOURS}"))
        return outcome
