"""The votes of a room."""
