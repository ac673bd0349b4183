"""Is it a regular file where it was given, and small enough? Checked before any of it is read."""

import stat
from pathlib import Path

from dashboard.loading.apart.limits import too_much_inside
from dashboard.model.problem import Problem, Weight


def unfit(path: Path, name: str, root: Path | None = None) -> Problem | None:
    """Why a file is not read, or None. `root` is the imported folder: no link may lead out of it."""
    try:
        if root is not None and not path.resolve().is_relative_to(root.resolve()):
            return Problem("link_outside", name, value=str(path.resolve()), weight=Weight.FILE)
        about = path.stat()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "a link that leads to itself"
        return Problem("unreadable", name, value=reason, weight=Weight.FILE)
    if not stat.S_ISREG(about.st_mode):
        return Problem("no_file", name, weight=Weight.FILE)
    return too_much_inside(about.st_size, name)
