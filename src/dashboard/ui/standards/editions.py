"""What became of each criterion between two editions of a standard, with what one operation answered to each."""

from collections.abc import Mapping
from typing import TypedDict

import streamlit as st

from dashboard.model.words import Claim, Claims
from dashboard.queries.question import Question
from dashboard.ui.elements import answer_text, choices
from dashboard.ui.elements.choices import operation_choice
from dashboard.ui.elements.folds import folded
from dashboard.ui.elements.marks import coded
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_caption, draw_table
from dashboard.ui.standards.document import held_in_part
from dashboard.ui.view import View

RELATIONS = ("kept", "moved", "in_part", "new", "dropped")


class EditionPairsRow(TypedDict):
    """A row of `edition_pairs`."""

    earlier: str
    earlier_title: str
    earlier_held: str | None
    later: str
    later_title: str
    later_held: str | None


class EditionsRow(TypedDict):
    """A row of `editions`."""

    relation: str
    earlier: str | None
    earlier_text: str | None
    earlier_services: list[str] | None
    later: str | None
    later_text: str | None
    later_services: list[str] | None
    was_as: str | None
    was_title: str | None
    was_value: float | None
    now_as: str | None
    now_title: str | None
    now_value: float | None


EDITION_PAIRS = Question("edition_pairs", EditionPairsRow)
EDITIONS = Question("editions", EditionsRow)


def editions_said(view: View, against: str) -> Claims:
    """Say what became of the criteria of the earlier edition; empty unless `against` is the other edition."""
    pair = _pair(view, against)
    if pair is None:
        return ()
    found = _between(view, pair, "")
    titles = {"earlier": pair["earlier_title"], "later": pair["later_title"]}
    if not found:
        return (Claim.of("editions.nothing", reset=view.reset()),)
    return (Claim.of("editions.finding", **titles, **_counts(found)),)


def what_became(view: View, against: str) -> None:
    """List what was kept, moved, added and dropped, each kind one click away, with the answers of one operation."""
    words, pair = view.words, _pair(view, against)
    if pair is None:
        return
    operation, lists = operation_choice(view, words("editions.answers_of"))
    found = _between(view, pair, operation["operation"] if operation else "")
    choices.draw(words, *lists, title=words("editions.title"))
    draw_caption(words("editions.subtitle"))
    titles = (pair["earlier_title"], pair["earlier_held"]), (pair["later_title"], pair["later_held"])
    if held := held_in_part(view, *titles):
        st.markdown(held)
    became, counts = _became(found), _counts(found)
    for relation in RELATIONS:
        own = [row for row in found if became[_criterion(row)] == relation]
        if own and (place := folded(words(f"editions.n_{relation}", n=counts[relation]), f"became_{relation}")):
            with place:
                draw_table([_line(view, pair, row) for row in own])


def _pair(view: View, against: str) -> EditionPairsRow | None:
    """Return the two editions, if the standard in view and what it is compared with are editions of one standard."""
    found = escaped_rows(view.published, EDITION_PAIRS, view.parameters())
    both = {view.state.framework, against}
    return next((row for row in found if {row["earlier"], row["later"]} == both), None)


def _between(view: View, pair: EditionPairsRow, operation: str) -> list[EditionsRow]:
    editions = {"earlier_edition": pair["earlier"], "later_edition": pair["later"]}
    return escaped_rows(view.published, EDITIONS, view.parameters(operation=operation, **editions))


def _criterion(row: EditionsRow) -> str | None:
    """Return the criterion that a row counts: of the later edition, or a dropped one of the earlier."""
    return row["later"] or row["earlier"]


def _became(found: list[EditionsRow]) -> Mapping[str | None, str]:
    """Return what became of each criterion: of all links to it, the one that preserves most."""
    each: dict[str | None, str] = {}
    for row in found:
        each[_criterion(row)] = min(row["relation"], each.get(_criterion(row), RELATIONS[-1]), key=RELATIONS.index)
    return each


def _counts(found: list[EditionsRow]) -> dict[str, int]:
    """Count the criteria by what became of them; one that several links lead to is counted once."""
    each = [*_became(found).values()]
    return {name: each.count(name) for name in RELATIONS}


def _line(view: View, pair: EditionPairsRow, row: EditionsRow) -> dict[str, str]:
    """Return one criterion of each edition, or of the one that has it, with its answer."""
    words, line = view.words, dict[str, str]()
    if row["earlier"]:
        line[pair["earlier_title"]] = _side(view, row["earlier"], row["earlier_text"], row["earlier_services"])
        line[words("editions.was_answered")] = _answer(view, row["was_as"], row["was_value"], row["was_title"])
    if row["later"]:
        line[pair["later_title"]] = _side(view, row["later"], row["later_text"], row["later_services"])
        line[words("editions.now_answered")] = _answer(view, row["now_as"], row["now_value"], row["now_title"])
    return line


def _side(view: View, code: str, text: str | None, services: list[str] | None) -> str:
    words = view.words
    named = words.listed(words.titled(f"service.{one}", one) for one in services or [])
    asked = f"  \n:small[{words('standard.services', services=named)}]" if named else ""
    return f"{coded(text or '', code)}{asked}"


def _answer(view: View, counts_as: str | None, value: float | None, title: str | None) -> str:
    if counts_as is None:
        return view.words("reading.not_covered")
    return answer_text.status(view, {"counts_as": counts_as, "value": value, "status_title": title})
