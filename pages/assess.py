"""Assess: how does a round of answers come in - workbook out, answers in, who owes what, what was checked?"""

from dashboard.ui.assess import choose_part
from dashboard.ui.assess_parts import PARTS
from dashboard.ui.number import show_opened
from dashboard.ui.shell import open_view

view = open_view("assess")

PARTS[choose_part(view)](view)
show_opened(view)
