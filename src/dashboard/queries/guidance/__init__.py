"""Declares the questions about guidance and cases."""
