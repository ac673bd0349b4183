"""Which host does a request name, and does this server answer to it?"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

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


def same(origin: tuple[str, Host], host: Host) -> bool:
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


def names_of(machine: str) -> frozenset[str]:
    """What other machines on a network call one with this name: in full, in short, and as it announces itself."""
    full = machine.lower().rstrip(".")
    short = full.partition(".")[0]
    return frozenset(name for name in (full, short, short and f"{short}.local") if name)


def read_names(text: str) -> tuple[tuple[Host, ...], tuple[str, ...]]:
    """The hosts in a comma-separated list, and the invalid entries as written."""
    entries = [entry.strip() for entry in text.split(",") if entry.strip()]
    hosts = [(entry, read_host(entry)) for entry in entries]
    return tuple(host for _, host in hosts if host), tuple(entry for entry, host in hosts if host is None)
