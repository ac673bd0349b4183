"""A running copy of the program: its files, its version, the hosts it answers to, and the events that it reports.

Its files are in a checkout or inside the installed package. A commit is known in a checkout from Git; in sources,
wheels and images that were made from one, from a file. An event is a record of the standard logging, with codes, counts
and seconds; never a name, an id, or what is said. Without a handler that wants it, it costs nothing. See
docs/decisions/0020-server.md.
"""

import logging
import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(
    r"(?:\[([0-9a-f:.]+)\]|([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)\.?)(?::([1-9][0-9]{0,4}))?", re.IGNORECASE
)


@dataclass(frozen=True)
class Host:
    """A normalised name or address, and the port if one is named."""

    name: str
    port: int | None = None

    @property
    def address(self) -> IPv4Address | IPv6Address | None:
        """The address, if it is one and not a name."""
        try:
            return ip_address(self.name)
        except ValueError:
            return None

    def __str__(self) -> str:
        name = f"[{self.name}]" if ":" in self.name else self.name
        return name if self.port is None else f"{name}:{self.port}"


def read_host(text: str) -> Host | None:
    """The host that a `Host` header or an operator names (RFC 9110, 7.2); None if it is malformed.

    Case, the dot at the end of a name and the way an IPv6 address is shortened make no difference.
    """
    match = _HOST.fullmatch(text)
    if match is None or not text.isascii():
        return None
    address, name, digits = match.groups()
    port = int(digits) if digits else None
    if port is not None and port > 65535:
        return None
    if address is None:
        return Host(name.lower(), port)
    host = Host(address.lower()).address
    return Host(host.compressed, port) if isinstance(host, IPv6Address) else None


def read_origin(text: str) -> tuple[str, Host] | None:
    """Scheme and host of an `Origin` header (RFC 6454, 6.2); None if it is not a web origin, as `null` is."""
    scheme, separator, rest = text.partition("://")
    host = read_host(rest)
    if not separator or scheme.lower() not in DEFAULT_PORTS or host is None:
        return None
    return scheme.lower(), host


def is_same_host(origin: tuple[str, Host], host: Host) -> bool:
    """Whether a page of this origin comes from this host. A missing port is the default port of the origin's scheme."""
    scheme, origin_host = origin
    usual = DEFAULT_PORTS[scheme]
    return origin_host.name == host.name and (origin_host.port or usual) == (host.port or usual)


@dataclass(frozen=True)
class GoesBy:
    """The names a server answers to. To its own machine it is local; otherwise any IP address may be its own.

    A browser given an address cannot be misled by a name system, so addresses need no list. A name may belong to
    anybody, so it must be one of `names`, or one that the operator gave as `public`.
    """

    local: bool
    names: frozenset[str] = frozenset()
    public: tuple[Host, ...] = ()

    def knows(self, host: Host, port: int, scheme: str) -> bool:
        """Whether a request for this host, received on this port, is meant for this server."""
        if any(self._is_public(public, host, port) for public in self.public):
            return True
        return (host.port or DEFAULT_PORTS.get(scheme)) == port and self._is_own(host)

    def _is_own(self, host: Host) -> bool:
        if host.address is not None:
            return host.address.is_loopback or not self.local
        return host.name == "localhost" or (not self.local and host.name in self.names)

    @staticmethod
    def _is_public(public: Host, host: Host, port: int) -> bool:
        ports = (None, port, *DEFAULT_PORTS.values()) if public.port is None else (public.port,)
        return public.name == host.name and host.port in ports


def machine_names(machine: str) -> frozenset[str]:
    """What other machines on a network call one with this name: in full, in short, and as it announces itself."""
    full = machine.lower().rstrip(".")
    short = full.partition(".")[0]
    return frozenset(name for name in (full, short, short and f"{short}.local") if name)


def read_host_names(text: str) -> tuple[tuple[Host, ...], tuple[str, ...]]:
    """The hosts in a comma-separated list, and the invalid entries as written."""
    entries = [entry.strip() for entry in text.split(",") if entry.strip()]
    hosts = [(entry, read_host(entry)) for entry in entries]
    return tuple(host for _, host in hosts if host), tuple(entry for entry, host in hosts if host is None)


_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = _PACKAGE / "shipped"
PROJECT = _INSTALLED if (_INSTALLED / "app.py").is_file() else _PACKAGE.parents[1]
"""The folder of the start scripts, of the pages and of `.streamlit`, wherever the command is run."""
SHIPPED = (PROJECT / "frameworks", PROJECT / "data")
"""The standards and the sample, to be published."""
MAP_FOLDER = PROJECT / "data" / "map"


EVENTS = logging.getLogger("dashboard.happened")
FACTS = "facts"
"""The attribute of a record that holds the facts."""


def happened(what: str, **facts: str | float) -> None:
    """Tell whoever listens: `run`, `changed`, `refused` or `error`, with codes of the program as facts."""
    EVENTS.info(what, extra={FACTS: facts})


PACKAGE_NAME = "child-rights-dashboard"
COMMIT_FILE = Path(__file__).resolve().parents[1] / "commit.txt"
"""Where `git archive`, which makes a release, and the Dockerfile write the commit."""
COMMIT_LETTERS = 8


@cache
def version() -> str:
    """The number of the version, with the commit in brackets if it is known."""
    commit = _written(COMMIT_FILE) or _of_checkout(PROJECT)
    return f"{version_number(PROJECT)} ({commit})" if commit else version_number(PROJECT)


def version_number(project: Path) -> str:
    """The number of the version: in a checkout as its sources say, as what is installed may be older."""
    sources = project / "pyproject.toml"
    if sources.is_file():
        return str(tomllib.loads(sources.read_text("utf-8"))["project"]["version"])
    return metadata.version(PACKAGE_NAME)


def _written(file: Path) -> str:
    """The commit in a file; empty in a checkout, where only its placeholder stands there, and if there is none."""
    text = file.read_text("utf-8").strip() if file.is_file() else ""
    return text[:COMMIT_LETTERS] if text.isalnum() else ""


def _of_checkout(project: Path) -> str:
    """The commit that is checked out; empty outside a checkout. Its files are read, as a server may have no Git."""
    with suppress(OSError, ValueError):
        folder = project / ".git"
        if folder.is_file():
            # A second folder of the same repository: this file says where its own state is.
            folder = project / folder.read_text("utf-8").partition("gitdir:")[2].strip()
        head = (folder / "HEAD").read_text("utf-8").strip()
        kind, _, reference = head.partition("ref: ")
        return (_commit_of(folder, reference) if reference else kind)[:COMMIT_LETTERS]
    return ""


def _commit_of(folder: Path, reference: str) -> str:
    """The commit of a branch: in a file of its own, or in the list of those that seldom change."""
    shared = folder / "commondir"
    common = folder / shared.read_text("utf-8").strip() if shared.is_file() else folder
    if (common / reference).is_file():
        return (common / reference).read_text("utf-8").strip()
    listed = (line.split(" ") for line in (common / "packed-refs").read_text("utf-8").splitlines())
    return next((words[0] for words in listed if words[1:] == [reference]), "")
