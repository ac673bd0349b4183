"""Make what is handed out: wheel, sources, lock, list of parts, digests. `make release` writes them to `dist`.

Everything is made from the last commit, and the same commit gives the same bytes. `python deploy/make_release.py
CYCLONEDX` is given the path of `cyclonedx-py`, which lists the parts from the lock.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
DIST = ROOT / "dist"
LOCK = "requirements.lock"
FOR_TESTS = "# What follows is for tests alone.\n"
"""Where the lock ends for a release (`tests/make_lock.py`)."""
SUMS = "SHA256SUMS"


def main(cyclonedx: str) -> None:
    """Write all files anew."""
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    os.umask(0o022)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    release = f"{project['name']}-{project['version']}"
    os.environ["SOURCE_DATE_EPOCH"] = _said("git", "log", "-1", "--format=%ct")
    sources = DIST / f"{release}.tar.gz"
    _run("git", "archive", "--format=tar.gz", f"--prefix={release}/", f"--output={sources}", "HEAD")
    with TemporaryDirectory() as folder:
        with tarfile.open(sources) as archive:
            archive.extractall(folder, filter="data")
        unpacked = Path(folder) / release
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet")
        _run(*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", str(DIST), str(unpacked))
        lock = for_release((unpacked / LOCK).read_text("utf-8"))
        (DIST / LOCK).write_text(lock, "utf-8")
        made = ("--output-reproducible", "--short-PURLs", "--of", "JSON", "-o", str(DIST / f"{release}.cdx.json"))
        _run(cyclonedx, "requirements", "--pyproject", str(unpacked / "pyproject.toml"), *made, str(DIST / LOCK))
    (DIST / SUMS).write_text(sums(DIST), "utf-8")
    print((DIST / SUMS).read_text("utf-8"), end="")


def for_release(lock: str) -> str:
    """Return the lock without what only tests need."""
    return lock[: lock.index(FOR_TESTS)]


def sums(folder: Path) -> str:
    """Return the digests of all files, in the form that `sha256sum --check` reads."""
    files = sorted(path for path in folder.iterdir() if path.name != SUMS)
    return "".join(f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


def _said(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main(*sys.argv[1:])
