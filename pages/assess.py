"""Assess: how does a round of answers come in - workbook out, answers in, who owes what, what was checked?"""

from dashboard.ui.assess import choose_part
from dashboard.ui.assess_parts import PARTS
from dashboard.ui.number import show_opened
from dashboard.ui.shell import open_view
from dashboard.ui.show import headline

view = open_view("assess")

part = choose_part(view)
if view.safe and part != "owed":
    headline(view.words("safe.refused"))
else:
    PARTS[part](view)
show_opened(view)
