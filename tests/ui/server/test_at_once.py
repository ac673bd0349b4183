"""Does what a server sends leave at once, instead of waiting until the message before it was acknowledged?"""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from websockets.sync.client import connect

from dashboard.ui.server.headers import AtOnce
from tests.conftest import ROOT
from tests.ui.server.conftest import Inside, asks
from tests.waiting import happens

WHOLE = """
import os
from http.client import HTTPConnection
import streamlit as st
from dashboard.ui.server.app import doors
from tests.ui.server.test_at_once import delays, serving
with serving(st.App("app.py", **doors())) as (server, port):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/_stcore/health")
    print("delays", connection.getresponse().status, delays(server), flush=True)
    os._exit(0)  # What is read ahead need not be waited for.
"""
"""The server of the pages with everything around it; in a process of its own, since it makes Streamlit's runtime."""


async def talks(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer requests, and accept connections and keep them."""
    if scope["type"] == "lifespan":
        for kind in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{kind}.complete"})
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await receive()
    else:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
        await send({"type": "http.response.body", "body": b"page"})


@contextmanager
def serving(app: ASGIApp) -> Iterator[tuple[uvicorn.Server, int]]:
    """uvicorn as Streamlit runs it, with a socket that does not name TCP."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="websockets-sansio"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert not listening.proto
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            assert happens(lambda: server.started)
            yield server, int(listening.getsockname()[1])
        finally:
            server.should_exit = server.force_exit = True
            thread.join(30)
    assert not thread.is_alive()


def delays(server: uvicorn.Server) -> bool:
    """Whether the one connection that is open waits for acknowledgements."""
    (one,) = server.server_state.connections
    bound: socket.socket = one.transport.get_extra_info("socket")
    return not bound.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_page_and_a_connection_of_a_page_send_at_once() -> None:
    for app, waits in ((talks, True), (AtOnce(talks), False)):
        with serving(app) as (server, port):
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/")
            assert connection.getresponse().read() == b"page"
            assert delays(server) is waits
            connection.close()
            assert happens(lambda: not server.server_state.connections)
            with connect(f"ws://127.0.0.1:{port}/"):
                assert delays(server) is waits


def test_what_comes_by_no_connection_of_this_kind_is_passed_on() -> None:
    inside = Inside()
    assert asks(AtOnce(inside), "/heatmap").text == "a page"
    assert len(inside.scopes) == 1


@pytest.mark.outside
def test_the_server_of_the_pages_does(tmp_path: Path) -> None:
    environment = {**os.environ, "STREAMLIT_SERVER_HEADLESS": "true", "DASHBOARD_STORE": str(tmp_path / "store")}
    ran = subprocess.run(
        [sys.executable, "-c", WHOLE], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert "delays 200 False" in ran.stdout.splitlines()
