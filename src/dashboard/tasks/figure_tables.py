"""The figures of a page as tables for other tools: the same questions and filters as on the page, columns explained."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from itertools import islice
from pathlib import Path

import pyarrow as pa

from dashboard.exports.figures_file import FORMATS, FigureColumn, FigureRows, FiguresTable
from dashboard.loading.yaml_file import ENGLISH, own_values, read_words
from dashboard.model.deployment import version
from dashboard.model.known_codes import Known
from dashboard.model.pages import FORMER_TABLES, HIDDEN, MOVED, MOVED_TABLES, PAGES
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.view_state import (
    FIELDS,
    LINK,
    MANY,
    OF_A_VISIT,
    OF_FIGURES,
    TOO_MANY,
    ViewState,
    from_query,
    to_query,
)
from dashboard.queries.ask import InParts, Value, ask, parameter_names, rows
from dashboard.queries.every_page import ILLUSTRATIVE, OPTIONS, given
from dashboard.queries.standards_document import STANDARD_ABOUT
from dashboard.queries.withhold import withhold_few_of_each
from dashboard.store.cache import once
from dashboard.store.overlays import in_language
from dashboard.store.published_codes import known_codes
from dashboard.store.reader import Published
from dashboard.tasks.approvals import approval_said

Said = Mapping[str, tuple[str, str]]
"""Unit and meaning, by name of the column or by `table.column`."""


def said_of(table: str, column: str) -> tuple[str, str]:
    """Unit and meaning of one column of a table. Raises KeyError if it is not described."""
    everything = said()
    return everything.get(f"{table}.{column}") or everything[column]


@cache
def said() -> Said:
    """All descriptions. Raises ValueError if the file is invalid."""
    listed = own_values(Path(__file__).with_name("columns.yaml"))
    entries = {**listed["columns"], **listed["tables"]}
    return {name: (str(unit), str(meaning)) for name, (unit, meaning) in entries.items()}


WITH_FIGURES = tuple(name for name, page in PAGES.items() if page.tables)
"""The pages that have tables for other tools."""
OF_A_TABLE = ("table", "format", "from_row", "at_publication", "excel")
"""The parameters of addresses besides the fields of the view: which table, how it is written, and which of its rows."""
KIND = "kind"
"""The column that tells respect from support, in tables where it does not mean something else."""
GROUPED_BY = "by"
"""The field that groups rows, for tables that can be grouped."""
MOST_NAMED = 8
"""How many codes are named as examples of what can be selected."""
UNFIT = ("unknown_code", "other_framework")
"""The problems of a value that is not among those that its field can have."""
Read = Callable[[Published, str, Mapping[str, Value]], FigureRows]


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
    """The page and table that are meant: a former page is replaced by its successor, or by the table's new page."""
    if page in MOVED:
        page, table = MOVED[page].page, table or MOVED[page].table
    return MOVED_TABLES.get((page, table), page), table


def named_format(page: str, name: str) -> str | Problem:
    """The name of a format, or a Problem if there is none."""
    if name in FORMATS:
        return name
    hint = nearest(name, FORMATS)
    expected = None if hint else ", ".join(FORMATS)
    return Problem("no_figures_format", page, value=name, expected=expected, hint=hint, weight=Weight.FILE)


def held(published: Published, table: str, parameters: Mapping[str, Value]) -> pa.Table:
    """All rows of a table, in memory."""
    return _given_out(published)(ask(published, table, parameters))


def in_parts(published: Published, table: str, parameters: Mapping[str, Value]) -> InParts:
    """All rows of a table, read while they are written."""
    return InParts(published, table, parameters, _given_out(published))


def _given_out(published: Published) -> Callable[[pa.Table], pa.Table]:
    """What becomes of the rows on their way out: flat, and while names are hidden without counts of few answers."""
    return (lambda table: flat(withhold_few_of_each(table))) if published.masked else flat


def figures_of(
    published: Published, page: str, table: str, query: Mapping[str, str], today: date, read: Read = held
) -> FiguresTable | Problem:
    """One table of a page for a selection, given as the parameters of an address, with all its rows.

    What cannot be used is listed among the problems: serious ones mean that these are other figures than were asked
    for. A Problem if there is no such table.
    """
    page, table = renamed(page, table)
    name = named_table(page, table)
    if isinstance(name, Problem):
        return name
    if published.masked and name in HIDDEN:
        return Problem("hidden_table", page, value=name, weight=Weight.FILE)
    return _asked(published, page, name, query, today, read)


def _asked(
    published: Published, page: str, table: str, query: Mapping[str, str], today: date, read: Read
) -> FiguresTable:
    known, kept = known_codes(published), {key: text for key, text in query.items() if key not in OF_A_VISIT}
    state, wrong = from_query(kept, known)
    unused = [] if GROUPED_BY in parameter_names(table) else [GROUPED_BY]
    published = in_language(published, state.lang or ENGLISH)
    parameters = given(published, state, known, today, whole=True)
    found = read(published, table, parameters)
    if len(known.kinds(state.framework)) == 1 and said_of(table, KIND) == said()[KIND]:
        found = kind_unsaid(found)
    (mark,) = rows(published, ILLUSTRATIVE, parameters)
    (about,) = rows(published, STANDARD_ABOUT, parameters)
    return FiguresTable(
        page,
        table,
        published.revision.number,
        datetime.fromisoformat(published.revision.at).date(),
        today,
        mark["illustrative"],
        published.masked,
        {name: text for name, text in to_query(state).items() if name not in unused},
        frozenset(MANY),
        {row["code"]: row["title"] for row in rows(published, OPTIONS, parameters)},
        (
            *_not_read(query),
            *_not_of(unused, query),
            *_with_codes(wrong, state, known),
            *_to_be_chosen(page, table, state, known),
        ),
        _columns(table, found),
        found,
        f"{about['title']}, {about['version']}",
        approval_said(published, state.round, state.country, read_words(published.language)),
        version(),
    )


@once
def columns_by_table(published: Published, today: date) -> Mapping[str, tuple[FigureColumn, ...]]:
    """The columns of every table of every page; they are the same whatever is published and chosen."""
    known = known_codes(published)
    parameters = given(published, from_query({}, known)[0], known, today, whole=True)
    tables = (table for page in WITH_FIGURES for table in PAGES[page].tables)
    return {table: _columns(table, in_parts(published, table, parameters)) for table in tables}


def _columns(table: str, rows: FigureRows) -> tuple[FigureColumn, ...]:
    return tuple(FigureColumn(field.name, _kind(field.type), *said_of(table, field.name)) for field in rows.schema)


def kind_unsaid(rows: FigureRows) -> FigureRows:
    """The rows of a standard that does not tell respect from support: their kind is no finding, and stays empty."""
    if isinstance(rows, pa.Table):
        unsaid: FigureRows = _without_kind(rows)
        return unsaid
    if isinstance(rows, InParts):
        return replace(rows, change=lambda table: _without_kind(rows.change(table)))
    return rows


def _without_kind(table: pa.Table) -> pa.Table:
    place = table.schema.get_field_index(KIND)
    if place < 0:
        return table
    field = table.schema.field(place)
    return table.set_column(place, field, pa.nulls(len(table), field.type))


def by_field(problems: Iterable[Problem], before: str = "") -> tuple[Problem, ...]:
    """Problems of a selection in sentences that begin with the field, as it is written where the selection was made."""
    return tuple(replace(p, file=f"{before}{p.column}", column=None) if p.column else p for p in problems)


def _not_read(query: Mapping[str, str]) -> Iterator[Problem]:
    names = (*OF_A_TABLE, *OF_FIGURES)
    for name in query:
        if name not in FIELDS:
            hint = nearest(name, names)
            expected = None if hint else ", ".join(names)
            yield Problem("unknown_parameter", LINK, None, name, name, expected, hint, Weight.FILE)
        elif name in OF_A_VISIT and query[name]:
            yield Problem("of_a_visit", LINK, None, name, name, weight=Weight.NOTE)


def _not_of(unused: Iterable[str], query: Mapping[str, str]) -> Iterator[Problem]:
    for name in unused:
        if query.get(name):
            yield Problem("not_of_table", LINK, None, name, query[name], weight=Weight.NOTE)


def _with_codes(wrong: Iterable[Problem], state: ViewState, known: Known) -> Iterator[Problem]:
    """Problems of a link, serious here: with the nearest code or, if none is near, some that could be selected.

    Of codes that are only too many, the first count, so they are no more serious than on a page.
    """
    for problem in wrong:
        codes = _codes(problem.column or "", state, known) if problem.kind in UNFIT and not problem.hint else ""
        weight = problem.weight if problem.kind in TOO_MANY else Weight.FILE
        yield replace(problem, expected=codes or problem.expected, weight=weight)


def _to_be_chosen(page: str, table: str, state: ViewState, known: Known) -> Iterator[Problem]:
    for name in PAGES[page].tables[table]:
        if not getattr(state, name):
            codes = _codes(name, state, known)
            yield Problem("to_be_chosen", LINK, None, name, expected=codes, weight=Weight.FILE)


def _codes(name: str, state: ViewState, known: Known) -> str:
    """Some codes of a field that can be selected."""
    if name == "earlier":
        codes: Iterable[str] = (code for code in known.of("round", state.framework) if code != state.round)
    else:
        of = state.by if name == "focus" else name
        codes = known.of(of, state.framework) or known.anywhere(of)
    first = list(islice(codes, MOST_NAMED + 1))
    return ", ".join((*first[:MOST_NAMED], *["…"][: len(first) > MOST_NAMED]))


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
