"""The pages as servers on this machine only, each ended when its block ends."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from benchmarks.generate import ROOT, WORK
from benchmarks.load import store_of

PAGES = ROOT / "benchmarks" / "pages"
DASH = ROOT / "benchmarks" / ".venv" / "bin" / "python"
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running page: its address, its process, and where it writes what its runs cost (ours only)."""

    address: str
    pid: int
    timing: Path


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def group_of(size: str) -> Path:
    """Return the folder from which a store of that size was published."""
    return ROOT / "data" if size == "sample" else WORK / size


def streamlit_command(script: Path, port: int) -> list[str]:
    """Return the command that serves one Streamlit script."""
    return [
        sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.address",
        "127.0.0.1", "--server.headless", "true", "--server.fileWatcherType", "none",
    ]  # fmt: skip


@contextmanager
def running(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process, ending it at the end of the block."""
    with subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def serving(name: str, size: str, more: Mapping[str, str] = MappingProxyType({})) -> Iterator[Server]:
    """Serve one of `ours`, `floor`, `parts`, `usual`, `dash`, `empty` over the store of one size, once it answers.

    `more` is added to the environment that all have.
    """
    port = free_port()
    store = store_of(size)
    timing = WORK / f"timing-{port}.jsonl"
    plain = WORK / "plain"
    plain.mkdir(parents=True, exist_ok=True)
    environment = {
        "DASHBOARD_STORE": str(store),
        "DASHBOARD_TIMING_FILE": str(timing),
        "BENCH_GROUP": str(group_of(size)),
        "BENCH_FRAMEWORKS": str(ROOT / "frameworks"),
        **more,
    }
    script = ROOT / "app.py" if name == "ours" else PAGES / f"{name}.py"
    command = [str(DASH), str(PAGES / "dash_page.py"), str(port)] if name == "dash" else streamlit_command(script, port)
    # The usual page runs outside the project, where Streamlit finds no settings and uses its defaults.
    folder = plain if name in ("usual", "dash") else ROOT
    try:
        with running(command, folder, environment) as process:
            wait_for(f"http://127.0.0.1:{port}" + ("" if name == "dash" else "/_stcore/health"))
            yield Server(f"http://127.0.0.1:{port}", process.pid, timing)
    finally:
        timing.unlink(missing_ok=True)


def wait_for(address: str) -> None:
    """Wait until an address answers. Raises TimeoutError if it does not."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - an address of this machine, made above
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise TimeoutError(address)


def make_dash() -> None:
    """Make the environment of the Dash page, separate from the project's own, which never needs Dash."""
    if not DASH.exists():
        subprocess.run([sys.executable, "-m", "venv", str(DASH.parents[1])], check=True)
    wanted = ROOT / "benchmarks" / "requirements-dash.txt"
    subprocess.run(
        [str(DASH), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(wanted)], check=True
    )
