"""Is the house easy to survey? No folder of code is too full, and a task has the same name on every floor."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

from benchmarks.house import code_lines

from dashboard.model.pages import PAGES
from tests.conftest import ROOT

MOST = 25
"""The most code files in one folder; content and fixtures are exempt."""
SOURCE = ROOT / "src"
MOST_LINES = {
    "__init__.py": 10, "__main__.py": 70, "charts": 2240, "commands": 1450, "exports": 3400,
    "figures": 2430, "loading": 5960, "model": 3780, "queries": 4620, "store": 5230, "tasks": 3060, "ui": 3380,
    "ui/collect": 2410, "ui/compare": 1740, "ui/country": 780, "ui/data": 870, "ui/editing": 690, "ui/elements":
    2080, "ui/frame": 1210, "ui/plan": 1200, "ui/present": 1300, "ui/server": 1270, "ui/standards": 890,
    "ui/versions": 710,
}  # fmt: skip
"""About a twentieth more than each has, imports included."""
SMALL = 60
"""Lines below which a module is too small to stand beside its only user."""
UI = ROOT / "src" / "dashboard" / "ui"
ROOMS = {path.name for path in UI.iterdir() if path.is_dir()} - {"server"}
ROOMS |= {path.stem.partition("_")[0] for path in UI.glob("*_*.py")} & set(PAGES)
"""Folders, and pages whose modules lie beside these and begin with the name of the page."""


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module of the program, parsed."""
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


def test_no_folder_has_too_many_files() -> None:
    files = (
        path for top in ("src", "pages", "tests") for path in (ROOT / top).rglob("*") if path.suffix in (".py", ".sql")
    )
    full = {folder: n for folder, n in Counter(path.parent.relative_to(ROOT) for path in files).items() if n > MOST}
    assert not full


def test_every_module_says_what_it_is_or_does() -> None:
    """In one line, not as a question: the first lines are the index of the program."""
    firsts = {path: (ast.get_docstring(tree) or "").partition("\n")[0] for path, tree in modules().items()}
    assert {path.as_posix(): line for path, line in firsts.items() if not line or "?" in line} == {}


def test_no_two_public_classes_have_the_same_name() -> None:
    found = Counter(
        node.name
        for tree in modules().values()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, n in found.items() if n > 1] == []


def test_a_small_module_of_a_single_user_in_its_folder_is_part_of_it() -> None:
    """A module is what somebody would look for; what only its neighbour needs, nobody looks for alone."""
    users: dict[str, set[Path]] = {}
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                    users.setdefault(name, set()).add(path)
    alone = []
    for path in modules():
        name = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        of = users.get(name, set())
        short = len(path.read_text("utf-8").splitlines()) < SMALL and path.stem not in ("__init__", "__main__")
        if short and len(of) == 1 and next(iter(of)).parent == path.parent:
            alone.append(name)
    assert alone == []


def test_no_part_of_the_program_grows_unnoticed() -> None:
    """Lines of code of each floor, and of each room of the pages. Raising one is a line here: growth is a choice."""
    package = SOURCE / "dashboard"
    found: Counter[str] = Counter()
    for path in modules():
        parts = path.relative_to(package).parts if path.is_relative_to(package) else ("browser",)
        found["/".join(parts[:2]) if parts[0] == "ui" and len(parts) > 2 else parts[0]] += code_lines(path)
    over = {name: n for name, n in found.items() if n > MOST_LINES.get(name, 0)}
    assert over == {}


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
