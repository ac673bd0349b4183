"""Guidance: what can be done about what is weak, for whom, and how far along?"""

from dashboard.queries.ask import ask_ahead
from dashboard.ui.elements.choose import choose_part
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view
from dashboard.ui.guidance.library import browse, finding, for_you
from dashboard.ui.guidance.search import results, search

view = open_view("guidance")

ask_ahead(view.published, ("guidance_for_you", "guidance_stand"), view.parameters())
fitting = escaped_rows(view.published, "guidance_for_you", view.parameters())
(stand,) = escaped_rows(view.published, "guidance_stand", view.parameters())
headline(finding(view, stand, fitting))
sought = search(view)
if sought:
    results(view, sought)
elif choose_part(view) == "for_you":
    for_you(view, fitting)
else:
    browse(view)
