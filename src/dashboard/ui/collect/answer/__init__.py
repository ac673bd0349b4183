"""Answering criteria on the page."""
