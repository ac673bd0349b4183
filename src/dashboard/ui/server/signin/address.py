"""Which address did somebody ask for before they signed in? It is kept, so that they arrive there, filters and all."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from urllib.parse import quote

from starlette.types import Scope

COOKIE = "dashboard_asked"
SECONDS = 600
"""How long a sign-in may take."""
LONGEST = 2800
"""The longest address that fits into a cookie; of a longer one only the page is kept."""


def asked(scope: Scope) -> str:
    """Return the address of a request on this server."""
    raw = scope.get("raw_path") or quote(scope["path"]).encode()
    path, query = raw.decode("latin-1"), scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def local(address: str, below: str, closed: frozenset[str]) -> str:
    """Return an address if it is a page of this server, otherwise its first page.

    It comes back from a browser, so it may be anything: a browser would follow `//elsewhere` or `/\\elsewhere` away.
    """
    first = f"{below}/"
    safe = address.isascii() and address.isprintable() and not {"\\", " "} & set(address)
    if not safe or not address.startswith(first) or address.startswith("//"):
        return first
    path = address.partition("?")[0]
    return first if path in closed else address if len(address) <= LONGEST else path[:LONGEST]


def kept(address: str) -> str:
    """Return an address as the value of a cookie."""
    return urlsafe_b64encode(address.encode()).decode().rstrip("=")


def read(value: str) -> str:
    """Return the address in such a value; empty if it holds none."""
    try:
        return urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode("ascii")
    except (Error, ValueError):
        return ""
