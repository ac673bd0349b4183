"""Which criteria is a figure based on, and what are the answers to each?"""

from collections.abc import Sequence
from functools import partial
from typing import TypedDict

import streamlit as st

from dashboard.queries.elements.number import ALONE, NumberRow
from dashboard.queries.elements.number_made import NUMBER_MADE, NumberMadeRow
from dashboard.queries.elements.number_parts import NUMBER_PARTS, NumberPartsOlder, NumberPartsRow
from dashboard.queries.question import Question
from dashboard.store.masking.mask import FEWEST
from dashboard.ui.elements.action_link import begin_link
from dashboard.ui.elements.answer import counts, counts_legend, criterion_marks, source
from dashboard.ui.elements.folds import MOST, first_rows
from dashboard.ui.elements.marks import coded
from dashboard.ui.escape import escape, escaped_rows
from dashboard.ui.evidence_items import item_line, read_items
from dashboard.ui.html import draw_table
from dashboard.ui.view import View


class PartTitlesRow(TypedDict):
    """A row of `part_titles`."""

    part: str
    is_family: bool
    title: str


PART_TITLES = Question("part_titles", PartTitlesRow)


def show_made_of(view: View, countries: list[NumberRow]) -> None:
    """Show the parts of a figure that its standard averages; nothing if it has none.

    In a room, none if one of them rests on few answers: the others would reveal it.
    """
    if not any(row["n_parts"] > 1 for row in countries):
        return
    words = view.words
    made_of = escaped_rows(view.published, NUMBER_MADE, view.parameters())
    st.markdown(f"**{words('number.made_of')}**")
    if len(countries) > 1:
        st.caption(words("number.made_of_one"))
    elif view.masked and any(0 < row["n_answered"] < FEWEST for row in made_of):
        st.caption(words("safe.too_few", fewest=FEWEST))
    else:
        average_of = countries[0]["average_of"]
        only = average_of == (alone := alone_in(average_of))
        if alone and not only:
            st.markdown(words(f"number.{alone}", listed=words.listed(_operations(view, made_of))))
        titles = _titles(view)
        rows = [_made_of(view, row, _names(view, row, titles, only)) for row in made_of]
        draw_table(rows)


def alone_in(average_of: str) -> str:
    """Return whether the figure of a country is the mean of its `operations` or its `groups`; empty if of neither."""
    return next((level for level in average_of.split(", ") if level in ALONE.values()), "")


def _operations(view: View, made_of: list[NumberMadeRow]) -> list[str]:
    """Return each operation with its figure, in the order of the parts."""
    figures = {row["operation_title"]: row["operation_percent"] for row in made_of}
    return [
        view.words("number.operation_silent", operation=operation)
        if percent is None
        else view.words("number.operation", operation=operation, percent=percent)
        for operation, percent in figures.items()
    ]


def _titles(view: View) -> tuple[dict[str, str], dict[str, str]]:
    """Return what families and smaller parts are called."""
    found = escaped_rows(view.published, PART_TITLES, view.parameters())
    families = {row["part"]: row["title"] for row in found if row["is_family"]}
    return families, {row["part"]: row["title"] for row in found if not row["is_family"]}


def _names(view: View, row: NumberMadeRow, titles: tuple[dict[str, str], dict[str, str]], only: bool) -> list[str]:
    """Return the operation, family and part of a row; `only` says that the standard averages nothing but operations."""
    families, parts = titles
    below = [name for name in (families.get(row["family"]), parts.get(row["part"])) if name]
    rest = [] if only else [view.words("number.rest")]
    return [*filter(None, [row["operation_title"]]), *(below or rest)]


def _made_of(view: View, row: NumberMadeRow, names: Sequence[str]) -> dict[str, str]:
    """Return the line of one part; `names` are those of its operation, of its family and of itself."""
    words = view.words
    none = words("number.no_answer")
    division = words("number.sum", points=row["points"], weight=row["weight_answered"])
    return {
        words("column.part"): " · ".join(names),
        words("column.sum"): division if row["n_answered"] else none,
        words("column.figure"): "" if row["percent"] is None else words("number.part_percent", percent=row["percent"]),
        words("column.share"): words("number.share", share=round(100 * row["share"], 1)),
    }


def show_parts(view: View, countries: list[NumberRow]) -> None:
    """Show one row per criterion; none if a room could read single operations' answers from them."""
    if view.masked and sum(row["n_answered"] for row in countries) < FEWEST:
        st.caption(view.words("safe.too_few", fewest=FEWEST))
        return
    parts = escaped_rows(view.published, NUMBER_PARTS, view.parameters())
    first_rows(view, parts, partial(_part, view), "number_parts", len(parts))
    counts_legend(view)


def show_items(view: View, countries: list[NumberRow]) -> None:
    """Show the documents and links behind the answers of a figure, folded away; nothing if none are named."""
    words, own = view.words, {row["country"] for row in countries}
    found = [row for row in read_items(view, operation="") if row["country"] in own]
    if view.masked or not found:
        return
    with st.expander(words.count("evidence_item.behind", len(found))):
        draw_table(
            [
                {
                    words("column.criterion"): row["criterion"],
                    words("column.operation_title"): escape(row["operation_title"]),
                    words("column.evidence"): item_line(view, row),
                }
                for row in found[:MOST]
            ]
        )
        if (left := len(found) - MOST) > 0:
            st.caption(words.count("show.not_listed", left))


def _part(view: View, part: NumberPartsRow) -> dict[str, str]:
    words = view.words
    marks = criterion_marks(view, part)
    weight = f" {words('number.weight', weight=part['weight'])}" if part["weight"] != 1 else ""
    older = "".join(f" {_older(view, row)}" for row in part["older"])
    act = f"  \n{begin_link(view, criterion=part['criterion'])}" if part["n_nil"] or part["n_part"] else ""
    return {
        words("column.criterion"): f"{coded(part['text'], part['criterion'])}{marks}{weight}{older}{act}",
        words("column.answers"): f"{counts(view, part)}{_checked(view, part)}",
        words("column.citation"): source(view, part),
    }


def _checked(view: View, part: NumberPartsRow) -> str:
    """Say how many of the answers were reviewed; empty if none were."""
    return f"  \n{view.words('number.checked', n=part['n_checked'])}" if part["n_checked"] else ""


def _older(view: View, row: NumberPartsOlder) -> str:
    """Say how many answers are to the wording of an earlier version, and to which."""
    key = "older.in_number" if row["older_text"] else "older.in_number_unknown"
    return view.words.count(key, row["n"], version=row["older_version"], text=row["older_text"])
