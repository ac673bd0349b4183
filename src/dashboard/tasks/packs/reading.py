"""How are the pages of a pack read? By a process of their own, so that neither a server nor a command runs them.

See docs/decisions/0050-packs.md.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from dashboard.exports.packs.leaf import Leaf
from dashboard.model.limits import Progress
from dashboard.model.problem import Problem, Weight
from dashboard.model.shipped import PROJECT
from dashboard.tasks.packs.asked import Asked

ENTRY = PROJECT / "app.py"
PROCESS = "dashboard.ui.packs.process"
STORE = "DASHBOARD_STORE"


def read_pages(asked: Asked, progress: Progress) -> tuple[Leaf, ...] | Problem:
    """The views as read, in their order; a Problem for the first that could not be read.

    `progress` is told the share that is read.
    """
    leaves: list[Leaf] = []
    with _reader(asked) as answers:
        for place, view in enumerate(asked.views):
            progress(place / len(asked.views), "pack")
            found = _next(answers)
            if not isinstance(found, Leaf):
                return Problem("page_not_read", view.page, value=str(found or ""), weight=Weight.FILE)
            leaves.append(found)
    progress(1, "pack")
    return tuple(leaves)


@contextmanager
def _reader(asked: Asked) -> Iterator[IO[bytes]]:
    """What the process answers, a value for every view; it ends with this context."""
    environment = {**os.environ, STORE: str(asked.store.resolve())}
    command = [sys.executable, "-m", PROCESS]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603
        # Streamlit reads its configuration from the folder it runs in.
        command,
        env=environment,
        cwd=PROJECT,
        stdin=pipe,
        stdout=pipe,
    ) as process:
        try:
            if process.stdin is None or process.stdout is None:
                raise ValueError("the process that reads pages was not begun")
            with suppress(BrokenPipeError):  # Then there is no answer either.
                process.stdin.write(pickle.dumps(asked))
                process.stdin.close()
            yield process.stdout
        finally:
            process.kill()


def _next(answers: IO[bytes]) -> object:
    """The next answer; None if the process has ended."""
    try:
        # Written by our own code, in a process that reads only what the store has already checked.
        return pickle.load(answers)  # noqa: S301
    except (EOFError, pickle.UnpicklingError):
        return None
