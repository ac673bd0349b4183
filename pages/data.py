"""Data and method: where everything comes from, which publication is in use, and how every number is made."""

from dashboard.ui.data.parts import PARTS
from dashboard.ui.elements.choose import choose_part
from dashboard.ui.frame.shell import open_view

view = open_view("data")

PARTS[choose_part(view)](view)
