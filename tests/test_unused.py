"""Is anything kept that nothing uses: tables, macros, statements, rules of style, modules, public names, fixtures?

Sentences and keys of the session are counted where they are declared: `tests/ui/test_words.py`, `test_session_keys.py`.
"""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dashboard.__main__ import FILE_OF
from dashboard.queries.question import folded
from tests.conftest import ROOT

SOURCE = ROOT / "src" / "dashboard"
PYTHON = sorted([*SOURCE.rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py", ROOT / "room.py"])
OTHERS = sorted(
    path for name in ("tests", "benchmarks", "data", "deploy", "docs") for path in (ROOT / name).rglob("*.py")
)
SQL = sorted(path for path in SOURCE.rglob("*.sql") if path.parent.name != "upgrades")
STYLE = sorted(SOURCE.rglob("*.css"))
STREAMLIT = re.compile(r"^st-|^st[A-Z]|^row-widget")
"""Classes that Streamlit gives its own elements; those of our keys are checked by the name of the key."""
SHORTEST = 4
"""Letters that a name which is put together must have in common with its parts."""
MADE = re.compile(r"CREATE(?: OR REPLACE)?(?: TEMP)? (?:TABLE|VIEW|MACRO)(?: IF NOT EXISTS)? (?:memory\.main\.)?(\w+)")


def text_of(paths: Iterable[Path]) -> str:
    return "\n".join(path.read_text("utf-8") for path in paths)


@dataclass
class Found:
    """What the tests below ask about one file."""

    strings: list[str] = field(default_factory=list)
    put_together: list[list[str]] = field(default_factory=list)
    """The parts of each text that is put together, empty for a value."""
    imported: set[str] = field(default_factory=set)
    public: list[str] = field(default_factory=list)
    fixtures: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    """Names of arguments, and fixtures asked for by name."""


@cache
def found_in(path: Path) -> Found:
    """Read a file once for all tests; the tree is not kept, it is large."""
    found, tree = Found(), ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                found.strings.append(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else "" for part in node.values]
            found.put_together.append(parts)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.imported |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            found.imported |= {one.name for one in node.names}
        elif isinstance(node, ast.FunctionDef):
            found.asked |= {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
            if any(_is_fixture(one) for one in node.decorator_list):
                found.fixtures.append(node.name)
        elif isinstance(node, ast.Call) and _name(node) in ("usefixtures", "getfixturevalue"):
            found.asked |= {str(one.value) for one in node.args if isinstance(one, ast.Constant)}
    for node in tree.body:
        # A command is looked up by its name.
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not any(isinstance(one, ast.Call) and _name(one).endswith("command") for one in node.decorator_list)
        ):
            found.public.append(node.name)
    return found


def _name(called: ast.expr) -> str:
    """The last part of the name of what is called or named."""
    named = called.func if isinstance(called, ast.Call) else called
    return named.attr if isinstance(named, ast.Attribute) else named.id if isinstance(named, ast.Name) else ""


def _is_fixture(decorator: ast.expr) -> bool:
    """Is it a fixture that somebody must ask for?"""
    given = decorator.keywords if isinstance(decorator, ast.Call) else []
    return _name(decorator) == "fixture" and all(one.arg != "autouse" for one in given)


@cache
def names() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The words of all texts of the program, and patterns of those that are put together from parts."""
    whole, patterns = set(), []
    for found in map(found_in, PYTHON):
        whole |= {word for text in found.strings for word in re.findall(r"[\w-]+", text)}
        for parts in found.put_together:
            if len("".join(parts)) >= SHORTEST and " " not in "".join(parts):
                patterns.append(re.compile(".+".join(re.escape(part) for part in ("", *parts, "") if part) + ".*"))
                patterns.append(re.compile("".join(re.escape(part) or ".+" for part in parts)))
    return frozenset(whole), tuple(patterns)


def is_named(name: str, before: str = "") -> bool:
    whole, patterns = names()
    return name in whole or any(one.fullmatch(said) for one in patterns for said in {name, f"{before}{name}"})


def test_every_table_view_and_macro_is_read() -> None:
    """A statement names it after FROM, JOIN or a comma, or calls it, or Python names it."""
    sql = re.sub(r"--[^\n]*", "", text_of(SQL))
    sql = MADE.sub("", sql)
    asked = r"\b(?:FROM|JOIN|USING|TABLE)\s+(?:\w+\.)*{0}\b|,\s*{0}\b(?!\s*\()|\b{0}\("
    made = sorted(set(MADE.findall(text_of(SQL))))
    assert [one for one in made if not re.search(asked.format(one), sql) and not is_named(one)] == []


def test_every_file_of_statements_is_run() -> None:
    """By its name, or with its folder: checks are listed, and questions are asked by name."""
    unused = [
        path.relative_to(SOURCE).as_posix()
        for path in SQL
        if path.parent.parent.name != "checks"
        and "queries" not in path.parts
        and not is_named(path.stem, f"{path.parent.relative_to(SOURCE / path.relative_to(SOURCE).parts[0])}/")
    ]
    assert unused == []


def test_every_class_that_a_rule_of_style_names_is_drawn() -> None:
    script, python = text_of(SOURCE.rglob("*.js")), text_of(PYTHON)
    unused = set()
    for path in STYLE:
        text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        for name in re.findall(r"\.(-?[A-Za-z_][\w-]*)", " ".join(re.findall(r"([^{}]+)\{", text))):
            key = name.removeprefix("st-key-")
            theirs = key == name and STREAMLIT.match(name)
            put_together = f"{key.rpartition('_')[0]}_{{" in python
            if not (theirs or put_together or is_named(key) or re.search(rf"\b{re.escape(key)}\b", script)):
                unused.add(f"{path.name}: .{name}")
    assert unused == set()


def test_every_module_is_imported() -> None:
    """Commands are loaded by name, folded questions with their room; a process is named by its module or file."""
    read = [found_in(path) for path in [*PYTHON, *OTHERS]]
    named = {name for found in read for name in (*found.imported, *found.strings)}
    named |= set(re.findall(r"-m (dashboard[\w.]+)", (ROOT / "Makefile").read_text("utf-8")))
    named |= {f"dashboard.commands.{file}" for file in FILE_OF.values()} | {"dashboard.__main__"}
    named |= {question.answer.__module__ for question in folded().values()}
    modules = {".".join(path.relative_to(SOURCE.parent).with_suffix("").parts) for path in SOURCE.rglob("*.py")}
    named |= {one for one in modules if is_named(one) or f"{one.rpartition('.')[2]}.py" in named}
    unused = [one for one in modules - named if not one.endswith("__init__")]
    assert unused == []


def test_every_public_name_of_a_module_is_used() -> None:
    """By another line of the program: what only a test needs is not kept."""
    public = {(path, name) for path in SOURCE.rglob("*.py") for name in found_in(path).public}
    words: dict[str, int] = {}
    for path in PYTHON:
        for word in re.findall(r"\w+", path.read_text("utf-8")):
            words[word] = words.get(word, 0) + 1
    assert sorted(f"{path.relative_to(SOURCE)}: {name}" for path, name in public if words[name] < 2) == []


def test_every_fixture_is_asked_for() -> None:
    tests = {path: found_in(path) for path in sorted((ROOT / "tests").rglob("*.py"))}
    asked = {name for found in tests.values() for name in found.asked}
    assert sorted(f"{path.name}: {name}" for path, found in tests.items() for name in set(found.fixtures) - asked) == []
