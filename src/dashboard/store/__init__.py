"""Holds immutable publications, the checks and scores made in them, and the way to open one."""
