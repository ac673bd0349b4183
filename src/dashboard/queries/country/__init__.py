"""The questions about one country or operation."""
