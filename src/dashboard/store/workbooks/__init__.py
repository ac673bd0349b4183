"""Merging the workbooks of operations with what is stored."""
