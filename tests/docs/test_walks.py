"""Do the commands of docs/run.md that keep a store and update the program do what they are shown for, as shown?"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from deploy.make_release import for_release

from dashboard.store.disk import is_replica
from dashboard.store.history import current_number, history, publication_path, read_revision
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import ROOT, TINY, TODAY, rest_thorough

RUN = (ROOT / "docs" / "run.md").read_text("utf-8")
OLD = ROOT / "tests" / "stores" / "df7a283.tar.xz"
needs_rsync = pytest.mark.skipif(shutil.which("rsync") is None, reason="copies of a store are made with rsync")
pytestmark = pytest.mark.outside


def blocks(heading: str) -> list[str]:
    """The blocks of commands below a heading, in order."""
    part = re.split(r"\n#+ ", RUN.partition(f"# {heading}\n")[2])[0]
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
    (folder / "deploy").symlink_to(ROOT / "deploy")
    save(folder, TINY)
    return folder


def save(app: Path, what: Path) -> None:
    outcome = publish(Load(app / "store", [what], Writer("steward", "a walk"), TODAY))
    assert outcome.revision is not None, outcome.problems


def copied_to(copy: Path) -> str:
    """The command that copies a store, for another folder than that of the guide."""
    command, _ = blocks("Backup and restore")
    assert command.count(" ../backup ") == 1
    return command.replace(" ../backup ", f" '{copy}' ")


@needs_rsync
def test_a_store_that_is_lost_comes_back_from_its_backup_and_can_be_changed(app: Path) -> None:
    _, restore = blocks("Backup and restore")
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


@needs_rsync
def test_a_copy_has_only_the_folders_that_are_named_and_loses_what_is_removed(app: Path, tmp_path: Path) -> None:
    for name in ("views/one.yaml", "views/two.yaml", "people/names.json"):
        (app / "store" / name).parent.mkdir(exist_ok=True)
        (app / "store" / name).write_text("{}")
    script = f"deploy/copy_store.sh \"$DASHBOARD_STORE\" '{tmp_path}/copy'"
    typed(f"{script} views room", app)
    (app / "store" / "views" / "two.yaml").unlink()
    typed(f"{script} views room", app)
    held = {path.relative_to(tmp_path / "copy").as_posix() for path in (tmp_path / "copy").rglob("*.*")}
    assert {name for name in held if name.startswith(("views", "people", "room"))} == {"views/one.yaml"}


def update(way: str) -> list[str]:
    """The commands of one way to update, in order."""
    part = RUN.partition(f"**{way}**")[2].partition("\n**")[0].partition("\n`dashboard --version`")[0]
    return re.findall(r"^\d\. `([^`]+)`$", part, re.M)


GIT = "git -c user.name=n -c user.email=n@example.org -c commit.gpgsign=false"
TYPED = 'echo "$(basename "$0") $*" >> "$TYPED"\n'
PROGRAMS = {
    "sudo": 'exec "$@"\n',
    "systemctl": TYPED,
    "pip": TYPED,
    "dashboard": f'{TYPED}exec "{sys.executable}" -m dashboard "$@"\n',
    "docker": f'{TYPED}if [ "$2 $3 $4" = "run --rm app1" ]; then shift 4; exec "$@"; fi\n',
}
"""What stands for the programs that a test cannot run, or that are not of the present environment."""


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """A server with a store of an earlier program, in a folder that is behind its repository by one commit."""
    app, origin = tmp_path / "app", tmp_path / "origin"
    for folder in (app / ".venv" / "bin", app / "program" / "bin", tmp_path / "bin", origin):
        folder.mkdir(parents=True)
        for name, lines in PROGRAMS.items() if folder.name == "bin" else ():
            (folder / name).write_text(f"#!/bin/bash\n{lines}")
            (folder / name).chmod(0o755)
    with tarfile.open(OLD) as archive:
        archive.extractall(tmp_path / "old", filter="data")
    (old,) = [path.parent for path in (tmp_path / "old").rglob("CURRENT")]
    old.rename(tmp_path / "store")
    git = f"cd '{origin}' && {GIT}"
    shutil.copy(ROOT / "requirements.lock", origin)
    typed(f"{git} init -q -b main && {git} add . && {git} commit -qm 1", app)
    typed(
        f"git init -q -b main && git remote add -t main origin '{origin}' && git pull -q && git branch -qu origin/main",
        app,
    )
    typed(f"{git} commit -qm 2 --allow-empty", app)
    return app


def done(way: str, server: Path) -> list[str]:
    """Type the commands of a way to update on the server; returns what was called of the programs that stand in.

    Nobody sits at a terminal here, so the question whether to switch is answered beforehand.
    """
    commands = (
        "\n".join(update(way)).replace(" --switch", " --switch --accept").replace(" /store/", f" '{server.parent}'/")
    )
    log = server.parent / "typed"
    exports = {"TYPED": log, "DASHBOARD_STORE": server.parent / "store"}
    lines = [f"export {name}='{value}'" for name, value in exports.items()]
    typed("\n".join([*lines, f"PATH='{server.parent}/bin':$PATH", commands, "dashboard history --verify"]), server)
    steps = [one.number for one in history(server.parent / "store")]
    assert steps == [one.number for one in history(server.parent / "store.before-upgrade-1")]
    return log.read_text().splitlines()


WAYS = ("With git", "With pip", "In containers")


def test_each_way_to_update_has_six_lines() -> None:
    assert [len(update(way)) for way in WAYS] == [6, 6, 6]


def test_a_server_is_updated_with_git(server: Path) -> None:
    calls = done("With git", server)
    stop, locked, ours, upgraded, start, _ = calls
    assert (stop, start) == ("systemctl stop dashboard@*", "systemctl start dashboard@8501 dashboard@8502")
    assert locked == "pip install --require-hashes -r .venv/server.lock"
    assert ours.endswith("-e .")
    assert upgraded.startswith("dashboard upgrade --into")
    lock = (server / ".venv" / "server.lock").read_text("utf-8")
    assert lock == for_release((ROOT / "requirements.lock").read_text("utf-8"))
    assert typed("git rev-list --count HEAD", server).strip() == "2"


def test_a_server_is_updated_with_pip_from_a_release(server: Path) -> None:
    (server / "child_rights_dashboard-9.whl").write_text("wheel")
    typed("sha256sum child_rights_dashboard-9.whl requirements.lock > SHA256SUMS", server)
    stop, locked, ours, *_, start, _ = done("With pip", server)
    assert (stop, start) == ("systemctl stop dashboard@*", "systemctl start dashboard@8501 dashboard@8502")
    assert locked == "pip install --require-hashes -r requirements.lock"
    assert ours == "pip install --no-deps --force-reinstall child_rights_dashboard-9.whl"


def test_containers_are_updated(server: Path) -> None:
    calls = [call for call in done("In containers", server) if call.startswith("docker")]
    assert [call.split()[2] for call in calls] == ["down", "build", "run", "up"]
