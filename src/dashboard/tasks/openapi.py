"""Describes the addresses for other tools as a document in OpenAPI, made from the pages and their tables."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboard.exports.figures_file import FORMATS, MOST_ROWS, FigureColumn
from dashboard.model.deployment import version
from dashboard.model.pages import PAGES
from dashboard.model.view_state import MANY, OF_FIGURES
from dashboard.model.words import Words
from dashboard.tasks.figure_tables import OF_A_TABLE, WITH_FIGURES

VERSION = "3.1.0"
SAFE = "safe"
"""The parameter that hides names; on pages, it belongs to how something is shown."""
Schema = dict[str, Any]
TYPES: Mapping[str, Schema] = {
    "text": {"type": "string"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "list": {"type": "array", "items": {"type": "string"}},
}
"""The values of each type of column."""
REFUSED = ("400", "401", "403", "404", "405", "409", "410", "503")
"""The statuses of responses that give no figures but the reason, as text."""


def openapi(words: Words, root: str, columns: Mapping[str, Iterable[FigureColumn]]) -> Schema:
    """The document. `root` is the address below which the pages are; `columns` are those of every table."""
    schemas = {f"{table}_row": _row(of_table) for table, of_table in columns.items()}
    schemas |= {table: _response(table, words) for table in columns}
    return {
        "openapi": VERSION,
        "info": {"title": words("openapi.title"), "version": version()},
        "servers": [{"url": root or "/"}],
        "paths": {f"/{page}": {"get": _page(page, words)} for page in WITH_FIGURES},
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        # A token only where people sign in.
        "security": [{}, {"token": []}],
    }


def _page(page: str, words: Words) -> Schema:
    """The one operation of a page: all of its tables, told apart by their names in the response."""
    tables = PAGES[page].tables
    needs = [f"{table}: {', '.join(fields)}" for table, fields in tables.items() if fields]
    given = {"anyOf": [{"$ref": f"#/components/schemas/{table}"} for table in tables]}
    others = {one.media_type: {"schema": {"type": "string"}} for name, one in FORMATS.items() if name != "json"}
    refused = {"description": words("openapi.refused"), "content": {"text/plain": {"schema": {"type": "string"}}}}
    return {
        "operationId": page,
        "summary": words(f"page.{page}"),
        "description": words("openapi.needs", tables="; ".join(needs)) if needs else words("openapi.no_needs"),
        "parameters": list(_parameters(page, words)),
        "responses": {
            "200": {
                "description": words("openapi.table"),
                "content": {FORMATS["json"].media_type: {"schema": given}, **others},
            },
            **dict.fromkeys(REFUSED, refused),
        },
    }


def _parameters(page: str, words: Words) -> Iterator[Schema]:
    own: dict[str, Schema] = {
        "table": {"type": "string", "enum": [*PAGES[page].tables], "default": next(iter(PAGES[page].tables))},
        "format": {"type": "string", "enum": [*FORMATS], "default": "json"},
        "from_row": {"type": "integer", "minimum": 1},
        "at_publication": {"type": "integer", "minimum": 1},
        "excel": {"type": "string", "enum": ["yes"]},
        SAFE: {"type": "string", "enum": ["yes"]},
    }
    for name in (*OF_A_TABLE, SAFE):
        yield {"name": name, "in": "query", "description": words(f"openapi.of_{name}"), "schema": own[name]}
    for name in OF_FIGURES:
        one: Schema = {"name": name, "in": "query", "schema": {"type": "string"}}
        if name in MANY:
            # Several codes are separated by commas.
            one |= {"schema": {"type": "array", "items": {"type": "string"}}, "style": "form", "explode": False}
        yield one


def _response(table: str, words: Words) -> Schema:
    """The JSON response with one table: the metadata, then the rows."""
    text: Schema = {"type": "string"}
    properties: dict[str, Schema] = {
        "page": text,
        "table": {"const": table},
        "illustrative": {"type": "boolean"},
        "names_hidden": {"type": "boolean"},
        "program": {"type": "string"},
        "publication": {"type": "integer"},
        "published_on": {"type": "string", "format": "date"},
        "approval": text,
        "choice": {"type": "object"},
        "problems": {"type": "array", "items": {"type": "object"}},
        "columns": {"type": "array", "items": {"type": "object"}},
        "rows": {
            "type": "array", "items": {"$ref": f"#/components/schemas/{table}_row"}, "maxItems": MOST_ROWS,
        },
        "n_rows": {"type": "integer", "minimum": 0},
        "next": {"type": ["string", "null"]},
    }  # fmt: skip
    return {
        "type": "object",
        "description": words(f"table.{table}"),
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


def _row(columns: Iterable[FigureColumn]) -> Schema:
    """One row: every column in order, null where there is no value."""
    properties = {column.name: _value(column) for column in columns}
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _value(column: FigureColumn) -> Schema:
    """A value of one column. Names may be hidden, so that any may be null."""
    plain = TYPES[column.type]
    return {**plain, "type": [plain["type"], "null"], "description": column.meaning, "x-unit": column.unit}
