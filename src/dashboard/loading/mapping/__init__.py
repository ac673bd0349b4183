"""Converts a sheet in another format into one of ours."""
