"""The workbook of an operation, and imported files with their problems marked."""
