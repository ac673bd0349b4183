"""Answering in the page."""
