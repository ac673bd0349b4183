"""Declares the questions about standards, rights and the links between them."""
