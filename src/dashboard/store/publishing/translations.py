"""Is every translated title of a list in use, and are no two things of a kind called the same in a language?"""

from collections.abc import Iterator

import duckdb

from dashboard.loading.library.library import Library
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.store.sql import sql

Place = tuple[str, int | None]


def unused_translations(connection: duckdb.DuckDBPyConnection, library: Library) -> tuple[Problem, ...]:
    """A note for each translation of what is not listed here, and a refusal for two titles that are alike."""
    return (*_unused(connection, library), *_alike(connection, library))


def _unused(connection: duckdb.DuckDBPyConnection, library: Library) -> Iterator[Problem]:
    listed = [code for (code,) in connection.execute("SELECT id FROM listed ORDER BY id").fetchall()]
    unused = (
        "SELECT language, id FROM wording ANTI JOIN listed USING (id) WHERE contains(id, '/') ORDER BY id, language"
    )
    for language, code in connection.execute(unused).fetchall() if listed else ():
        kind, _, own = code.partition("/")
        near = nearest(own, (other.removeprefix(f"{kind}/") for other in listed if other.startswith(f"{kind}/")))
        file, row = _place(library, language, code)
        yield Problem("text_unused", file, row, "texts", code, hint=near and f"{kind}/{near}", weight=Weight.NOTE)


def _alike(connection: duckdb.DuckDBPyConnection, library: Library) -> Iterator[Problem]:
    # Without a title in the language, a thing has its own: that must not be the title of another either.
    for language, first, second in connection.execute(sql("load/lists/translated_alike")).fetchall():
        given, other = (second, first) if f"{language} {second}" in library.text_places else (first, second)
        file, row = _place(library, language, given)
        yield Problem("title_twice", file, row, "texts", given, other, weight=Weight.FILE)


def _place(library: Library, language: str, code: str) -> Place:
    return library.text_places.get(f"{language} {code}", (f"{language}.yaml", None))
