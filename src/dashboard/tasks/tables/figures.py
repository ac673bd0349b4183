"""The figures of a page for other tools: the same questions, through the same filters, as on the page."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

import pyarrow as pa

from dashboard.exports.figures import FORMATS, Column, FiguresTable
from dashboard.model.pages import FORMER_TABLES, MOVED, OUTSIDE, PAGES
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.view.known import Known
from dashboard.model.view.view_query import LINK, from_query, to_query
from dashboard.model.view.view_state import FIELDS, MANY, OF_A_VISIT, ViewState
from dashboard.queries.ask import ask, rows
from dashboard.queries.given import given
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.reader import Published
from dashboard.store.reading.spoken import in_language
from dashboard.tasks.tables.columns import said_of

WITH_FIGURES = tuple(name for name, page in PAGES.items() if page.tables)
"""The pages that have tables for other tools."""
MOST_NAMED = 8
"""How many codes are named as examples of what can be selected."""


def named_table(page: str, table: str = "") -> str | Problem:
    """The name of a table of a page: its first one unless one is named. A Problem if there is none."""
    if page not in WITH_FIGURES:
        return Problem("no_figures_page", page, value=page, hint=nearest(page, WITH_FIGURES), weight=Weight.FILE)
    tables = PAGES[page].tables
    if table in FORMER_TABLES:
        now = FORMER_TABLES[table]
        return Problem("former_table", page, value=table, expected=now.page, hint=now.table or None, weight=Weight.FILE)
    if table and table not in tables:
        hint = nearest(table, tables) or ", ".join(tables)
        return Problem("no_figures_table", page, value=table, hint=hint, weight=Weight.FILE)
    return table or next(iter(tables))


def renamed(page: str, table: str = "") -> tuple[str, str]:
    """The page and table that are meant: a former page is replaced by its successor."""
    moved = MOVED.get(page)
    return (moved.page, table or moved.table) if moved else (page, table)


def named_format(page: str, name: str) -> str | Problem:
    """The name of a format, or a Problem if there is none."""
    if name in FORMATS:
        return name
    return Problem("no_figures_format", page, value=name, expected=", ".join(FORMATS), weight=Weight.FILE)


def figures_of(
    published: Published, page: str, table: str, query: Mapping[str, str], today: date
) -> FiguresTable | Problem:
    """One table of a page for a selection, given as the parameters of an address.

    What cannot be used is ignored and listed among the problems, as on the page. A Problem if there is no such table.
    """
    page, table = renamed(page, table)
    name = named_table(page, table)
    if isinstance(name, Problem):
        return name
    if published.masked and name in OUTSIDE:
        return Problem("hidden_table", page, value=name, weight=Weight.FILE)
    return _asked(published, page, name, query, today)


def _asked(published: Published, page: str, table: str, query: Mapping[str, str], today: date) -> FiguresTable:
    known = known_codes(published)
    state, wrong = from_query({key: text for key, text in query.items() if key not in OF_A_VISIT}, known)
    published = in_language(published, state.lang)
    parameters = given(published, state, known, today)
    found = flat(ask(published, table, parameters))
    (mark,) = rows(published, "illustrative", parameters)
    (about,) = rows(published, "standard_about", parameters)
    return FiguresTable(
        page,
        table,
        published.revision.number,
        datetime.fromisoformat(published.revision.at).date(),
        today,
        mark["illustrative"],
        published.masked,
        to_query(state),
        frozenset(MANY),
        {row["code"]: row["title"] for row in rows(published, "options", parameters)},
        (*_not_read(query), *wrong, *_to_be_chosen(page, table, state, known)),
        tuple(Column(field.name, _kind(field.type), *said_of(table, field.name)) for field in found.schema),
        found,
        f"{about['title']}, {about['version']}",
    )


def _not_read(query: Mapping[str, str]) -> Iterator[Problem]:
    for name in query:
        if name not in FIELDS:
            hint = nearest(name, FIELDS)
            yield Problem("unknown_parameter", LINK, None, name, name, hint=hint, weight=Weight.NOTE)
        elif name in OF_A_VISIT and query[name]:
            yield Problem("of_a_visit", LINK, None, name, name, weight=Weight.NOTE)


def _to_be_chosen(page: str, table: str, state: ViewState, known: Known) -> Iterator[Problem]:
    for name in PAGES[page].tables[table]:
        if not getattr(state, name):
            codes = known.of(state.by if name == "focus" else _codes_of(name), state.framework)
            others = [code for code in codes if code != state.round][:MOST_NAMED]
            yield Problem("to_be_chosen", LINK, None, name, expected=", ".join(others), weight=Weight.NOTE)


def _codes_of(field: str) -> str:
    return "round" if field == "earlier" else field


def flat(table: pa.Table) -> pa.Table:
    """The rows with whole numbers, numbers, texts, flags, days and lists of texts; nested rows are left out."""
    kept = [field for field in table.schema if not _has_rows(field.type)]
    schema = pa.schema([pa.field(field.name, _plain(field.type)) for field in kept])
    return table.select([field.name for field in kept]).cast(schema)


def _has_rows(type_: pa.DataType) -> bool:
    return isinstance(type_.value_type if isinstance(type_, pa.ListType) else type_, pa.StructType)


def _plain(type_: pa.DataType) -> pa.DataType:
    if pa.types.is_integer(type_) or pa.types.is_decimal(type_):
        return pa.int64()
    if pa.types.is_floating(type_):
        return pa.float64()
    if pa.types.is_list(type_):
        return pa.list_(pa.string())
    return pa.string() if pa.types.is_null(type_) else type_


KINDS: Mapping[pa.DataType, str] = {
    pa.int64(): "whole",
    pa.float64(): "number",
    pa.bool_(): "flag",
    pa.date32(): "date",
    pa.list_(pa.string()): "list",
}


def _kind(type_: pa.DataType) -> str:
    return KINDS.get(type_, "text")
