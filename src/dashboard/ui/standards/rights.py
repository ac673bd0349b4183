"""By right: the scores of the standards, and beside them the risks, severe gaps and opportunities of each right."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.charts.crosswalk import with_rows
from dashboard.figures.subjects import BoundedFigure, UnscoredFigure
from dashboard.model.filters import ALL_FILTERS
from dashboard.model.words import Claim, Claims, Words
from dashboard.queries.ask import ask, ask_ahead, rows
from dashboard.queries.standards_rights import RISK_RIGHTS, RiskRightsRow
from dashboard.ui.elements.choices import look_at
from dashboard.ui.elements.marks import matrix_keys
from dashboard.ui.elements.rated_impacts import grade
from dashboard.ui.elements.selection import open_menu
from dashboard.ui.elements.sentences import ends_said, most_of, reading_text, score_text
from dashboard.ui.elements.show import Mark, headline
from dashboard.ui.escape import escape_rows, escaped_rows
from dashboard.ui.html import draw_caption
from dashboard.ui.standards.crosswalk import draw_matrix
from dashboard.ui.standards.one_right import figure_of, in_standards, in_words, tensions
from dashboard.ui.view import View

Row = dict[str, Any]
MOST = 5
"""Standards beside each other in the picture; its table has all of them."""
BESIDE = ("risks", "gaps", "openings", "cover")
"""The columns to the right of all standards."""
FAR = 1000
SAME = ("reading", "percent", "low", "high", "n_answered", "n_applicable")
"""What tells the cover of a right from the score of the standard in view."""
COLUMNS = ("row_title", "column_title", "figure", "percent", "n_answered", "n_applicable")


def each_right(view: View) -> None:
    """Show each right in a row: the standards' scores and its risks; then one right in full."""
    given = view.parameters()
    ask_ahead(view.published, ("rights", "risk_rights"), given)
    cells = ask(view.published, "rights", given)
    told = escape_rows(cells)
    headline(view.words, *_finding(view, told, escaped_rows(view.published, RISK_RIGHTS, given)))
    if not told:
        return
    draw_caption(" ".join(_said_beside(view, told)))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _picture(view, cells, told)
    with right:
        chosen = in_words(view, {row["row_code"]: row["row_title"] for row in cells.to_pylist()})
    in_standards(view, chosen, [row for row in _own_first(view, told) if row["row_code"] == chosen])
    tensions(view, chosen, others=True)


def _picture(view: View, cells: pa.Table, told: list[Row]) -> None:
    """Draw the matrix of rights with what its marks mean."""
    words, drawn = view.words, rights_rows(view, cells)
    keys = list(matrix_keys(view, drawn))
    keys += [("", words("rights.key_cover"))] if "cover" in drawn["column_code"].to_pylist() else []
    said = _in_words(view, with_rows(cells, _rated(view, cells)))
    draw_matrix(view, "rights", drawn, said, COLUMNS, partial(_open_cell, view.state.kind, told), keys)


def rights_rows(view: View, cells: pa.Table) -> pa.Table:
    """Return what the picture draws: the standard in view and a few others, and what is rated for each right."""
    shown = [row["column_code"] for row in _own_first(view, cells.to_pylist())]
    kept = list(dict.fromkeys(shown))[:MOST]
    return with_rows(
        cells.filter(pa.compute.is_in(cells["column_code"], pa.array(kept, pa.string()))), _rated(view, cells)
    )


def _own_first(view: View, cells: list[Row]) -> list[Row]:
    return sorted(cells, key=lambda row: row["column_code"] != view.state.framework)


def _rated(view: View, cells: pa.Table) -> list[Row]:
    """Return a cell for each right and each of its severe risks, severe gaps and opportunities, and for its cover.

    The cover is left out where it is the score of the standard in view in every right, which the picture has already.
    """
    found = list(rows(view.published, RISK_RIGHTS, view.parameters()))
    own = {row["row_code"]: row for row in cells.to_pylist() if row["column_code"] == view.state.framework}
    alike = all(row["theme"] in own and all(row[n] == own[row["theme"]][n] for n in SAME) for row in map(dict, found))
    each = [cell for row in found for cell in _of_right(view, row)]
    return [] if not own else each if alike else each + [_cover(view, row) for row in found]


def _of_right(view: View, row: RiskRightsRow) -> Iterator[Row]:
    words, risks, openings, none = view.words, row["n_risks"], row["n_openings"], view.words("rights.none_rated")
    nothing = {"shown": none, "brief": none, "said": none}
    rated = nothing
    if row["severity"]:
        severity = grade(view, "severity", row["severity"])
        rated = {
            "shown": words("rights.of", n=row["n_severe"], of=risks),
            "brief": words.shown(row["n_severe"]),
            "said": words.count("rights.said_risks", risks, severe=row["n_severe"], grade=severity),
        }
    yield _cell(row, words, "risks") | rated | {"graded": "severity", "grade": row["severity"]}
    yield _cell(row, words, "gaps") | _number(words, "rights.said_gaps", row["n_severe_gaps"])
    rated = nothing
    if row["need"]:
        rated = _number(words, "rights.said_openings", openings, grade=grade(view, "need", row["need"]))
    yield _cell(row, words, "openings") | rated | {"graded": "need", "grade": row["need"]}


def _number(words: Words, key: str, n: int, **places: str) -> Row:
    return {"shown": words.shown(n), "brief": words.shown(n), "said": words.count(key, n, **places)}


def _cover(view: View, row: RiskRightsRow) -> Row:
    said = view.words("rights.said_cover", figure=reading_text(view, row))
    return {**row, **_cell(row, view.words, "cover"), "reading": row["reading"], "said": said}


def _cell(row: RiskRightsRow, words: Words, name: str) -> Row:
    """Return the place of a cell to the right of all standards."""
    title, place = words(f"rights.{name}"), BESIDE.index(name)
    place_of = {"row_code": row["theme"], "row_title": row["title"], "row_position": row["position"]}
    column = {"column_code": name, "column_title": title, "column_mark": title, "column_position": FAR + place}
    return {**place_of, **column, "reading": "rated"}


def _in_words(view: View, cells: pa.Table) -> pa.Table:
    """Return every cell in words, right by right."""
    told = sorted(cells.to_pylist(), key=lambda row: (row["row_position"], row["column_position"]))
    fields = ("row_code", "column_code", *COLUMNS)
    said = [row | {"figure": row["shown"] or _figure(view, row)} for row in told]
    number = ("percent", "n_answered", "n_applicable")
    schema = pa.schema([(name, pa.float64() if name in number else pa.string()) for name in fields])
    return pa.Table.from_pylist([{name: row[name] for name in fields} for row in said], schema=schema)


def _figure(view: View, row: Row) -> str:
    return view.words("rights.not_served") if row["reading"] == "no_link" else score_text(view, row)


def _finding(view: View, cells: list[Row], rated: list[RiskRightsRow]) -> Claims:
    """Name the highest and lowest right of the selected standard, and where the most severe risks and the gaps are."""
    own = [row for row in cells if row["column_code"] == view.state.framework]
    if not own:
        reset = view.reset()
        return (Claim.of("rights.nothing", reset=reset) if reset else Claim.of("crosswalk.unlinked"),)
    title = own[0]["column_title"]
    figures = [
        BoundedFigure(row["row_title"], row["percent"], row["low"], row["high"], row["one_step"])
        for row in own
        if row["reading"] in ("score", "count") and row["percent"] is not None
    ]
    unscored = [
        UnscoredFigure(row["row_title"], row["low"], row["high"])
        for row in own
        if row["reading"] == "too_few" and row["low"] is not None
    ]
    said = ends_said(figures, unscored) if figures else ()
    key = f"rights.finding{'' if view.kinds[1:] else '_alone'}" if said else "rights.too_few"
    return Claim.of(key, kind=view.kind_word(), framework=title, ends=said), *_of_risks(rated)


def _of_risks(rated: list[RiskRightsRow]) -> Claims:
    """Say which right the most severe risks affect, and in how many rights there is a severe gap."""
    if not any(row["n_risks"] for row in rated):
        return (Claim.of("risks.nothing", reset=""),)
    first = most_of("on_right", {row["title"]: row["n_severe"] for row in rated})
    gaps = sum(row["n_severe_gaps"] > 0 for row in rated)
    return *first, Claim.count("rights.with_gap", gaps, of=len(rated))


def _said_beside(view: View, cells: list[Row]) -> Iterator[str]:
    """Yield what the figures are, which rights the selected standard omits, and which standards show another round."""
    words = view.words
    yield words("rights.subtitle")
    own = [row for row in cells if row["column_code"] == view.state.framework]
    if absent := [row["row_title"] for row in own if row["reading"] == "no_link"]:
        narrowed = any(getattr(view.state, one.name) for one in ALL_FILTERS if "criterion" in one.keeps)
        key = "rights.absent_filtered" if narrowed else "rights.absent"
        yield words(key, framework=own[0]["column_title"], rights=words.listed(absent))
    other = {row["column_title"]: row["round_title"] for row in cells if row["round"] != view.state.round}
    for title, round_ in other.items():
        yield words("rights.other_round", framework=title, round=round_)
    if (more := len({row["column_code"] for row in cells}) - MOST) > 0:
        yield words.count("rights.more_standards", more)


def _open_cell(kind: str, cells: list[Row], mark: Mark) -> None:
    """Handle a click on a cell: put its right in focus, and explain its score or list what is rated."""
    own = [row for row in cells if row["row_code"] == mark.get("row_code")]
    if not own:
        return
    look_at("right", own[0]["row_code"])
    for cell in own:
        if cell["column_code"] == mark["column_code"]:
            return open_menu(figure_of(cell, kind))
    open_menu({"right": tuple(own[0]["asks"])}, "rated")
