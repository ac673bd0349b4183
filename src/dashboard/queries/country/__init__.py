"""Declares the questions about one country or operation."""
