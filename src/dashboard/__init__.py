"""The dashboard: load, check, publish, ask, draw and show."""
