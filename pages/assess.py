"""Assess: how does a round of answers come in - workbook out, answers in, who owes what, what was checked?"""

from dashboard.ui.assess import choose_part
from dashboard.ui.assess_parts import PARTS
from dashboard.ui.shell import open_view
from dashboard.ui.show import show_opened

view = open_view("assess")

PARTS[choose_part(view)](view)
show_opened(view)
