"""Declares the questions that pages in several rooms ask."""
