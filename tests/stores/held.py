"""What does a store hold? Read with plain SQL by any program on the path, including that of an earlier commit."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.store.history import history, publication_path


def held(store: Path) -> dict[str, object]:
    """Every step that counts; for each publication its rows, with codes for numbers, and its heat maps."""
    publications = sorted({move.publication for move in history(store)})
    return {
        "moves": [json.loads(file.read_text("utf-8")) for file in sorted((store / "moves").glob("*.json"))],
        "publications": {name: _publication(publication_path(store, name)) for name in publications},
    }


CODES = {
    "round_no": ("round", "round"),
    "operation_no": ("operation", "operation"),
    "criterion_no": ("criterion", "criterion"),
    "status_no": ("scale", "status"),
    "country_no": ("country", "country"),
    "version_no": ("framework_version", "version"),
}
HELD = ("answer", "review", "action", "risk_rating", "opportunity_rating", "context", "round", "brought")


def _publication(path: Path) -> dict[str, object]:
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = {table for (table,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        codes = {
            number: {row[number]: row[code] for row in _rows(connection, table)}
            for number, (table, code) in CODES.items()
            if table in tables
        }
        rows = {table: [_coded(row, codes) for row in _rows(connection, table)] for table in HELD if table in tables}
        return {"rows": rows, "heat maps": _heat_maps(connection)}


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM "{table}" ORDER BY ALL')  # noqa: S608
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _coded(row: dict[str, Any], codes: dict[str, dict[Any, Any]]) -> dict[str, Any]:
    """A row with `operation` for `operation_no`, even inside what a review keeps."""
    return {
        CODES[name][1] if name in codes else name: codes[name].get(value)
        if name in codes
        else _coded(value, codes)
        if isinstance(value, dict)
        else value
        for name, value in row.items()
    }


SHOWN = ("country", "area", "reading", "percent", "low", "high", "n_asked", "n_answered")


def _heat_maps(connection: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    """The heat map of each round and kind, by the question of this program; for each cell the columns in SHOWN."""
    # Nothing is filtered: depending on the program, an empty list says so, or a list of everything.
    everything = {
        name: [code for (code,) in connection.execute(f"SELECT {column} FROM {column}").fetchall()]  # noqa: S608
        for name, column in (("countries", "country"), ("criteria", "criterion"))
    }
    maps: list[dict[str, object]] = []
    for round_ in ("R1", "R2"):
        for kind in ("respect", "support"):
            given = {"framework": "toy", "round": round_, "kind": kind, "lang": "en", **everything}
            shown = [[cell.get(name) for name in SHOWN] for cell in _cells(connection, given)]
            maps.append({"round": round_, "kind": kind, "cells": shown})
    return maps


def _cells(connection: duckdb.DuckDBPyConnection, given: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the heat map: from SQL if this program has it, else folded."""
    for file in Path(str(files("dashboard.queries"))).rglob("heatmap.sql"):
        (statement,) = duckdb.extract_statements(file.read_text("utf-8"))
        asked = {name: given.get(name, []) for name in statement.named_parameters}
        cursor = connection.execute(statement, asked)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    from dashboard.figures.all_answers import read_answers
    from dashboard.figures.read_cube import read_cube
    from dashboard.figures.selection import Asked
    from dashboard.queries.compare import heatmap

    cube = read_cube(connection)
    given = {**given, "within": (), "areas": ()}
    folded = Asked(cube, cube, given, {}, lambda name: pa.table({}), lambda: read_answers(cube, connection))
    table = heatmap.answer(folded)
    # Earlier programs had no row for everything together.
    return [row for row in table.to_pylist() if row["area"]]
