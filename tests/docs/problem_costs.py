"""What does the code say a problem costs? Read from the checks in SQL, and from every Problem that a load can make."""

import ast
import re
from collections.abc import Iterable, Iterator

from dashboard.loading.yaml_file import read_words
from dashboard.model.records import RECORDS
from dashboard.store.publishing.load_checks import IN_A_STEP
from dashboard.store.record_columns import checks_of
from tests.conftest import ROOT

SOURCE = ROOT / "src" / "dashboard"
OF_A_LOAD = (
    *(f"loading/{name}.py" for name in ("process_limits", "sandbox", "file_contents", "staging", "table_files")),
    *(f"loading/{name}.py" for name in ("yaml_file", "frameworks", "references", "library", "criterion_weights")),
    *(f"loading/{name}.py" for name in ("framework_checks", "framework_versions", "submissions")),
    *(f"loading/workbook_{name}.py" for name in ("words", "sheets", "rows")),
    "loading/mapping",
    *(f"store/publishing/{name}.py" for name in ("apply_load", "load", "load_checks")),
    *(f"store/publishing/{name}.py" for name in ("staged_workbooks", "workbook_merge")),
    *(f"tasks/{name}.py" for name in ("import_sheet", "sheet_reading")),
)
"""The modules that read files, check rows and merge them with what is published."""
MADE_BY = {"Problem": "row", "beyond": "file", "problem": "file", "_problem": "file", "_of_change": "file"}
"""Functions that make a problem of the kind in their first argument, and its default cost."""
CHECKS = {"found": "row", "noticed": "note"}
"""The table that a check in SQL writes to, and the cost."""
SELECTED = SOURCE / "store" / "load" / "lists" / "renamed.sql"
"""A question whose rows become notes of the kind that each names."""
NO_KIND = {"and_more", "and_others", "expected", "hint"}
"""Sentences under `problem` that count further rows, or are part of other sentences."""


def costs_of_a_load() -> dict[str, set[str]]:
    """By kind of problem: `file`, `row` or `note`; several if it depends on what was imported."""
    kinds = {key.removeprefix("problem.") for key in read_words().texts if key.startswith("problem.")} - NO_KIND
    costs: dict[str, set[str]] = {}
    for kind, cost in (*_in_python(kinds), *_in_sql(kinds), *((kind, "note") for kind in IN_A_STEP.values())):
        if kind in kinds:
            costs.setdefault(kind, set()).add(cost)
    return costs


def _in_sql(kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
    statements = "".join(statement for record in RECORDS.values() for statement in checks_of(record))
    yield from ((kind, "row") for kind in kinds if f"'{kind}'" in statements)
    for path in (SOURCE / "store" / "checks").rglob("*.sql"):
        text = path.read_text("utf-8")
        (table,) = set(re.findall(r"INSERT INTO (\w+)", text))
        yield from ((kind, CHECKS[table]) for kind in kinds if f"'{kind}'" in text)
    text = SELECTED.read_text("utf-8")
    yield from ((kind, "note") for kind in kinds if f"'{kind}'" in text)


def _in_python(kinds: set[str]) -> Iterator[tuple[str, str]]:
    for place in OF_A_LOAD:
        path = SOURCE / place
        for module in path.rglob("*.py") if path.is_dir() else [path]:
            yield from _made(ast.parse(module.read_text("utf-8")), kinds)


def _made(module: ast.Module, kinds: set[str]) -> Iterator[tuple[str, str]]:
    """The kinds that one module makes. A call that is passed its kind may make every kind that no other call names."""
    constants = dict(_constants(module))
    direct: set[tuple[str, str]] = set()
    given: set[str] = set()
    named: set[str] = set()
    for function in (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)):
        texts = (node.value for node in ast.walk(function) if isinstance(node, ast.Constant))
        named |= {text for text in texts if isinstance(text, str) and text in kinds}
        for maker, call in _calls(function):
            costs, kind = _costs(maker, call, function), call.args[0]
            text = constants.get(kind.id) if isinstance(kind, ast.Name) else getattr(kind, "value", None)
            if isinstance(text, str):
                direct |= {(text, cost) for cost in costs}
            else:
                given |= costs
    yield from direct
    yield from ((kind, cost) for kind in named - {kind for kind, _ in direct} for cost in given)


def _constants(module: ast.Module) -> Iterator[tuple[str, object]]:
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)):
                yield name, value


def _calls(function: ast.FunctionDef) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Name(id=maker) | ast.Attribute(attr=maker), args=[_, *_]) if maker in MADE_BY:
                yield maker, node


def _costs(maker: str, call: ast.Call, function: ast.FunctionDef) -> set[str]:
    """The costs that one call gives; empty if a check in SQL already gave them (`Weight(weight)`)."""
    if direct := _weights(call):
        return direct
    if any(isinstance(node, ast.Name) and node.id == "Weight" for node in ast.walk(call)):
        return set()
    by_variable = any(keyword.arg == "weight" for keyword in call.keywords)
    return _weights(function) if by_variable else {MADE_BY[maker]}


def _weights(node: ast.AST) -> set[str]:
    """Every weight named in it, such as `Weight.ROW`."""
    found = set()
    for part in ast.walk(node):
        match part:
            case ast.Attribute(value=ast.Name(id="Weight"), attr=name):
                found.add(name.lower())
    return found
