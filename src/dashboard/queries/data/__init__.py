"""The questions about the publication itself."""
