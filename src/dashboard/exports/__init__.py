"""Turns values into files to pass on: text and bytes, without reading or storing anything."""
