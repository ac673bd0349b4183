"""Action plan: who does what by when, and what has it brought?"""

from dashboard.ui.gains import show_gains
from dashboard.ui.next_best import show_next_best
from dashboard.ui.shell import open_view
from dashboard.ui.show import headline

view = open_view("plan")
if view.state.part == "gains":
    show_gains(view)
elif view.state.part == "next_best":
    show_next_best(view)
else:
    headline(view.words("plan.nothing"))
