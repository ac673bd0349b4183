"""Declares the questions about risks and settings."""
