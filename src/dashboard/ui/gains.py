"""What have the actions brought, and what may they still bring?"""

from dashboard.ui.shell import View


def show_gains(view: View) -> None:
    """Nothing yet."""
