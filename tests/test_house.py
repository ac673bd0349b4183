"""Is the house easy to survey? No folder of code is too full, and a task has the same name on every floor."""

import re
from collections import Counter

from tests.conftest import ROOT

MOST = 25
"""The most code files in one folder; content and fixtures are exempt."""
UI = ROOT / "src" / "dashboard" / "ui"
ROOMS = {path.name for path in UI.iterdir() if path.is_dir()} - {"server"}


def test_no_folder_has_too_many_files() -> None:
    files = (
        path for top in ("src", "pages", "tests") for path in (ROOT / top).rglob("*") if path.suffix in (".py", ".sql")
    )
    full = {folder: n for folder, n in Counter(path.parent.relative_to(ROOT) for path in files).items() if n > MOST}
    assert not full


def test_questions_are_in_the_rooms_of_the_pages_that_ask_them() -> None:
    queries = ROOT / "src/dashboard/queries"
    rooms = {path.relative_to(queries).parts[0] for path in queries.rglob("*.sql")}
    # The command line, too, asks the questions that fill a workbook.
    assert rooms - {"workbook"} <= ROOMS


def test_no_sql_file_is_too_long() -> None:
    """Except the sums, in a subset that other engines read, and the tables themselves."""
    files = [path for path in (ROOT / "src").rglob("*.sql") if path.name not in ("scoring.sql", "schema.sql")]
    lines = {path.name: path.read_text("utf-8").count("\n") for path in files}
    assert {name: n for name, n in lines.items() if n > 75} == {}


def test_sql_is_laid_out_like_python() -> None:
    """No line over 120 characters, no tab, nothing after a line, indents of four, and one line end at the end."""
    unlike = []
    for path in (ROOT / "src").rglob("*.sql"):
        text = path.read_text("utf-8")
        unlike += [] if text.endswith("\n") and not text.endswith("\n\n") else [f"{path.name}: end"]
        for n, line in enumerate(text.splitlines(), 1):
            indent = len(line) - len(line.lstrip())
            if len(line) > 120 or "\t" in line or line != line.rstrip() or (indent % 4 and "--" not in line):
                unlike.append(f"{path.name}:{n}")
    assert unlike == []


def test_every_list_that_is_gathered_has_an_order() -> None:
    """Two processors would gather it now so, now so, and what is made twice would not be the same."""
    gathers = re.compile(r"(?<![\w.])(?:list|array_agg|string_agg)\(")
    loose = []
    for path in (ROOT / "src").rglob("*.sql"):
        text = path.read_text("utf-8")
        for found in gathers.finditer(text):
            depth, end = 1, found.end()
            while depth:
                depth += {"(": 1, ")": -1}.get(text[end], 0)
                end += 1
            if "ORDER BY" not in text[found.end() : end]:
                loose.append(f"{path.name}: {text[found.start() : end]}")
    assert loose == []
