"""Crosswalk: where the standards overlap with each other, and how they and the risks bear on each right."""

from collections.abc import Callable, Mapping

from dashboard.ui.elements.choices import choose_part
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.rated_impacts import list_rated
from dashboard.ui.frame.shell import open_view
from dashboard.ui.standards.crosswalk import areas
from dashboard.ui.standards.rights import each_right
from dashboard.ui.view import View

PARTS: Mapping[str, Callable[[View], None]] = {"areas": areas, "each_right": each_right}

view = open_view("crosswalk")
PARTS[choose_part(view)](view)
show_opened(view, {"rated": list_rated})
