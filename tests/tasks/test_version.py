"""Is the same version told everywhere, and the commit only where it is known?"""

import re
import subprocess
import tarfile
import tomllib
from importlib.metadata import version as installed
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.model import deployment
from dashboard.model.deployment import COMMIT_FILE, _of_checkout, _written, version, version_number
from tests.conftest import ROOT

NUMBER = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
GIT = ("git", "-c", "user.name=somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false")


def git(folder: Path, *command: str) -> str:
    return subprocess.run([*GIT, *command], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    folder.mkdir()
    git(folder, "init", "--quiet")
    for name in (".gitattributes", "pyproject.toml", COMMIT_FILE.relative_to(ROOT).as_posix()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "first")
    return folder


def test_the_command_line_tells_the_version_of_the_sources() -> None:
    told = CliRunner().invoke(main, ["--version"])
    assert told.exit_code == 0
    assert told.output == f"dashboard {version()}\n"
    assert re.fullmatch(rf"{re.escape(NUMBER)}( \([0-9a-f]{{8}}\))?", version())


def test_the_newest_section_of_the_changelog_is_this_version() -> None:
    first = re.findall(r"^## (\S+) - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)[0]
    assert first == NUMBER


@pytest.mark.outside
def test_in_a_checkout_it_is_the_commit_that_is_checked_out_however_git_notes_it(
    checkout: Path, tmp_path: Path
) -> None:
    first, beside = git(checkout, "rev-parse", "HEAD")[:8], tmp_path / "beside"
    assert _written(checkout / COMMIT_FILE.relative_to(ROOT)) == "", "only its placeholder stands there"
    assert _of_checkout(checkout) == first
    git(checkout, "pack-refs", "--all")
    assert _of_checkout(checkout) == first
    git(checkout, "worktree", "add", "--quiet", "-b", "other/branch", str(beside))
    assert _of_checkout(beside) == first
    (beside / "pyproject.toml").write_text('[project]\nversion = "7.1.0"\n', "utf-8")
    git(beside, "commit", "--quiet", "--all", "--message", "second")
    second = git(beside, "rev-parse", "HEAD")[:8]
    assert (_of_checkout(beside), _of_checkout(checkout)) == (second, first)
    assert version_number(beside) == "7.1.0"
    git(beside, "checkout", "--quiet", "--detach", "HEAD")
    assert _of_checkout(beside) == second


@pytest.mark.outside
def test_sources_that_are_handed_out_know_the_commit_they_were_made_from(checkout: Path, tmp_path: Path) -> None:
    git(checkout, "archive", f"--output={tmp_path / 'sources.tar'}", "HEAD")
    with tarfile.open(tmp_path / "sources.tar") as archive:
        archive.extractall(tmp_path / "sources", filter="data")
    found = _written(tmp_path / "sources" / COMMIT_FILE.relative_to(ROOT))
    assert found == git(checkout, "rev-parse", "HEAD")[:8]


@pytest.mark.outside
def test_a_folder_within_another_repository_does_not_take_its_commit(checkout: Path) -> None:
    (checkout / "unpacked").mkdir()
    assert _of_checkout(checkout / "unpacked") == ""


def test_without_a_checkout_or_a_file_it_is_the_number_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deployment, "_of_checkout", lambda _: "")
    monkeypatch.setattr(deployment, "COMMIT_FILE", tmp_path / "none")
    assert version.__wrapped__() == NUMBER
    assert version_number(tmp_path) == installed(deployment.PACKAGE_NAME), "without sources, what is installed"
    (tmp_path / "none").write_text(f"{'ab' * 20}\n", "utf-8")
    assert version.__wrapped__() == f"{NUMBER} (abababab)"
