"""Heat map: how far is each country on each principle, and where is there nothing to report?"""

from dashboard.model.view.known import shown_as
from dashboard.ui.compare.heatmap import show_table
from dashboard.ui.compare.world import show_map
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.frame.shell import open_view

view = open_view("heatmap")

if shown_as(view.page, view.state.show_as) == "map":
    show_map(view)
else:
    show_table(view)
show_opened(view)
