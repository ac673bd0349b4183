"""Heat map: how far each country is on each principle, and where there is nothing to report."""

from dashboard.model.known_codes import shown_as
from dashboard.ui.compare.heatmap import show_table
from dashboard.ui.compare.world_map import show_map
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.frame.shell import open_view

view = open_view("heatmap")

if shown_as(view.page, view.state.show_as) == "map":
    show_map(view)
else:
    show_table(view)
show_opened(view)
