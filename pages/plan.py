"""Action plan: who does what by when, and what has it brought?"""

from dashboard.ui.shell import open_view
from dashboard.ui.show import headline

view = open_view("plan")
headline(view.words("plan.nothing"))
