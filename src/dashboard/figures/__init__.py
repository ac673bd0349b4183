"""Figures: read once per publication, folded by whatever a page groups by, and interpreted by the rules of the method.

Uses NumPy and Arrow. The sums themselves are made by `store/scoring.sql` at publication; see
docs/decisions/0009-sums.md.
"""
