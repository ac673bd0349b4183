"""How large is the code base, and how strongly coupled? Counted in any two revisions, side by side.

    python -m benchmarks.house BEFORE AFTER

A room is a folder of a floor with code in it. An arrow goes from one thing to another that a file in it imports,
however often.
"""

import ast
import io
import subprocess
import sys
import tempfile
import tokenize
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.sections import table, with_section

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
TITLE = "The house"
TOP = ("src", "pages", "tests")
CODE = (".py", ".sql")
QUIET = (
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER,
    tokenize.ENCODING,
)  # fmt: skip
"""What stands on no line of its own."""


def files_a_folder(tree: Path) -> Counter[Path]:
    """Count the code files in each folder of the program, its pages and its tests."""
    found = (path for top in TOP for path in (tree / top).rglob("*.*") if path.suffix in CODE)
    return Counter(path.parent.relative_to(tree) for path in found)


def _modules(tree: Path) -> dict[str, Path]:
    source = tree / "src"
    return {
        ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (source / "dashboard").rglob("*.py")
    }


def _imports(path: Path, modules: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in modules else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _ties(tree: Path) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield every import within the program: the places of the importing and the imported file, below the package."""
    modules, package = _modules(tree), tree / "src" / "dashboard"
    place = {module: path.relative_to(package).with_suffix("").parts for module, path in modules.items()}
    for module, path in modules.items():
        yield from ((place[module], place[other]) for other in _imports(path, modules) if other in place)


def arrows_of_floors(tree: Path) -> int:
    """Count the pairs of floors, or of modules beside them, between which something is imported."""
    return len({(of[0], to[0]) for of, to in _ties(tree)} - {(of[0], of[0]) for of, _ in _ties(tree)})


def side_by_side(floor: str) -> Callable[[Path], int]:
    """Count the rooms, and the modules in none, on a floor."""
    return lambda tree: sum(
        (path.suffix == ".py" and path.stem != "__init__") or any(path.rglob("*.py"))
        for path in (tree / "src" / "dashboard" / floor).iterdir()
    )


def arrows_on(floor: str) -> Callable[[Path], int]:
    """Count the pairs of those between which something is imported."""

    def count(tree: Path) -> int:
        ties = ((of, to) for of, to in _ties(tree) if of[0] == to[0] == floor and min(len(of), len(to)) > 1)
        return len({(of[1], to[1]) for of, to in ties if of[1] != to[1]})

    return count


def loose_modules(tree: Path) -> int:
    """Count the modules beside the floors."""
    return sum(path.stem not in ("__init__", "__main__") for path in (tree / "src" / "dashboard").glob("*.py"))


def words_of(tree: Path, name: str) -> int:
    """Count the words of a document."""
    return len((tree / name).read_text("utf-8").split())


def _longest(tree: Path) -> int:
    return max(
        len(path.read_text("utf-8").splitlines()) for top in (*TOP, "data") for path in (tree / top).rglob("*.py")
    )


def sources(tree: Path) -> list[ast.Module]:
    """Parse every module of the program."""
    return [ast.parse(path.read_text("utf-8")) for path in sorted((tree / "src").rglob("*.py"))]


def code_lines(path: Path, counts: tuple[type[ast.stmt], ...] = ()) -> int:
    """Count the lines of code of a module that statements of some kinds take, of all kinds if there are none.

    Neither blank lines nor comments nor texts that stand alone, such as docstrings, are code.
    """
    text = path.read_text("utf-8")
    kept, said = set[int](), set[int]()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, counts):
            kept |= set(range(node.lineno, (node.end_lineno or 0) + 1))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            said |= set(range(node.lineno, (node.end_lineno or 0) + 1))
    code = {
        line
        for one in tokenize.generate_tokens(io.StringIO(text).readline)
        if one.type not in QUIET
        for line in range(one.start[0], one.end[0] + 1)
    }
    return len(((code & kept) if counts else code) - said)


def lines_of(tree: Path, *counts: type[ast.stmt]) -> int:
    """Count them in the whole program."""
    return sum(code_lines(path, counts) for path in (tree / "src").rglob("*.py"))


def imports_of_code(tree: Path) -> str:
    """Return the share of imports among the lines of code."""
    imported = lines_of(tree, ast.Import, ast.ImportFrom)
    return f"{imported / lines_of(tree):.1%}"


def functions(tree: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function and method."""
    return [
        node
        for module in sources(tree)
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def share(counts: Callable[[ast.FunctionDef | ast.AsyncFunctionDef], bool]) -> Callable[[Path], str]:
    """Return a count of the share of functions of which something holds."""

    def count(tree: Path) -> str:
        every = functions(tree)
        return f"{sum(map(counts, every)) / len(every):.1%}"

    return count


def is_long(one: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function has more than 25 lines."""
    return (one.end_lineno or 0) - one.lineno + 1 > 25


def is_told(one: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function has a docstring."""
    return ast.get_docstring(one) is not None


def questions(tree: Path) -> int:
    """Count the modules whose first line is a question."""
    firsts = ((ast.get_docstring(module) or "").partition("\n")[0] for module in sources(tree))
    return sum("?" in first for first in firsts)


def twice(tree: Path) -> int:
    """Count the names that several public classes have."""
    names = Counter(
        node.name
        for module in sources(tree)
        for node in module.body
        if isinstance(node, ast.ClassDef) and node.name[0] != "_"
    )
    return sum(n > 1 for n in names.values())


LINES: dict[str, Callable[[Path], object]] = {
    "modules of the program": lambda tree: len(list((tree / "src").rglob("*.py"))),
    "its lines of code without imports": lambda tree: lines_of(tree) - lines_of(tree, ast.Import, ast.ImportFrom),
    "imports among its lines of code": imports_of_code,
    "functions of more than 25 lines": share(is_long),
    "functions with a docstring": share(is_told),
    "modules that begin with a question": questions,
    "names of several public classes": twice,
    "files of code": lambda tree: sum(files_a_folder(tree).values()),
    "folders with code": lambda tree: len(files_a_folder(tree)),
    "files in the fullest folder": lambda tree: max(files_a_folder(tree).values()),
    "folders with more than 25 files": lambda tree: sum(n > 25 for n in files_a_folder(tree).values()),
    "modules outside the floors": loose_modules,
    "arrows between floors": arrows_of_floors,
    **{
        f"{what} {floor}": count(floor)
        for floor in ("ui", "store", "loading", "model")
        for what, count in (
            ("rooms and loose modules side by side in", side_by_side),
            ("arrows between those of", arrows_on),
        )
    },
    "lines in the longest Python file": _longest,
    "words in CONTRIBUTING": lambda tree: words_of(tree, "CONTRIBUTING.md"),
}


def measure(revisions: tuple[str, str]) -> list[list[object]]:
    """Return each line, counted in both revisions."""
    columns = []
    for revision in revisions:
        with tempfile.TemporaryDirectory() as folder:
            packed = subprocess.run(["git", "-C", ROOT, "archive", revision], check=True, capture_output=True).stdout
            subprocess.run(["tar", "-x", "-C", folder], input=packed, check=True)
            columns.append([count(Path(folder)) for count in LINES.values()])
    return [[name, *figures] for name, figures in zip(LINES, zip(*columns, strict=True), strict=True)]


def main(before: str, after: str) -> None:
    """Write the section of RESULTS.md."""
    names = [
        subprocess.run(
            ["git", "-C", ROOT, "rev-parse", "--short", r], check=True, capture_output=True, text=True
        ).stdout
        for r in (before, after)
    ]
    text = table(["", *(name.strip() for name in names)], measure((before, after)))
    RESULTS.write_text(with_section(RESULTS.read_text("utf-8"), TITLE, text), "utf-8")
    print(text)


if __name__ == "__main__":
    main(*sys.argv[1:3])
