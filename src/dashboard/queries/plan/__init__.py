"""Declares the questions for the action plan."""
