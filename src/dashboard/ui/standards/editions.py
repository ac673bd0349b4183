"""Editions: what became of each criterion, and how one operation stands under each edition."""

from collections.abc import Mapping
from functools import partial

import pyarrow as pa
import streamlit as st

from dashboard.charts.subjects import SELECTION, subjects
from dashboard.queries.ask import ask
from dashboard.queries.standards.rows import EditionPairsRow, EditionsRow
from dashboard.ui.elements import answer
from dashboard.ui.elements.choose import choose_kind, choose_operation
from dashboard.ui.elements.clicked import figure_of, open_menu
from dashboard.ui.elements.show import Mark, headline, show_chart, spec_of
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View

RELATIONS = ("kept", "moved", "new", "dropped")
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
    """The part: what was kept, moved, added and dropped between two editions, and one operation under both."""
    words = view.words
    pair = next(iter(escaped_rows(view.published, "edition_pairs", view.parameters())), None)
    if pair is None:
        headline(words("editions.no_pair"))
        return
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        operation = choose_operation(view)
    with right:
        choose_kind(view)
    asked = view.parameters(
        operation=operation["operation"] if operation else "",
        earlier_edition=pair["earlier"],
        later_edition=pair["later"],
    )
    found = escaped_rows(view.published, "editions", asked)
    headline(_finding(view, pair, found))
    st.caption(words("editions.subtitle"))
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
    """By the edition and the code of a mark: what it is of."""
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
    """How much was kept, moved, added and dropped, each criterion counted once."""
    words = view.words
    later = {name: {row["later"] for row in found if row["relation"] == name} for name in ("kept", "moved", "new")}
    dropped = {row["earlier"] for row in found if row["relation"] == "dropped"}
    return words(
        "editions.finding",
        earlier=pair["earlier_title"],
        later=pair["later_title"],
        kept=len(later["kept"]),
        moved=len(later["moved"] - later["kept"]),
        new=len(later["new"]),
        dropped=len(dropped),
    )


def _choose_relation(view: View) -> str:
    """Everything, or only what was kept, moved, is new, or was dropped."""
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
    """Each key area's pairs of criteria, with what the operation answered to each."""
    kept = [row for row in found if relation in (ALL, row["relation"])]
    if not kept:
        st.caption(view.words("editions.nothing"))
    areas = {row["area_code"]: row["area_title"] for row in kept}
    for code, title in sorted(areas.items()):
        own = [row for row in kept if row["area_code"] == code]
        with st.expander(f"{code} {title} · {_summed(view, own)}", expanded=len(areas) == 1):
            st.table([_line(view, pair, row) for row in own], border="horizontal", hide_index=True)


def _summed(view: View, own: list[EditionsRow]) -> str:
    counts = {name: sum(row["relation"] == name for row in own) for name in RELATIONS}
    return view.words.listed(view.words(f"editions.n_{name}", n=n) for name, n in counts.items() if n)


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
