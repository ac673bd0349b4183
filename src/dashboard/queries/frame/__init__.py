"""The questions for the frame around every page."""
