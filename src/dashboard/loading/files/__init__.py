"""File formats: what a file contains, before it is interpreted."""
