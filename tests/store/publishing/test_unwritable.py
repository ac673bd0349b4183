"""Is what no document can hold taken out of everything that comes in, and told with file, row and column?"""

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from dashboard.loading import staging
from dashboard.loading.ciso_assistant import read_any_standard
from dashboard.loading.yaml_file import read_words
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.records import Draft
from dashboard.model.workbook import question_name
from dashboard.store.locking import Writer
from dashboard.store.publishing.library_tables import stored_library
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.publishing.save_rows import save_rows
from dashboard.store.reader import Published, Reader
from tests.books import fill, filled_in, write
from tests.conftest import TINY, TODAY, WRITER
from tests.loading.exchange.test_standards import LIBRARY
from tests.loading.exchange.test_submissions import kobo_csv
from tests.phones import made_from
from tests.store.publishing.test_actions import NEW, stored

HEAD = ["action", "operation", "text", "owner_role", "due_on", "criterion", "round"]
ROW = ["A-001", "a-op\x02", "Blunt\x0b\x0cit\x01", " \x03Maker", "2026-05-01", "T1.a", "R2"]
LEFT = {"operation": "a-op", "text": "Blunt it", "owner_role": "Maker"}
OUT = {"operation": "U+0002", "text": "U+0001, U+000B, U+000C", "owner_role": "U+0003"}


def as_csv_file(path: Path) -> Path:
    with (path / "actions.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEAD, ROW])
    return path / "actions.csv"


def as_parquet(path: Path) -> Path:
    parquet.write_table(
        pa.table({name: [cell] for name, cell in zip(HEAD, ROW, strict=True)}), path / "actions.parquet"
    )
    return path / "actions.parquet"


def as_xlsx(path: Path) -> Path:
    return write(path / "actions.xlsx", {"actions": [HEAD, ROW]})


def published(store: Path, *paths: Path) -> tuple[Problem, ...]:
    outcome = publish(Load(store, paths, WRITER, TODAY))
    assert outcome.revision is not None, outcome.problems
    return outcome.problems


def told(problems: tuple[Problem, ...]) -> list[tuple[str, int | None, str | None, str | None, str | None]]:
    assert {problem.weight for problem in problems if problem.kind == "unwritable"} <= {Weight.NOTE}
    return [(p.file, p.row, p.column, p.value, p.expected) for p in problems if p.kind == "unwritable"]


@pytest.mark.parametrize("written", [as_csv_file, as_parquet, as_xlsx])
def test_every_table_loses_them_and_names_their_cells(
    written: Callable[[Path], Path], store: Path, tmp_path: Path
) -> None:
    file = written(tmp_path)
    problems = published(store, file)
    place = f"{file.name}[actions]" if file.suffix == ".xlsx" else file.name
    assert told(problems) == [(place, 2, column, LEFT[column], OUT[column]) for column in LEFT]
    action = stored(store)["A-001"]
    assert {name: getattr(action, name) for name in LEFT} == LEFT
    assert sentence(problems[0], read_words()) == (
        f"{place}, row 2, operation: “a-op” contained a character that no document can hold, so it was removed. "
        "Removed: U+0002."
    )


def test_so_does_what_is_typed_on_a_page(store: Path, writer: Writer) -> None:
    typed = replace(NEW, text="Blunt\ufffe it", owner_role="Maker\uffff")
    outcome = save_rows(store, [Draft(None, typed)], writer, TODAY)
    assert [found[2:] for found in told(outcome.problems)] == [
        ("text", "Blunt it", "U+FFFE"),
        ("owner_role", "Maker", "U+FFFF"),
    ]
    assert stored(store)["A-001"] == replace(NEW, action="A-001", expected_status="yes")


def test_so_does_the_workbook_of_an_operation(store: Path, tmp_path: Path) -> None:
    sheets = filled_in(store)
    title = next(title for title, rows in sheets.items() if any(row and row[0] == "T2.a" for row in rows))
    fill(sheets[title], "T2.a", status="Yes", note="Seen\x07 twice")
    problems = published(store, write(tmp_path / "book.xlsx", sheets))
    ((file, row, column, value, out),) = told(problems)
    assert (file, column, value, out) == (f"book.xlsx[{title}]", "Note", "Seen twice", "U+0007")
    assert sheets[title][(row or 0) - 1][0] == "T2.a"


def test_so_does_what_phones_send(store: Path, tmp_path: Path) -> None:
    sent = {question_name("status", "T2.a"): "yes", question_name("note", "T2.a"): "Seen\ufffe"}
    ((_, row, column, value, out),) = told(published(store, kobo_csv(made_from(store, "a-op"), [sent], tmp_path)))
    assert (row, (column or "").rpartition("/")[2], value, out) == (
        2, question_name("note", "T2.a"), "Seen", "U+FFFE",
    )  # fmt: skip


@pytest.fixture
def frameworks(tmp_path: Path) -> Path:
    """The toy standard, whose words hold such characters as YAML escapes, and guidance that holds one."""
    root = Path(shutil.copytree(TINY / "frameworks", tmp_path / "frameworks"))
    yaml_file, advice = root / "toy" / "framework.yaml", root / "guidance" / "G-file-edges.md"
    lines = yaml_file.read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines) if line.startswith("title: "))
    lines[number] = 'title: "Toy\\ufffe \\ud800standard"'
    yaml_file.write_text("\n".join(lines), "utf-8")
    advice.write_text(advice.read_text("utf-8").replace("Toys leave", "Toys\x02 leave"), "utf-8")
    return root


def test_so_do_standards_and_guidance(frameworks: Path, tmp_path: Path) -> None:
    with (frameworks / "toy" / "framework.yaml").open(encoding="utf-8") as stream:
        row = next(number for number, line in enumerate(stream, 1) if line.startswith("title: "))
    problems = published(tmp_path / "new", frameworks)
    assert [(file, at, column, out) for file, at, column, _, out in told(problems)] == [
        ("frameworks/toy/framework.yaml", row, "title", "U+D800, U+FFFE"),
        ("frameworks/guidance/G-file-edges.md", 16, "situation", "U+0002"),
    ]
    found = Reader(tmp_path / "new").current()
    assert isinstance(found, Published)
    with found.connection as connection:
        library = stored_library(connection)
    assert library.frameworks[0].title == "Toy standard"
    assert library.guidance[0].situation.startswith("Toys leave")


def test_so_does_a_standard_from_elsewhere(tmp_path: Path) -> None:
    text = LIBRARY.read_text("utf-8")
    changed = text.replace("    name: Rules for shops\n", '    name: "A\\uFFFE title"\n', 1)
    assert changed != text
    (tmp_path / "library.yaml").write_text(changed, "utf-8")
    read, problems = read_any_standard(tmp_path / "library.yaml", "library.yaml")
    assert read is not None
    assert read.standard.framework.title == "A title"
    ((file, _, column, value, _),) = (one for one in told(tuple(problems)) if one[4] == "U+FFFE")
    assert (file, column, value) == ("library.yaml", "objects.framework.name", "A title")


def test_a_cell_of_nothing_else_is_empty_and_many_are_counted(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "MOST_UNWRITABLE", 2)
    rows = [[f"A-00{number}", "a-op", f"Do {number}\x02", "\x03", "2026-05-01", "T1.a", "R2"] for number in range(1, 6)]
    with (tmp_path / "actions.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEAD, *rows])
    problems = published(store, tmp_path / "actions.csv")
    assert [(p.kind, p.row, p.column, p.value) for p in problems] == [
        ("unwritable", 2, "text", "Do 1"),
        ("unwritable", 3, "text", "Do 2"),
        ("and_more", None, "text", "3"),
        ("unwritable", 2, "owner_role", ""),
        ("unwritable", 3, "owner_role", ""),
        ("and_more", None, "owner_role", "3"),
    ]
    assert [(action.text, action.owner_role) for _, action in sorted(stored(store).items())] == [
        (f"Do {number}", "") for number in range(1, 6)
    ]


def test_the_rows_of_a_file_that_cannot_be_read_to_its_end_are_not_named(store: Path, tmp_path: Path) -> None:
    write(tmp_path / "b.xlsx", {"actions": [HEAD, ROW], "more": [[name for name in HEAD if name != "text"], ROW[1:]]})
    problems = check(store, [as_csv_file(tmp_path), tmp_path / "b.xlsx"], TODAY)
    assert [problem.kind for problem in problems if problem.weight is Weight.FILE] == ["missing_column"]
    assert {file for file, *_ in told(problems)} == {"actions.csv"}


def test_everything_else_stays_as_it_was(store: Path, tmp_path: Path) -> None:
    text = "Ünïcode \ufdd0\U0001fffe שלום\ttab “quoted” \\ 'x' é\u0301 \u200bunseen\x7f"
    with (tmp_path / "actions.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEAD, ["A-001", "a-op", text, *ROW[3:]]])
    assert [found[2] for found in told(published(store, tmp_path / "actions.csv"))] == ["owner_role"]
    assert stored(store)["A-001"].text == text
