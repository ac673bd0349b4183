"""Maintenance of a store: verify, repair, prune, upgrade."""
