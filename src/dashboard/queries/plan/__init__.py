"""The questions of the action plan."""
