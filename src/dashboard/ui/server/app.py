"""Puts middleware and routes before the pages, however the server was started.

See docs/decisions/0020-server.md.
"""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount

from dashboard.charts.heatmap import heatmap
from dashboard.charts.look import look_of
from dashboard.loading.sandbox import leave_all
from dashboard.loading.yaml_file import read_words
from dashboard.model.view_state import ViewState, normalised
from dashboard.queries.ask import ask
from dashboard.queries.every_page import given
from dashboard.store.history import StoreError
from dashboard.store.locking import is_loopback
from dashboard.store.published_codes import known_codes
from dashboard.tasks.server import EVERYWHERE, open_browser, own_address, url_at
from dashboard.ui.identity import way_in
from dashboard.ui.runtime import forget_ended_sessions
from dashboard.ui.server.figures import Figures
from dashboard.ui.server.headers import AtOnce, Headers, broken
from dashboard.ui.server.limits import UploadLimits
from dashboard.ui.server.monitoring import begin_log, begin_metrics
from dashboard.ui.server.page import PAGE_ROUTES
from dashboard.ui.server.routes import COOKIE_ROUTES, REDIRECTS, Handed, Hosts, Routes
from dashboard.ui.server.signin.door import SignIn
from dashboard.ui.versions import restricted_copy

FIRST = ("headline", "heatmap")
"""Questions of the first two pages. The publication's sums, which every page needs, are read for them."""


def read_ahead() -> None:
    """Read what a first page needs of the publication in force. What is wrong with it is left for the page to say."""
    with suppress(StoreError):
        published = restricted_copy.current(None)
        if published is not None:
            known = known_codes(published)
            asked = given(published, normalised(ViewState(), known), known, date.today())
            for name in FIRST:
                ask(published, name, asked)
    # The first chart that is made takes the library longer than all later ones.
    heatmap(read_words(), look_of("light"), ("low", "high"))


WANTED = 4096


def allow_more_files() -> None:
    """Raise the limit of this process as far as needed and allowed."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= WANTED:
        return
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


PACKED_FROM = 1000
"""Smallest answer, in bytes, worth compressing: Streamlit sends its files, over half a megabyte, uncompressed."""

FORGET_EVERY = 30.0
"""Seconds between two looks for sessions that are over."""


def doors(*gates: Middleware) -> dict[str, Any]:
    """Return the arguments of `st.App` besides its script. A gate comes after the host check and before the routes.

    Sign-in comes after a gate: phones vote without it.
    """
    way = way_in()
    sign_in = [Middleware(SignIn, provider=way), Middleware(Handed)] if way else []
    return {
        "middleware": [
            *(Middleware(AtOnce), Middleware(Headers), Middleware(Hosts)),
            *(*gates, *sign_in, Middleware(Routes), Middleware(UploadLimits)),
            Middleware(GZipMiddleware, minimum_size=PACKED_FROM, compresslevel=5),
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
    own = (*REDIRECTS, *COOKIE_ROUTES, *PAGE_ROUTES)
    ours = [type(one)(f"{below}{one.path}", one.endpoint, methods=one.methods) for one in own]
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
    forgetting = asyncio.create_task(_forget_ended_sessions())
    try:
        yield None
    finally:
        forgetting.cancel()
        leave_all()


async def _forget_ended_sessions() -> None:
    """Do so as long as the server runs, among its connections, which is where sessions end too."""
    while True:
        await asyncio.sleep(FORGET_EVERY)
        forget_ended_sessions()
