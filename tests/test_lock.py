"""Is everything that `make` installs locked, with hashes, at the versions that are pinned by hand?"""

import re
import tomllib
from importlib.metadata import distributions, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT
from tests.make_lock import BUILDS, BY_HAND, FOR_SERVERS, FOR_TESTS, LOCK

OURS = "child-rights-dashboard"
NOT_LOCKED = {OURS, "pip"}
"""What is in the environment anyway: these sources, and what every new environment begins with."""
NO_MORE = {"authlib": "1.6.5", "cryptography": "46.0.4", "pillow": "12.1.0", "setuptools": "78.1.0"}
"""The last versions that are known to have a hole, by package."""
HASHES = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def entries(text: str) -> dict[str, Requirement]:
    """What is locked, by name."""
    lines = [line.removesuffix("\\") for line in text.splitlines() if not line.startswith(("#", " "))]
    return {canonicalize_name(found.name): found for found in map(Requirement, lines)}


LOCKED = LOCK.read_text("utf-8")
RUN, SERVE, TEST = map(entries, re.split(f"{FOR_SERVERS}|{FOR_TESTS}", LOCKED))
ALL = RUN | SERVE | TEST


def version(found: Requirement) -> str:
    (pin,) = found.specifier
    assert pin.operator == "=="
    return pin.version


@pytest.mark.parametrize(("file", "part"), [*zip(BY_HAND, (RUN, SERVE, TEST), strict=True)], ids=BY_HAND)
def test_what_is_pinned_by_hand_is_locked_at_the_same_version(file: str, part: dict[str, Requirement]) -> None:
    lines = (ROOT / file).read_text("utf-8").splitlines()
    pins = {canonicalize_name(pin.name): version(pin) for pin in map(Requirement, lines_of_packages(lines))}
    assert pins
    assert pins == {name: version(found) for name, found in part.items() if name in pins}


def lines_of_packages(lines: list[str]) -> list[str]:
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def test_every_entry_has_hashes_and_the_lock_holds_nothing_else() -> None:
    blocks = re.split(r"\n(?=\S)", LOCKED.strip())
    locked = [block.splitlines() for block in blocks if not block.startswith("#")]
    assert len(locked) == len(ALL)
    for first, *hashes in locked:
        assert first.endswith(" \\")
        assert hashes
        assert all(HASHES.match(line) for line in hashes), first
        assert [line.endswith("\\") for line in hashes] == [True] * (len(hashes) - 1) + [False]
    assert not re.search(r"https?:|--index|--find-links|--trusted", LOCKED)


def test_what_is_installed_is_what_is_locked() -> None:
    installed = {canonicalize_name(found.name): found.version for found in distributions()}
    locked = {name: version(found) for name, found in ALL.items() if name in installed}
    assert {name: found for name, found in installed.items() if name not in NOT_LOCKED} == locked


def test_what_the_dashboard_needs_is_locked_before_the_part_for_tests() -> None:
    needed = {name for name, found in RUN.items() if found.marker is None or found.marker.evaluate()}
    asked = [Requirement(text) for name in sorted({OURS, *needed}) for text in requires(name) or ()]
    for wanted in asked:
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            found = RUN.get(canonicalize_name(wanted.name))
            assert found is not None, wanted
            assert version(found) in wanted.specifier, wanted


def test_what_builds_the_project_is_locked_too() -> None:
    builds = Requirement(BUILDS)
    assert version(RUN[canonicalize_name(builds.name)]) in builds.specifier
    assert f'requires = ["{BUILDS}"]' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_no_version_with_a_known_hole_may_be_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lists = [project["build-system"]["requires"], project["project"]["dependencies"]]
    lists += project["project"]["optional-dependencies"].values()
    asked = [Requirement(text) for texts in lists for text in texts]
    assert NO_MORE.keys() <= {canonicalize_name(one.name) for one in asked}
    for one in asked:
        last = NO_MORE.get(canonicalize_name(one.name))
        assert last is None or last not in one.specifier, one
    for name, last in NO_MORE.items():
        assert Version(version(ALL[canonicalize_name(name)])) > Version(last), name


def test_of_what_is_not_finished_only_the_version_that_was_tried_may_be_installed() -> None:
    unfinished = {name: found for name, found in ALL.items() if Version(version(found)).is_prerelease}
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    wanted: dict[str, Requirement] = {canonicalize_name(one.name): one for one in map(Requirement, asked)}
    assert unfinished.keys() == {"vl-convert-python"}
    assert {name: str(wanted[name].specifier) for name in unfinished} == {
        name: str(found.specifier) for name, found in unfinished.items()
    }
