"""Do the commands of docs/operating.md that keep a store, typed as they are shown, do what they are shown for?"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from dashboard.store.disk import is_replica
from dashboard.store.history import current_number, history, publication_path, read_revision
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import ROOT, TINY, TODAY, rest_thorough

OPERATING = (ROOT / "docs" / "operating.md").read_text("utf-8")
OLD = ROOT / "tests" / "stores" / "df7a283.tar.xz"
needs_rsync = pytest.mark.skipif(shutil.which("rsync") is None, reason="copies of a store are made with rsync")
pytestmark = pytest.mark.outside


def blocks(heading: str) -> list[str]:
    """The blocks of commands below a heading, in order."""
    part = re.split(r"\n#+ ", OPERATING.partition(f"# {heading}\n")[2])[0]
    return [re.sub(r"^ {4}", "", found, flags=re.M) for found in re.findall(r"(?:^ {4}.*\S.*\n)+", part, re.M)]


def typed(commands: str, app: Path) -> str:
    """Run commands in the folder in which the dashboard is started; they end at the first that fails."""
    binaries = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "DASHBOARD_STORE": str(app / "store"), "PATH": binaries}
    ran = subprocess.run(["bash", "-ec", commands], cwd=app, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """The folder in which the dashboard is started, with a store of one publication."""
    folder = tmp_path / "app"
    folder.mkdir()
    save(folder, TINY)
    return folder


def save(app: Path, what: Path) -> None:
    outcome = publish(Load(app / "store", [what], Writer("steward", "a walk"), TODAY))
    assert outcome.revision is not None, outcome.problems


def copied_to(copy: Path) -> str:
    """The commands that copy a store, for another folder than that of the guide."""
    (commands,) = blocks("A copy on another machine")
    assert commands.startswith("copy=")
    return re.sub(r"^copy=.*", f"copy='{copy}'", commands)


@needs_rsync
def test_a_store_that_is_lost_comes_back_from_its_backup_and_can_be_changed(app: Path) -> None:
    (restore,) = blocks("Backup")
    backup = copied_to(app.parent / "backup")
    typed(backup, app)
    save(app, TINY / "answers.csv")
    typed(backup, app)
    before = [(one.number, one.sha256) for one in history(app / "store")]
    assert len(before) == 2
    shutil.rmtree(app / "store")
    typed(restore, app)
    assert [(one.number, one.sha256) for one in history(app / "store")] == before
    assert not is_replica(app / "store")
    save(app, TINY / "answers.csv")


@needs_rsync
@pytest.mark.parametrize("turn", rest_thorough(["before", "after"]))
def test_a_copy_is_whole_although_somebody_publishes_and_prunes_while_it_is_made(
    turn: str, app: Path, tmp_path: Path
) -> None:
    """What the pointer named when the copy was begun is gone when files are copied, or right after that."""
    copy, names = tmp_path / "copy", f"'{app}/store'"
    typed(copied_to(copy), app)
    former = publication_path(copy, read_revision(copy, 1).publication)
    commands = (f"publish '{TINY}/answers.csv' --why w", "prune --keep 1")
    meanwhile = "".join(f"dashboard {one} --store {names} --role r\n" for one in commands)
    (tmp_path / "bin").mkdir()
    lines = ['[ -e "$0.done" ] && exec /usr/bin/rsync "$@"', 'touch "$0.done"', '/usr/bin/rsync "$@"', "exit $?"]
    lines.insert(2 if turn == "before" else 3, f"({meanwhile}) >&2 || exit 1")
    wrapper = tmp_path / "bin" / "rsync"
    wrapper.write_text("#!/bin/bash\n" + "\n".join(lines) + "\n")
    wrapper.chmod(0o755)
    typed(f"PATH='{wrapper.parent}':$PATH\n{copied_to(copy)}", app)
    assert [one.number for one in history(copy)] == [one.number for one in history(app / "store")] == [3, 2, 1]
    in_force = publication_path(copy, read_revision(copy, current_number(copy)).publication)
    assert in_force.name == publication_path(app / "store", read_revision(app / "store", 3).publication).name
    assert in_force.exists()
    assert not former.exists(), "what was pruned goes from the copy too"
    refused = typed(f"dashboard publish '{TINY}/answers.csv' --store '{copy}' --role r --why w 2>&1 || true", app)
    assert refused.startswith("This is only a copy, so nothing can be changed here.")


def test_a_store_of_an_earlier_program_is_upgraded_in_its_place(tmp_path: Path) -> None:
    app = tmp_path / "app"
    with tarfile.open(OLD) as archive:
        archive.extractall(app, filter="data")
    (old,) = [path.parent for path in app.rglob("CURRENT")]
    if old != app / "store":
        old.rename(app / "store")
    steps = [one.number for one in history(app / "store")]
    look, switch = blocks("After an update of the program")[0].splitlines()
    typed(look, app)
    typed("dashboard history --verify --store ../store-new", app)
    shutil.rmtree(tmp_path / "store-new")
    typed(f"{switch}\ndashboard history --verify", app)
    assert [one.number for one in history(app / "store")] == steps
    assert (app / "store.before-upgrade-1" / "CURRENT").exists()
