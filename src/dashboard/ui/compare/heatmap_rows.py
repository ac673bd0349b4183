"""Gives each cell of the heat map its row and column; the rows are countries, or groups of operations."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.charts.heatmap import HEADING
from dashboard.model.known_codes import GROUPS, HEAD_OFFICE, OF_OPERATIONS
from dashboard.model.view_state import MOST
from dashboard.model.words import Claim, Claims
from dashboard.queries.ask import ask
from dashboard.queries.compare.subjects import SUBJECTS
from dashboard.store.overlays import in_order
from dashboard.ui.elements.sentences import reading_text
from dashboard.ui.escape import escape_row, escaped_rows
from dashboard.ui.view import View

MOST_ACROSS = 16
"""Most principles shown as columns; if there are more of them than countries, they become rows."""
FITS = 16
"""Rows that fit on a screen with their heads; with more, the heads stay in sight."""
LONGEST_CODE = 3
"""Most letters of a code that fit above a narrow column; if any code is longer, columns are numbered."""
Row = Mapping[str, Any]
Line = tuple[str, str]
"""The code of a row or column (empty for a region) and its name."""


@dataclass(frozen=True)
class DrawnHeatmap:
    """The cells as drawn, with what the page says about them.

    `cells` are the rows of the question, with a title for all principles together. `rows` adds `down`, `down_position`,
    `across_code`, `across_title` and `across_position`; a row without a country is a region's name. `heads` are the
    code and title of each column. `silent` holds the total of each country left out because it has answered none of
    what applies to it, unless a critical criterion failed there when it was last answered.
    """

    cells: pa.Table
    rows: pa.Table
    heads: tuple[Line, ...]
    n_down: int
    turned: bool
    silent: tuple[Row, ...]

    @property
    def tall(self) -> bool:
        """Whether the column heads would scroll out of sight before the last row."""
        return self.n_down > FITS


def drawn(
    cells: pa.Table,
    everything: str,
    order: str,
    changes: Mapping[str, float | None],
    name: Callable[[Row], str],
    locale: str = "en",
) -> DrawnHeatmap:
    """Lay out the cells of the question `heatmap`, with countries in one of ORDERS.

    `everything` is what all principles together are called. `changes` are points by country, for the order of that
    name. `name` says what a country is called, given its whole; by `locale` names are sorted. Who owes every answer is
    left out, unless that is everybody or a group of operations. Whoever said that nothing applies, or does not know,
    owes none, nor does whoever is not asked.
    """
    titles = [title or everything for title in cells["area_title"].to_pylist()]
    cells = cells.set_column(cells.column_names.index("area_title"), "area_title", pa.array(titles, pa.string()))
    wholes = _of_each(cells, "country")
    silent = [
        row for row in wholes if row["reading"] == "unanswered" and order != GROUPS and not row["n_failed_before"]
    ]
    standing = [row for row in wholes if row not in silent]
    countries = _ordered(standing or wholes, order, changes, locale)
    areas = _of_each(cells, "area")
    turned = MOST_ACROSS < len(areas) > len(countries)
    lines = [(row["country"], name(row)) for row in countries]
    principles = _heads(areas, everything)
    if turned:
        down = [(area, title if code == title else f"{code} {title}") for area, code, title in principles]
        across = [(row["country"], row["country"], title) for row, (_, title) in zip(countries, lines, strict=True)]
    else:
        down = _with_regions(countries, lines) if order == "region" else lines
        across = _short(principles)
    return DrawnHeatmap(
        cells,
        _placed(cells, down, across, turned),
        tuple((code, title) for _, code, title in across),
        len(down),
        turned,
        tuple(silent) if standing else (),
    )


def _of_each(cells: pa.Table, name: str) -> list[Row]:
    """Return the first cell of each country, which is its total, or of each principle."""
    first = {code: place for place, code in reversed(list(enumerate(cells[name].to_pylist())))}
    found: list[Row] = cells.take(pa.array(sorted(first.values()), pa.int64())).to_pylist()
    return found


def _ordered(countries: list[Row], order: str, changes: Mapping[str, float | None], locale: str) -> list[Row]:
    """Highest first by figure, coverage or change, then who has none; the head office stands last in any order."""
    values: dict[str, Callable[[Row], float | None]] = {
        "figure": lambda row: row["percent"],
        "coverage": lambda row: row["coverage"],
        "change": lambda row: changes.get(row["country"]),
    }

    names = in_order((row["country_title"] for row in countries), locale) if order == "name" else []
    place = {name: place for place, name in enumerate(names)}

    def key(row: Row) -> tuple[bool, bool, float, int]:
        value = values[order](row) if order in values else 0.0
        return row["country"] == HEAD_OFFICE, value is None, -(value or 0.0), place.get(row["country_title"], 0)

    return sorted(countries, key=key)


def _with_regions(countries: list[Row], lines: list[Line]) -> list[Line]:
    """Put each region's name before its countries if there are several; the head office counts as a region."""
    named = zip(countries, lines, strict=True)
    groups = {region: list(pairs) for region, pairs in groupby(named, lambda pair: pair[0]["region"] or "")}
    of_countries = [region for region, pairs in groups.items() if pairs[0][0]["country"] != HEAD_OFFICE]
    if len(of_countries) < 2:
        return lines
    found: list[Line] = []
    for region, pairs in groups.items():
        if region in of_countries:
            found += [("", f"{HEADING}{region}"), *(line for _, line in pairs)]
        else:
            found += [(code, f"{HEADING}{name}") for _, (code, name) in pairs]
    return found


def _heads(areas: Iterable[Row], everything: str) -> list[tuple[str, str, str]]:
    """Return area, code and title of each principle; all principles together have one name."""
    return [
        (row["area"], row["area_code"], row["area_title"]) if row["area"] else ("", everything, everything)
        for row in areas
    ]


def _short(principles: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return the same with numbers for codes, if there are too many columns for long ones."""
    several = [one for one in principles if one[0]]
    if len(several) <= MOST_ACROSS or max(len(code) for _, code, _ in several) <= LONGEST_CODE:
        return principles
    numbers = {area: str(number) for number, (area, _, _) in enumerate(several, 1)}
    return [(area, numbers.get(area, code), title) for area, code, title in principles]


def _placed(cells: pa.Table, down: Sequence[Line], across: Sequence[tuple[str, str, str]], turned: bool) -> pa.Table:
    """Return the cells that have a place, with that place, then a row for each region's name."""
    by_down, by_across = ("area", "country") if turned else ("country", "area")
    places = {code: (name, place) for place, (code, name) in enumerate(down)}
    heads = {code: (short, title, place) for place, (code, short, title) in enumerate(across)}
    countries = heads if turned else places
    kept = cells.filter(pa.array([code in countries for code in cells["country"].to_pylist()], pa.bool_()))
    rows = [places[code] for code in kept[by_down].to_pylist()]
    columns = [heads[code] for code in kept[by_across].to_pylist()]
    for name, values, type_ in (
        ("down", [row[0] for row in rows], pa.string()),
        ("down_position", [row[1] for row in rows], pa.int64()),
        ("across_code", [column[0] for column in columns], pa.string()),
        ("across_title", [column[1] for column in columns], pa.string()),
        ("across_position", [column[2] for column in columns], pa.int64()),
    ):
        kept = kept.append_column(name, pa.array(values, type_))
    return pa.concat_tables([kept, _names(kept, down, across)]) if kept.num_rows else kept


def _names(kept: pa.Table, down: Sequence[Line], across: Sequence[tuple[str, str, str]]) -> pa.Table:
    """Return a row for each region's name, in the first column."""
    _, code, title = across[0]
    first = {"across_code": code, "across_title": title, "across_position": 0}
    named = [(place, name) for place, (of, name) in enumerate(down) if not of and name.startswith(HEADING)]
    rows = [{**first, "down": name, "down_position": place} for place, name in named]
    return pa.Table.from_pylist(rows, schema=kept.schema)


NAMED = 4
"""With more groups than this, the sentence at the top gives only the ends."""


def groups_shown(view: View) -> tuple[str, ...]:
    """Return the groups of operations that take part in the round, if the heat map shows them; else nothing."""
    if view.state.sort != GROUPS:
        return ()
    found = escaped_rows(view.published, SUBJECTS, view.parameters())
    return tuple(row["subject"] for row in found if row["in_round"] and row["subject"].startswith(OF_OPERATIONS))


def cells_of_groups(view: View, groups: tuple[str, ...]) -> pa.Table:
    """Return the cells of the heat map, a row of it for each group."""
    return ask(view.published, "heatmap_groups", view.parameters(subject=groups))


def as_subjects(cells: pa.Table) -> pa.Table:
    """Return the cells with the name of each group in `subject_title`, since it is no country."""
    return cells.rename_columns({"country_title": "subject_title"})


def groups_finding(view: View, cells: pa.Table) -> Claims:
    """Return the figure of each group in one sentence; of many, how many have a score, and its ends."""
    first = {row["country"]: escape_row(row) for row in reversed(cells.to_pylist())}
    wholes = list(reversed(first.values()))
    scores = [row["percent"] for row in wholes if row["reading"] == "score" and row["percent"] is not None]
    if len(wholes) > NAMED and scores:
        said: object = Claim.count("heatmap.groups_between", len(scores), least=min(scores), most=max(scores))
    else:
        said = [f"{row['country_title']} {reading_text(view, row)}" for row in wholes]
    key = "heatmap.groups" if len(view.kinds) > 1 else "heatmap.groups_alone"
    return (Claim.of(key, kind=view.kind_word(), listed=said),)


def link_to_compare(view: View, groups: tuple[str, ...]) -> None:
    """Say how a group's figure is made, and link to Side by side with the first groups chosen."""
    st.caption(view.words("heatmap.groups_help"))
    if len(groups) > 1:
        st.page_link(
            "pages/compare.py",
            label=view.words("heatmap.groups_compare"),
            query_params=view.query(subject=groups[:MOST]),
            icon=":material/compare_arrows:",
        )
