"""Room: what does the room say - ask it, count its votes, show them, and keep what it decided?"""

from dashboard.ui.room import show_room
from dashboard.ui.shell import open_view

show_room(open_view("room"))
