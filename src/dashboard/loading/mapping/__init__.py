"""Somebody else's sheet becomes one of ours."""
