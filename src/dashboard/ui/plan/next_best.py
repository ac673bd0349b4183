"""Finds the next best step of one operation in one area: the fewest criteria that lift it to its next band."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import streamlit as st

from dashboard.model.next_best import CRITICAL, MOST, CriterionAnswer, NextBest, Rules, next_best
from dashboard.queries.compare.subjects import COMPARE_FIGURES, CompareFiguresRow
from dashboard.queries.every_page import BANDS, OPERATIONS, OperationsRow
from dashboard.queries.plan_gains import NEXT_BEST, NextBestRow
from dashboard.store.overlays import imagined
from dashboard.ui.elements import answer_text, choices
from dashboard.ui.elements.choices import PageChoice, Shape, facet_choice
from dashboard.ui.elements.gap_links import begin_link, read_link
from dashboard.ui.elements.rated_impacts import grade
from dashboard.ui.elements.sentences import reading_text
from dashboard.ui.escape import escape_label, escaped_rows
from dashboard.ui.html import caption, draw_caption, draw_told, paragraph
from dashboard.ui.view import View


def show_next_best(view: View, operation: str) -> None:
    """Let the user choose an area of the operation; find the set, describe it, and score it as the answers are."""
    words = view.words
    found = escaped_rows(view.published, OPERATIONS, view.parameters())
    shown = operation or (found[0]["operation"] if len(found) == 1 else "")
    whose = next((row for row in found if row["operation"] == shown), None)
    title = words("next_best.title")
    if view.masked:
        draw_told(title, "", caption(words("safe.answers")))
        return
    if whose is None:
        draw_told(title, "", caption(words("next_best.choose")))
        return
    areas = {row["code"]: row for row in _figures(view, whose, ())}
    focus = view.state.focus if view.state.focus in areas else next(iter(areas), "")
    choices.draw(words, facet_choice(view), _area_choice(view, areas), title=title)
    if areas:
        _show_step(view, whose, areas[focus])
    else:
        draw_caption(words("country.not_in_round", operation=whose["operation_title"]))


def _area_choice(view: View, areas: Mapping[str, CompareFiguresRow]) -> PageChoice | None:
    """Return the choice of the area, with the score of each; none if the operation is asked nothing of this kind."""
    titles = {code: escape_label(f"{_title(row)} · {_figure(view, row)}") for code, row in areas.items()}
    label = view.area_word().label if view.state.by == "principle" else view.words("next_best.area")
    return PageChoice("focus", label, titles, next(iter(titles)), Shape.LIST) if titles else None


def _show_step(view: View, operation: OperationsRow, area: CompareFiguresRow) -> None:
    """Show the sentence, and below it each criterion of the set."""
    given = view.parameters(operation=operation["operation"], focus=area["code"])
    found = escaped_rows(view.published, NEXT_BEST, given)
    step = best_step(view, found)
    becomes = _imagined(view, operation, area, found, step.criteria)
    draw_told("", "", paragraph(_finding(view, operation, area, becomes, step)))
    if step.left_out:
        draw_caption(view.words.count("next_best.left_out", step.left_out, most=MOST))
    for row in found:
        if row["criterion"] in step.criteria:
            _criterion(view, operation, row)


def _figures(view: View, operation: OperationsRow, changes: Sequence[tuple[str, str, str]]) -> list[CompareFiguresRow]:
    """Return the score of each area of the operation, as answered or with assumed answers."""
    given = view.parameters(subject=(operation["operation"],))
    return escaped_rows(imagined(view.published, view.state.round, tuple(changes)), COMPARE_FIGURES, given)


def _title(row: CompareFiguresRow) -> str:
    return " ".join(part for part in (row["area_code"], row["code_title"]) if part)


def _figure(view: View, row: CompareFiguresRow) -> str:
    """Return a score and its band in words; of one or two answers, which have no band, how many are in place."""
    text, band = reading_text(view, row), row["band_title"]
    return view.words("reading.banded", percent=text, band=band.lower()) if band else text


def best_step(view: View, found: list[NextBestRow]) -> NextBest:
    """Return the smallest set among the rows of `next_best.sql`."""
    if not found:
        return NextBest("nothing")
    bands = escaped_rows(view.published, BANDS, view.parameters())
    rules = Rules(tuple(b["starts_at"] for b in bands), found[0]["coverage_limit"])
    return next_best([_answer(row) for row in found], rules)


def _answer(row: NextBestRow) -> CriterionAnswer:
    value = None if row["value"] is None else _exact(row["value"])
    parts = tuple(
        tuple(zip(map(int, part.split("/")), map(Fraction, weights.split("/")), strict=True))
        for part, weights in zip(row["parts"], row["part_weights"], strict=True)
    )
    best = _exact(row["best_value"])
    return CriterionAnswer(row["criterion"], _exact(row["weight"]), value, row["gravity"], row["effort"], best, parts)


def _exact(number: float) -> Fraction:
    """Return the decimal that was written rather than the nearest double."""
    return Fraction(str(number))


def _imagined(
    view: View, operation: OperationsRow, area: CompareFiguresRow, found: list[NextBestRow], criteria: tuple[str, ...]
) -> CompareFiguresRow:
    """Return the area's score with these criteria implemented, from the same SQL as every score."""
    changes = [
        (operation["operation"], row["criterion"], row["best_status"]) for row in found if row["criterion"] in criteria
    ]
    return next(row for row in _figures(view, operation, changes) if row["code"] == area["code"])


def _finding(
    view: View, operation: OperationsRow, area: CompareFiguresRow, becomes: CompareFiguresRow, step: NextBest
) -> str:
    words = view.words
    told = {"operation": operation["operation_title"], "area": _title(area), "was": _figure(view, area)}
    if step.state in ("top", "out_of_reach") and area["reading"] == "count":
        return words(f"next_best.{step.state}_few", **told)
    if step.state != "lifts":
        return words(f"next_best.{step.state}", **told)
    key = "next_best.missing" if step.missing else "next_best.lifts"
    return words.count(key, len(step.criteria), **told, becomes=_figure(view, becomes))


def _criterion(view: View, operation: OperationsRow, row: NextBestRow) -> None:
    """Show one criterion of the set: what is asked, its status, severity and effort, and where to start."""
    words = view.words
    with st.container(border=True):
        asked, links = st.columns([4, 1], vertical_alignment="center")
        with asked:
            st.markdown(f"{row['text']}{answer_text.reversed_mark(view, row)}")
            told = [answer_text.status(view, row), _gravity(view, row), _effort(view, row), *_planned(view, row)]
            st.caption(" · ".join([*told, row["criterion"]]))
        with links:
            st.markdown(begin_link(view, criterion=row["criterion"], operation=operation["operation"]))
            if row["guidance"]:
                read_link(view, "guidance", row["guidance"], words("next_best.guidance"), ":material/lightbulb:")


def _gravity(view: View, row: NextBestRow) -> str:
    if row["gravity"] == CRITICAL:
        return view.words("plan.critical")
    if not row["gravity"]:
        return view.words("next_best.no_risk")
    return view.words("next_best.gravity", grade=grade(view, "severity", row["gravity"]))


def _effort(view: View, row: NextBestRow) -> str:
    return view.words(f"next_best.effort_{row['step']}" if row["step"] else "next_best.effort_none")


def _planned(view: View, row: NextBestRow) -> list[str]:
    return [view.words("next_best.planned", due=row["planned_by"])] if row["planned_by"] else []
