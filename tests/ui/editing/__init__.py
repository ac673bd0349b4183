"""Tests of what all editors share."""
