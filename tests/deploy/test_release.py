"""Does what is handed out hold everything an installed dashboard needs, and are its digests right?"""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from deploy import make_release
from tests import make_lock
from tests.conftest import ROOT

KEPT = ("app.py", "room.py", ".streamlit/config.toml")


def committed(*folders: str) -> set[str]:
    """The files of these folders that belong to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return {name for name in listed.split("\0") if name}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a wheel holds."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "setup.py", "--quiet", "egg_info", "--egg-base", str(folder), "build_py"]
    subprocess.run([*command, "--build-lib", str(folder / "lib")], cwd=ROOT, check=True, capture_output=True)
    return folder / "lib"


@pytest.mark.outside
def test_a_wheel_holds_every_file_of_the_package_and_what_is_shown(built: Path) -> None:
    held = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()}
    package = {name.removeprefix("src/") for name in committed("src")}
    shown = {name for name in committed("pages", "frameworks", "data") if not name.startswith("data/sample/")}
    assert package | {f"dashboard/shipped/{name}" for name in (*shown, *KEPT)} == held


@pytest.mark.outside
def test_what_is_installed_finds_its_own_pages_and_standards(built: Path, tmp_path: Path) -> None:
    script = (
        "import json; from dashboard.model import deployment; from dashboard.ui.compare.map_rows import PLACES; "
        "print(json.dumps([str(deployment.PROJECT), *map(str, deployment.SHIPPED), str(PLACES)]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env={"PYTHONPATH": str(built)}, capture_output=True, check=True
    )
    project, *places = json.loads(ran.stdout)
    assert Path(project) == built / "dashboard" / "shipped"
    assert all(Path(place).exists() and Path(place).is_relative_to(project) for place in places)


def test_a_release_is_locked_without_what_only_tests_need() -> None:
    lock = make_lock.LOCK.read_text("utf-8")
    released = make_release.for_release(lock)
    assert make_release.FOR_TESTS == make_lock.FOR_TESTS
    assert lock.startswith(released)
    assert "\nstreamlit==" in released
    assert "\nauthlib==" in released
    assert "\npytest==" not in released


def test_the_digests_are_those_of_all_other_files(tmp_path: Path) -> None:
    (tmp_path / "b.whl").write_bytes(b"wheel")
    (tmp_path / "a.json").write_bytes(b"{}")
    (tmp_path / make_release.SUMS).write_text("former", "utf-8")
    expected = [(sha256(b"{}").hexdigest(), "a.json"), (sha256(b"wheel").hexdigest(), "b.whl")]
    assert make_release.sums(tmp_path) == "".join(f"{digest}  {name}\n" for digest, name in expected)
