"""One item of guidance: the situation, what to do now and this year, and how its criteria are answered."""

from dashboard.queries.ask import ask_ahead
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view
from dashboard.ui.guidance_items import GUIDANCE_ITEM, show_item, show_missing

view = open_view("guidance_item")

ask_ahead(view.published, ("guidance_item", "guidance_criteria", "guidance_cases"), view.parameters())
found = escaped_rows(view.published, GUIDANCE_ITEM, view.parameters())
if found:
    headline(view.words, found[0]["title"])
    show_item(view, found[0])
else:
    show_missing(view)
