"""Do the commands of docs/operating.md that keep a store, typed as they are shown, do what they are shown for?"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from dashboard.store.history import current_number, history, publication_path, read_revision
from dashboard.store.location import is_replica
from dashboard.store.permission import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import ROOT, TINY, TODAY

OPERATING = (ROOT / "docs" / "operating.md").read_text("utf-8")
OLD = ROOT / "tests" / "stores" / "df7a283.tar.xz"
pytestmark = pytest.mark.outside


def blocks(heading: str) -> list[str]:
    """The blocks of commands below a heading, in order."""
    part = re.split(r"\n#+ ", OPERATING.partition(f"# {heading}\n")[2])[0]
    return [re.sub(r"^ {4}", "", found, flags=re.M) for found in re.findall(r"(?:^ {4}\S.*\n)+", part, re.M)]


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


def test_a_store_that_is_lost_comes_back_from_its_backup_and_can_be_changed(app: Path) -> None:
    backup, restore = blocks("Backup")
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


def test_a_copy_in_the_order_given_is_whole_although_somebody_publishes_after_each_step(
    app: Path, tmp_path: Path
) -> None:
    part = OPERATING.partition("### Backup\n")[2]
    order = re.findall(r"copy `(\w+)` first, then `(\w+)`, then `(\w+)`", part)
    assert len(order) == 1
    for name in order[0]:
        typed(f"mkdir -p ../copy && cp -Rp '{app}/store/{name}' ../copy/", app)
        save(app, TINY / "answers.csv")
    copy = tmp_path / "copy"
    assert (current_number(copy), current_number(app / "store")) == (1, 4)
    of_copy = publication_path(copy, read_revision(copy, 1).publication)
    assert (
        of_copy.read_bytes()
        == publication_path(app / "store", read_revision(app / "store", 1).publication).read_bytes()
    )
    typed(f"dashboard history --verify --store '{copy}'", app)


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
