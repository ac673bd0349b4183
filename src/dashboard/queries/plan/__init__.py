"""The questions for the action plan."""
