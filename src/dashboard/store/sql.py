"""The SQL files of this folder, read once. What a record declares is filled in where a file has it in double braces."""

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

import duckdb
from jinja2 import Environment, StrictUndefined

from dashboard.store.records.changes import begins, handed_in
from dashboard.store.records.columns import cast, stored, typed

NAMED = tuple(
    f"tables/{name}"
    for name in (
        "operations", "criteria", "scores", "impacts", "library", "ratings", "actions", "impacts_said", "subjects",
        "outside",
    )
)  # fmt: skip
"""The files that make the small tables with all names in them, in order."""
CROSSED = ("tables/speaks", "tables/cells")
"""The files that relate the standards to each other, in order."""
ASKED = tuple(f"questions/{name}" for name in ("chosen", "answered", "said"))
"""Macros and views that questions use."""
_TEMPLATES = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)  # noqa: S701 - SQL
_TEMPLATES.globals.update(typed=typed, cast=cast, stored=stored, handed_in=handed_in, begins=begins)
COMMENT = re.compile(r"--[^\n]*")


@cache
def sql(name: str) -> str:
    """The text of one file, by its path without the extension: `sql("load/answers/answers")`."""
    return filled(files("dashboard.store").joinpath(f"{name}.sql").read_text("utf-8"))


def filled(text: str) -> str:
    """The text of an SQL file with the columns that the records declare."""
    return _TEMPLATES.from_string(text).render() if "{{" in text else text


@cache
def checks(group: str) -> tuple[str, ...]:
    """The names of the checks in one group, in order, for use with `sql`."""
    folder = files("dashboard.store").joinpath("checks", group)
    return tuple(sorted(f"checks/{group}/{file.name.removesuffix('.sql')}" for file in folder.iterdir()))


def always(text: str) -> bool:
    """Accepts every statement."""
    return True


_parsed: dict[str, list[tuple[duckdb.Statement, str]]] = {}


def _statements(connection: duckdb.DuckDBPyConnection, text: str) -> list[tuple[duckdb.Statement, str]]:
    """The statements of a text, parsed once by whichever connection is first, each with its text without comments."""
    # Without a connection, DuckDB would open another database for this alone.
    if text not in _parsed:
        _parsed[text] = [(one, COMMENT.sub("", one.query)) for one in connection.extract_statements(text)]
    return _parsed[text]


def run(
    connection: duckdb.DuckDBPyConnection, name: str, only: Callable[[str], bool] = always, **parameters: object
) -> None:
    """Execute every statement of one file that `only` accepts, each with the parameters that it names.

    `only` is given the text of a statement without its comments.
    """
    for statement, text in _statements(connection, sql(name)):
        if not only(text):
            continue
        named = {key: value for key, value in parameters.items() if key in statement.named_parameters}
        connection.execute(statement, named)
