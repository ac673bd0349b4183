"""Mapping a sheet in another format on the page."""
