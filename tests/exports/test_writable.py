"""Does a document say everything that it is given, but for what it cannot hold, whatever the publication holds?"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree
from zipfile import ZipFile

import pyarrow as pa
import pytest

from dashboard.exports.handouts import outcome_workbook
from dashboard.exports.marked_workbook import marked_workbook
from dashboard.exports.table_workbook import write_workbook
from dashboard.exports.writable import given_writable
from dashboard.model.problem import Problem, Weight
from dashboard.model.sheet_cells import SheetGrid
from dashboard.model.vote import RoomOutcome, Section
from dashboard.model.words import Words
from tests.conftest import ROOT

ODD, HALF = "a\x02\x0bb\ufffe\uffffc", "\ud800"
EXPORTS = ROOT / "src" / "dashboard" / "exports"
MAKES = re.compile(r"xlsxwriter\.Workbook|Document|Deck|drawer\.svg|typst\.compile")
"""The calls that begin a document, a workbook or a drawing."""


@dataclass(frozen=True)
class Value:
    text: str
    weight: Weight
    table: pa.Table


@given_writable
def same(*given: object, **named: object) -> tuple[object, ...]:
    return (*given, named)


def test_every_text_is_found_and_everything_else_stays(words: Words) -> None:
    table = pa.table({"n": [1, None], "text": [ODD, None], "texts": [[ODD], []], "of": [{"a": ODD}, None]})
    given = Value(ODD, Weight.NOTE, table)
    value, listed, told, named = same(given, [ODD, ("x", 1.5, None)], words, more={ODD: HALF + ODD})
    assert isinstance(value, Value)
    assert (value.text, value.weight) == ("a bc", Weight.NOTE)
    assert value.weight is Weight.NOTE
    assert value.table.schema == table.schema
    assert value.table.to_pylist() == [
        {"n": 1, "text": "a bc", "texts": ["a bc"], "of": {"a": "a bc"}},
        {"n": None, "text": None, "texts": [], "of": None},
    ]
    assert (listed, named) == (["a bc", ("x", 1.5, None)], {"more": {"a bc": "a bc"}})
    assert told is words


def made(function: ast.FunctionDef) -> Iterator[str]:
    """What a function begins to make."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and MAKES.fullmatch(ast.unparse(node.func)):
            yield ast.unparse(node.func)


def test_whatever_begins_a_document_is_given_only_what_it_can_write() -> None:
    found = [
        (path.relative_to(EXPORTS).as_posix(), function.name, [ast.unparse(one) for one in function.decorator_list])
        for path in EXPORTS.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef) and any(made(function))
    ]
    assert len(found) == 12
    assert [(path, name) for path, name, by in found if "given_writable" not in by] == []


def table() -> bytes:
    """A workbook whose rows are written one after the other."""
    with TemporaryDirectory() as folder:
        path, schema = Path(folder) / "table.xlsx", pa.schema([("text", pa.string())])
        write_workbook(path, (ODD, "About"), schema, iter([(ODD,), ([ODD],)]), [(ODD,), (ODD, "x", "y")])
        return path.read_bytes()


@pytest.mark.parametrize(
    "make",
    [
        lambda words: table(),
        lambda words: outcome_workbook(RoomOutcome(HALF + ODD, (ODD,), *[Section(ODD, (ODD,), ((ODD,),), ODD)] * 5)),
        lambda words: marked_workbook([SheetGrid(f"a.xlsx[{ODD}]", ODD, ((ODD,), (1,)), ((ODD,), ("1",)))], [
            Problem("bad_value", f"a.xlsx[{ODD}]", 2, ODD, ODD)], words),
    ],
    ids=["table", "outcome", "marked"],
)  # fmt: skip
def test_a_workbook_is_whole(make: object, words: Words) -> None:
    content = make(words)  # type: ignore[operator]
    with ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(parts.read(name))  # noqa: S314
        cells = [name for name in parts.namelist() if name.startswith(("xl/sharedStrings", "xl/worksheets/sheet"))]
        texts = b"".join(map(parts.read, cells))
        assert b"a bc" in texts
        assert not re.search(rb"_x[0-9A-F]{4}_", texts)
