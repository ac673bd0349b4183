"""Memory of one server process after 500 reruns and after 5,000, by the same few sessions."""

import sys

import psutil

from benchmarks.servers import serving
from benchmarks.sessions import click_on

EARLY = 500
LATE = 5_000


def measure(size: str) -> tuple[float, float]:
    """Resident memory in MB after `EARLY` and after `LATE` reruns."""
    with serving("ours", size) as server:
        process = psutil.Process(server.pid)
        click_on(server.address, EARLY)
        early = process.memory_info().rss / 1e6
        click_on(server.address, LATE - EARLY)
        return early, process.memory_info().rss / 1e6


if __name__ == "__main__":
    print(measure(sys.argv[1] if sys.argv[1:] else "sample"))
