"""The questions of the page where answers come in."""
