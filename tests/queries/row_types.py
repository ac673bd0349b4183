"""How are the types of rows written in Python? `make rows` writes a file per room, and one that knows them all."""

import sys
from collections.abc import Iterator, Mapping, Set
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reading.reader import Published, Reader
from tests.conftest import ROOT, TINY, TODAY, WRITER
from tests.queries.declared import in_capitals, room_of, row_name
from tests.queries.descriptions import NULL_TOO, Description, described
from tests.queries.emptied import emptied

QUERIES = ROOT / "src" / "dashboard" / "queries"
MADE = "Made by `make rows`, never by hand."
LONGEST_LINE = 120
NAMED = {
    pa.string(): "str",
    pa.dictionary(pa.int32(), pa.string()): "str",
    pa.bool_(): "bool",
    pa.int16(): "int",
    pa.int32(): "int",
    pa.int64(): "int",
    pa.float64(): "float",
    pa.date32(): "date",
}
"""Types of DuckDB as Arrow delivers them, and what a row holds for each."""


def files(found: Mapping[str, Description]) -> dict[Path, str]:
    """Every generated file, by path."""
    made = {}
    for room, names in groupby(sorted(found, key=lambda name: (room_of(name), name)), room_of):
        made[QUERIES / room / "rows.py"] = _room({name: found[name] for name in names})
    return made | {QUERIES / "rows.py": _asking(sorted(found))}


def _room(found: Mapping[str, Description]) -> str:
    classes = [made for name, description in found.items() for made in _classes(name, description)]
    dates = "from datetime import date\n" if any(": date" in made for made in classes) else ""
    head = f'"""What do the rows of these questions hold, as DuckDB describes them? {MADE}"""\n\n'
    return f"{head}{dates}from typing import TypedDict\n\n\n" + "\n\n".join(classes)


def _classes(question: str, description: Description) -> Iterator[str]:
    """The class of a row, after those of the rows nested in it."""
    inner: dict[str, pa.StructType] = {}
    nulls = description.nulls.union(NULL_TOO.get(question, ()))
    columns = list(_fields(question, "", description.columns, nulls, inner))
    for place, parts in list(inner.items()):
        types = {part.name: part.type for part in parts}
        fields = list(_fields(question, f"{place}.", types, nulls, inner))
        said = f"One of the `{place.removesuffix('[]')}` in a row of `{question}`."
        yield _class(_inner_name(question, place), said, fields)
    yield _class(row_name(question), f"A row of `{question}`.", columns)


def _fields(
    question: str, above: str, types: Mapping[str, pa.DataType], nulls: Set[str], inner: dict[str, pa.StructType]
) -> Iterator[str]:
    for name, type_ in types.items():
        yield f"    {name}: {_type(question, above + name, type_, nulls, inner)}\n"


def _class(name: str, said: str, lines: list[str]) -> str:
    return f'class {name}(TypedDict):\n    """{said}"""\n\n{"".join(lines)}'


def _type(question: str, place: str, type_: pa.DataType, nulls: Set[str], inner: dict[str, pa.StructType]) -> str:
    """The type of one place in a row; nested rows found there are added to `inner`."""
    if pa.types.is_list(type_):
        text = f"list[{_type(question, f'{place}[]', type_.value_type, nulls, inner)}]"
    elif pa.types.is_struct(type_):
        inner[place] = type_
        text = _inner_name(question, place)
    else:
        text = NAMED[type_]
    return f"{text} | None" if place in nulls else text


def _inner_name(question: str, place: str) -> str:
    return in_capitals(f"{question}_{place.replace('[]', '').replace('.', '_')}")


def _asking(names: list[str]) -> str:
    """The protocol for asking a question by name, with one overload per question."""
    rooms = sorted({room_of(name) for name in names})
    lines = [
        f'"""What does a question give back? Its name says it. {MADE}"""\n',
        "from collections.abc import Mapping",
        "from typing import Literal, Protocol, overload\n",
        *(f"from dashboard.queries.{room} import rows as {room}" for room in rooms),
        "from dashboard.store.reading.reader import Published\n",
        "Given = Mapping[str, object]\n\n",
        "class AskRows(Protocol):",
        '    """Asks a question by its name, of a publication, with at least the parameters that it names."""\n',
        *(_overload(f'Literal["{name}"]', f"list[{room_of(name)}.{row_name(name)}]") for name in names),
    ]
    return "\n".join(lines) + "\n"


def _overload(name: str, answer: str) -> str:
    """One overload, wrapped if it would be too long for a line."""
    given = f"self, published: Published, name: {name}, given: Given, /"
    line = f"    def __call__({given}) -> {answer}: ..."
    if len(line) > LONGEST_LINE:
        line = f"    def __call__(\n        {given}\n    ) -> {answer}: ..."
    return f"    @overload\n{line}"


def publications(folder: Path) -> list[Published]:
    """The sample with everything optional emptied, and the toy group, made in a folder."""
    found = []
    for name, folders in (("sample", [ROOT / "frameworks", ROOT / "data"]), ("tiny", [TINY])):
        publish(Load(folder / name, folders, WRITER, TODAY))
        published = Reader(folder / name).current()
        assert published is not None
        found.append(published)
    sample, tiny = found
    return [emptied(sample, folder / "emptied.duckdb"), tiny]


def main() -> int:
    """Write every file."""
    with TemporaryDirectory() as folder:
        for path, text in files(described(publications(Path(folder)))).items():
            path.write_text(text, "utf-8")
            print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
