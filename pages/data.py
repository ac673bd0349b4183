"""Data and method: where does everything come from, which publication is current, and how are numbers calculated?"""

from dashboard.ui.data.parts import PARTS
from dashboard.ui.elements.choose import choose_part
from dashboard.ui.frame.shell import open_view

view = open_view("data")

PARTS[choose_part(view)](view)
