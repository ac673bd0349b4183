"""Where does the time of a run go? Kept per thread, and written only if DASHBOARD_TIMING_FILE names a file."""

import json
import os
import threading
from pathlib import Path

from dashboard.model.happened import happened
from dashboard.model.pages import FRONT

_run = threading.local()


def spent(part: str, seconds: float) -> None:
    """Add time to a part of the run: `queries`, `charts` or `total`."""
    parts: dict[str, float] = getattr(_run, "parts", None) or {}
    parts[part] = parts.get(part, 0.0) + seconds
    _run.parts = parts


def finish(page: str) -> None:
    """End the run: tell how long it took, and write the milliseconds of each part if a file is configured."""
    parts: dict[str, float] = getattr(_run, "parts", None) or {}
    _run.parts = {}
    happened("run", page=page or FRONT, seconds=round(parts.get("total", 0.0), 6))
    target = os.environ.get("DASHBOARD_TIMING_FILE")
    if target:
        line = {"page": page} | {part: round(seconds * 1000, 3) for part, seconds in parts.items()}
        with Path(target).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line) + "\n")
