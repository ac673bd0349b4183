"""Turns files into values and tables, and collects every problem on the way."""
