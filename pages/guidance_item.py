"""One piece of guidance: the situation, what to do this month and this year, and how its criteria stand here."""

from dashboard.queries.ask import ask_ahead
from dashboard.ui.guidance_item import show_item, show_missing
from dashboard.ui.plain import rows
from dashboard.ui.shell import open_view
from dashboard.ui.show import headline

view = open_view("guidance_item")

ask_ahead(view.published, ("guidance_item", "guidance_criteria", "guidance_cases"), view.given())
found = rows(view.published, "guidance_item", view.given())
if found:
    headline(found[0]["title"])
    show_item(view, found[0])
else:
    show_missing(view)
