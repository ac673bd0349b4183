"""Is a request meant for this server, and does it come from one of its pages?

Any website can make its name point to this machine (DNS rebinding), and any page in a browser can send requests. `Host`
reveals the first, `Origin` the second. Pages, files, uploads and connections are all checked.
"""

import socket
import sys

import streamlit as st
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.loading.files.words_file import read_words
from dashboard.model.host import GoesBy, names_of, read_host, read_origin, same
from dashboard.store.permission import is_loopback, public_names
from dashboard.ui.server.asgi import refuse, values

HOST, ORIGIN = b"host", b"origin"
SECURE = ("https", "wss")


class Hosts:
    """Lets in requests that name this server, with its own origin or none."""

    def __init__(self, app: ASGIApp, goes_by: GoesBy | None = None) -> None:
        self.app = app
        self.goes_by = goes_by or names_now()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        hosts, origins = values(scope, HOST), values(scope, ORIGIN)
        host = read_host(hosts[0]) if len(hosts) == 1 else None
        scheme = "https" if scope["scheme"] in SECURE else "http"
        if host is None or not self.goes_by.knows(host, scope["server"][1], scheme):
            await refuse(scope, send, 421, "host")
            return
        origin = read_origin(origins[0]) if len(origins) == 1 else None
        if origins and (origin is None or not same(origin, host)):
            await refuse(scope, send, 403, "origin")
            return
        # Streamlit compares the two as text, and if they differ, asks an outside host for this machine's address.
        written = [(name, value) for name, value in scope["headers"] if name not in (HOST, ORIGIN)]
        written.append((HOST, str(host).encode()))
        written += [(ORIGIN, f"{origin[0]}://{host}".encode())] if origin else []
        await self.app({**scope, "headers": written}, receive, send)


def names_now() -> GoesBy:
    """Return the names of this server, as it was started. An invalid name given by the operator ends the process."""
    public, wrong = public_names()
    if wrong:
        sys.exit(read_words()("command.public_name_wrong", names=", ".join(wrong)))
    local = is_loopback(str(st.get_option("server.address") or ""))
    return GoesBy(local, frozenset() if local else names_of(socket.gethostname()), public)
