"""What does every way of starting put before the pages? One list of what is asked first, for one server.

See docs/decisions/0022-server-and-connections.md.
"""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount, Route

from dashboard.loading.files.words_file import read_words
from dashboard.tasks.serving import EVERYWHERE, open_browser, own_address, url_at
from dashboard.ui.server.connections import Connections
from dashboard.ui.server.figures import Figures
from dashboard.ui.server.headers import Headers, broken
from dashboard.ui.server.hosts import Hosts
from dashboard.ui.server.keeping import ROUTES as KEEPING
from dashboard.ui.server.limits import Limits
from dashboard.ui.server.moved import ROUTES as MOVED
from dashboard.ui.server.page import ROUTES as BESIDE
from dashboard.ui.server.page import Page
from dashboard.ui.server.routes import Routes

PACKED_FROM = 1000
"""Bytes of an answer that is worth packing: Streamlit sends its files as they are, half a million letters and more."""


def doors(*gates: Middleware) -> dict[str, Any]:
    """What `st.App` is given beside its script. A gate stands behind the names of the server and before its routes."""
    return {
        "middleware": [
            *(Middleware(Connections), Middleware(Headers), Middleware(Hosts)),
            *(*gates, Middleware(Routes), Middleware(Limits)),
            *(Middleware(GZipMiddleware, minimum_size=PACKED_FROM, compresslevel=5), Middleware(Page)),
        ],
        "routes": _routes(),
        "exception_handlers": {Exception: broken},
        "lifespan": begun,
    }


def _routes() -> list[BaseRoute]:
    """Ours, each below the path that the server may stand below: Streamlit puts there its own alone.

    One by one: a mount would take all of the path, and leave Streamlit's page out.
    """
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    below = f"/{base}" if base else ""
    ours = [Route(f"{below}{one.path}", one.endpoint, methods=one.methods) for one in (*MOVED, *BESIDE, *KEEPING)]
    return [Mount(f"{below}/api", Figures()), *ours]


@asynccontextmanager
async def begun(app: object) -> AsyncIterator[None]:
    """Say where the server is, and show it. Streamlit itself would ask an outside host before it says that."""
    words = read_words()
    address, port = str(st.get_option("server.address") or ""), int(st.get_option("server.port"))
    secure = bool(st.get_option("server.sslCertFile"))
    here = url_at(address, port, secure)
    print(words("command.url", address=here), flush=True)
    if address in EVERYWHERE:
        print(words("command.url_others", address=url_at(own_address(), port, secure)), flush=True)
    if not st.get_option("server.headless"):
        # A browser in the terminal would hold the server until it is closed.
        threading.Thread(target=open_browser, args=(here,), daemon=True).start()
    yield None
