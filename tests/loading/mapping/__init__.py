"""Tests of reading sheets in other formats."""
