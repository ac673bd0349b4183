"""Answers questions, the one way to the published numbers: by its name, as an Arrow table; a typed one, as rows.

All rows of a long question can be read part by part: memory then depends on the size of a part, not on the number of
answers. What is folded, masked or imagined is held as a whole: what is withheld of one row may depend on the others.
See docs/decisions/0015-questions.md.
"""

import json
import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.figures.imagined import answers_of, cube_of
from dashboard.figures.selection import Asked, wording_of
from dashboard.model.deployment import happened
from dashboard.model.pages import FRONT
from dashboard.queries.question import Question, Row, folded
from dashboard.queries.withhold import for_a_room, zero_nulls
from dashboard.store.cache import MOST_ANSWERS, MOST_BYTES, Cache
from dashboard.store.reader import Published
from dashboard.store.sql import ASKED, COMMENT, filled, sql

_run = threading.local()


def spent(part: str, seconds: float) -> None:
    """Add time to a part of the run: `queries`, `charts` or `total`."""
    parts: dict[str, float] = getattr(_run, "parts", None) or {}
    parts[part] = parts.get(part, 0.0) + seconds
    _run.parts = parts


def finish(page: str) -> None:
    """End the run: tell how long it took, and write the milliseconds of each part if a file is configured."""
    parts: dict[str, float] = getattr(_run, "parts", None) or {}
    _run.parts = {}
    happened("run", page=page or FRONT, seconds=round(parts.get("total", 0.0), 6))
    target = os.environ.get("DASHBOARD_TIMING_FILE")
    if target:
        line = {"page": page} | {part: round(seconds * 1000, 3) for part, seconds in parts.items()}
        with Path(target).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line) + "\n")


MADE = re.compile(r"CREATE OR REPLACE (?:VIEW|MACRO) (\w+)(.*?;)\s*(?=CREATE|\Z)", re.DOTALL)
"""A view or macro that questions use: its name, and the rest of it."""

AS_ROWS = 12
"""How many times as many bytes rows take in Python as in their table, about."""

_askers = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="ask")

Value = str | int | float | bool | Iterable[str] | object


@cache
def questions() -> Mapping[str, Traversable]:
    """Every question in SQL by name, in any room's folder; those in `beside` serve folded questions."""
    rooms = [room for room in files("dashboard.queries").iterdir() if room.is_dir()]
    folders = [*rooms, *(beside for room in rooms if (beside := room / "beside").is_dir())]
    return {
        file.name.removesuffix(".sql"): file
        for folder in folders
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    }


@cache
def names() -> tuple[str, ...]:
    """The name of every question, whether SQL or folded."""
    return tuple(sorted({*questions(), *folded()}))


@cache
def question(name: str) -> str:
    """The text of one question, as an analyst could run it in the DuckDB shell. Raises KeyError if there is none."""
    return filled(questions()[name].read_text("utf-8"))


@cache
def statement(name: str) -> duckdb.Statement:
    """One question, parsed once."""
    (parsed,) = duckdb.extract_statements(question(name))
    return parsed


@cache
def parameter_names(name: str) -> frozenset[str]:
    """The named parameters of one question."""
    if name not in folded():
        return frozenset(statement(name).named_parameters)
    return frozenset(("counting", *folded()[name].parameters)).union(*map(parameter_names, folded()[name].beside))


@cache
def reads_answers(name: str) -> bool:
    """Whether a question in SQL reads single answers or their reviews, directly or through a view or macro."""
    return bool({"answer", *_readers()} & _names_in(question(name)))


@cache
def _readers() -> frozenset[str]:
    """The views and macros that read single answers."""
    bodies = dict(made for text in map(sql, ASKED) for made in MADE.findall(COMMENT.sub("", text)))
    found = {"answer"}
    while more := {name for name, body in bodies.items() if found & _names_in(body)} - found:
        found |= more
    return frozenset(found)


def _names_in(text: str) -> set[str]:
    return set(re.findall(r"\w+", COMMENT.sub("", text)))


def parameters(name: str, given: Mapping[str, Value]) -> dict[str, Value]:
    """The given values that the question needs. Raises KeyError if one is missing."""
    return {key: list(v) if isinstance(v := given[key], tuple) else v for key in sorted(parameter_names(name))}


def ask(published: Published, name: str, given: Mapping[str, Value]) -> pa.Table:
    """The rows of one question, in its own order. `given` may hold more than it needs."""
    started = perf_counter()
    answer = _answer(published, name, given)
    spent("queries", perf_counter() - started)
    return answer


def ask_ahead(published: Published, names: Iterable[str], given: Mapping[str, Value]) -> None:
    """Ask several questions, those in SQL and all of a scenario in parallel: a page waits for the slowest of them.

    Folded ones are asked one after the other. They hold the interpreter, which threads would only pass to and fro. The
    answers are cached, as with `ask`, and are ready when they are asked for.
    """
    started = perf_counter()
    wanted = tuple(names)
    here = () if published.imagined else tuple(name for name in wanted if name in folded())
    others = _askers.map(lambda name: _answer(published, name, given), [name for name in wanted if name not in here])
    for name in here:
        _answer(published, name, given)
    for _ in others:
        pass
    spent("queries", perf_counter() - started)


def _answer(published: Published, name: str, given: Mapping[str, Value]) -> pa.Table:
    """The cached answer to the same question with the same parameters; else its rows, which are then cached."""
    if name not in folded() and not reads_answers(name):
        published = published.real
    asked = parameters(name, given)
    values = (tuple(value) if isinstance(value, list) else value for value in asked.values())
    # Imagined answers are cached with the publication beneath them.
    levels = published.imagined.levels if published.imagined else ()
    return published.answers.get((levels, name, *values), lambda: rows_of(published, name, asked))


def rows_of(published: Published, name: str, asked: Mapping[str, Value]) -> pa.Table:
    """The rows of one question, safe to pass on: no small figures, and nothing at all beneath nulls."""
    table = _folded(published, name, asked) if name in folded() else _asked(published, name, asked)
    return zero_nulls(for_a_room(name, table) if published.masked else table)


def _asked(published: Published, name: str, asked: Mapping[str, Value]) -> pa.Table:
    with published.cursor() as cursor:
        return cursor.execute(statement(name), asked).to_arrow_table()


def _folded(published: Published, name: str, given: Mapping[str, Value]) -> pa.Table:
    wording = wording_of(published.real, str(given["lang"])) if "lang" in given else {}
    over = published.imagined.over if published.imagined else published
    cube, below = (cube_of(one, str(given["counting"])) for one in (published, over))
    asked = Asked(
        cube,
        below,
        given,
        wording,
        lambda beside, **more: _answer(published, beside, {**given, **more}),
        lambda: answers_of(published),
        published.locale,
        published.masked,
    )
    return folded()[name].answer(asked)


def rows(published: Published, question: Question[Row], given: Mapping[str, Value]) -> list[Row]:
    """The same as plain rows of the question's type, for the few that a page puts into words."""
    return rows_made(published, ask(published, question.name, given), _plain)


def _plain(table: pa.Table) -> list[Any]:
    return as_rows(table, (column.to_pylist() for column in table.columns))


def as_rows(table: pa.Table, columns: Iterable[list[Any]]) -> list[Any]:
    """The rows of a table whose columns hold these values."""
    # Column by column takes two thirds of the time that a table takes row by row.
    names = table.column_names
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def rows_made(published: Published, table: pa.Table, make: Callable[[pa.Table], list[Any]]) -> list[Any]:
    """What `make` makes of the rows of an answer, made once while that is cached. Each caller gets rows of its own."""
    cache = published.caches.setdefault(make, Cache(MOST_ANSWERS, MOST_BYTES, _size_of_rows))
    # The table is kept with its rows: no other can be given its identity meanwhile.
    _, made = cache.get(id(table), lambda: (table, make(table)))
    return [row.copy() for row in made]


def _size_of_rows(made: tuple[pa.Table, list[Any]]) -> int:
    """About how many bytes rows take in Python, beside their table."""
    table, _ = made
    return AS_ROWS * int(table.get_total_buffer_size())


PART = 10_000
"""The most rows of a part."""


@dataclass(frozen=True, eq=False)
class InParts:
    """The rows of a question, asked anew each time they are read. Used like a `pa.Table`, which is held instead.

    `change` is applied to every part. The publication must stay open until they are read.
    """

    published: Published
    name: str
    given: Mapping[str, Value]
    change: Callable[[pa.Table], pa.Table]

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns, known without reading any rows."""
        if self._held is not None:
            return self._held.schema
        with self.published.cursor() as cursor:
            columns = f"FROM ({question(self.name).rstrip().rstrip(';')}) LIMIT 0"
            found: pa.RecordBatchReader = cursor.execute(columns, self._asked).to_arrow_reader(1)
            return self.change(found.schema.empty_table()).schema

    def to_batches(self, max_chunksize: int = PART) -> Iterator[pa.RecordBatch]:
        """The rows in the order of the question, at most so many at a time."""
        if self._held is not None:
            yield from self._held.to_batches(max_chunksize)
            return
        with self.published.cursor() as cursor:
            read: pa.RecordBatchReader = cursor.execute(statement(self.name), self._asked).to_arrow_reader(
                max_chunksize
            )
            for batch in read:
                part = self.change(zero_nulls(pa.Table.from_batches([batch])))
                yield from part.to_batches(max_chunksize)

    @property
    def _asked(self) -> dict[str, Value]:
        return parameters(self.name, self.given)

    @cached_property
    def _held(self) -> pa.Table | None:
        """All rows, if they cannot be read in parts."""
        if self.name in folded() or self.published.masked or self.published.imagined:
            return self.change(ask(self.published, self.name, self.given))
        return None
