"""Is everything in order? Format, lint, types, import contracts, then the tests of a lane.

`check` leaves out the browser, whatever starts another process, and what is thorough; `test` leaves out only what is
thorough; `ci` leaves out nothing; `long` runs only those that draw examples or try a share of their cases, in full, and
those of every engine.
"""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

ROOT = Path(__file__).parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
LANES = {
    "check": ("-m", "not browser and not outside and not thorough", "--hypothesis-profile", "few"),
    "test": ("-m", "not thorough", "--hypothesis-profile", "few"),
    "ci": (),
    "long": ("-m", "hypothesis or share or engines", "--hypothesis-profile", "many"),
}
STEPS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("import contracts", ["lint-imports"]),
)
TESTS = ("pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")


def main(lane: str) -> int:
    """Run each step in turn; stop at the first that fails and say which."""
    if lane not in LANES:
        print(f"There is no lane {lane!r}. Lanes: {', '.join(LANES)}.", file=sys.stderr)
        return 2
    chosen = LANES[lane]
    if lane in ("test", "ci"):
        _tell_of_the_browser()
    # Compiled once and kept: otherwise every process that a test starts would compile everything anew.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for name, command in (*STEPS, ("tests", [*TESTS, *chosen])):
        print(f"== {name}", flush=True)
        before = sum(os.times()[2:4])
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            print(f"{name} failed", file=sys.stderr)
            return 1
        if name != "tests":
            print(f"{sum(os.times()[2:4]) - before:.1f} seconds of processor")
    return 0


def _tell_of_the_browser() -> None:
    browser = next((found for name in CHROMIUM if (found := which(name))), None)
    if browser:
        version = subprocess.run([browser, "--version"], capture_output=True, text=True, check=False).stdout.strip()
        print(f"Browser tests use {version} ({browser}).")
    else:
        print("No Chromium found: the browser tests are skipped. On Debian: apt-get install chromium")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
