"""Does `dashboard upgrade` say what the program includes that is newer, and take it as any other publication?"""

import shlex
import tarfile
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from dashboard.__main__ import main
from dashboard.commands import confirm, maintenance
from dashboard.commands.output import FOR_AUTHORS
from dashboard.model.deployment import version
from dashboard.store.history import current_number, history
from dashboard.store.publishing.edits import close_round
from dashboard.store.reader import Reader
from dashboard.tasks.included import NewerItems, NewerStandard, newer_included
from tests.conftest import ROOT, TINY, TODAY, WRITER
from tests.tasks.test_closed_figures import EDGE, LINE, in_force, with_edge

EARLIER = ROOT / "tests" / "stores" / "df7a283.tar.xz"
NEWER = "The standards included are newer: toy 1.0 → 1.1."


@pytest.fixture
def included(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that counts as that of the program. It begins with what the toy group has published."""
    folder = copytree(TINY / "frameworks", tmp_path / "program" / "frameworks")
    monkeypatch.setattr(maintenance, "STANDARDS", folder)
    return folder


@pytest.fixture
def raised(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The toy group with its first round closed, and a program with another edge, which moves one of its figures."""
    assert close_round(store, "R1", WRITER, TODAY, accept=True).revision is not None
    folder = with_edge(TINY, tmp_path / "program" / "frameworks", 25, "1.1")
    monkeypatch.setattr(maintenance, "STANDARDS", folder)
    return folder


def typed(*arguments: object, keys: str = "") -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=keys)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def replaced(folder: Path, name: str, was: str, now: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert was in text
    (folder / name).write_text(text.replace(was, now), "utf-8")


@pytest.mark.usefixtures("included")
def test_nothing_is_said_where_nothing_is_newer(store: Path, tmp_path: Path) -> None:
    result = typed("upgrade", "--store", store)
    assert result.exit_code == 0
    assert result.output == f"The store {store} has the tables of this program, so nothing needs converting.\n"
    result = typed("upgrade", "--store", store, "--into", tmp_path / "new")
    assert result.exit_code == 0
    assert "newer" not in result.output


@pytest.fixture
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of an earlier program, by whose rules figures of few answers had a band."""
    with tarfile.open(EARLIER) as packed:
        packed.extractall(folder := tmp_path_factory.mktemp("earlier"), filter="data")
    return next(folder.rglob("CURRENT")).parent


@pytest.mark.usefixtures("included")
@pytest.mark.parametrize(("keys", "switched"), [(None, False), ("n\n", False), ("y\n", True)])
def test_a_store_in_which_other_rules_move_figures_is_switched_only_if_that_is_accepted(
    earlier: Path, tmp_path: Path, keys: str | None, switched: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in earlier.rglob("*.json")}
    monkeypatch.setattr(confirm, "on_terminal", lambda: keys is not None)
    result = typed("upgrade", "--store", earlier, "--into", tmp_path / "new", "--switch", keys=keys or "")
    assert "5 figures by country and area have so few answers that they have no band any more" in result.stdout
    assert result.exit_code == (0 if switched else 1)
    assert not (tmp_path / "new").exists()
    if switched:
        assert "is now the new store" in result.stdout
        assert Reader(earlier).current() is not None
        return
    assert {path: path.read_bytes() for path in earlier.rglob("*.json")} == before
    assert ("run the same command with --accept" in result.stderr) == (keys is None)
    result = typed("upgrade", "--store", earlier, "--into", tmp_path / "new", "--switch", "--accept")
    assert (result.exit_code, "is now the new store" in result.stdout) == (0, True)


def test_without_a_folder_nothing_is_converted_or_switched(store: Path, earlier: Path) -> None:
    result = typed("upgrade", "--store", store, "--switch")
    assert result.exit_code == 2
    assert "--switch needs --into FOLDER" in result.stderr
    result = typed("upgrade", "--store", earlier)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "`dashboard upgrade --into FOLDER`" in result.stderr


def test_what_is_newer_is_said_with_the_command_that_takes_it(raised: Path, store: Path) -> None:
    before = current_number(store)
    result = typed("upgrade", "--store", store)
    assert (result.exit_code, current_number(store)) == (0, before)
    *_, newer, command = result.stdout.splitlines()
    assert newer == NEWER
    assert command == f"To publish them: dashboard publish {raised} --store {store}"
    given = shlex.split(command.partition(": dashboard ")[2])
    result = typed(*given)
    assert (result.exit_code, current_number(store)) == (1, before), "a figure of a closed round would change"
    assert f"  {LINE}" in result.stdout.splitlines()
    assert (typed(*given, "--accept").exit_code, current_number(store)) == (0, before + 1)


def test_it_is_taken_into_the_new_store_with_what_it_changes_in_closed_rounds(
    raised: Path, store: Path, tmp_path: Path
) -> None:
    new, before = tmp_path / "new", current_number(store)
    result = typed("upgrade", "--store", store, "--into", new, "--accept", "--role", "tester")
    assert (result.exit_code, current_number(store), current_number(new)) == (0, before, before + 1)
    assert {f"  {LINE}", f"  {EDGE}", NEWER} <= set(result.stdout.splitlines())
    last = next(history(new))
    assert (last.role, last.why, last.n_closed) == ("tester", f"the standards included in {version()}", 1)
    assert last.versions == (("toy", "1.0", "1.1"),)
    assert NEWER not in typed("upgrade", "--store", new).stdout


@pytest.mark.usefixtures("raised")
@pytest.mark.parametrize(("keys", "asked", "taken"), [("n\n", 1, 0), ("y\nn\n", 2, 0), ("y\ny\n", 2, 1)])
def test_at_a_terminal_it_is_offered_and_what_moves_is_asked(
    keys: str, asked: int, taken: int, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (confirm, maintenance):
        monkeypatch.setattr(module, "on_terminal", lambda: True)
    before = current_number(store)
    result = typed("upgrade", "--store", store, keys=keys)
    assert (result.output.count("Publish th"), current_number(store) - before) == (asked, taken)
    assert ("To publish them: dashboard publish" in result.stdout) == (keys == "n\n")


def test_guidance_cases_and_lists_are_counted(included: Path, store: Path) -> None:
    replaced(included, "guidance/G-lend-fairly.md", "G-lend-fairly", "G-lend-well")
    replaced(included, "cases/TC1.md", "Ask the children.", "Ask them.")
    replaced(included, "shared/rights.yaml", "title: ", "title: New ")
    newer = newer_included(in_force(store), included)
    assert newer.standards == ()
    assert newer.items == (NewerItems("guidance", 2, 3, 1), NewerItems("cases", 1, 1, 1))
    said = typed("upgrade", "--store", store).stdout.splitlines()[1]
    assert said == "The standards included are newer: guidance 2 → 3, cases (1 revised), shared lists."


def test_another_standard_of_the_program_is_called_new(included: Path, store: Path) -> None:
    text = (included / "toy" / "framework.yaml").read_text("utf-8")
    (included / "more").mkdir()
    for name in ("T1", "T2", "A standard for toys", "TOY"):
        text = text.replace(f" {name}", f" X{name}")
    (included / "more" / "framework.yaml").write_text(text.replace("framework: toy", "framework: more"), "utf-8")
    newer = newer_included(in_force(store), included)
    assert newer.standards == (NewerStandard("more", "", "1.0"),)
    assert "more 1.0 (new)" in typed("upgrade", "--store", store).stdout


@pytest.mark.parametrize("own", ["text", "version"])
def test_nothing_is_offered_over_a_standard_that_the_group_has_changed(included: Path, store: Path, own: str) -> None:
    """It would be refused whole: a version is not lowered, and no text changes under its version."""
    replaced(included, "guidance/G-lend-fairly.md", "G-lend-fairly", "G-lend-well")
    was, now = ("Toys are lent.", "Toys are given.") if own == "text" else ('version: "1.0"', 'version: "0.9"')
    replaced(included, "toy/framework.yaml", was, now)
    result = typed("upgrade", "--store", store, "--accept")
    assert (result.exit_code, current_number(store)) == (0, 1)
    last = result.stdout.splitlines()[-1]
    assert last == "The standards included are newer in part, but cannot be taken: toy has been changed here."


def test_a_group_with_standards_of_its_own_is_offered_none(included: Path, store: Path) -> None:
    replaced(included, "toy/framework.yaml", "framework: toy", "framework: other")
    assert not newer_included(in_force(store), included)


@pytest.fixture
def reworded(store: Path, tmp_path: Path) -> Path:
    """Standards with two texts changed under a higher version, without `since`."""
    folder = copytree(TINY / "frameworks", tmp_path / "reworded" / "frameworks")
    for was, now in (("No toy is sharp.", "No toy cuts."), ("Toys are lent.", "Toys are loaned."), ('"1.0"', '"1.1"')):
        replaced(folder, "toy/framework.yaml", was, now)
    return folder


@pytest.mark.parametrize("command", ["check", "publish", "upgrade"])
def test_notes_for_authors_of_standards_share_a_line(
    command: str, reworded: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maintenance, "STANDARDS", reworded)
    given = ["upgrade", "--accept"] if command == "upgrade" else [command, reworded]
    listed = typed(*given, "--store", copytree(store, store.with_name("listed")), "--verbose").stderr.splitlines()
    shared = typed(*given, "--store", store).stderr.splitlines()
    assert len([line for line in listed if "The text has changed, but `since` does not say" in line]) == 2
    assert shared == [
        "2 wordings changed without `since`; --verbose lists them.",
        *(line for line in listed if "The text has changed" not in line),
    ]
    assert "same_words" in FOR_AUTHORS


def test_a_single_note_is_shown_as_it_is(reworded: Path, store: Path) -> None:
    replaced(reworded, "toy/framework.yaml", "Toys are loaned.", "Toys are lent.")
    said = typed("check", reworded, "--store", store).stderr
    assert "The text has changed, but `since` does not say" in said
    assert "--verbose" not in said
