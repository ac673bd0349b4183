"""Does every promise of docs/security.md have a test, and does what the documents show of sign-in work?"""

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from deploy.make_release import for_release

from dashboard.ui import identity
from dashboard.ui.identity import Provider, way_in
from tests.conftest import ROOT, said
from tests.ui.server.signin.conftest import secrets

THREATS = (ROOT / "docs" / "security.md").read_text("utf-8").partition("## Threats")[2]
INSTALL, OPERATING = ((ROOT / "docs" / name).read_text("utf-8") for name in ("install.md", "operating.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NAMED = re.compile(r"`(tests/[\w/]+\.py)` \| (`test_\w+`(?:, `test_\w+`)*) \|$")
MOST_COMMANDS = 15
SECRETS = (
    r"-----BEGIN [A-Z ]*PRIVATE KEY",
    r"\bAKIA[0-9A-Z]{16}\b",
    r"\bgh[pousr]_[A-Za-z0-9]{36}\b",
    r"(?i)\b(?:client|cookie)_?secret[\"']?\s*[=:]\s*[\"'][0-9a-zA-Z+/~_.-]{20,}[\"']",
)
"""How secrets look: keys, tokens, and long texts without spaces where a secret belongs."""


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    yield
    identity.way_in.cache_clear()


def test_every_threat_names_tests_that_exist() -> None:
    rows = [row for row in THREATS.splitlines() if row.startswith("| ") and not row.startswith("| who wants")]
    assert len(rows) > 20
    for row in rows:
        found = NAMED.search(row)
        assert found, row
        text = (ROOT / found[1]).read_text("utf-8")
        for name in re.findall(r"\w+", found[2]):
            assert re.search(rf"^(?:async )?def {name}\(", text, re.M), (found[1], name)


def commands() -> list[str]:
    """The commands from an empty server to the first person who signs in."""
    part = INSTALL.partition("## Fifteen commands")[2].partition("\n## ")[0]
    return [text.replace("\n", " ") for text in re.findall(r"^\d+\. `([^`]+)`", part, re.M)]


def test_the_first_person_signs_in_after_at_most_fifteen_commands() -> None:
    found = commands()
    assert 10 <= len(found) <= MOST_COMMANDS
    for name in re.findall(r"[\w./]+\.txt|\.streamlit\b", " ".join(found)):
        assert (ROOT / name).exists(), name


def test_what_a_server_needs_is_installed_from_the_lock_alone_wherever_it_is_told() -> None:
    told = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("src/dashboard/words/*.yaml"), ROOT / "Makefile"]
    extras = {f"[{name}]" for name in PROJECT["project"]["optional-dependencies"]} - {"[spark]"}
    assert {"[signin]", "[pdf]", "[metrics]"} == extras
    for path in told:
        asked = [line for line in path.read_text("utf-8").splitlines() if "pip install" in line]
        assert not [line for line in asked if any(extra in line for extra in extras)], path
    installs = [command for command in commands() if "pip install" in command]
    (part,) = re.findall(r"### Packages for servers\n(.*?)\n## ", OPERATING, re.S)
    for locked, ours in (installs, [line for line in part.splitlines() if "pip install" in line]):
        assert locked.endswith("pip install --require-hashes -r .venv/server.lock")
        assert ours.endswith("pip install --no-deps --no-build-isolation -e .")


@pytest.mark.outside
def test_the_lock_of_a_server_holds_what_signs_people_in_and_no_test(tmp_path: Path) -> None:
    (cut,) = [command for command in commands() if command.endswith('> .venv/server.lock"')]
    (tmp_path / ".venv").mkdir()
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    subprocess.run(["bash", "-ec", cut.removeprefix("sudo -u dashboard ")], cwd=tmp_path, check=True)
    held = (tmp_path / ".venv" / "server.lock").read_text("utf-8")
    assert held == for_release((ROOT / "requirements.lock").read_text("utf-8"))
    assert f"    {cut.partition(chr(34))[2][:-1]}".replace("\\$", "$") in OPERATING.splitlines(), "told twice alike"


def test_the_example_of_the_secrets_works_once_its_secret_was_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", OPERATING, re.S)
    section = tomllib.loads(example)["auth"]
    secrets(monkeypatch, {**section, "cookie_secret": "0123456789abcdef" * 4})
    assert way_in() == Provider(("default",), frozenset({section["client_id"]}), "https://dashboard.example.org")
    secrets(monkeypatch, section)
    with pytest.raises(SystemExit) as ended:
        way_in()
    assert said("wrong_way_in.short_secret").fullmatch(str(ended.value)), "as it stands there everybody knows it"


def test_every_setting_of_sign_in_is_explained() -> None:
    names = {str(value) for name, value in vars(identity).items() if name.isupper()}
    variables = {name for name in names if name.startswith("DASHBOARD_")}
    assert len(variables) == 1
    assert {name for name in variables if f"`{name}`" not in OPERATING} == set()
    source = (ROOT / "src/dashboard/ui/identity.py").read_text("utf-8")
    ours = set(re.findall(r'section\.get\("(\w+)"', source))
    assert ours >= {"roles_claim", "name_claim", "session_ends_with_token"}
    assert {name for name in ours if f"`{name}`" not in OPERATING} == set()


@pytest.mark.outside
def test_no_secret_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    assert len(names) > 100
    assert not [name for name in names if name.endswith("secrets.toml")]
    ignored = ["git", "check-ignore", "-q", ".streamlit/secrets.toml"]
    assert subprocess.run(ignored, cwd=ROOT, check=False).returncode == 0
    for name in names:
        text = (ROOT / name).read_bytes().decode("utf-8", "replace")
        found = [pattern for pattern in SECRETS if re.search(pattern, text)]
        assert not found or name == "tests/docs/test_security.py", (name, found)
