"""Does everything hold that must? Format, lint, types, import contracts, then every test."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

ROOT = Path(__file__).parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
STEPS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("import contracts", ["lint-imports"]),
    ("tests", ["pytest", "-n", "auto", "--maxprocesses", "4"]),
)


def main() -> int:
    """Run each step in turn; stop at the first that fails and say which."""
    browser = next((found for name in CHROMIUM if (found := which(name))), None)
    if browser:
        version = subprocess.run([browser, "--version"], capture_output=True, text=True, check=False).stdout.strip()
        print(f"Browser tests use {version} ({browser}).")
    else:
        print("No Chromium found: the browser tests are skipped. On Debian: apt-get install chromium")
    for name, command in STEPS:
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=ROOT, env=os.environ, check=False).returncode:
            print(f"{name} failed", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
