"""Shows how sure each figure is: what other ways of calculating it give, and whether it would stay in its band."""

from collections.abc import Iterable
from functools import partial

import pyarrow as pa
import streamlit as st

from dashboard.charts.differences import ROBUST_SELECTION
from dashboard.charts.differences import robustness as robustness_chart
from dashboard.model.known_codes import COUNTINGS
from dashboard.model.words import Claim
from dashboard.queries.ask import rows
from dashboard.queries.data_method import GAP_WAYS, RobustnessRow
from dashboard.ui.elements.figure_notes import WITHOUT, Robust, robust_figures, verdict
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.legend import band_keys, colours_of, dots, ticks
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.selection import open_menu
from dashboard.ui.elements.show import Mark, bands, headline, show_chart, spec_of
from dashboard.ui.session_state import NUMBER
from dashboard.ui.view import View

CHILDREN = "children"


def show_robustness(view: View) -> None:
    """Show the finding, the chart, and each figure with its range and what it depends on."""
    words = view.words
    figures = robust_figures(view)
    if not figures:
        headline(words, Claim.of("robust.nothing"))
        return
    safe = sum(not figure.turning for figure in figures)
    (first, *_) = figures
    of = len(figures)
    stay = Claim.count("robust.stay", safe, of=of) if safe else Claim.count("robust.none_stays", of)
    stand = Claim.of(
        "robust.stand",
        kind=view.kind_word(),
        percent=first.stands["percent"],
        lowest=first.lowest,
        highest=first.highest,
    )
    headline(words, *((stand, stay) if first.stands["of"] == "group" else (stay,)))
    st.caption(words("robust.help"))
    counted = _counted(view)
    st.caption(counted)
    table = drawn(view, figures)
    show_chart(
        table,
        spec_of(robustness_chart, view, bands(view)),
        view,
        key="robustness_chart",
        alt=words("robust.alt"),
        opens=ROBUST_SELECTION,
        clicked=partial(_open_way, view.state.kind),
        columns=("figure", "sentence"),
        told=table.rename_columns({"label": "figure"}),
        keys=(
            (dots(colours_of(view)), words("robust.as_answered_key")),
            (ticks(colours_of(view)), words("robust.otherwise_key")),
            *band_keys(view),
        ),
        click=words("robust.click"),
        explained=(counted,),
    )
    first_rows(view, figures, partial(_line, view), "robust_figures", len(figures))
    st.caption(_gaps(view))
    for text in _weighed(view, figures):
        st.caption(text)
    show_opened(view)


def _line(view: View, figure: Robust) -> dict[str, str]:
    words = view.words
    return {
        words("column.figure"): _label(view, figure.stands),
        words("column.as_answered"): _said(view, figure.stands),
        words("column.between"): words("robust.between", low=figure.lowest, high=figure.highest),
        words("column.holds"): verdict(view, figure),
    }


def _gaps(view: View) -> str:
    """Return how many severe gaps there are in each way of counting answers."""
    words, (answered, *others) = view.words, rows(view.published, GAP_WAYS, view.parameters())
    said = [words("robust.gaps_if", way=words(f"robust.way_{one['way']}"), n=one["n_severe_gaps"]) for one in others]
    return words.count("robust.gaps", answered["n_severe_gaps"], ways="; ".join(said))


def _counted(view: View) -> str:
    """Return how the chart counts answers, whatever the filter bar says, since it compares these ways."""
    words, chosen = view.words, view.state.counting
    if chosen == COUNTINGS[0]:
        return words("robust.counted")
    return words("robust.counted_otherwise", chosen=words(f"counting.{chosen}"))


def _open_way(kind: str, mark: Mark) -> None:
    """Handle a click on a mark: explain the calculation if the mark stands for a way of counting."""
    if mark:
        whose = {"area": "principle", "country": "country"}.get(mark["of"])
        fields = {whose: mark["code"]} if whose else {}
        counting = mark["way"] if mark["way"] in COUNTINGS else ""
        open_menu({**fields, "kind": kind, "counting": counting}, NUMBER if counting else "")


def _weighed(view: View, figures: Iterable[Robust]) -> list[str]:
    """Say which figures countries were weighted by, and for which countries they are missing."""
    row = next((row for figure in figures for row in figure.others if row["way"] == CHILDREN), None)
    if row is None:
        return []
    said = [view.words("robust.weighed", year=str(row["year"]))] if row["year"] else []
    unknown = view.words.listed(row["left_out_titles"])
    return [*said, view.words("robust.not_weighed", countries=unknown)] if unknown else said


def drawn(view: View, figures: list[Robust]) -> pa.Table:
    """Return one row per figure and way of calculating it, with the columns of SCHEMA; `percent` is 0 to 100.

    Figures keep their order in `place`; the value as answered is the last row of each.
    """
    rows = [
        {
            "place": place,
            "of": row["of"],
            "code": row["code"],
            "label": f"{_label(view, figure.stands)}   {figure.stands['percent']:.0f}",
            "way": row["way"],
            "percent": row["percent"],
            "band": row["band"],
            "sentence": view.words("robust.sentence", way=_way(view, row), percent=row["percent"], band=_band(row)),
        }
        for place, figure in enumerate(figures)
        for row in (*figure.others, figure.stands)
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


SCHEMA = pa.schema(
    [
        ("place", pa.int64()),
        ("of", pa.string()),
        ("code", pa.string()),
        ("label", pa.string()),
        ("way", pa.string()),
        ("percent", pa.float64()),
        ("band", pa.string()),
        ("sentence", pa.string()),
    ]
)


def _label(view: View, row: RobustnessRow) -> str:
    return str(row["title"]) or view.area_word().everything(view.words)


def _said(view: View, row: RobustnessRow) -> str:
    return view.words("robust.figure", percent=row["percent"], band=_band(row))


def _band(row: RobustnessRow) -> str:
    """A band within a sentence."""
    return str(row["band_title"]).lower()


def _way(view: View, row: RobustnessRow) -> str:
    if row["way"] == WITHOUT:
        return view.words("robust.way_without", country=view.words.listed(row["left_out_titles"]))
    return view.words(f"robust.way_{row['way']}")
