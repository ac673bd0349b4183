"""The questions that pages of several rooms ask."""
