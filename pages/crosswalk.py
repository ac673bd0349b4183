"""Crosswalk: where do the standards overlap with each other, and how do they and the risks bear on each right?"""

from collections.abc import Callable, Mapping

from dashboard.ui.elements.choose import choose_part
from dashboard.ui.elements.impact_cards import list_rated
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.frame.shell import open_view
from dashboard.ui.standards.crosswalk import areas
from dashboard.ui.standards.rights import each_right
from dashboard.ui.view import View

PARTS: Mapping[str, Callable[[View], None]] = {"areas": areas, "each_right": each_right}

view = open_view("crosswalk")
PARTS[choose_part(view)](view)
show_opened(view, {"rated": list_rated})
