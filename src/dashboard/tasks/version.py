"""Which version of the program is this? Its number, and the commit it was made from, where that is known.

A commit is known in a checkout from Git; in sources, wheels and images that were made from one, from a file.
"""

import tomllib
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

from dashboard.model.shipped import PROJECT

NAME = "child-rights-dashboard"
WRITTEN = Path(__file__).resolve().parents[1] / "commit.txt"
"""Where `git archive`, which makes a release, and the Dockerfile write the commit."""
LETTERS = 8


@cache
def version() -> str:
    """The number of the version, with the commit in brackets if it is known."""
    commit = _written(WRITTEN) or _of_checkout(PROJECT)
    return f"{number(PROJECT)} ({commit})" if commit else number(PROJECT)


def number(project: Path) -> str:
    """The number of the version: in a checkout as its sources say, as what is installed may be older."""
    sources = project / "pyproject.toml"
    if sources.is_file():
        return str(tomllib.loads(sources.read_text("utf-8"))["project"]["version"])
    return metadata.version(NAME)


def _written(file: Path) -> str:
    """The commit in a file; empty in a checkout, where only its placeholder stands there, and if there is none."""
    text = file.read_text("utf-8").strip() if file.is_file() else ""
    return text[:LETTERS] if text.isalnum() else ""


def _of_checkout(project: Path) -> str:
    """The commit that is checked out; empty outside a checkout. Its files are read, as a server may have no Git."""
    with suppress(OSError, ValueError):
        folder = project / ".git"
        if folder.is_file():
            # A second folder of the same repository: this file says where its own state is.
            folder = project / folder.read_text("utf-8").partition("gitdir:")[2].strip()
        head = (folder / "HEAD").read_text("utf-8").strip()
        kind, _, reference = head.partition("ref: ")
        return (_commit_of(folder, reference) if reference else kind)[:LETTERS]
    return ""


def _commit_of(folder: Path, reference: str) -> str:
    """The commit of a branch: in a file of its own, or in the list of those that seldom change."""
    shared = folder / "commondir"
    common = folder / shared.read_text("utf-8").strip() if shared.is_file() else folder
    if (common / reference).is_file():
        return (common / reference).read_text("utf-8").strip()
    listed = (line.split(" ") for line in (common / "packed-refs").read_text("utf-8").splitlines())
    return next((words[0] for words in listed if words[1:] == [reference]), "")
