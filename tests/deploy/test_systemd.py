"""Are the units sound and closed off, and do they fit the commands of docs/install.md, nginx and each other?"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import defaultdict
from getpass import getuser
from pathlib import Path

import pytest

from dashboard.commands.serving import serve_command
from dashboard.store.disk import BESIDE
from tests.conftest import ROOT

FOLDER = ROOT / "deploy" / "systemd"
UNITS = sorted(FOLDER.iterdir())
INSTALL, RUN = ((ROOT / "docs" / name).read_text("utf-8") for name in ("install.md", "run.md"))
CLOSED = {
    "UMask": "0077", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "PrivateTmp": "yes", "ProtectHome": "yes",
    "CapabilityBoundingSet": "", "User": "dashboard",
}  # fmt: skip
MOST_EXPOSED = 25
"""The most that `systemd-analyze security` may say, in tenths; a unit without any of this has 96."""
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="units are verified with systemd")


def settings(name: str) -> dict[str, list[str]]:
    """The values of each setting of a unit, in order."""
    found = defaultdict[str, list[str]](list)
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        key, separator, value = line.partition("=")
        if separator and not line.startswith("#"):
            found[key].append(value)
    return found


SERVER, BACKUP, TIMER = map(settings, ("dashboard@.service", "dashboard-backup.service", "dashboard-backup.timer"))


@pytest.mark.parametrize("unit", [SERVER, BACKUP], ids=["server", "backup"])
def test_a_service_can_write_in_one_folder_and_gains_nothing(unit: dict[str, list[str]]) -> None:
    assert {key: unit[key] for key in CLOSED} == {key: [value] for key, value in CLOSED.items()}
    assert len(unit["ReadWritePaths"]) == 1
    assert " " not in unit["ReadWritePaths"][0]


def test_the_server_waits_for_the_network_and_its_memory_is_limited() -> None:
    assert SERVER["After"] == SERVER["Wants"] == ["network-online.target"]
    assert SERVER["MemoryMax"] == ["4G"]
    assert SERVER["Restart"] == ["on-failure"]
    assert "gets 4 GB of memory at most" in INSTALL


def test_the_server_is_started_as_the_command_line_takes_it_and_only_for_nginx() -> None:
    program, command, *options = shlex.split(SERVER["ExecStart"][0].replace("%i", "8501"))
    assert (program, command) == ("/srv/dashboard/app/.venv/bin/dashboard", serve_command.name)
    given = serve_command.make_context("serve", options).params
    assert (given["address"], given["port"]) == ("127.0.0.1", 8501)
    environment = dict(pair.split("=", 1) for pair in SERVER["Environment"])
    assert environment["DASHBOARD_STORE"] == SERVER["ReadWritePaths"][0]
    named = (ROOT / "deploy" / "listen.conf").read_text("utf-8")
    assert f"server_name {given['public'][0]};" in named, "one command gives all files the name"


def test_the_guide_makes_every_folder_and_starts_every_process_that_nginx_knows() -> None:
    assert "git clone SOURCE /srv/dashboard/app`" in INSTALL
    assert f"DASHBOARD_STORE={SERVER['ReadWritePaths'][0]} .venv/bin/dashboard publish" in INSTALL
    assert f"install -d -o dashboard -m 700 {BACKUP['ReadWritePaths'][0]} " in INSTALL
    ports = re.findall(r"^server 127\.0\.0\.1:(\d+)", (ROOT / "deploy" / "upstream.conf").read_text("utf-8"), re.M)
    started = "systemctl enable --now " + " ".join(f"dashboard@{port}" for port in ports)
    assert f"{started} dashboard-backup.timer " in INSTALL
    assert RUN.count(started.replace("enable --now", "start") + "`") == 2


def test_the_backup_runs_the_script_of_the_guide_with_everything_that_a_store_has_beside() -> None:
    script, store, copy, *beside = shlex.split(BACKUP["ExecStart"][0])
    ours = ROOT / Path(script).relative_to("/srv/dashboard/app")
    assert os.access(ours, os.X_OK)
    assert (store, copy) == (SERVER["ReadWritePaths"][0], BACKUP["ReadWritePaths"][0])
    assert set(BESIDE) - {"safe"} <= set(beside)
    assert f'{ours.relative_to(ROOT)} "$DASHBOARD_STORE" ../backup {" ".join(beside)}\n' in RUN
    assert TIMER["Persistent"] == ["true"]


@needs_systemd
@pytest.mark.outside
def test_systemd_finds_nothing_wrong_and_little_exposed(tmp_path: Path) -> None:
    """With programs and a user that this machine has."""
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("User=dashboard", f"User={getuser()}")
        text = re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", text, flags=re.M)
        text = text.replace("WorkingDirectory=/srv/dashboard/app", "WorkingDirectory=/")
        (tmp_path / unit.name.replace("@.", "@8501.")).write_text(re.sub(r"^Documentation=.*\n", "", text, flags=re.M))
    names = sorted(map(str, tmp_path.iterdir()))
    assert len(names) == len(UNITS) == 3
    analyze = ("systemd-analyze", "--man=no")
    ran = subprocess.run([*analyze, "verify", *names], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    for name in names:
        if name.endswith(".service"):
            limit = ("security", "--offline=true", f"--threshold={MOST_EXPOSED}")
            ran = subprocess.run(["systemd-analyze", *limit, name], capture_output=True, text=True, check=False)
            assert ran.returncode == 0, ran.stdout
