"""Present: the tours that lead a room through the dashboard, what a group has agreed, and what the room says."""

from collections.abc import Callable

from dashboard.ui.elements.choices import choose_part
from dashboard.ui.frame.shell import open_view
from dashboard.ui.present.outcome import show_outcome
from dashboard.ui.present.room_page import show_room
from dashboard.ui.present.tours_page import show_tours
from dashboard.ui.view import View

PARTS: dict[str, Callable[[View], None]] = {"tours": show_tours, "outcome": show_outcome, "vote": show_room}

view = open_view("present")

PARTS[choose_part(view)](view)
