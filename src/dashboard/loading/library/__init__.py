"""Frameworks, shared lists, guidance, cases and tours."""
