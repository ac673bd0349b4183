"""Declares the questions of the pages that compare countries, operations and rounds."""
