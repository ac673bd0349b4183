"""Turns a load into a publication, and brings it into force."""
