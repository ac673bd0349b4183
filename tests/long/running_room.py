"""What is a room in a trial? The command and the server it starts, which records each sync and can be killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from dashboard.store.locking import PUBLIC_NAMES
from tests.conftest import ROOT, said
from tests.long.phone import HOST
from tests.servers import free_port

NOTED = """
import os
sync = os.fsync
def noted(file):
    sync(file)
    with open({path!r}, "ab", 0) as syncs:
        syncs.write(b"x")
os.fsync = noted
"""
"""Makes a server record each sync of the disk."""


@dataclass(frozen=True)
class Server:
    """A room that is listening."""

    port: int
    process: "subprocess.Popen[str]"

    def kill(self) -> None:
        """Kill the command and the server it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


@contextmanager
def running_room(store: Path, syncs: Path, proxy: int) -> Iterator[Server]:
    """`dashboard room` over a store, as a separate command; killed when the block ends. `proxy` is a port of one."""
    port = free_port()
    path = os.pathsep.join((str(syncs.parent), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")))
    given = {"DASHBOARD_STORE": str(store), "BROWSER": "true %s", "PYTHONUNBUFFERED": "1", "PYTHONPATH": path}
    given[PUBLIC_NAMES] = f"{HOST}:{proxy}"
    with subprocess.Popen(
        [sys.executable, "-m", "dashboard", "room", "--port", str(port), "--address", HOST],
        cwd=ROOT, env={**os.environ, **given}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    ) as process:  # fmt: skip
        server = Server(port, process)
        try:
            lines = []
            for line in process.stdout or ():
                lines.append(line)
                if said("command.room").search("".join(lines)):
                    break
            yield server
        finally:
            server.kill()


def note_syncs(folder: Path) -> Path:
    """A file that grows by a byte with each sync of a server that has its folder on its path."""
    noting = folder / "noting"
    noting.mkdir()
    (noting / "syncs").touch()
    (noting / "sitecustomize.py").write_text(NOTED.format(path=str(noting / "syncs")))
    return noting / "syncs"
