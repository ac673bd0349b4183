"""The parts of the page for presenting, one function each."""

from collections.abc import Callable

from dashboard.ui.present.outcome import show_outcome
from dashboard.ui.present.room.page import show_room
from dashboard.ui.present.tours import show_tours
from dashboard.ui.view import View

PARTS: dict[str, Callable[[View], None]] = {"tours": show_tours, "outcome": show_outcome, "vote": show_room}
