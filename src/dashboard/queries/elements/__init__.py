"""The questions that pages in several rooms ask."""
