"""Explains how any figure is calculated, on its own page, at an address that can be shared."""

from dashboard.model.words import Claim
from dashboard.ui.elements.number import show_number
from dashboard.ui.elements.show import headline
from dashboard.ui.frame.shell import open_view

view = open_view("number")
headline(view.words, Claim.of("number.title"))
show_number(view)
