"""What does `dashboard pack` write and print, and with which exit code?"""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.__main__ import main
from dashboard.commands import export
from dashboard.loading.yaml_file import read_words
from dashboard.model.words import Words
from tests.conftest import rest_thorough
from tests.tasks.packs.artefacts import said_in

STEPS = "steps:\n- {page: heatmap, title: One view, text: A sentence.}\n"
SEVEN = ("tcd-op", "cod-op", "gha-op", "rwa-op", "sen-op", "tza-op", "bol-op")


def call(store: Path, *arguments: object) -> Result:
    result = CliRunner().invoke(main, ["pack", "--store", str(store), *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.outside
def test_a_list_of_views_becomes_files_and_a_list_again_in_any_folder(
    sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Path(os.path.relpath(sample_store))
    Path("views.yaml").write_text(STEPS)
    files = ("-o", "a.html", "-o", "b.xlsx", "-o", "c.docx")
    result = call(store, "--views", "views.yaml", *files, "--list", "list.yaml", "--country", "GHA")
    assert result.exit_code == 0, result.output
    assert result.stdout.count("Wrote ") == 3
    assert "Ghana" in Path("a.html").read_text("utf-8")
    assert Path("b.xlsx").read_bytes().startswith(b"PK")
    assert Path("c.docx").read_bytes().startswith(b"PK")
    again = call(store, "--views", "list.yaml", "-o", "d.html")
    assert again.exit_code == 0, again.output
    assert read_words()("pack.moved_nothing") in Path("d.html").read_text("utf-8")


@pytest.mark.outside
@pytest.mark.parametrize("kinds", rest_thorough([(("docx", "xlsx"),), (("pptx", "html", "pdf"),)]), ids=" ".join)
def test_a_view_of_seven_subjects_shows_six_and_every_file_names_the_last(
    sample_store: Path, tmp_path: Path, words: Words, kinds: tuple[str, ...]
) -> None:
    views = tmp_path / "views.yaml"
    views.write_text(f"steps:\n- {{page: compare, view: {{subject: [{', '.join(SEVEN)}]}}, title: A, text: B.}}\n")
    targets = {kind: tmp_path / f"a.{kind}" for kind in kinds}
    result = call(sample_store, "--views", views, *(part for path in targets.values() for part in ("-o", path)))
    assert result.exit_code == 0, result.output
    left = words("problem.too_many", value="Bolivia")
    for kind in targets.keys() - {"pdf"}:
        told = said_in(kind, targets[kind].read_bytes(), words)
        assert [text for text in told if left in text], kind
        assert not [text for text in told if "link" in text and left in text], kind


@pytest.mark.outside
@pytest.mark.thorough
def test_of_seven_subjects_typed_the_last_is_named(sample_store: Path, tmp_path: Path, words: Words) -> None:
    views = tmp_path / "views.yaml"
    views.write_text(f"steps:\n- {{page: compare, view: {{subject: [{', '.join(SEVEN)}]}}, title: A, text: B.}}\n")
    typed = ",".join(SEVEN[::-1])
    result = call(sample_store, "--views", views, "-o", tmp_path / "b.html", "--subject", typed)
    assert result.exit_code == 0, result.output
    assert f"--subject: {words('problem.too_many', value='tcd-op')}" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.pptx"], "command.pack_one_of"),
        (["--audience", "board", "--tour", "executive", "-o", "a.pptx"], "command.pack_one_of"),
        (["--audience", "board", "-o", "a.pptx", "--safe", "--list", "l.yaml"], "command.pack_list_safe"),
        (["--audience", "board", "-o", "a.odp"], "command.not_written"),
        (["--audience", "board", "-o", "a.pptx", "--country", "QQQ"], "command.not_written"),
        (["--tour", "executives", "-o", "a.pptx"], "command.not_written"),
        (["--audience", "board", "-o", "a.pptx", "--template", "README.md"], "command.not_written"),
    ],
)
def test_a_wrong_command_makes_nothing_and_says_why(sample_store: Path, arguments: list[str], said: str) -> None:
    result = call(sample_store, *arguments)
    assert result.exit_code == 2
    assert read_words()(said) in result.stderr
    assert not Path("a.pptx").exists()


def test_a_file_that_is_no_list_is_refused(sample_store: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "views.yaml"
    wrong.write_text("steps:\n- {page: nowhere, title: One, text: A sentence.}\n")
    result = call(sample_store, "--views", wrong, "-o", tmp_path / "a.pptx")
    assert result.exit_code == 2
    assert "views.yaml, row 2" in result.stderr


def test_without_typst_a_pdf_is_refused(sample_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "can_print", lambda: False)
    result = call(sample_store, "--audience", "board", "-o", "a.pdf")
    assert result.exit_code == 2
    assert "Packages for servers" in result.stderr
