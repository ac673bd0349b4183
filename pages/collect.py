"""Collect answers: the workbook that goes out, the answers that come in, what is outstanding, what was reviewed."""

from dashboard.model.words import Claim
from dashboard.ui.collect.collect_page import PARTS, show_lists
from dashboard.ui.elements.choices import choose_part
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.show import headline
from dashboard.ui.frame.shell import open_view

view = open_view("collect")

if view.known.frameworks():
    part = choose_part(view)
    if view.masked and part != "owed":
        headline(view.words, Claim.of("safe.refused"))
    else:
        PARTS[part](view)
    show_opened(view)
else:
    show_lists(view)
