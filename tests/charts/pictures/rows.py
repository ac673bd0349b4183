"""How do many rows come from the usual ones? Repeated with other codes and titles, some long, never at random."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from operator import add
from typing import Any

import pyarrow as pa

from dashboard.charts.risk_map import placed
from dashboard.charts.slope import labelled, ranked
from dashboard.charts.world_map import Frame
from dashboard.queries.ask import ask
from dashboard.ui.compare.gap import waterfall
from dashboard.ui.compare.map_rows import PLACES, frame, on_map
from dashboard.ui.view import View
from tests.conftest import ROOT

Row = dict[str, Any]
Many = Callable[[View, pa.Table], pa.Table]
LONG = ", with the islands and the border districts"


def repeated(
    table: pa.Table,
    times: int,
    codes: Sequence[str] = (),
    titles: Sequence[str] = (),
    positions: Sequence[str] = (),
) -> pa.Table:
    """Return the rows and copies of them, `times` in total, each copy with other codes and titles.

    In the last copy, every third title is long.
    """
    copies = [table]
    for copy in range(1, times):
        changed = _changed(table, codes, partial("{1}-{0}".format, copy))
        for name in titles:
            long = sorted(set(table[name].to_pylist()))[::3] if copy == times - 1 else []
            changed = _changed(changed, [name], partial(_title, copy + 1, long))
        for name in positions:
            span = max(table[name].to_pylist()) + 1
            changed = _changed(changed, [name], partial(add, copy * span))
        copies.append(changed)
    return pa.concat_tables(copies)


def more(times: int, **columns: Sequence[str]) -> Many:
    """Return `repeated` as a chart's way to grow."""
    return lambda _, table: repeated(table, times, **columns)


def both(first: Many, second: Many) -> Many:
    """Return more of one thing, then of another."""
    return lambda view, table: second(view, first(view, table))


def _title(copy: int, long: list[str], title: str) -> str:
    return f"{title} {copy}{LONG if title in long else ''}"


def _changed(table: pa.Table, names: Sequence[str], change: Callable[[Any], Any]) -> pa.Table:
    for name in names:
        values = [None if value is None else change(value) for value in table[name].to_pylist()]
        place = table.column_names.index(name)
        table = table.set_column(place, name, pa.array(values, table.schema.field(name).type))
    return table


def more_lines(_: View, table: pa.Table) -> pa.Table:
    """Add lines to the slope: copies upside down and half as steep, with their names moved apart."""
    grown = repeated(table, 3, codes=("country",), titles=("country_title",), positions=("country_position",))
    moves: list[Callable[[float], float]] = [lambda at: at, lambda at: 100 - at, lambda at: 25 + at // 2]
    lines = grown.to_pylist()
    for index, line in enumerate(lines):
        if line["enough"]:
            line["was"], line["now"] = (moves[index // table.num_rows](line[end]) for end in ("was", "now"))
            line["change"] = line["now"] - line["was"]
            line["direction"] = "rising" if line["change"] > 0 else "falling" if line["change"] < 0 else "level"
    return labelled(pa.Table.from_pylist(lines, table.schema).drop_columns(["label_at"]))


def more_rows(view: View, table: pa.Table) -> pa.Table:
    """Return more countries than there are rows, from many slopes."""
    bare = table.drop_columns(["place"])
    return ranked(more_lines(view, labelled(bare)).drop_columns(["label_at"]))


def more_steps(_: View, table: pa.Table) -> pa.Table:
    """Split each step of a waterfall in three: two forward, one back."""
    second, *steps, first = table.to_pylist()
    split = [
        (
            f"{step['code']}-{part}",
            f"{step['label']} {part + 1}{'' if part or place % 3 else LONG}",
            step["points"] * share,
        )
        for place, step in enumerate(steps)
        for part, share in enumerate((1.5, 0.5, -1.0))
    ]
    ends = {
        f"{side}_{name}": row["ends"] / of
        for side, row in (("first", first), ("second", second))
        for name, of in (("percent", 1), ("score", 100))
    }
    return waterfall((first["label"], second["label"]), ends, split)


def more_points(times: int, across: str, up: str) -> Many:
    """Add points with pairs of grades, placed in their cells again."""

    def grown(_: View, table: pa.Table) -> pa.Table:
        points = repeated(table, times, codes=("impact",), titles=("text", "setting_title"))
        return placed(points.drop_columns(["x", "y"]), across, up)

    return grown


def more_on_map(shade: str, indicator: str, n: int = 33) -> Many:
    """Return the map with countries of both continents, real places and names, and the usual figures."""

    def grown(view: View, _: pa.Table) -> pa.Table:
        part = Frame(*map(float, frame(view)))
        table = ask(view.published, "places", view.parameters(indicator=indicator))
        usual = table.to_pylist()
        named = json.loads((ROOT / PLACES).read_text("utf-8")).items()
        inside = [(code, place["name"]) for code, place in named if _within(part, place)]
        others = [found for found in inside if found[0] not in {row["country"] for row in usual}]
        step = len(others) // (n - len(usual))
        added = [
            {**usual[index % len(usual)], "country": code, "country_title": title}
            for index, (code, title) in enumerate(others[::step])
        ]
        return on_map(pa.Table.from_pylist([*usual, *added], table.schema), frame(view), shade)

    return grown


def _within(part: Frame, place: Row) -> bool:
    return bool(part.west < place["longitude"] < part.east and part.south < place["latitude"] < part.north)


def alone(view: View, country: str) -> View:
    """Return the view with one country in it."""
    return replace(view, state=replace(view.state, country=(country,)))
