"""The front door: open the shell, run the chosen page."""

from dashboard.ui.shell import front_door

front_door()
