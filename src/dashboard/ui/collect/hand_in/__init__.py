"""Imported files: previewed, published, undone."""
