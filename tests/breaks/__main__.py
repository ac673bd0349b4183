"""Puts each fault into a copy of the project, runs the tests, and tells which of them noticed.

`python -m tests.breaks` tries all, `python -m tests.breaks "a lost row"` only those that are named. Ends with 1 if a
fault was noticed by no test of `make test`, or by one that stopped before it compared anything.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.breaks.listed import BREAKS, Break
from tests.conftest import ROOT

# What is broken on purpose is no longer found where it is put in.
PYTEST = ("-m", "pytest", "-x", "-q", "-m", "not thorough", "--tb=short", "--ignore=tests/breaks")
WHOLE = ("-n", "auto", "--maxprocesses", "4")
RED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
ASSERTED = re.compile(r"^E\s+(?:AssertionError|assert |Failed: DID NOT RAISE)", re.MULTILINE)


def main(names: Sequence[str]) -> int:
    """Try the faults with these names, or all; return 1 if one was not noticed by a comparison, else 0."""
    unknown = set(names) - {one.name for one in BREAKS}
    if unknown:
        print(f"No such fault: {', '.join(sorted(unknown))}. Known: {', '.join(one.name for one in BREAKS)}.")
        return 2
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        _copy_to(copy)
        for one in BREAKS:
            if not names or one.name in names:
                red, asserted = noticed(one, copy)
                said = f"{red}{'' if asserted else ', which compares nothing'}" if red else "NOT NOTICED"
                print(f"{one.name}: {one.suffered}\n    {said}", flush=True)
                missed += not asserted
    return int(missed > 0)


def noticed(one: Break, copy: Path) -> tuple[str, bool]:
    """Return the first test that is red with a fault, and whether it compared something; empty if none is."""
    path = copy / one.path
    before = path.read_text("utf-8")
    assert before.count(one.old) == 1, f"{one.path} no longer has this once: {one.old}"
    path.write_text(before.replace(one.old, one.new), "utf-8")
    try:
        for line in ((*PYTEST, "-p", "no:xdist", one.likeliest), (*PYTEST, *WHOLE)):
            said = subprocess.run(
                [sys.executable, *line],
                cwd=copy,
                env={**os.environ, "PYTHONPATH": str(copy / "src")},
                capture_output=True,
                text=True,
                check=False,
            ).stdout
            if red := RED.search(said):
                return red[1], bool(ASSERTED.search(said))
    finally:
        path.write_text(before, "utf-8")
    return "", False


def _copy_to(copy: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    for name in listed.stdout.decode().splitlines():
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
