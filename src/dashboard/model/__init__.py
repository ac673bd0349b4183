"""Frozen values that every floor above stands on."""
