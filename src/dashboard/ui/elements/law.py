"""Shows what the law of a country asks of an operator: as a table, or beside a criterion."""

from collections import Counter
from collections.abc import Iterable
from functools import partial

import streamlit as st

from dashboard.exports.answer_rows import instrument, law_in_country
from dashboard.model.workbook import law_of
from dashboard.queries.ask import rows
from dashboard.queries.country_operation import LAW, LawRow
from dashboard.ui.elements.answer_text import link
from dashboard.ui.elements.folds import first_lines, first_rows
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View

AT_ONCE = 3
"""How many rows of law stand beside a criterion before the rest is opened."""
NOT_FOUND = "not_found"


def show_law(view: View, operation: str) -> None:
    """Show the law and the services of the country of an operation, by subject; nothing while names are hidden."""
    words = view.words
    if view.masked:
        return
    st.markdown(f"**{words('law.title')}**", help=words("law.help"))
    found = _found(view, operation)
    if not found:
        st.caption(words("law.none"))
        return
    st.caption(f"{_counted(view, found)} {words('law.no_advice')}")
    first_rows(view, found, partial(_line, view), "law")


def show_law_of(view: View, criterion: str, operation: str = "") -> None:
    """Show, below a criterion, what the law asks of it: in the country of an operation, or in those of the filters.

    In a place of its own, even if empty: what stands below keeps its place, and the focus, as criteria change.
    """
    place = st.container()
    if view.masked:
        return
    lines = [f"- {law_in_country(row, view.words)}" for row in law_of(criterion, _found(view, operation))]
    if not lines:
        return
    with place:
        st.markdown(f":small[**{view.words('law.beside')}**]")
        first_lines(view, lines, AT_ONCE, f"law_{criterion}")


def _found(view: View, operation: str) -> list[LawRow]:
    """The rows as Markdown may show them; addresses and codes stay what they are."""
    given = view.parameters(operation=operation)
    pairs = zip(escaped_rows(view.published, LAW, given), rows(view.published, LAW, given), strict=True)
    return [{**row, "address": plain["address"], "criteria": plain["criteria"]} for row, plain in pairs]


def _counted(view: View, found: Iterable[LawRow]) -> str:
    words, n = view.words, Counter(row["verification"] for row in found)
    said = [words.count(f"law.n_{name}", n[name]) for name in ("confirmed", "to_verify", NOT_FOUND) if n[name]]
    return f"{words.listed(said)}."


def _line(view: View, row: LawRow) -> dict[str, str]:
    words = view.words
    nothing = row["verification"] == NOT_FOUND
    asks = words("law.not_found") if nothing else f"{row['asks']}{_small(row['on_whom'])}"
    since = words("law.since", since=words.when(row["in_force"])) if row["in_force"] else ""
    read = words("law.read", publisher=row["publisher"], on=row["read_on"]) if row["publisher"] else ""
    where = " · ".join(filter(None, (row["title"], row["on_page"], read)))
    return {
        words("column.law_subject"): words(f"law.subject.{row['subject']}"),
        words("column.law_asks"): asks,
        words("column.law_of"): f"{instrument(row)}{_small(since)}",
        words("column.law_sure"): words(f"law.sure_{row['verification']}"),
        words("column.law_source"): f"{link(row['address'])}{_small(where)}",
        words("column.note"): row["note"] or "",
    }


def _small(text: str | None) -> str:
    return f"  \n:small[{text}]" if text else ""
