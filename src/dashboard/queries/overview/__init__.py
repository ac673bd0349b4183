"""Declares the questions of the Overview."""
