"""Guidance: what can be done about weaknesses, for whom, and how advanced it is."""

from dashboard.ui.frame.shell import open_view
from dashboard.ui.guidance_items import library, results, search

view = open_view("guidance")

if sought := search(view):
    results(view, sought)
else:
    library(view)
