"""What does the command line print, and with which exit code?"""

import csv
import re
import subprocess
import sys
import time
from datetime import date
from email import message_from_bytes
from email.policy import default
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from dashboard.__main__ import COMMANDS, FILE_OF, main
from dashboard.commands import publish
from dashboard.commands.output import FORMER
from dashboard.loading.yaml_file import read_words
from dashboard.model.deployment import SHIPPED as WITH_PROGRAM
from dashboard.store.history import current_number, read_revision
from dashboard.store.publishing.commit import set_name, shown_names
from dashboard.store.sql import checks, sql
from dashboard.store.tokens import holder
from tests.books import cells_of, fill, filled_in, write
from tests.conftest import ROOT, rest_thorough
from tests.standards import SHIPPED, as_sheets, shipped, write_sheets

MOST_COMMANDS = 23
GOOD = "round,operation,criterion,status,evidence\nR2,b-op,T2.a,yes,seen\n"
BAD = "round,operation,criterion,status\nR2,b-op,T1.a,yess\n"


def compared(store: Path, sheet: Path, *options: object) -> tuple[object, ...]:
    """Save how `sheet` is read, as somebody does who compared it, and return what publishes it read that way."""
    call("import", sheet, *options, "--save-as", "Compared", "--store", store)
    return ("import", sheet, "--mapping", "Compared", "--publish", "--store", store)


def call(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.csv"
    path.write_text(BAD)
    return path


def test_every_command_is_listed_in_its_group_with_what_it_does() -> None:
    listed = call("--help").stdout.partition("--help")[2]
    groups = dict(re.findall(r"^(\w.+):\n((?:  .+\n)+)", listed, re.MULTILINE))
    names = {title: [line.split()[0] for line in lines.splitlines()] for title, lines in groups.items()}
    assert names == {title: list(commands) for title, commands in COMMANDS.items()}
    assert len(names) == 3
    assert len(FILE_OF) <= MOST_COMMANDS
    lines = [line for text in groups.values() for line in text.splitlines()]
    assert [line for line in lines if not re.fullmatch(r"  \w+ +[A-Z].+(?<!\.)\.", line)] == [], (
        "each is one whole sentence"
    )


def test_a_wrong_name_leads_to_the_nearest() -> None:
    wrong = call("publsh")
    assert (wrong.exit_code, wrong.stderr.splitlines()[-1]) == (
        2,
        "Error: No such command 'publsh'. Did you mean 'publish'?",
    )


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "fr_SN.UTF-8"}, "fr"),
        ({"LANG": "es_CO"}, "es"),
        ({"LANG": "fr", "LC_MESSAGES": "es_PY.UTF-8"}, "es"),
        ({"LANG": "fr_CD.UTF-8", "LANGUAGE": "xx:es:en"}, "es"),
        ({"LANG": "fr", "LC_ALL": "C.UTF-8", "LANGUAGE": "es"}, "en"),
        ({"LANG": "sw_TZ.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_commands_answer_in_the_language_of_the_terminal(
    environment: dict[str, str], language: str, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = call("check", ROOT / "tests" / "tiny", bad)
    assert found.stderr.splitlines()[-1] == read_words(language).count("command.found", 2, serious=2)
    said = {"en": "is not on the scale", "fr": "ne figure pas dans l’échelle", "es": "no está en la escala"}
    assert [code for code, text in said.items() if text in found.stderr] == [language]


@pytest.mark.parametrize("name", FORMER)
def test_a_former_command_says_what_to_do_instead_whatever_follows_it(name: str) -> None:
    said = read_words()(f"former.{FORMER[name]}", command=name)
    for called in ("dashboard", "python -m dashboard"):
        ended = CliRunner().invoke(main, [*name.split(), "new", "file", "--key", "x"], prog_name=called)
        assert (ended.exit_code, ended.stderr.splitlines()[-1]) == (2, f"Error: {said}")
    assert name not in FILE_OF
    assert set(re.findall(r"`dashboard (\w+)", said)) <= {name, *FILE_OF}


@pytest.mark.outside
def test_only_the_file_of_the_command_that_is_run_is_loaded() -> None:
    script = (
        "import sys; from dashboard.__main__ import main; "
        "main(['check', '--help'], standalone_mode=False); print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = {name.removeprefix("dashboard.commands.") for name in ran.stdout.splitlines()[-1].split()}
    assert loaded & set(FILE_OF.values()) == {"publish"}


def test_check_of_sound_files_ends_well_and_changes_nothing(store: Path, good: Path) -> None:
    result = call("check", good, "--store", store)
    assert (result.exit_code, result.stdout) == (0, f"No problems found in {good}.\n")
    assert call("history", "--store", store).stdout.count("\n") == 1


def test_check_of_a_bad_row_names_it_and_fails(store: Path, bad: Path) -> None:
    result = call("check", bad, "--store", store)
    assert result.exit_code == 1
    assert result.stderr.startswith("bad.csv, row 2, status: “yess” is not on the scale.")
    assert result.stderr.endswith("1 problem found, 1 serious.\n")


@pytest.mark.thorough
def test_check_of_a_mere_note_ends_well(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "note.csv"
    path.write_text("round,operation,criterion,status,colour\nR2,b-op,T1.a,yes,red\n")
    result = call("check", path, "--store", store)
    assert result.exit_code == 0
    assert "colour: This column is not part of our format" in result.stderr


@pytest.mark.thorough
def test_check_of_a_framework_that_changed_under_its_version_prints_the_difference(
    store: Path, tiny: Path, tmp_path: Path
) -> None:
    path = Path(copytree(tiny / "frameworks", tmp_path / "frameworks")) / "toy" / "framework.yaml"
    text = path.read_text("utf-8").replace("Toys are lent.", "Toys are given.").replace("weight: 3", "weight: 4")
    path.write_text(text, "utf-8")
    for deed, end in (("check", "2 problems found, 2 serious."), ("publish", "Nothing was published.")):
        result = call(deed, tmp_path / "frameworks", "--store", store)
        assert result.exit_code == 1
        assert result.stderr.splitlines()[:2] == [
            "frameworks/toy/framework.yaml, row 33, T1.a weight: This has changed, but the version has not (“3 → 4”). "
            "Expected: a version higher than 1.0.",
            "frameworks/toy/framework.yaml, row 48, T1.b text: This has changed, but the version has not (“Toys are "
            "lent. → Toys are given.”). Expected: a version higher than 1.0.",
        ]
        assert result.stderr.splitlines()[-1] == end
    assert call("history", "--store", store).stdout.count("\n") == 1
    path.write_text(text.replace('version: "1.0"', 'version: "1.1"'), "utf-8")
    result = call("check", tmp_path / "frameworks", "--store", store)
    assert (result.exit_code, result.stderr.count("\n")) == (0, 2)
    assert "T1.b text: The text has changed, but `since` does not say" in result.stderr


@pytest.mark.thorough
def test_check_needs_no_store(tmp_path: Path, tiny: Path) -> None:
    assert call("check", tiny, "--store", tmp_path / "none").exit_code == 0
    assert not (tmp_path / "none").exists()


def test_publish_history_and_revert(store: Path, good: Path) -> None:
    published = call("publish", good, "--store", store, "--role", "country lead", "--why", "round closed")
    assert published.exit_code == 0
    assert published.stdout.startswith("Published as publication 2 (000002-")
    assert "). Rows: 1. Files: 1.\n" in published.stdout
    reverted = call("revert", "1", "--store", store)
    assert reverted.exit_code == 0
    assert reverted.stdout.startswith("Publication 3 restores 000001-")
    lines = call("history", "--store", store).stdout.splitlines()
    assert [line[:3] for line in lines] == ["* 3", "  2", "  1"]
    assert lines[1].endswith("by country lead: round closed")


def test_the_sample_is_published_into_an_empty_store_alone(
    tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (ROOT / "frameworks", ROOT / "data") == WITH_PROGRAM
    monkeypatch.setattr(publish, "SHIPPED", (tiny,))
    store = tmp_path / "store"
    assert call("publish", "--sample", "--store", store).exit_code == 0
    assert read_revision(store, current_number(store)).why == "published from the command line"
    again = call("publish", "--sample", "--store", store)
    assert (again.exit_code, current_number(store)) == (1, 1)
    assert again.stderr.startswith("store: Something is published in this store already, so the sample was not added.")


def test_either_files_or_the_sample_are_published(store: Path, good: Path) -> None:
    for asked in ((), (good, "--sample")):
        refused = call("publish", *asked, "--store", store)
        assert refused.exit_code == 2
        assert refused.stderr.endswith("Error: Name files or folders, or use --sample without any.\n")
    assert current_number(store) == 1


def test_publish_with_a_bad_row_publishes_the_rest_and_reports_it(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_text(GOOD.replace(",evidence", "").replace(",seen", "") + "R2,b-op,T1.b,yess\n")
    result = call("publish", path, "--store", store, "--accept")
    assert result.exit_code == 0
    assert "mixed.csv, row 3, status" in result.stderr


@pytest.mark.parametrize(("n_wrong", "published"), rest_thorough([(2, False), (1, True)]))
def test_publish_of_too_few_rows_of_a_round_is_asked_about(
    store: Path, tmp_path: Path, n_wrong: int, published: bool
) -> None:
    path = tmp_path / "answers.csv"
    rows = ["R1,a2-op,T1.a", "R1,a2-op,T1.b", "R2,a2-op,T1.a", "R2,a2-op,T1.b", "R2,a-op,T2.a", "R2,b-op,T2.a"]
    rows += [f"R2,x{n}-op,T1.a" for n in range(n_wrong)]
    path.write_text("round,operation,criterion,status\n" + "".join(f"{row},yes\n" for row in rows))
    result = call("publish", path, "--store", store)
    assert (result.exit_code == 0) == published
    assert ("  Only 4 of 6 rows of Second round would be published.\n" in result.stdout) != published
    assert "First round" not in result.stdout
    assert call("history", "--store", store).stdout.count("\n") == 1 + published
    assert call("publish", path, "--store", store, "--accept").exit_code == 0


@pytest.mark.parametrize("n", rest_thorough([1, 0, 3]))
def test_publish_that_withdraws_most_answers_of_an_operation_is_asked_about(
    store: Path, tmp_path: Path, n: int
) -> None:
    path = tmp_path / "answers.csv"
    header, rows = "round,operation,criterion,status\n", [f"R2,b-op,{code},yes\n" for code in ("T1.a", "T1.b", "T2.a")]
    path.write_text(header + "".join(rows))
    assert call("publish", path, "--store", store, "--accept").exit_code == 0
    # Neither new answers of another operation nor rows that were unanswered before change what is withdrawn.
    others = ["R2,a2-op,T1.a,yes\n", "R2,a2-op,T1.b,unanswered\n"]
    path.write_text(header + "".join([*(row.replace("yes", "unanswered") for row in rows[:n]), *rows[n:], *others]))
    result = call("publish", path, "--store", store)
    told = f"  {n} of the 3 answers published for Toys of Beland in Second round would become unanswered.\n"
    assert (result.exit_code == 0) == (told not in result.stdout) == (n == 0)
    assert "More toys of Aland" not in result.stdout
    assert call("history", "--store", store).stdout.count("\n") == 2 + (n == 0)
    assert call("publish", path, "--store", store, "--accept").exit_code == 0


@pytest.mark.thorough
def test_publish_of_a_bad_file_fails_and_changes_nothing(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "noise.xlsx"
    path.write_bytes(b"no book")
    result = call("publish", path, "--store", store)
    assert result.exit_code == 1
    assert result.stderr.endswith("Nothing was published.\n")
    assert call("history", "--store", store).stdout.count("\n") == 1


@pytest.mark.parametrize("number", ["0", "9"])
def test_revert_to_a_step_that_never_was_fails(store: Path, number: str) -> None:
    result = call("revert", number, "--store", store)
    assert result.exit_code == 1
    assert f"There is no publication {number} in the history." in result.stderr


def test_history_of_nothing_says_so(tmp_path: Path) -> None:
    result = call("history", "--store", tmp_path / "none")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{tmp_path / 'none'}: This folder does not exist" in result.stderr


def test_a_damaged_store_is_repaired_and_proved_whole(store: Path, good: Path) -> None:
    assert call("publish", good, "--store", store).exit_code == 0
    result = call("history", "--verify", "--store", store)
    assert result.exit_code == 0
    assert "2 publications in the history, 2 chained." in result.stdout
    assert sha256((store / "moves" / "000002.json").read_bytes()).hexdigest() in result.stdout
    (store / "moves" / "000001.json").unlink()
    result = call("history", "--verify", "--store", store)
    assert result.exit_code == 1
    assert "000001.json: The record of which publication is in force is missing or damaged" in result.stderr
    result = call("repair", "--store", store)
    assert result.exit_code == 0
    assert "Nothing was found of these publications: 1." in result.stdout
    assert call("history", "--verify", "--store", store).exit_code == 0
    result = call("repair", "--store", store)
    assert result.exit_code == 0
    assert "the history are both complete. Nothing was changed." in result.stderr
    (store / "publications").rename(store / "elsewhere")
    result = call("repair", "--store", store)
    assert result.exit_code == 1
    assert "No complete publication was found" in result.stderr


def test_publications_are_removed_only_when_it_is_said_which(store: Path, good: Path) -> None:
    assert call("publish", good, "--store", store).exit_code == 0
    files = set((store / "publications").iterdir())
    assert call("prune", "--store", store).exit_code == 2
    assert call("prune", "--keep", "1", "--older-than", "3", "--store", store).exit_code == 2
    result = call("prune", "--keep", "1", "--dry-run", "--store", store)
    assert result.exit_code == 0
    assert "1 publication, 2 MB." in result.stdout
    assert set((store / "publications").iterdir()) == files
    result = call("prune", "--keep", "1", "--store", store)
    assert result.exit_code == 0
    assert "Publication 3 records that they were removed." in result.stdout
    assert len(set((store / "publications").iterdir())) == 1
    result = call("history", "--verify", "--store", store)
    assert result.exit_code == 0
    assert "Files removed on purpose: 1." in result.stdout
    result = call("revert", "1", "--store", store)
    assert result.exit_code == 1
    assert "The file of publication 1 was removed on purpose." in result.stderr
    assert call("prune", "--keep", "1", "--store", store).exit_code == 0


def test_a_damaged_pointer_is_reported_by_every_command(store: Path, good: Path) -> None:
    (store / "CURRENT").write_text("two")
    for arguments in (["history"], ["check", good], ["publish", good], ["revert", "1"]):
        result = call(*arguments, "--store", store)
        assert result.exit_code == 1
        assert "is missing or damaged (“two”)" in result.stderr


@pytest.mark.parametrize(
    "command", [("check",), ("publish",), ("import", "--set", "round=R2"), ("framework", "--from")]
)
def test_an_oscal_file_is_told_in_one_sentence(store: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    path = tmp_path / "results.json"
    path.write_text('{\n  "assessment-results": {"uuid": "x", "results": []}\n}', "utf-8")
    result = call(*command, path, *(() if "framework" in command else ("--store", store)))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == (
        "results.json: This is an OSCAL file, which is not read: send answers as a table or a workbook, and a standard "
        "as its workbook."
    )


def test_an_oscal_file_beside_tables_hinders_nothing(store: Path, good: Path) -> None:
    good.with_name("results.json").write_text('{"catalog": {}}', "utf-8")
    assert call("publish", good.parent, "--store", store).exit_code == 0


def test_a_path_that_does_not_exist_is_a_wrong_call(store: Path, tmp_path: Path) -> None:
    assert call("publish", tmp_path / "nowhere.csv", "--store", store).exit_code == 2


def test_a_missing_role_is_reported(store: Path, good: Path) -> None:
    result = call("publish", good, "--store", store, "--role", " ")
    assert result.exit_code == 1
    assert "Enter the role in which you do this." in result.stderr


def test_framework_to_workbook_and_back(tmp_path: Path, tiny: Path) -> None:
    book, into = tmp_path / "toy.xlsx", tmp_path / "frameworks"
    written = call("framework", tiny / "frameworks" / "toy", "--to-xlsx", book)
    assert (written.exit_code, written.stdout) == (0, f"Wrote {book}: 2 areas, 4 criteria, 2 links.\n")
    read = call("framework", "--from-xlsx", book, "--into", into)
    assert read.exit_code == 0
    assert read.stdout == f"Wrote {into / 'toy'}: 2 areas, 4 criteria, 2 links.\nNext: dashboard check {into}\n"
    again = call("framework", "--from-xlsx", book, "--into", into)
    assert again.stdout.startswith(f"{into / 'toy'} is already up to date: 2 areas, 4 criteria, 2 links. Nothing was")


@pytest.mark.parametrize("name", ["toy.yaml", "toy.json", "toy"])
def test_a_framework_is_written_as_a_workbook_only(tmp_path: Path, name: str) -> None:
    result = call("framework", SHIPPED["toy"] / "toy", "--to", tmp_path / name)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"{name}: “{Path(name).suffix or name}” is not a readable format. Expected: .xlsx.",
        "1 problem found, 1 serious.",
        "Nothing was written.",
    ]
    assert not (tmp_path / name).exists()


def test_framework_goes_into_the_folder_frameworks_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("framework", SHIPPED["toy"] / "toy", "--to-xlsx", "toy.xlsx").exit_code == 0
    assert call("framework", "--from-xlsx", "toy.xlsx").exit_code == 0
    assert (tmp_path / "frameworks" / "toy" / "framework.yaml").exists()


def test_a_wrong_workbook_is_reported_and_nothing_written(tmp_path: Path) -> None:
    pages = as_sheets(shipped("toy"))
    pages["criteria"][1][2] = "respekt"
    book = write_sheets(tmp_path / "toy.xlsx", pages)
    result = call("framework", "--from-xlsx", book, "--into", tmp_path / "frameworks")
    assert result.exit_code == 1
    assert result.stderr == (
        "toy.xlsx[criteria], row 2, kind: “respekt” is not valid here. "
        "Expected: Input should be 'respect' or 'support'. Did you mean respect?\n"
        "1 problem found, 1 serious.\nNothing was written.\n"
    )
    assert not (tmp_path / "frameworks").exists()


def test_the_same_mistake_in_many_rows_of_a_workbook_is_one_line(tmp_path: Path) -> None:
    pages = as_sheets(shipped("toy"))
    first = pages["criteria"][1]
    pages["criteria"] += [[first[0], f"T1.x{n}", *["" for _ in first[2:]]] for n in range(300)]
    result = call("framework", "--from-xlsx", write_sheets(tmp_path / "toy.xlsx", pages), "--into", tmp_path)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        *(
            f"toy.xlsx[criteria], row 6, {column}: The cell is empty, but a value is required. "
            "Also in rows 7, 8, 9, 10 and 295 more."
            for column in ("level", "text")
        ),
        "600 problems found, 600 serious.",
        "Nothing was written.",
    ]


@pytest.mark.thorough
def test_a_standard_that_is_there_is_replaced_when_forced(tmp_path: Path) -> None:
    pages, into = as_sheets(shipped("toy")), tmp_path / "frameworks"
    assert call("framework", "--from-xlsx", write_sheets(tmp_path / "a.xlsx", pages), "--into", into).exit_code == 0
    pages["areas"][1][2] = "Playing"
    book = write_sheets(tmp_path / "b.xlsx", pages)
    refused = call("framework", "--from-xlsx", book, "--into", into)
    assert refused.exit_code == 1
    assert "already exists (framework.yaml). Use --force to replace it" in refused.stderr
    forced = call("framework", "--from-xlsx", book, "--into", into, "--force")
    assert forced.exit_code == 0
    assert "The former files are kept as framework.yaml.before-1.\n" in forced.stdout


def test_the_template_is_written_once(tmp_path: Path) -> None:
    book = tmp_path / "new.xlsx"
    assert call("framework", "--template", book).stdout.startswith(f"Wrote the empty workbook {book}.")
    result = call("framework", "--template", book)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        1,
        "new.xlsx: A file of this name already exists. Use --force to replace it.",
    )


@pytest.mark.parametrize(
    "arguments", [[], ["--template", "a.xlsx", "--to-xlsx", "b.xlsx"], ["--to-xlsx", "b.xlsx"], ["."]]
)
def test_framework_does_one_thing(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("framework", *arguments)
    assert result.exit_code == 2
    assert "Give one of these: --template FILE, --from FILE, or a FOLDER with --to FILE." in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_machine_that_cannot_write_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = call("framework", "--template", tmp_path / "file" / "new.xlsx")
    assert result.exit_code == 1
    assert "The machine could not read or write" in result.stderr
    assert result.stderr.endswith("Nothing was written.\n")


def test_the_workbook_of_a_standard_among_tables_is_reported(tmp_path: Path, tiny: Path) -> None:
    book = tmp_path / "toy.xlsx"
    call("framework", tiny / "frameworks" / "toy", "--to-xlsx", book)
    result = call("check", tmp_path, "--store", tmp_path / "none")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{tmp_path.name}/toy.xlsx: This workbook contains a standard, not a table.")


# Sheets in another format.

FOREIGN = "Toys of Beland\nQuestion,Answer,Colour\nT1.a,Oui,red\nT1.b,perhaps,blue\n"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "beland.csv"
    path.write_text(FOREIGN)
    return path


@pytest.mark.thorough
def test_import_says_how_a_sheet_is_read_and_what_publishing_would_report(store: Path, foreign: Path) -> None:
    result = call("import", foreign, "--set", "round=R2", "--store", store)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "beland.csv: 2 rows of answers. The header is in row 2.",
        "  Round: always “Second round” – sure: it was specified",
        "  Operation: always “Toys of Beland” – likely: it appears in the title or in the file name",
        "  Criterion: column “Question” – sure: the name matches, and 100 % of its values fit",
        "  Status: column “Answer” – likely: the name matches, and 50 % of its values fit",
        "  Status: “perhaps” is not known – ▲ check this: nothing similar was found; if this is not changed, its rows "
        "are left out",
        "  Status: “Oui” is yes – likely: it means the same",
        "  not read: Colour",
        "What would change",
        "  Answers from Toys of Beland, Second round: 1 is changed, 1 row is left out.",
        "  1 row has empty cells where a value is published. Publishing removes that value, because a row replaces "
        "everything said before.",
        "  Only 1 of 2 rows of Second round would be published.",
        "2 rows read: 1 could be published, 1 would be left out.",
    ]
    assert "beland.csv, row 2, Colour: The column was not read" in result.stderr
    assert "beland.csv, row 4, Answer: “perhaps” is not on the scale." in result.stderr
    assert call("history", "--store", store).stdout.count("\n") == 1


@pytest.mark.thorough
def test_import_publishes_and_keeps_the_reading_for_the_next_sheet(store: Path, foreign: Path, tmp_path: Path) -> None:
    arguments = ("import", foreign, "--set", "round=R2", "--publish", "--accept", "--store", store)
    refused = call(*arguments, "--force", "--save-as", "Beland")
    assert refused.exit_code == 1
    assert "  Round: always “Second round”" in refused.stdout
    assert "Saved this mapping as “Beland”." in refused.stdout
    assert "beland.csv: This sheet is not in the dashboard’s own format, so it is published only" in refused.stderr
    assert call("history", "--store", store).stdout.count("\n") == 1
    first = call(*arguments, "--mapping", "Beland")
    assert first.exit_code == 0
    assert "Published as publication 2 (" in first.stdout
    again = call("import", foreign, "--store", store)
    assert "Mappings made for similar sheets: Beland. Use one with --mapping NAME." in again.stdout
    target = tmp_path / "long.csv"
    by_name = call("import", foreign, "--mapping", "Beland", "--to", target, "--store", store)
    assert by_name.exit_code == 0
    assert f"Wrote {target}: 2 rows." in by_name.stdout
    assert "Round: always “Second round” – sure: somebody decided this" in by_name.stdout
    assert target.read_text().splitlines()[1].startswith("R2,b-op,T1.a,yes,")


@pytest.mark.thorough
def test_what_import_writes_can_be_published_with_problems_in_their_words(
    store: Path, foreign: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out" / "long.csv"
    call("import", foreign, "--set", "round=R2", "--to", target, "--store", store)
    result = call("publish", target, "--store", store, "--accept")
    assert result.exit_code == 0
    assert result.stderr.startswith("beland.csv, row 4, Answer: “perhaps” is not on the scale.")


@pytest.mark.thorough
def test_import_replaces_no_file_unless_forced(store: Path, foreign: Path, tmp_path: Path) -> None:
    target = tmp_path / "long.csv"
    target.write_text("mine")
    arguments = ("import", foreign, "--set", "round=R2", "--to", target, "--store", store)
    refused = call(*arguments)
    assert refused.exit_code == 1
    assert "long.csv: A file of this name already exists." in refused.stderr
    assert target.read_text() == "mine"
    assert call(*arguments, "--force").exit_code == 0
    assert target.read_text() != "mine"


@pytest.mark.thorough
def test_import_publishes_no_doubtful_reading_unseen(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "beland.csv"
    path.write_text("Question,Answer,Status\nT1.a,yes,no\nT1.b,no,yes\n")
    arguments = ("import", path, "--set", "round=R2", "--store", store, "--publish")
    refused = call(*arguments)
    assert refused.exit_code == 1
    assert "beland.csv, status: It is not clear how to read this column (Answer would fit as well)." in refused.stderr
    assert call("history", "--store", store).stdout.count("\n") == 1
    assert call(*arguments, "--accept").exit_code == 1, "what is doubtful is no change"
    assert call(*arguments, "--force", "--accept").exit_code == 1, "nobody has compared it"
    call("import", path, "--set", "round=R2", "--store", store, "--force", "--save-as", "Beland")
    assert call(*arguments, "--mapping", "Beland", "--accept").exit_code == 0
    assert call("history", "--store", store).stdout.count("\n") == 2


def test_import_accepts_suggestions_and_one_reason_for_all_where_told_to(store: Path, tmp_path: Path) -> None:
    path, target = tmp_path / "beland.csv", tmp_path / "long.csv"
    path.write_text("Question,Answer\nT1.a,Yes*\nT1.b,N/A\n")
    arguments = ("import", path, "--set", "round=R2", "--to", target, "--force", "--store", store)
    assert "“Yes*” is perhaps yes – ▲ check this" in call(*arguments).stdout
    assert [line.split(",")[3:9] for line in target.read_text().splitlines()[1:]] == [
        ["Yes*", "", "", "", "", ""],
        ["na", "", "", "", "", ""],
    ]
    told = call(*arguments, "--suggested", "--set", "na_reason=Reason not stated")
    assert "Why not applicable: “Reason not stated” where an answer is not applicable and has no reason" in told.stdout
    assert [line.split(",")[3:9] for line in target.read_text().splitlines()[1:]] == [
        ["yes", "", "", "*", "", ""],
        ["na", "", "Reason not stated", "", "", ""],
    ]
    refused = call("import", path, "--set", "round=R2", "--publish", "--store", store)
    assert refused.exit_code == 1
    assert "beland.csv, na_reason: It is not clear how to read this column" in refused.stderr


def test_import_without_what_must_be_said_fails_and_changes_nothing(store: Path, foreign: Path, tmp_path: Path) -> None:
    result = call("import", foreign, "--publish", "--to", tmp_path / "x.csv", "--save-as", "x", "--store", store)
    assert result.exit_code == 1
    assert "beland.csv, round: Nothing in the sheet gives this value, and it is required." in result.stderr
    assert not (tmp_path / "x.csv").exists()
    assert (store / "mappings" / "x.yaml").exists(), "what was found out so far can be completed"
    assert call("history", "--store", store).stdout.count("\n") == 1


def test_import_lists_a_kind_once_and_ends_with_what_is_in_and_out(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "beland.csv"
    odd = [f"b-op,T1.a,{n}" for n in range(40)] + ["z-op,T1.a,yes"] * 60
    path.write_text("Operation,Question,Answer\n" + "\n".join(["b-op,T1.b,yes", "b-op,T2.a,no", *odd]) + "\n")
    arguments = ("import", path, "--set", "round=R2", "--store", store)
    told = call(*arguments)
    assert told.stdout.splitlines()[-1] == "102 rows read: 2 could be published, 100 would be left out."
    heads = [line for line in told.stderr.splitlines() if not line.startswith(" ")]
    assert heads == [
        "60 rows left out: an unknown operation",
        "40 rows left out: not on the scale",
        "Rows that are counted above have this problem too.",
    ]
    assert " Also in rows 45, 46, 47, 48 and 55 more." in told.stderr
    assert len(told.output.splitlines()) < 40
    published = call(*compared(store, path, "--set", "round=R2", "--force"), "--accept")
    assert published.stdout.splitlines()[-1] == "102 rows read: 2 published, 100 left out."


def test_import_does_not_say_that_nobody_answered_where_no_column_says_so(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "beland.csv"
    path.write_text("Question,Blorp\nT1.a,zz\nT1.b,zz\n")
    result = call("import", path, "--set", "round=R2", "--store", store)
    assert "beland.csv, status: Nothing in the sheet gives this value" in result.stderr
    assert "contain no answer" not in result.stderr
    assert result.stdout.splitlines()[-1] == "0 rows read: 0 could be published, 0 would be left out."


@pytest.fixture
def facets(tmp_path: Path) -> Path:
    """A sheet that answers each question twice."""
    path = tmp_path / "beland.csv"
    path.write_text("Question,Facet,Answer\nT1.a,Main,no\nT1.a,Extra,yes\nT1.b,Main,yes\nT1.b,Extra,no\n")
    return path


def test_import_does_not_let_the_order_of_rows_decide(store: Path, facets: Path) -> None:
    refused = call("import", facets, "--set", "round=R2", "--publish", "--store", store)
    assert refused.exit_code == 1
    assert "beland.csv, row 1, Facet: 4 rows answer the same question more than once" in refused.stderr
    assert call("history", "--store", store).stdout.count("\n") == 1


@pytest.mark.thorough
def test_import_picks_rows_and_remembers_which(store: Path, facets: Path, tmp_path: Path) -> None:
    extra = compared(store, facets, "--set", "round=R2", "--only", "Facet=Extra")
    picked = call(*extra, "--accept", "--to", tmp_path / "long.csv")
    assert picked.exit_code == 0
    assert picked.stdout.splitlines()[-1] == "2 rows read: 2 published, 0 left out."
    assert [line.split(",")[3] for line in (tmp_path / "long.csv").read_text().splitlines()[1:]] == ["yes", "no"]
    again = call("import", facets, "--mapping", "Compared", "--store", store)
    assert "Only rows in which “Facet” is “Extra” are read." in again.stdout


def test_import_reads_two_columns_together(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "beland.csv"
    path.write_text("Company,Land,Question,Part,Answer\nToys of,Beland,T1,a,yes\nToys of,Aland,T1,b,no\n")
    pairs = ("--together", "operation=Company+Land", "--together", "criterion=Question+Part")
    result = call("import", path, "--set", "round=R2", *pairs, "--to", tmp_path / "long.csv", "--store", store)
    assert result.exit_code == 0
    assert "  Operation: columns “Company” and “Land” together" in result.stdout
    rows = [line.split(",")[1:4] for line in (tmp_path / "long.csv").read_text().splitlines()[1:]]
    assert rows == [["b-op", "T1.a", "yes"], ["a-op", "T1.b", "no"]]


@pytest.mark.parametrize("wrong", [("--only", "Facet"), ("--together", "operation=Unit"), ("--together", "status=A+B")])
def test_import_says_how_rows_and_pairs_are_given(store: Path, foreign: Path, wrong: tuple[str, str]) -> None:
    result = call("import", foreign, *wrong, "--store", store)
    assert result.exit_code == 2
    assert f"{wrong[0]} takes COLUMN=" in result.stderr


def test_import_of_a_table_of_ours_points_to_publish(store: Path, good: Path) -> None:
    result = call("import", good, "--store", store)
    assert (result.exit_code, result.stdout) == (
        0, "good.csv is already in our format. Publish it with dashboard publish.\n",
    )  # fmt: skip
    result = call("import", good, "--publish", "--store", store)
    assert (result.exit_code, result.stderr) == (1, "Nothing was published.\n")


def test_import_reads_our_headings_with_other_words(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "beland.csv"
    path.write_text("Operation,Round,Criterion,Status\nToys of Beland,Second round,T1.a,Oui\nb-op,R2,T1.b,NO\n")
    result = call("import", path, "--to", tmp_path / "long.csv", "--store", store)
    assert result.exit_code == 0
    assert "Status: column “Status” – sure: the sheet has our headings" in result.stdout
    rows = [line.split(",")[:4] for line in (tmp_path / "long.csv").read_text().splitlines()[1:]]
    assert rows == [["R2", "b-op", "T1.a", "yes"], ["R2", "b-op", "T1.b", "no"]]


@pytest.mark.thorough
def test_import_by_a_mapping_that_is_not_there_or_does_not_fit_fails(
    store: Path, foreign: Path, tmp_path: Path
) -> None:
    result = call("import", foreign, "--mapping", "Nobody", "--store", store)
    assert result.exit_code == 1
    assert "There is no saved mapping named “Nobody”." in result.stderr
    call("import", foreign, "--set", "round=R2", "--save-as", "Beland", "--store", store)
    other = tmp_path / "other.csv"
    other.write_text("Question,Reply\nT1.a,Oui\n")
    result = call("import", other, "--mapping", "Beland", "--store", store)
    assert result.exit_code == 1
    assert "other.csv, Answer: The column is missing." in result.stderr


@pytest.fixture
def world(tmp_path: Path) -> Path:
    path = tmp_path / "world.csv"
    names = ("Norvège", "Example Gabon", "Northern Cyprus", "Nobody")
    rows = [f"{name},2031,T1.a,Yes" for name in names]
    path.write_text("\n".join(["Country,Year,Question,Answer", *rows]))
    return path


def test_import_asks_about_new_names_and_writes_their_lists(store: Path, world: Path, tmp_path: Path) -> None:
    result = call("import", world, "--store", store, "--lists", tmp_path / "new")
    told = result.stdout.splitlines()
    first = told.index("2 names are not known yet. To take them as new, use --new:")
    assert told[first + 1 : first + 5] == [
        "  “Norvège”: a new operation in Norway (NOR), which is a new country",
        "  “2031”: a new round, 2031",
        "1 name contains the name of a country. Check whether it lies there. To take it as new as well, use "
        "--new --suggested:",
        "  ▲ “Example Gabon”: perhaps a new operation in Gabon (GAB), which would be a new country",
    ]
    assert "row 2, Country: “Norvège” is not an operation" in result.stderr
    countries = (tmp_path / "new" / "countries.csv").read_text().splitlines()
    assert countries == ["country,title,region,formerly", "NOR,Norvège,,"]
    operations = (tmp_path / "new" / "operations.csv").read_text().splitlines()
    assert operations[2:] == [
        "example-gabon,,Example Gabon,operation,,,,,,,,,",
        "northern-cyprus,,Northern Cyprus,operation,,,,,,,,,",
        "nobody,,Nobody,operation,,,,,,,,,",
    ]
    again = call("import", world, "--store", store, "--lists", tmp_path / "new")
    assert again.exit_code == 1
    assert "countries.csv" in again.stderr


def test_import_publishes_new_names_only_if_they_are_taken(store: Path, world: Path) -> None:
    result = call(*compared(store, world), "--new", "--accept")
    assert result.exit_code == 0, result.stderr
    assert "2 names are taken as new:\n  “Norvège”: a new operation in Norway (NOR)" in result.stdout
    assert "▲ “Example Gabon”: perhaps a new operation in Gabon (GAB)" in result.stdout
    assert result.stdout.splitlines()[-1] == "4 rows read: 1 published, 3 left out."
    assert all(name in result.stderr for name in ("Example Gabon", "Northern Cyprus", "Nobody"))
    assert "Norvège" not in result.stderr


@pytest.mark.thorough
def test_import_takes_new_names_step_by_step(store: Path, world: Path) -> None:
    suggested = call("import", world, "--store", store, "--suggested", "--publish")
    assert "row 2, Country: “Norvège” is not an operation" in suggested.stderr
    taken = compared(store, world)
    assert call(*taken, "--new", "--accept").exit_code == 0
    both = call(*taken, "--new", "--suggested", "--accept")
    assert "1 name is taken as new:\n  “Example Gabon”: a new operation in Gabon (GAB)" in both.stdout
    assert both.stdout.splitlines()[-1] == "4 rows read: 2 published, 2 left out."
    assert "Northern Cyprus" in both.stderr
    assert "not known yet" not in call("import", world, "--store", store).stdout


@pytest.mark.parametrize("setting", ["round", "round=", "colour=red", "=R2"])
def test_import_sets_only_columns_of_ours(store: Path, foreign: Path, setting: str) -> None:
    result = call("import", foreign, "--set", setting, "--store", store)
    assert result.exit_code == 2
    assert "--set takes COLUMN=VALUE" in result.stderr


def test_import_of_what_cannot_be_read_is_reported(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "noise.xlsx"
    path.write_bytes(b"no book")
    result = call("import", path, "--store", store)
    assert result.exit_code == 1
    assert result.stderr.startswith("noise.xlsx: The name ends in .xlsx, but the file holds plain text")


def test_import_without_a_store_knows_no_names(tmp_path: Path, foreign: Path) -> None:
    result = call("import", foreign, "--store", tmp_path / "none")
    assert result.exit_code == 1
    assert "Nothing in the sheet gives this value" in result.stderr


@pytest.mark.thorough
def test_template_writes_the_workbook_of_an_operation_and_says_what_it_holds(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "out" / "toys.xlsx"
    written = call("template", "--operation", "a-op", "--round", "R2", "--to", path, "--store", store)
    assert (written.exit_code, written.stderr) == (0, "")
    assert written.stdout == f"Wrote {path}: 3 questions on 1 sheet. Its sheet “Read me” explains how to fill it in.\n"
    assert call("check", path, "--store", store).stdout == f"No problems found in {path}.\n"
    again = call("template", "--operation", "a-op", "--round", "R2", "--to", path, "--store", store)
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr.startswith("toys.xlsx: A file of this name already exists.")
    assert (
        call("template", "--operation", "a-op", "--round", "R2", "--to", path, "--store", store, "--force").exit_code
        == 0
    )


def test_template_is_named_by_operation_and_round(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("template", "--operation", "a-op", "--round", "R2", "--store", store).exit_code == 0
    assert (tmp_path / "a-op-R2.xlsx").is_file()


@pytest.mark.parametrize(
    ("operation", "round_", "said"),
    [
        (
            "a-opp",
            "R2",
            "--operation: “a-opp” is not an operation. Expected: a-op, a2-op, b-op, toy-hq. Did you mean a-op?",
        ),
        ("a-op", "R22", "--round: “R22” is not a round. Expected: R1, R2. Did you mean R2?"),
        ("b-op", "R1", "--round: There are no questions for “b-op” in this round. Expected: R2."),
    ],
)
def test_template_reports_what_it_does_not_know(
    operation: str, round_: str, said: str, store: Path, tmp_path: Path
) -> None:
    path = tmp_path / "toys.xlsx"
    result = call("template", "--operation", operation, "--round", round_, "--to", path, "--store", store)
    assert (result.exit_code, path.exists()) == (1, False)
    assert result.stderr.splitlines() == [said, "1 problem found, 1 serious.", "Nothing was written."]


@pytest.mark.thorough
def test_template_speaks_a_further_language_and_is_read_back(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sw.yaml").write_text("language: {name: Kiswahili}\nevidence: {seen: Imeonekana}\n")
    path, asked = tmp_path / "toys.xlsx", ("template", "--operation", "a-op", "--round", "R2", "--store", store)
    result = call(*asked, "--to", path, "--language", "sw")
    assert (result.exit_code, path.exists()) == (1, False)
    assert result.stderr.startswith("--language: There are no texts in the language “sw”. Expected: en, ")
    monkeypatch.setenv("DASHBOARD_WORDS", str(tmp_path))
    assert call(*asked, "--to", path, "--language", "sw").exit_code == 0
    sheets = cells_of(path.read_bytes())
    assert any("Imeonekana" in row for cells in sheets.values() for row in cells), "a word to choose"
    (cells,) = (cells for cells in sheets.values() if any(row[0] == "T1.a" for row in cells))
    fill(cells, "T1.a", status="yes", evidence="Imeonekana")
    write(path, sheets)
    monkeypatch.delenv("DASHBOARD_WORDS")
    checked = call("check", path, "--store", store)
    assert (checked.exit_code, checked.stderr) == (0, "")


def test_template_without_a_publication_or_room_to_write_says_so(store: Path, tmp_path: Path) -> None:
    nothing = call("template", "--operation", "a-op", "--round", "R2", "--store", tmp_path / "none")
    assert nothing.exit_code == 1
    assert "This folder does not exist, so nothing is published in it." in nothing.stderr
    (tmp_path / "file").write_text("")
    path = tmp_path / "file" / "toys.xlsx"
    result = call("template", "--operation", "a-op", "--round", "R2", "--to", path, "--store", store)
    assert result.exit_code == 1
    assert "The machine could not read or write" in result.stderr


@pytest.mark.thorough
def test_a_round_is_closed_and_reopened_and_the_history_says_so(store: Path, tmp_path: Path) -> None:
    closed = call("close", "R1", "--accept", "--role", "programme lead", "--why", "it is over", "--store", store)
    assert (closed.exit_code, closed.stderr) == (0, "")
    assert closed.stdout == "Publication 2 closes round R1: its answers and ratings can no longer change.\n"
    path = tmp_path / "late.csv"
    path.write_text("round,operation,criterion,status\nR1,a-op,T1.a,yes\n")
    late = call("check", path, "--store", store)
    assert (late.exit_code, "Round “R1” is closed, and this would change" in late.stderr) == (1, True)
    again = call("close", "R1", "--store", store)
    assert (again.exit_code, "Round “R1” is already closed." in again.stderr) == (1, True)
    assert call("reopen", "R1", "--store", store).stdout == "Publication 3 reopens round R1.\n"
    assert call("check", path, "--store", store).exit_code == 0
    steps = call("history", "--store", store).stdout.splitlines()
    assert "reopened round R1" in steps[0]
    assert "closed round R1" in steps[1]
    assert steps[1].endswith("by programme lead: it is over")
    assert "published" in steps[2]


def test_a_load_is_summed_up(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = [f"R{1 + n % 2},{op},T1.a,yes," for n, op in enumerate(["a-op", "a2-op", "toy-hq"])]
    rows += ["R2,b-op,T1.a,na,"] * 2 + [f"R9,a-op,T1.a,yes,{n}" for n in range(1500)] + ["R1,a-op", ",,,,"]
    path.write_text("round,operation,criterion,status,note\n" + "\n".join(rows) + "\n")
    lines = call("publish", path, "--store", store, "--accept").stdout.splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith("Published as publication 2 ("))
    assert re.fullmatch(r"3 rows imported, in 2 rounds and 3 operations; \d+\.\d s\.", lines[begin + 1])
    assert lines[begin + 2 :] == [
        "1,500 rows left out: an unknown round",
        "2 rows left out: no reason given",
        "1 row left out: not the same number of cells as the header",
    ]


def test_rows_of_a_workbook_that_cannot_be_read_are_summed_up_too(store: Path, tmp_path: Path) -> None:
    sheets = filled_in(store)
    fill(sheets["Toy makers"], "T1.a", status="Perhaps")
    fill(sheets["Toy makers"], "T2.a", status="Perhaps")
    lines = call("publish", write(tmp_path / "a.xlsx", sheets), "--store", store, "--accept").stdout.splitlines()
    assert lines[-1] == "2 rows left out: not on the scale"


def test_every_reason_why_a_row_stays_out_has_its_words() -> None:
    asked = "\n".join(sql(name) for group in ("masters", "facts", "plan") for name in checks(group))
    kinds = set(re.findall(r"SELECT '(\w+)', '\w+',|SELECT '(\w+)', form", asked))
    noticed = {"nothing_expected"}
    assert {one or other for one, other in kinds} - noticed <= {
        key.removeprefix("left_out.") for key in read_words().texts if key.startswith("left_out.")
    }


@pytest.mark.thorough
@pytest.mark.parametrize("command", ["check", "import"])
def test_what_is_past_a_limit_is_reported_and_an_option_raises_it(store: Path, tmp_path: Path, command: str) -> None:
    path = tmp_path / "x.csv"
    head = "round,operation,criterion,status" if command == "check" else "Question,Operation,Round,Answer"
    rows = ["R2,b-op,T1.a,yes", "R2,b-op,T1.b,no"] if command == "check" else ["T1.a,b-op,R2,yes", "T1.b,b-op,R2,no"]
    path.write_text("\n".join([head, *rows]))
    result = call(command, path, "--store", store, "--max-rows", 1)
    assert result.exit_code == 1
    assert "x.csv: The table has 2 rows, more than can be read here. Expected: at most 1 rows" in result.stderr
    assert "--max-rows" in result.stderr
    result = call(command, path, "--store", store, "--max-memory", 50)
    assert result.exit_code == 1
    assert "x.csv: Reading the file takes more memory than allowed" in result.stderr
    result = call(command, path, "--store", store, "--max-rows", 2)
    assert result.exit_code == 0, result.output


def test_template_writes_the_form_for_phones(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    written = call("template", "--round", "R2", "--as", "xlsform", "--to", path, "--store", store)
    assert (written.exit_code, written.stderr) == (0, "")
    assert written.stdout.startswith(f"Wrote {path}: 3 questions for 3 operations. Upload it to ODK Central")
    given = ("--round", "R2", "--operation", "a-op", "--as", "xlsform", "--all", "--to", path, "--force")
    one = call("template", *given, "--store", store)
    assert one.stdout.startswith(f"Wrote {path}: 3 questions for 1 operation.")


def test_template_says_that_nothing_is_left_to_ask(store: Path, tmp_path: Path) -> None:
    given = ("template", "--round", "R2", "--operation", "toy-hq", "--as", "xlsform", "--store", store)
    result = call(*given, "--to", tmp_path / "form.xlsx")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("--round: Nothing is left to answer in “R2”. With --all")


@pytest.mark.parametrize("more", [(), ("--operation", "a-op", "--all")])
def test_a_workbook_is_for_one_operation_and_holds_everything(store: Path, more: tuple[str, ...]) -> None:
    result = call("template", "--round", "R2", *more, "--store", store)
    assert result.exit_code == 2
    assert "only a form can be written: --as xlsform." in result.stderr


def test_tokens_are_made_listed_and_revoked(store: Path, tmp_path: Path) -> None:
    none = ("--store", tmp_path / "none")
    assert call("token", "new", "report", *none).exit_code == 1, "nothing is published yet"
    at = ("--store", store)
    made = call("token", "new", "report", "--grant", "viewer@operation:b-op", "--days", 7, *at)
    assert made.exit_code == 0
    text = made.stdout.strip()
    assert "never used" in call("token", "list", *at).output
    found = holder(store, text, time.time())
    assert found is not None
    assert list(map(str, found.grants)) == ["viewer@operation:b-op"]
    listed = call("token", "list", *at).output
    assert "viewer@operation:b-op" in listed
    assert text not in listed
    assert f"last used {date.today()}" in listed, "it was tried above"
    for wrong in (["--grant", "owner"], ["--grant", "viewer@operation:nowhere"], ["--grant", "admin"], ["--days", 366]):
        refused = call("token", "new", "report", *wrong, *at)
        assert refused.exit_code in (1, 2)
        assert not refused.stdout.strip()
    id_ = listed.split()[0]
    assert call("token", "revoke", id_, *at).exit_code == 0
    assert holder(store, text, time.time()) is None
    assert call("token", "revoke", id_, *at).exit_code == 1
    assert "no tokens" in call("token", "list", *at).output


def test_a_shown_name_is_forgotten(store: Path) -> None:
    subject = "https://id.example|7"
    set_name(store, subject, "Ama B.")
    forgotten = call("people", "forget", subject, "--store", store)
    assert (forgotten.exit_code, "No name is shown" in forgotten.output) == (0, True)
    assert shown_names(store) == {subject: ""}, "so that it stays away"
    (store / "people" / "names.json").write_text("[", "utf-8")
    refused = call("people", "forget", subject, "--store", store)
    assert refused.exit_code == 1, "a damaged list is not replaced by an empty one"


def test_what_is_owed_is_written_as_a_table_or_as_messages(store: Path, tmp_path: Path) -> None:
    assert call("owed", "--store", tmp_path / "none").exit_code == 1, "nothing is published yet"
    at = ("--store", store)
    table = call("owed", *at)
    assert table.exit_code == 0
    rows = list(csv.DictReader(table.stdout.lstrip("\ufeff").splitlines()))
    assert rows
    assert all(int(row["n_left"]) + int(row["n_back"]) for row in rows)
    assert call("owed", "-o", tmp_path / "owed.csv", *at).exit_code == 0
    assert (tmp_path / "owed.csv").read_text("utf-8-sig") == table.stdout.lstrip("\ufeff")
    written = call("owed", "--format", "eml", "-o", tmp_path / "mail", "--url", "https://board.example.org/", *at)
    assert written.exit_code == 0
    messages = {
        path.stem: message_from_bytes(path.read_bytes(), policy=default) for path in (tmp_path / "mail").iterdir()
    }
    assert set(messages) == {row["operation"] for row in rows}
    for operation, message in messages.items():
        assert f"https://board.example.org/collect?part=answer&operation={operation}&" in message.get_content()
    assert call("owed", "--format", "eml", *at).exit_code == 2, "no folder"
    assert call("owed", "--round", "R9", *at).exit_code == 1
