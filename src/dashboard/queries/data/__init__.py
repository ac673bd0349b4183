"""Declares the questions about the publication itself."""
