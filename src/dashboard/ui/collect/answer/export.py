"""Answers and reviews of one operation as downloads, in the format used for import."""

from collections.abc import Callable

import streamlit as st

from dashboard.exports.long_form import long_form
from dashboard.queries import ask
from dashboard.queries.collect.questions import ANSWERS_TO_HAND_IN, REVIEWS_TO_HAND_IN
from dashboard.ui.elements.download import offer
from dashboard.ui.view import View


def export(view: View, operation: str) -> None:
    """Offer a file of the answers and a file of the reviews, each generated on demand."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center"):
        for kind in ("answers", "reviews"):
            offer(
                view,
                words(f"answering.export_{kind}"),
                _file(view, operation, kind),
                f"{kind}-{view.state.round}-{operation}.csv",
                f"answering_export {kind}",
                "tertiary",
            )


def _file(view: View, operation: str, kind: str) -> Callable[[], bytes]:
    given = view.parameters(operation=operation)
    if kind == "answers":
        return lambda: long_form(kind, ask.rows(view.published, ANSWERS_TO_HAND_IN, given))
    return lambda: long_form(kind, ask.rows(view.published, REVIEWS_TO_HAND_IN, given))
