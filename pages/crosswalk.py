"""Crosswalk: where do the standards overlap with each other, the rights, the risk areas and the functions?"""

from dashboard.ui.elements.choose import choose_part
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.frame.shell import open_view
from dashboard.ui.standards.parts import PARTS

view = open_view("crosswalk")

PARTS[choose_part(view)](view)
show_opened(view)
