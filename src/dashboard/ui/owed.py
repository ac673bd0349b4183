"""Who still owes what: rounds, operations and functions."""

from dashboard.ui.shell import View
from dashboard.ui.show import headline


def show_owed(view: View) -> None:
    """The part of the page."""
    headline(view.words("owed.finding"))
