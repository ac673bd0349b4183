"""How far do operations and reviewers agree, by area? Shown only where both have given a status."""

import streamlit as st

from dashboard.queries.collect.agreement import AgreementRow
from dashboard.ui.elements.folds import section
from dashboard.ui.html import draw_table
from dashboard.ui.view import View


def show_agreement(view: View, found: list[AgreementRow]) -> None:
    """Show how to read the table, then the table with the total first."""
    words = view.words
    if not found:
        return
    if place := section(words("agreement.title"), "agreement", words("agreement.help")):
        with place:
            st.caption(words("agreement.how"))
            draw_table([_line(view, row) for row in found])


def _line(view: View, row: AgreementRow) -> dict[str, object]:
    words = view.words
    of = f"{row['area_code']} {row['area_title']}" if row["area"] else words("agreement.all")
    return {
        view.area_word().label: of,
        words("column.n_pairs"): row["n_pairs"],
        words("column.agreed_percent"): _agreed(view, row),
    }


def _agreed(view: View, row: AgreementRow) -> str:
    if row["agreed_percent"] is None:
        return view.words("agreement.few", least=row["count_below"])
    return view.words("agreement.percent", percent=row["agreed_percent"])
