"""How do tests start a server of their own? By the command a person would type, until a block ends."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tests.conftest import ROOT

STREAMLIT = ("streamlit", "run", "--server.fileWatcherType", "none", "--server.headless", "true")
"""Of `python -m`; the script and further options follow."""


@contextmanager
def started(*command: str, until: str = "URL: ", **environment: str) -> Iterator[list[str]]:
    """`python -m` with these words, from the project's folder; gives the lines it has said, once it said `until`.

    Raises AssertionError when it ends before that, or has written a traceback by the end of the block.
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
            process.wait(30)
            reader.join(30)
    assert "Traceback" not in "".join(said), "".join(said)


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """As people have it: no display, and a browser that says what it would open."""
    return {**os.environ, "BROWSER": "echo opened %s", "PYTHONUNBUFFERED": "1", **given}


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
