"""Faults that a reader of a change could miss, each put into a copy of the program: do the tests notice?"""
