"""Outstanding answers as a download: every operation and function that matches the filters."""

from dashboard.exports.owed import owed_csv
from dashboard.queries import ask
from dashboard.queries.question import AnyRow, Question
from dashboard.ui.elements.download import offer
from dashboard.ui.view import View

OWED_TO_HAND_OUT = Question("owed_to_hand_out", AnyRow)


def export(view: View) -> None:
    """Offer the file, made on demand."""
    offer(
        view,
        view.words("owed.export"),
        lambda: owed_csv(ask.rows(view.published, OWED_TO_HAND_OUT, view.parameters())),
        f"owed-{view.state.framework}-{view.state.round}.csv",
        "owed_export_link",
        "tertiary",
    )
