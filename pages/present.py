"""Present: which tours lead a room through the dashboard, what has a group agreed, and what does the room say?"""

from dashboard.ui.elements.choose import choose_part
from dashboard.ui.frame.shell import open_view
from dashboard.ui.present.parts import PARTS

view = open_view("present")

PARTS[choose_part(view)](view)
