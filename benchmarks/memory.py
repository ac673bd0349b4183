"""Memory of one server process after 500 reruns and after 5,000, by the same few sessions."""

import subprocess
import sys

from benchmarks.servers import serving
from benchmarks.sessions import click_on

EARLY = 500
LATE = 5_000


def measure(size: str) -> tuple[float, float]:
    """Return resident memory in MB after `EARLY` and after `LATE` reruns."""
    with serving("ours", size) as server:
        click_on(server.address, EARLY)
        early = resident(server.pid)
        click_on(server.address, LATE - EARLY)
        return early, resident(server.pid)


def resident(pid: int) -> float:
    """Return the memory in MB that a process holds now."""
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], check=True, capture_output=True, text=True).stdout
    return int(said) / 1024


if __name__ == "__main__":
    print(measure(sys.argv[1] if sys.argv[1:] else "sample"))
