"""Declares the questions for the frame around every page."""
