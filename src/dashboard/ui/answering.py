"""How is one operation's round answered in the page, one function at a time?"""

from dashboard.ui.shell import View
from dashboard.ui.show import headline


def show_answering(view: View) -> None:
    """The part of the page."""
    headline(view.words("answering.finding"))
