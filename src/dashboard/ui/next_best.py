"""Which action would bring most next?"""

from dashboard.ui.shell import View


def show_next_best(view: View) -> None:
    """Nothing yet."""
