"""What does a second role say of the answers: checked, seen, or asked back?"""

from dashboard.ui.shell import View
from dashboard.ui.show import headline


def show_checking(view: View) -> None:
    """The part of the page."""
    headline(view.words("checking.finding"))
