"""Does the command line ask before anything published changes, and publish nothing until somebody agrees?"""

import os
import pty
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import DEVNULL, Popen

import click
import pytest
from click.testing import CliRunner, Result

from dashboard.__main__ import main
from dashboard.commands import confirm
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import TODAY, rest_thorough
from tests.loading.foreign import write_csv
from tests.tasks.test_command import call, compared

LOST = [
    "What would change",
    "  Answers from Toys of Aland, Second round: 1 is new, 1 is changed.",
    "  ▼ 1 critical criterion is newly answered as not in place.",
    "  1 answer would lose its evidence.",
    "  1 row has empty cells where a value is published. Publishing removes that value, because a row replaces "
    "everything said before.",
]
"""What is printed about the sheet below, as the page says it."""
TABLE = "round,operation,criterion,status\nR2,a-op,T1.a,no\nR2,a-op,T2.a,yes\n"
NEW = "round,operation,criterion,status\nR2,a-op,T2.a,yes\n"


@pytest.fixture
def followed_up(tmp_path: Path) -> Path:
    """A sheet about answers that are published, with a column of true and false beside the answers."""
    path = tmp_path / "shops.csv"
    rows = ["T1.a,Toys of Aland,strong,FALSE", "T1.b,Toys of Aland,weak,FALSE", "T1.a,Toys of Beland,weak,TRUE"]
    path.write_text("\n".join(["Question,Shop,value,followup", *rows]) + "\n")
    return path


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A sheet that changes a published answer to a critical criterion, gives none of its evidence, and adds another."""
    path = tmp_path / "aland.csv"
    path.write_text("Toys of Aland\nQuestion,Answer\nT1.a,No\nT2.a,Yes\n")
    return path


@pytest.fixture
def commands(store: Path, tmp_path: Path, foreign: Path) -> dict[str, tuple[object, ...]]:
    """What publishes the same two rows, by command."""
    table = tmp_path / "answers.csv"
    table.write_text(TABLE)
    return {"publish": ("publish", table), "import": compared(store, foreign, "--set", "round=R2")}


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Call a command at a terminal, where somebody answers a question with `typed`."""
    monkeypatch.setattr(confirm, "on_terminal", lambda: True)

    def called(typed: str, *arguments: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)

    return called


def history(store: Path) -> str:
    return call("history", "--store", store).stdout


BOTH = pytest.mark.parametrize("command", ["publish", "import"])
ONE = pytest.mark.parametrize("command", rest_thorough(["publish", "import"]))
"""Each of them is guarded in `make test` by another test too."""


def test_true_and_false_are_not_published_as_the_answers(store: Path, followed_up: Path) -> None:
    before = history(store)
    result = call("import", followed_up, "--set", "round=R2", "--publish", "--accept", "--store", store)
    assert (result.exit_code, history(store)) == (1, before)
    assert "Status: column “value” – ▲ check this: followup would fit as well" in result.stdout
    alone = followed_up.read_text().replace(",value", "").replace(",strong", "").replace(",weak", "")
    followed_up.write_text(alone)
    result = call("import", followed_up, "--set", "round=R2", "--publish", "--accept", "--store", store)
    assert (result.exit_code, history(store)) == (1, before)
    told = "shops.csv, status: It is not clear how to read this column (only its values say so"
    assert told in result.stderr
    assert result.stderr.endswith("Nothing was published.\n")


@BOTH
def test_without_a_terminal_nothing_published_changes(
    store: Path, commands: dict[str, tuple[object, ...]], command: str
) -> None:
    before = history(store)
    result = call(*commands[command], "--store", store)
    assert (result.exit_code, history(store)) == (1, before)
    # What is new, and which cells are empty, is only said of a sheet.
    told = LOST if command == "import" else [LOST[0], LOST[1].replace("1 is new, ", ""), *LOST[2:4]]
    printed = result.stdout.splitlines()
    at = printed.index(LOST[0])
    assert printed[at : at + len(told)] == told
    assert "run the same command with --accept.\nNothing was published.\n" in result.stderr


@ONE
def test_what_is_accepted_is_told_and_published(
    store: Path, commands: dict[str, tuple[object, ...]], command: str
) -> None:
    result = call(*commands[command], "--accept", "--store", store)
    assert result.exit_code == 0
    assert LOST[2] in result.stdout.splitlines()
    assert "Published as publication 2" in result.stdout
    assert history(store).count("\n") == 2


@pytest.mark.parametrize(
    ("command", "typed", "code"),
    rest_thorough(
        [
            ("import", "y\n", 0),
            ("publish", "n\n", 1),
            ("publish", "y\n", 0),
            ("import", "n\n", 1),
            *((command, typed, 1) for command in ("publish", "import") for typed in ("\n", "")),
        ],
        now=2,
    ),
)
def test_at_a_terminal_somebody_decides(
    store: Path,
    commands: dict[str, tuple[object, ...]],
    answering: Callable[..., Result],
    command: str,
    typed: str,
    code: int,
) -> None:
    result = answering(typed, *commands[command], "--store", store)
    assert result.exit_code == code
    assert result.output.index(LOST[2]) < result.output.index("Publish this? [y/N]")
    assert history(store).count("\n") == (2 if code == 0 else 1)


@ONE
def test_what_was_published_meanwhile_is_not_replaced_unseen(
    store: Path,
    tmp_path: Path,
    commands: dict[str, tuple[object, ...]],
    answering: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    theirs = tmp_path / "theirs.csv"
    theirs.write_text("round,operation,criterion,status\nR2,b-op,T1.a,yes\n")

    def somebody_else(*_words: object, **_options: object) -> bool:
        return publish(Load(store, [theirs], Writer("country lead", ""), TODAY)).revision is not None

    monkeypatch.setattr(click, "confirm", somebody_else)
    result = answering("", *commands[command], "--store", store)
    assert result.exit_code == 1
    assert "Publication 2 has been made since." in result.stderr
    assert history(store).count("\n") == 2


@ONE
def test_new_answers_are_not_asked_about(store: Path, foreign: Path, tmp_path: Path, command: str) -> None:
    table = tmp_path / "answers.csv"
    table.write_text(NEW)
    foreign.write_text("Toys of Aland\nQuestion,Answer\nT2.a,Yes\n")
    new = {"publish": ("publish", table), "import": compared(store, foreign, "--set", "round=R2")}
    for n in (2, 3):
        # The second time, nothing changes.
        assert call(*new[command], "--store", store).exit_code == 0
        assert history(store).count("\n") == n


def test_what_was_prepared_is_kept_when_nothing_is_published(store: Path, foreign: Path, tmp_path: Path) -> None:
    target = tmp_path / "long.csv"
    kept = ("--to", target, "--save-as", "Aland", "--store", store)
    result = call("import", foreign, "--set", "round=R2", "--publish", *kept)
    assert result.exit_code == 1
    assert "Saved this mapping as “Aland”." in result.stdout
    assert [line.split(",")[2:4] for line in target.read_text().splitlines()[1:]] == [["T1.a", "no"], ["T2.a", "yes"]]
    assert call("import", foreign, "--mapping", "Aland", "--publish", "--accept", "--store", store).exit_code == 0


def test_what_nobody_has_decided_is_asked_about_again(store: Path, followed_up: Path, tmp_path: Path) -> None:
    kept = ("--to", tmp_path / "long.csv", "--save-as", "Shops", "--store", store)
    assert call("import", followed_up, "--set", "round=R2", "--publish", "--accept", *kept).exit_code == 1
    assert (tmp_path / "long.csv").exists()
    by = ("import", followed_up, "--mapping", "Shops", "--publish", "--accept", "--store", store)
    again = call(*by)
    assert again.exit_code == 1
    assert "It is not clear how to read this column (it was doubtful when the mapping was saved" in again.stderr
    mapping = store / "mappings" / "Shops.yaml"
    decided = mapping.read_text("utf-8").replace("status: value", "status: followup")
    mapping.write_text(decided.replace("undecided:\n- status\n", "undecided: []\n"), "utf-8")
    assert call(*by).exit_code == 0
    forced = ("import", followed_up, "--set", "round=R2", "--force", *kept)
    assert call(*forced).exit_code == 0
    assert "undecided: []" in mapping.read_text("utf-8"), "it was read as it is shown"


def test_import_says_what_would_change_without_publishing(store: Path, foreign: Path) -> None:
    result = call("import", foreign, "--set", "round=R2", "--store", store)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-6:] == [*LOST, "2 rows read: 2 could be published, 0 would be left out."]
    assert history(store).count("\n") == 1


@BOTH
def test_the_former_flag_leads_to_the_present_one(
    store: Path, commands: dict[str, tuple[object, ...]], command: str
) -> None:
    result = call(*commands[command], "--accept-fewer", "--store", store)
    assert result.exit_code == 2
    told = "Error: --accept-fewer is now --accept, which agrees to everything that is asked before publishing."
    assert result.stderr.splitlines()[-1] == told
    assert "--accept-fewer" not in call(command, "--help").stdout
    assert history(store).count("\n") == 1


@pytest.mark.outside
@ONE
def test_a_real_terminal_is_asked(store: Path, commands: dict[str, tuple[object, ...]], command: str) -> None:
    ours, theirs = pty.openpty()
    line = [sys.executable, "-m", "dashboard", *map(str, commands[command]), "--store", str(store)]
    with Popen(line, stdin=theirs, stdout=DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        heard = b""
        while b"[y/N]" not in heard:
            heard += os.read(ours, 1000)
        os.write(ours, b"y\n")
        assert process.wait() == 0
    os.close(ours)
    assert history(store).count("\n") == 2


def test_which_of_two_groups_of_columns_is_meant_is_asked(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "shops.csv"
    body = ["T1.a,no,yes,yes,no", "T2.a,no,mostly,mostly,no"]
    path.write_text(
        "\n".join(["Element,First round,,Second round,", f",{','.join(['a-op', 'b-op'] * 2)}", *body]) + "\n"
    )
    before = history(store)
    by = ("import", path, "--set", "round=R2", "--publish", "--accept", "--store", store)
    result = call(*by)
    assert (result.exit_code, history(store)) == (1, before)
    assert "▲ check this: “First round” is read; Second round would fit as well" in result.stdout
    assert "(“First round” is read; Second round would fit as well)" in result.stderr
    wrong = call(*by, "--group", "Third round")
    assert (wrong.exit_code, history(store)) == (1, before)
    assert "“Third round”. Expected: First round, Second round." in wrong.stderr
    chosen = call(*compared(store, path, "--set", "round=R2", "--group", "Second round"), "--accept")
    assert (chosen.exit_code, history(store).count("\n")) == (0, 2)
    assert "Operation: 2 columns, one for each of:" in chosen.stdout


EDITIONS = [["Shop", "Edition", "Ref", "Score", "Checked"], ["Toys of Aland", "Second round", "T1.a", "Yes", "No"]]


def test_a_column_is_named_on_the_command_line(store: Path, tmp_path: Path) -> None:
    path, target = write_csv(tmp_path / "editions.csv", EDITIONS), tmp_path / "long.csv"
    arguments = ("import", path, "--publish", "--accept", "--to", target, "--store", store)
    doubted = call(*arguments)
    assert doubted.exit_code == 1
    assert "editions.csv, round: It is not clear how to read this column" in doubted.stderr
    assert "Name the column with --column" in doubted.stderr
    columns = ("--column", "round=Edition", "--column", "status = Checked")
    decided = call(*compared(store, path, *columns), "--accept", "--to", target, "--force")
    assert decided.exit_code == 0, decided.output
    assert target.read_text("utf-8").splitlines()[1].startswith("R2,a-op,T1.a,no,")
    nothing = call(*arguments, "--force", "--column", "round=")
    assert "editions.csv, round: Nothing in the sheet gives this value" in nothing.stderr


@pytest.mark.parametrize("column", ["round", "rund=Edition"])
def test_a_column_that_is_not_ours_is_refused(store: Path, tmp_path: Path, column: str) -> None:
    path = write_csv(tmp_path / "editions.csv", EDITIONS)
    result = call("import", path, "--column", column, "--store", store)
    assert result.exit_code == 2
    assert "--column takes COLUMN=THEIRS" in " ".join(result.stderr.split())


def test_a_column_that_the_sheet_does_not_have_is_told(store: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "editions.csv", EDITIONS)
    result = call("import", path, "--column", "round=Editon", "--save-as", "Editions", "--store", store)
    assert result.exit_code == 1
    assert "Editon: The column is missing. Did you mean Edition?" in result.stderr
    # The mapping is kept, to be corrected by hand.
    assert (store / "mappings" / "Editions.yaml").exists()
