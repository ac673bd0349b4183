"""The dashboard: load, check, publish, ask, draw and show.

See docs/decisions/0001-floors-and-rooms.md.
"""
