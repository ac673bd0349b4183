"""Lock every dependency, including indirect ones, with the hashes of its files: `make lock` writes requirements.lock.

`python tests/make_lock.py UV` is given the path of uv. What is pinned by hand stays pinned; for everything else, the
versions in the current lock are kept if they still fit, and with `--upgrade` the newest ones that fit are used.
"""

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
BY_HAND = ("requirements.txt", "deploy/requirements.txt", "tests/requirements.txt")
BUILDS = "setuptools>=78.1.1"
"""What installs the project itself, as `pyproject.toml` says."""
HEAD = "# Every dependency with the hashes of its files. `make lock` writes this file, and `make` installs from it.\n"
FOR_SERVERS = "# What follows is for servers: sign-in, packs as PDF, metrics.\n"
FOR_TESTS = "# What follows is for tests alone.\n"
"""The Makefile cuts the lock at the first, an image and a release at the second."""
UNIVERSAL = (
    "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate",
    "--no-emit-package", "child-rights-dashboard",
)  # fmt: skip
ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?:.*\\\n)+.*\n", re.MULTILINE)


def main(uv: str, *more: str) -> None:
    """Write the lock: what the dashboard needs, what a server may need besides, and what only tests need."""
    locked, names = HEAD, set[str]()
    for part, title in enumerate(("", FOR_SERVERS, FOR_TESTS), start=1):
        found = [entry for entry in ENTRY.finditer(_compiled(uv, BY_HAND[:part], more)) if entry["name"] not in names]
        locked += title + "".join(entry[0] for entry in found)
        names |= {entry["name"] for entry in found}
    LOCK.write_text(locked, "utf-8")


def _compiled(uv: str, by_hand: tuple[str, ...], more: tuple[str, ...]) -> str:
    with TemporaryDirectory() as folder:
        target = Path(folder) / "requirements.lock"
        if LOCK.exists():
            target.write_text(LOCK.read_text("utf-8"), "utf-8")
        command = [uv, "pip", "compile", *UNIVERSAL, *more, "--output-file", str(target), *by_hand, "-"]
        subprocess.run(command, cwd=ROOT, input=BUILDS, text=True, check=True, stdout=subprocess.DEVNULL)
        return target.read_text("utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
