"""Somebody else's sheet, mapped on the page."""
