"""Asks for the published numbers, in a single way: questions by name, most of them one SQL file each."""
