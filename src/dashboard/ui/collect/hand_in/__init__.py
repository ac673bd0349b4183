"""Files handed in: previewed, published, undone."""
