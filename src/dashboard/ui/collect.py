"""How do answers come in? A workbook out, a file in, what it would change, and the step that makes it count."""

from dashboard.ui.shell import View
from dashboard.ui.show import headline


def show_collect(view: View) -> None:
    """The part of the page."""
    headline(view.words("collect.finding"))
