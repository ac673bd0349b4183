"""How is a number calculated? The explanation of any figure on its own page, at an address that can be shared."""

from dashboard.ui.elements.choose import choose_kind
from dashboard.ui.elements.number import show_number
from dashboard.ui.elements.show import headline
from dashboard.ui.frame.shell import open_view

view = open_view("number")
headline(view.words("number.title"))
choose_kind(view)
show_number(view)
