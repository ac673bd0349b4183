"""How do tests start a server of their own? With the command a person would type, until a block ends."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tests.conftest import ROOT
from tests.waiting import LONGEST

STREAMLIT = ("streamlit", "run", "--server.fileWatcherType", "none", "--server.headless", "true")
"""Arguments of `python -m`; the script and further options follow."""
ROUTES = """
import json
import streamlit as st
from dashboard.ui.server.app import doors
routes = st.App("app.py", **doors())._build_starlette_app().routes
print(json.dumps([[route.path, sorted(getattr(route, "methods", None) or ())] for route in routes]))
"""
"""Prints every route of the server; in a separate process, since it creates a runtime."""


@contextmanager
def started(*command: str, until: str = "URL: ", **environment: str) -> Iterator[list[str]]:
    """`python -m` with these arguments, from the project's folder; yields its output lines once one contains `until`.

    Raises AssertionError if it ends before that, or has written a traceback by the end of the block.
    """
    with subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=_environment(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line)
            if until in line:
                break
        reader = threading.Thread(target=said.extend, args=(process.stdout,), daemon=True)
        reader.start()
        try:
            assert any(until in line for line in said), "".join(said)
            yield said
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(LONGEST)
            finally:
                # Otherwise one that does not end would be waited for without limit.
                process.kill()
            reader.join(LONGEST)
    assert "Traceback" not in "".join(said), "".join(said)


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """The usual environment: no display, and a browser that prints what it would open."""
    return {**os.environ, "BROWSER": "echo opened %s", "PYTHONUNBUFFERED": "1", **given}


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def routes_of_app() -> list[tuple[str, str]]:
    """Every route of the server of the pages: method and path, with something at each placeholder."""
    found = subprocess.run([sys.executable, "-c", ROUTES], cwd=ROOT, capture_output=True, text=True, check=True)
    routes = json.loads(found.stdout.splitlines()[-1])
    assert len(routes) > 15
    return [
        (method, re.sub(r"\{[^}]*\}", "x", path) or "/") for path, methods in routes for method in methods or ("GET",)
    ]
