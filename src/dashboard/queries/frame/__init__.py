"""The questions of the frame around every page."""
