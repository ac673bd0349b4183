"""Room: what does the room say - ask it, count its votes, show them, and keep what it decided?"""

from dashboard.ui.frame.shell import open_view
from dashboard.ui.present.room.page import show_room

show_room(open_view("room"))
