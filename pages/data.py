"""Data and method: where everything comes from, which publication is current, and how numbers are calculated."""

from dashboard.ui.data.data_page import PARTS
from dashboard.ui.elements.choices import choose_part
from dashboard.ui.frame.shell import open_view

view = open_view("data")

PARTS[choose_part(view)](view)
