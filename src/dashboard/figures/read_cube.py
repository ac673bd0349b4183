"""Reads the cube of a publication through the small questions of `tables/`.

A country may be the mean of its operations or groups; then the sums of each stand beside their totals. See
docs/decisions/0008-figures.md.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import groupby
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from dashboard.figures import cube
from dashboard.figures.scale import days, scale
from dashboard.model.framework import POOLED


def with_operations(totals: cube.Rows, rows: cube.Rows, operation: cube.Ints) -> cube.Rows:
    """Totals together with the rows of single operations that they are the totals of."""
    size = [1 + int(max(one.max(initial=0), two.max(initial=0))) for one, two in _keys_of(totals, rows)]
    of_totals, of_rows = (np.ravel_multi_index((at.round, at.country, at.criterion), size) for at in (totals, rows))
    order = np.argsort(of_totals)
    total = order[np.searchsorted(of_totals, of_rows, sorter=order)]
    by = np.argsort(total, kind="stable")
    return replace(
        totals, total=np.arange(len(of_totals)), operations=cube.OfOperations(rows.take(by), total[by], operation[by])
    )


def each_an_operation(rows: cube.Rows, operation: cube.Ints) -> cube.Rows:
    """Rows that belong to a single operation already; to none where that is negative."""
    own = np.flatnonzero(operation >= 0)
    return (
        replace(
            rows, total=np.arange(len(operation)), operations=cube.OfOperations(rows.take(own), own, operation[own])
        )
        if len(own)
        else rows
    )


def _keys_of(totals: cube.Rows, rows: cube.Rows) -> list[tuple[cube.Ints, cube.Ints]]:
    return [(totals.round, rows.round), (totals.country, rows.country), (totals.criterion, rows.criterion)]


# `cursor.sql` would save copying a few hundred rows, but binds every query twice, which costs far more.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result", category=UserWarning)

SUMMED = {"sums": cube.MEASURES, "changes": cube.CHANGES}


def read_cube(connection: duckdb.DuckDBPyConnection) -> cube.Cube:
    """The cube of what a connection reads, whether published or imagined."""
    criteria, areas = table_of(connection, "criteria"), table_of(connection, "areas")
    countries, frameworks = table_of(connection, "countries"), table_of(connection, "frameworks")
    rounds, members = table_of(connection, "rounds"), table_of(connection, "members")
    operations, groups = table_of(connection, "operations"), table_of(connection, "groups")
    participants = table_of(connection, "participants").to_pylist()
    part_of, parts, tree = read_tree(table_of(connection, "parts"), numbers_of(criteria), areas["area"].to_pylist())
    of_framework = {row["framework"]: number for number, row in enumerate(frameworks.to_pylist())}
    of_area = {code: number for number, code in enumerate(areas["area"].to_pylist())}
    numbers = numbers_of(criteria)
    index = {
        "round": {code: number for number, code in enumerate(rounds["round"].to_pylist())},
        "country": {code: number for number, code in enumerate(countries["country"].to_pylist())},
        "operation": {code: number for number, code in enumerate(operations["operation"].to_pylist())},
    }
    sums, changes = (_rows(table_of(connection, name), index, numbers, measures) for name, measures in SUMMED.items())
    if any(row["country_figure"] != POOLED for row in frameworks.to_pylist()):
        sums, changes = (
            with_operations(rows, *_alone(table_of(connection, f"{name}_alone"), index, numbers, rows.measures))
            for name, rows in (("sums", sums), ("changes", changes))
        )
    return cube.Cube(
        rounds=tuple(rounds["round"].to_pylist()),
        round_titles=tuple(rounds["title"].to_pylist()),
        round_positions=tuple(rounds["position"].to_pylist()),
        round_starts=tuple(rounds["starts_on"].to_pylist()),
        round_ends=tuple(rounds["ends_on"].to_pylist()),
        countries=tuple(countries["country"].to_pylist()),
        country_titles=tuple(countries["title"].to_pylist()),
        country_regions=tuple(countries["region"].to_pylist()),
        operations=tuple(operations["operation"].to_pylist()),
        operation_titles=tuple(operations["title"].to_pylist()),
        group_titles=tuple(operations["group_title"].to_pylist()),
        criteria=tuple(criteria["criterion"].to_pylist()),
        numbers=numbers,
        framework_of=np.array([of_framework[code] for code in criteria["framework"].to_pylist()], np.intp),
        area_of=np.array([of_area[code] for code in criteria["area"].to_pylist()], np.intp),
        part_of=part_of,
        parts=parts,
        tree=tree,
        respect=np.array([kind == "respect" for kind in criteria["kind"].to_pylist()], bool),
        critical=criteria["critical"].to_numpy(zero_copy_only=False).astype(bool),
        inherits=criteria["inherits"].to_numpy(zero_copy_only=False).astype(bool),
        weight=criteria["weight"].to_numpy().astype(np.float64),
        scale_of=criteria["scale_no"].to_numpy().astype(np.intp),
        scale=scale(table_of(connection, "scale").to_pylist()),
        frameworks=tuple(_framework(row) for row in frameworks.to_pylist()),
        areas=tuple(
            cube.CubeArea(row["area"], row["framework"], row["area_code"], row["area_no"]) for row in areas.to_pylist()
        ),
        participants=frozenset((row["framework"], row["round"], row["country"]) for row in participants),
        illustrative=frozenset((row["framework"], row["country"]) for row in participants if row["illustrative"]),
        short_starts={
            (row["round"], row["operation"]): row["country"] for row in table_of(connection, "short_starts").to_pylist()
        },
        cells=_cells(table_of(connection, "cells"), numbers),
        facets=_cells(table_of(connection, "facets"), numbers),
        members={
            subject: np.sort([index["country"][row["country"]] for row in rows])
            for subject, rows in groupby(members.to_pylist(), lambda row: str(row["subject"]))
        },
        groups={
            subject: cube.Group(title, tuple(row["operation"] for row in rows))
            for (subject, title), rows in groupby(groups.to_pylist(), lambda row: (row["subject"], row["title"]))
        },
        sums=sums,
        changes=changes,
    )


def places_of(numbers: cube.Ints, wanted: cube.Ints) -> cube.Ints:
    """The place of each wanted criterion in a cube, by its number."""
    return np.searchsorted(numbers, wanted)


def numbers_of(table: pa.Table) -> cube.Ints:
    """The number of the criterion of each row."""
    numbers: cube.Ints = table["criterion_no"].to_numpy().astype(np.intp)
    return numbers


def sql(name: str) -> str:
    """The text of one file in this folder."""
    return files("dashboard.figures").joinpath("tables", f"{name}.sql").read_text("utf-8")


def table_of(connection: duckdb.DuckDBPyConnection, name: str, **given: object) -> pa.Table:
    """The rows that one file in this folder selects."""
    return connection.execute(sql(name), given).to_arrow_table()


def _alone(
    table: pa.Table, index: Mapping[str, Mapping[str, int]], numbers: cube.Ints, measures: tuple[str, ...]
) -> tuple[cube.Rows, cube.Ints]:
    return _rows(table, index, numbers, measures), numbered(table["operation"], index["operation"])


def _rows(
    table: pa.Table, index: Mapping[str, Mapping[str, int]], numbers: cube.Ints, measures: tuple[str, ...]
) -> cube.Rows:
    return cube.Rows(
        numbered(table["round"], index["round"]),
        numbered(table["country"], index["country"]),
        places_of(numbers, numbers_of(table)),
        np.column_stack([table[name].to_numpy().astype(np.float64) for name in measures]),
        measures,
        days(table["last_answered_on"]) if "last_answered_on" in table.column_names else np.zeros(0),
    )


def numbered(column: pa.ChunkedArray, numbers: Mapping[str, int]) -> cube.Ints:
    """The place of each code among those of its kind."""
    coded = column.combine_chunks().dictionary_encode()
    of_code = np.array([numbers[code] for code in coded.dictionary.to_pylist()], np.intp)
    return of_code[coded.indices.to_numpy()] if len(of_code) else np.zeros(0, np.intp)


def _cells(table: pa.Table, numbers: cube.Ints) -> dict[str, cube.Cells]:
    found: dict[str, tuple[dict[tuple[str, str], int], list[int], list[int]]] = {}
    places = places_of(numbers, numbers_of(table)).tolist()
    for place, row in zip(places, table.to_pylist(), strict=True):
        cells, criteria, of_cell = found.setdefault(row["grid"], ({}, [], []))
        criteria.append(place)
        of_cell.append(cells.setdefault((row["row_code"], row["column_code"]), len(cells)))
    made = {}
    for grid, (cells, criteria, of_cell) in found.items():
        order = np.argsort(criteria, kind="stable")
        rows, columns = zip(*cells, strict=True)
        made[grid] = cube.Cells(rows, columns, np.array(criteria, np.intp)[order], np.array(of_cell, np.intp)[order])
    return made


def read_tree(
    table: pa.Table, numbers: cube.Ints, areas: Sequence[str]
) -> tuple[cube.Ints, tuple[str, ...], cube.Tree]:
    """The smallest part of each criterion in each area, the names of parts, and what they are parts of."""
    of_area = {code: number for number, code in enumerate(areas)}
    names = {"": 0}
    leaves: dict[tuple[int, ...], tuple[int, list[float]]] = {(0, 0, 0): (0, [1.0, 1.0, 1.0])}
    part_of = np.zeros((len(numbers), len(areas)), np.intp)
    for place, row in zip(places_of(numbers, numbers_of(table)), table.to_pylist(), strict=True):
        key = tuple(names.setdefault(name, len(names)) for name in row["parts"])
        leaf, _ = leaves.setdefault(key, (len(leaves), row["weights"]))
        part_of[place, of_area[row["area"]]] = leaf
    weights = np.array([weight for _, weight in leaves.values()], np.float64)
    return part_of, tuple(names), cube.Tree(np.array([*leaves], np.intp), weights)


def _framework(row: Mapping[str, Any]) -> cube.CubeFramework:
    bands = [band for band in row["bands"] or [] if band["band"] is not None]
    return cube.CubeFramework(
        row["framework"],
        row["short_title"],
        row["framework_no"],
        tuple(row["average_of"].split(", ")),
        row["country_figure"],
        float(row["coverage_limit"]),
        float(row["count_below"]),
        tuple(band["band"] for band in bands),
        tuple(band["title"] for band in bands),
        tuple(float(band["starts_at"]) for band in bands),
    )
