"""Guidance: what can be done about what is weak, for whom, and how far along?"""

from dashboard.ui.shell import open_view
from dashboard.ui.show import headline

view = open_view("guidance")
headline(view.words("guidance.nothing"))
