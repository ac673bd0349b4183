"""The workbook of an operation, and what was handed in with its problems marked."""
