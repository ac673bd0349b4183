"""What became of each criterion between editions, and how does one operation score under each?"""

from collections.abc import Mapping
from functools import partial

import pyarrow as pa
import streamlit as st

from dashboard.charts.subjects import SELECTION, subjects
from dashboard.queries.ask import ask
from dashboard.queries.standards.rows import EditionPairsRow, EditionsRow
from dashboard.ui.elements import answer
from dashboard.ui.elements.choose import choose_operation
from dashboard.ui.elements.clicked import figure_of, open_menu
from dashboard.ui.elements.show import Mark, headline, show_chart, spec_of
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.standards.document import held_in_part
from dashboard.ui.view import View

RELATIONS = ("kept", "moved", "in_part", "new", "dropped")
ALL = "all"
COLUMNS = (
    "code_title",
    "subject_title",
    "round_title",
    "reading",
    "percent",
    "low",
    "high",
    "n_answered",
    "n_applicable",
)


def editions(view: View) -> None:
    """Show what was kept, moved, added and dropped between two editions, and one operation under both."""
    words = view.words
    pair = next(iter(escaped_rows(view.published, "edition_pairs", view.parameters())), None)
    if pair is None:
        headline(words("editions.no_pair"))
        return
    operation = choose_operation(view)
    asked = view.parameters(
        operation=operation["operation"] if operation else "",
        earlier_edition=pair["earlier"],
        later_edition=pair["later"],
    )
    found = escaped_rows(view.published, "editions", asked)
    headline(_finding(view, pair, found))
    st.caption(words("editions.subtitle"))
    if held := _held(view, pair):
        st.markdown(held)
    figures = ask(view.published, "edition_figures", asked)
    if operation and figures.num_rows:
        st.markdown(f"**{words('editions.under_both', operation=operation['operation_title'])}**")
        show_chart(
            figures,
            spec_of(subjects, view),
            view,
            key="editions_chart",
            alt=words("editions.alt"),
            opens=SELECTION,
            clicked=partial(_open_edition, *figure_of(view, operation["operation"]), view.state.kind, _areas(figures)),
            columns=COLUMNS,
            legend=words("editions.legend"),
        )
    else:
        st.caption(words("editions.no_answers"))
    _by_area(view, pair, found, _choose_relation(view))


def _areas(figures: pa.Table) -> dict[tuple[str, str], dict[str, str]]:
    """Return the area of a mark, by its edition and code."""
    return {
        (row["subject"], row["code"]): {"framework": row["subject"], "round": row["round"], "principle": row["area"]}
        for row in figures.to_pylist()
    }


def _open_edition(
    figure: Mapping[str, str], explained_by: str, kind: str, areas: Mapping[tuple[str, str], Mark], mark: Mark
) -> None:
    if of := areas.get((mark.get("subject", ""), mark.get("code", ""))):
        open_menu({**figure, **of, "kind": kind}, explained_by)


def _finding(view: View, pair: EditionPairsRow, found: list[EditionsRow]) -> str:
    """Say what became of each criterion for the later edition, and how many of the earlier one were dropped."""
    if not found:
        return view.words("editions.nothing")
    titles = {"earlier": pair["earlier_title"], "later": pair["later_title"]}
    return view.words("editions.finding", **titles, **_counts(found, _became(found)))


def _criterion(row: EditionsRow) -> str | None:
    """Return the criterion that a row counts: of the later edition, or a dropped one of the earlier."""
    return row["later"] or row["earlier"]


def _became(found: list[EditionsRow]) -> dict[str | None, str]:
    """Return what became of each criterion: of all links to it, the one that preserves most."""
    each: dict[str | None, str] = {}
    for row in found:
        each[_criterion(row)] = min(row["relation"], each.get(_criterion(row), RELATIONS[-1]), key=RELATIONS.index)
    return each


def _counts(rows: list[EditionsRow], became: Mapping[str | None, str]) -> dict[str, int]:
    """Count the criteria by what became of them; one that several links lead to is counted once."""
    each = [became[criterion] for criterion in {_criterion(row) for row in rows}]
    return {name: each.count(name) for name in RELATIONS}


def _held(view: View, pair: EditionPairsRow) -> str:
    return held_in_part(view, (pair["earlier_title"], pair["earlier_held"]), (pair["later_title"], pair["later_held"]))


def _choose_relation(view: View) -> str:
    """Let the user choose everything, or only what was kept, moved, added or dropped."""
    chosen: str = st.radio(
        view.words("editions.relation"),
        (ALL, *RELATIONS),
        key="relation",
        horizontal=True,
        persist_state="session",
        format_func=lambda name: view.words(f"editions.{name}"),
        label_visibility="collapsed",
    )
    return chosen


def _by_area(view: View, pair: EditionPairsRow, found: list[EditionsRow], relation: str) -> None:
    """Show each key area's pairs of criteria, with the operation's answers to both."""
    became = _became(found)
    shown = [row for row in found if relation in (ALL, became[_criterion(row)])]
    if not shown:
        st.caption(view.words("editions.nothing"))
    areas = {row["area_code"]: row["area_title"] for row in shown}
    for code, title in sorted(areas.items()):
        own = [row for row in shown if row["area_code"] == code]
        counts = _counts(own, became)
        summed = view.words.listed(view.words(f"editions.n_{name}", n=n) for name, n in counts.items() if n)
        with st.expander(f"{code} {title} · {summed}", expanded=len(areas) == 1):
            draw_table([_line(view, pair, row) for row in own])


def _line(view: View, pair: EditionPairsRow, row: EditionsRow) -> dict[str, str]:
    words = view.words
    return {
        pair["earlier_title"]: _side(view, row["earlier"], row["earlier_text"], row["earlier_services"]),
        words("editions.was_answered"): _answer(view, row["was_as"], row["was_value"], row["was_title"]),
        words("editions.became"): words(f"editions.became_{row['relation']}", area=row["earlier_area"] or ""),
        pair["later_title"]: _side(view, row["later"], row["later_text"], row["later_services"]),
        words("editions.now_answered"): _answer(view, row["now_as"], row["now_value"], row["now_title"]),
    }


def _side(view: View, code: str | None, text: str | None, services: list[str] | None) -> str:
    if code is None:
        return "–"
    words = view.words
    named = words.listed(words(f"service.{s}") if words.has(f"service.{s}") else s for s in services or [])
    asked = f"  \n:small[{words('standard.services', services=named)}]" if named else ""
    return f"**{code}** {text}{asked}"


def _answer(view: View, counts_as: str | None, value: float | None, title: str | None) -> str:
    if counts_as is None:
        return view.words("reading.not_covered")
    return answer.status(view, {"counts_as": counts_as, "value": value, "status_title": title})
