"""Crosswalk: where do the standards meet each other, the rights, the risk areas and the functions?"""

from dashboard.ui.elements.choose import choose_part
from dashboard.ui.frame.shell import open_view
from dashboard.ui.standards.parts import PARTS

view = open_view("crosswalk")

PARTS[choose_part(view)](view)
