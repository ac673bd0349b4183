"""Frozen values that every floor above builds on."""
