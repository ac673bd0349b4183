"""Cases: where was this tried before, and what came of it?"""

from dashboard.ui.shell import open_view
from dashboard.ui.show import headline

view = open_view("cases")
headline(view.words("cases.nothing"))
