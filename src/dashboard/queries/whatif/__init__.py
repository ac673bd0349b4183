"""Declares the questions about imagined answers."""
