"""A copy of a publication without names."""
