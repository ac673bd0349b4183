"""Which middleware and routes come before the pages, however the server was started?

See docs/decisions/0022-server-and-connections.md.
"""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount

from dashboard.loading.apart.private_folder import leave_all
from dashboard.loading.files.words_file import read_words
from dashboard.store.permission import is_loopback
from dashboard.tasks.serving import EVERYWHERE, open_browser, own_address, url_at
from dashboard.ui.server.ahead import read_ahead
from dashboard.ui.server.at_once import AtOnce
from dashboard.ui.server.ended_sessions import forget_ended_again_and_again
from dashboard.ui.server.figures import Figures
from dashboard.ui.server.handed import Handed
from dashboard.ui.server.headers import Headers, broken
from dashboard.ui.server.hosts import Hosts
from dashboard.ui.server.keeping import ROUTES as KEEPING
from dashboard.ui.server.limits import Limits
from dashboard.ui.server.log_lines import begin_log
from dashboard.ui.server.metrics import begin_metrics
from dashboard.ui.server.moved import ROUTES as MOVED
from dashboard.ui.server.open_files import allow_more_files
from dashboard.ui.server.page import ROUTES as BESIDE
from dashboard.ui.server.page import Page
from dashboard.ui.server.routes import Routes
from dashboard.ui.server.signin.door import SignIn
from dashboard.ui.ways_in import way_in

PACKED_FROM = 1000
"""Smallest answer, in bytes, worth compressing: Streamlit sends its files, over half a megabyte, uncompressed."""


def doors(*gates: Middleware) -> dict[str, Any]:
    """Return the arguments of `st.App` besides its script. A gate comes after the host check and before the routes.

    Sign-in comes after a gate: phones vote without it.
    """
    way = way_in()
    sign_in = [Middleware(SignIn, provider=way), Middleware(Handed)] if way else []
    return {
        "middleware": [
            *(Middleware(AtOnce), Middleware(Headers), Middleware(Hosts)),
            *(*gates, *sign_in, Middleware(Routes), Middleware(Limits)),
            *(Middleware(GZipMiddleware, minimum_size=PACKED_FROM, compresslevel=5), Middleware(Page)),
        ],
        "routes": _routes(),
        "exception_handlers": {Exception: broken},
        "lifespan": begun,
    }


def _routes() -> list[BaseRoute]:
    """Return our routes, each below the server's base path; Streamlit only adds that path to its own.

    One by one: a mount would take everything below the path, including Streamlit's page.
    """
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    below = f"/{base}" if base else ""
    ours = [type(one)(f"{below}{one.path}", one.endpoint, methods=one.methods) for one in (*MOVED, *BESIDE, *KEEPING)]
    return [Mount(f"{below}/api", Figures()), *ours]


@asynccontextmanager
async def begun(app: object) -> AsyncIterator[None]:
    """Print where the server is, open it, and read ahead; at its end, leave no copies.

    Streamlit would ask an outside host before opening it, and a request to terminate ends it without tidying up.
    """
    allow_more_files()
    begin_log()
    begin_metrics()
    words = read_words()
    address, port = str(st.get_option("server.address") or ""), int(st.get_option("server.port"))
    secure = bool(st.get_option("server.sslCertFile"))
    here = url_at(address, port, secure)
    print(words("command.url", address=here), flush=True)
    if address in EVERYWHERE:
        print(words("command.url_others", address=url_at(own_address(), port, secure)), flush=True)
    if not is_loopback(address):
        print(words("command.url_half_sent"), flush=True)
    threading.Thread(target=read_ahead, daemon=True).start()
    if not st.get_option("server.headless"):
        # A text browser would otherwise block the server until it is closed.
        threading.Thread(target=open_browser, args=(here,), daemon=True).start()
    forgetting = asyncio.create_task(forget_ended_again_and_again())
    try:
        yield None
    finally:
        forgetting.cancel()
        leave_all()
